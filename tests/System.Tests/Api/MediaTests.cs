using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>Images over the API: uploaded, described, published with their post; and other words for single platforms.</summary>
public sealed class MediaTests(ServiceFixture fixture) : IDisposable
{
    private const string Account = "x/demo_wmfs_woodgate_valley";
    private const string Troubled = "facebook/demo_wmfs_woodgate_valley";
    private const string Elsewhere = "mastodon/demo_wmfs_woodgate_valley";

    private readonly ApiClient _holder = fixture.As(Roles.Holder);

    [Fact]
    public async Task Image_IsUploaded_AndGoesOutWithItsPost()
    {
        using var sandbox = await SandboxRecord.OfAsync(fixture.Data);
        var media = (await UploadAsync(PngFile.Square(40, 90))).Expect(HttpStatusCode.Created);
        Golden.Match("media", media.Json);
        var hash = media.Json.Text("hash");
        Assert.Equal(hash, (await UploadAsync(PngFile.Square(40, 90))).Expect(HttpStatusCode.Created).Json.Text("hash"));
        var file = (await _holder.GetAsync(media.Json.Text("url"))).Expect(HttpStatusCode.OK).Message;
        Assert.Equal(("image/png", "nosniff"), (file.Content.Headers.ContentType?.MediaType, Assert.Single(file.Headers.GetValues("X-Content-Type-Options"))));
        Assert.Contains("sandbox", Assert.Single(file.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("image/jpeg", (await _holder.GetAsync($"/api/media/{hash}/preview")).Expect(HttpStatusCode.OK).Message.Content.Headers.ContentType?.MediaType);

        var post = (await _holder.PostAsync($"/api/accounts/{Account}/posts", new { text = "Doors open at ten.", images = new[] { Image(hash) } })).Expect(HttpStatusCode.Created).Json;
        var published = await _holder.PostBecomesAsync(post.Text("id"), "published");
        Golden.Match("post-with-image", published);
        var shown = Assert.Single((await sandbox.StatusAsync(published.Text("url")))["media_attachments"]!.AsArray())!;
        Assert.Equal("A grey square", shown.Text("description"));
    }

    [Fact]
    public async Task Post_WaitsForItsImages_AndNeverGoesOutWithoutThem()
    {
        using var sandbox = await SandboxRecord.OfAsync(fixture.Data);
        var hash = (await UploadAsync(PngFile.Square(40, 180))).Expect(HttpStatusCode.Created).Json.Text("hash");

        // The platform is in trouble for one upload: the next takes.
        await sandbox.MisbehaveAsync(Troubled, "fail", count: 1);
        var late = await _holder.PostBecomesAsync(await ScheduleAsync(Troubled, hash), "published");
        Assert.Single((await sandbox.StatusAsync(late.Text("url")))["media_attachments"]!.AsArray());

        // It refuses the image for good: nothing goes out, and the post says why and what to do.
        await sandbox.MisbehaveAsync(Troubled, "fail", count: 1, status: 422);
        var failed = await _holder.PostBecomesAsync(await ScheduleAsync(Troubled, hash), "failed");
        Assert.Equal(("needs-you", "image"), (failed["failure"]!.Text("class"), failed["failure"]!.Text("cause")));
        Assert.Contains("another image", failed["failure"]!.Text("toDo"), StringComparison.Ordinal);
        Assert.DoesNotContain(failed.Text("id"), (await sandbox.PublishedAsync()).Select(p => p.Post), StringComparer.Ordinal);

        // In trouble for longer than the post may be late: missed, not sent bare.
        await sandbox.MisbehaveAsync(Troubled, "fail", count: 10);
        var missed = await _holder.PostBecomesAsync(await ScheduleAsync(Troubled, hash, toleranceSeconds: 5), "missed");
        await sandbox.BehaveAsync();
        Assert.Contains("could go out only", missed.Text("note"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<svg onload='alert(1)'/>", HttpStatusCode.UnprocessableEntity, "image-unreadable")]
    [InlineData("", HttpStatusCode.UnprocessableEntity, "image-unreadable")]
    public async Task Upload_SaysWhatIsWrong(string file, HttpStatusCode status, string code) =>
        (await UploadAsync(System.Text.Encoding.UTF8.GetBytes(file), "image/png")).ExpectProblem(status, code);

    [Fact]
    public async Task Upload_TakesNothingTooLarge_NorABomb()
    {
        (await UploadAsync(PngFile.Of(30_000, 30_000, 2, new byte[1000]))).ExpectProblem(HttpStatusCode.UnprocessableEntity, "image-too-many-pixels");
        (await UploadAsync(new byte[(20 * 1024 * 1024) + 1])).ExpectProblem(HttpStatusCode.RequestEntityTooLarge, "image-too-large");
    }

    [Fact]
    public async Task Post_IsRefused_WithWhatIsMissingOfItsImages()
    {
        var hash = (await UploadAsync(PngFile.Square(40, 120))).Expect(HttpStatusCode.Created).Json.Text("hash");
        await RefusedAsync(new { hash, rights = "own", people = "nobody" }, "image-alt-missing");
        await RefusedAsync(new { hash, alt = "A square", people = "nobody" }, "image-rights-missing");
        await RefusedAsync(new { hash, alt = "A square", rights = "licence", people = "nobody" }, "image-credit-missing");
        await RefusedAsync(new { hash, alt = "A square", rights = "own" }, "image-people-missing");
        await RefusedAsync(new { hash, alt = "A square", rights = "own", people = "consented" }, "image-consent-missing");
        await RefusedAsync(new { hash, alt = "A square", rights = "stolen", people = "nobody" }, "image-words-unknown");
        await RefusedAsync(Image(new string('f', 64)), "image-unknown");

        // What the public reads of an image is looked through as the text is.
        await RefusedAsync(new { hash, alt = "A fatal fire in the yard", rights = "own", people = "nobody" }, "reason-needed");
        (await _holder.GetAsync("/api/media/" + new string('f', 64))).ExpectProblem(HttpStatusCode.NotFound, "image-unknown");
    }

    [Fact]
    public async Task Message_SaysItOtherwise_OnThePlatformsThatHaveOtherWords()
    {
        var accounts = new[] { Account, Elsewhere };
        var due = Steps.In(TimeSpan.FromDays(3));
        var sent = (await _holder.PostAsync("/api/messages", new { text = "Open day on Saturday.", accounts, dueAt = due, variants = new { mastodon = "Open day on Saturday, with cake." } })).Expect(HttpStatusCode.Created).Json;
        Assert.Equal(
            ["Open day on Saturday, with cake.", "Open day on Saturday."],
            sent["posts"]!.AsArray().OrderBy(p => p!.Text("account"), StringComparer.Ordinal).Select(p => p!["post"]!.Text("text")));
        (await _holder.PostAsync("/api/messages", new { text = "Open day.", accounts, dueAt = due, variants = new { myspace = "Open day" } })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "platform-unknown");
        foreach (var post in sent["posts"]!.AsArray())
        {
            (await _holder.PostAsync($"/api/posts/{post!["post"]!.Text("id")}/cancel", new { reason = "The test is over" })).Expect(HttpStatusCode.OK);
        }

        // A draft keeps both, also what is not finished.
        var path = "/api/drafts/" + Guid.NewGuid();
        var hash = (await UploadAsync(PngFile.Square(40, 150))).Expect(HttpStatusCode.Created).Json.Text("hash");
        (await _holder.PutAsync(path, new { text = "Open day", accounts, images = new[] { new { hash } }, variants = new { mastodon = "Open day, with cake" } })).Expect(HttpStatusCode.OK);
        Golden.Match("draft-with-image", (await _holder.GetAsync(path)).Expect(HttpStatusCode.OK).Json);
        (await _holder.PutAsync(path, new { revision = 1, text = "Open day", variants = new { myspace = "x" } })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "platform-unknown");
        (await _holder.DeleteAsync(path + "?revision=1")).Expect(HttpStatusCode.NoContent);
    }

    public void Dispose() => _holder.Dispose();

    private static object Image(string hash) => new { hash, alt = "A grey square", rights = "own", people = "nobody" };

    private async Task<string> ScheduleAsync(string account, string hash, int toleranceSeconds = 300) =>
        (await _holder.PostAsync($"/api/accounts/{account}/posts", new { text = "Doors open at ten.", toleranceSeconds, images = new[] { Image(hash) } })).Expect(HttpStatusCode.Created).Json.Text("id");

    private Task<ApiAnswer> UploadAsync(byte[] file, string type = "application/octet-stream") => _holder.PostBytesAsync("/api/media", file, type);

    private async Task RefusedAsync(object image, string code) =>
        (await _holder.PostAsync($"/api/accounts/{Account}/posts", new { text = "Doors open at ten.", images = new[] { image } })).ExpectProblem(HttpStatusCode.UnprocessableEntity, code);
}

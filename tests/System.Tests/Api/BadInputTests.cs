using System.Text;
using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>Bad input: a clear error, and nothing lost.</summary>
public sealed class BadInputTests(ServiceFixture fixture)
{
    private const string Posts = "/api/accounts/x/demo_wmfs_binley/posts";

    private readonly ApiClient _comms = fixture.As(Roles.Manager);

    public static TheoryData<string, string, int, string> Wrong() => new()
    {
        // A post.
        { "/api/accounts/x/nobody_at_all/posts", """{"text":"Hello"}""", 404, "account-unknown" },
        { "/api/accounts/myspace/wmfs/posts", """{"text":"Hello"}""", 404, "account-unknown" },
        { Posts, "{}", 422, "text-empty" },
        { Posts, """{"text":"   "}""", 422, "text-empty" },
        { Posts, """{"text":"Hello","dueAt":"2001-01-01T00:00:00Z"}""", 422, "time-in-past" },
        { Posts, """{"text":"Hello","dueAt":"2999-01-01T00:00:00Z"}""", 422, "time-too-far" },
        { Posts, """{"text":"Hello","dueAt":"2999-01-01T00:00:00"}""", 422, "time-not-understood" },
        { Posts, """{"text":"Hello","dueAt":"tomorrow"}""", 422, "time-not-understood" },
        { Posts, """{"text":"Hello","toleranceSeconds":-1}""", 422, "tolerance-out-of-range" },
        { Posts, """{"text":"Hello","toleranceSeconds":1.5}""", 400, "malformed-json" },
        { Posts, """{"text":12}""", 400, "malformed-json" },
        { Posts, """{"text":"Hello" """, 400, "malformed-json" },
        { Posts, """{"text":"Hello","text":"Hello"}""", 400, "malformed-json" },
        { Posts, "{\"text\":\"nul \\u0000 here\"}", 400, "malformed-json" },
        { Posts, "{\"text\":\"half \\ud800 here\"}", 400, "malformed-json" },
        { Posts, "[]", 400, "malformed-json" },
        { Posts, "null", 400, "bad-request" },
        { Posts, "", 400, "bad-request" },
        { "/api/posts/not-an-id/cancel", "{}", 404, "post-unknown" },
        { "/api/posts/0198a0a0-0000-7000-8000-000000000000/cancel", "{}", 404, "post-unknown" },
        { "/api/posts/0198a0a0-0000-7000-8000-000000000000/release", "{}", 404, "post-unknown" },
        { "/api/posts/0198a0a0-0000-7000-8000-000000000000/reschedule", "{}", 422, "time-missing" },

        // A decision about many posts.
        { "/api/handback", """{"posts":["0198a0a0-0000-7000-8000-000000000000"],"reason":"r"}""", 422, "act-unknown" },
        { "/api/handback", """{"act":"release","posts":["0198a0a0-0000-7000-8000-000000000000"]}""", 422, "reason-missing" },
        { "/api/handback", """{"act":"release","reason":"r"}""", 422, "posts-missing" },
        { "/api/handback", """{"act":"release","reason":"r","posts":[null]}""", 422, "post-unknown" },
        { "/api/handback", """{"act":"release","reason":"r","posts":["0198a0a0-0000-7000-8000-000000000000","0198a0a0-0000-7000-8000-000000000000"]}""", 422, "post-twice" },
        { "/api/handback", """{"act":"release","reason":"r","spacingSeconds":60,"posts":["0198a0a0-0000-7000-8000-000000000000"]}""", 422, "spacing-out-of-range" },
        { "/api/handback", """{"act":"release","reason":"r","spacingSeconds":90000,"dueAt":"2030-01-01T00:00:00Z","posts":["0198a0a0-0000-7000-8000-000000000000"]}""", 422, "spacing-out-of-range" },
        { "/api/handback", """{"act":"discard","reason":"r","dueAt":"2030-01-01T00:00:00Z","posts":["0198a0a0-0000-7000-8000-000000000000"]}""", 422, "time-not-wanted" },

        // A message.
        { "/api/messages", """{"text":"Hello"}""", 422, "accounts-missing" },
        { "/api/messages", """{"text":"Hello","accounts":[]}""", 422, "accounts-missing" },
        { "/api/messages", """{"text":"Hello","accounts":[null]}""", 422, "account-unknown" },
        { "/api/messages", """{"text":"Hello","accounts":["nonsense"]}""", 422, "account-unknown" },
        { "/api/messages", """{"text":"Hello","accounts":["x/nobody_at_all"]}""", 404, "account-unknown" },
        { "/api/messages", """{"text":"","accounts":["x/demo_wmfs_binley"]}""", 422, "text-empty" },

        // A hold.
        { "/api/holds", "{}", 422, "kind-unknown" },
        { "/api/holds", """{"kind":"soft","scope":{"all":true},"reason":"r"}""", 422, "kind-unknown" },
        { "/api/holds", """{"kind":"freeze","scope":{"areas":["coventry"]}}""", 422, "reason-missing" },
        { "/api/holds", """{"kind":"freeze","reason":"r"}""", 422, "scope-empty" },
        { "/api/holds", """{"kind":"freeze","reason":"r","scope":{}}""", 422, "scope-empty" },
        { "/api/holds", """{"kind":"freeze","reason":"r","scope":{"areas":[]}}""", 422, "scope-empty" },
        { "/api/holds", """{"kind":"freeze","reason":"r","scope":{"areas":["atlantis"]}}""", 422, "label-unknown" },
        { "/api/holds", """{"kind":"freeze","reason":"r","scope":{"areas":[null]}}""", 422, "label-unknown" },
        { "/api/holds", """{"kind":"freeze","reason":"r","scope":{"accounts":["nonsense"]}}""", 422, "label-unknown" },
        { "/api/holds", """{"kind":"freeze","reason":"r","scope":{"all":true,"except":{"areas":["atlantis"]}}}""", 422, "label-unknown" },
        { "/api/holds", """{"kind":"freeze","reason":"r","scope":{"accounts":["x/nobody_at_all"]}}""", 422, "label-unknown" },
        { "/api/holds", """{"kind":"freeze","reason":"r","scope":{"accounts":["x/demo_wmfs_aston","x/nobody_at_all"]}}""", 422, "label-unknown" },
        { "/api/holds", """{"kind":"freeze","reason":"r","scope":{"areas":["coventry"],"except":{"accounts":["x/nobody_at_all"]}}}""", 422, "label-unknown" },
        { "/api/holds/preview", """{"scope":{"accounts":["x/nobody_at_all"]}}""", 422, "label-unknown" },
        { "/api/holds", """{"kind":"centralCoordination","reason":"r","scope":{"areas":["coventry"]},"namedPosters":["nobody-at-all"]}""", 422, "poster-unknown" },
        { "/api/holds", """{"kind":"freeze","reason":"r","scope":{"areas":["coventry"]},"reviewAt":"2001-01-01T00:00:00Z"}""", 422, "review-in-past" },
        { "/api/holds", """{"kind":"freeze","reason":"r","scope":"everything"}""", 400, "malformed-json" },
        { "/api/holds/preview", "{}", 422, "scope-empty" },
        { "/api/holds/preview", """{"scope":{"stations":["atlantis"]}}""", 422, "label-unknown" },
        { "/api/holds/H-999999/lift", """{"reason":"r"}""", 404, "hold-unknown" },
        { "/api/holds/H-999999/lift", "{}", 422, "reason-missing" },
        { "/api/holds", """{"kind":"freeze","reason":"r","scope":{"areas":["coventry"]},"endsAt":"2101-01-01T00:00:00Z"}""", 422, "end-not-allowed" },
        { "/api/holds", """{"kind":"centralCoordination","reason":"r","scope":{"areas":["coventry"]},"endsAt":"2101-01-01T00:00:00Z"}""", 422, "end-not-allowed" },
        { "/api/holds", """{"kind":"approvalRequired","reason":"r","scope":{"areas":["coventry"]},"endsAt":"2001-01-01T00:00:00Z"}""", 422, "end-in-past" },
        { "/api/holds", """{"kind":"approvalRequired","reason":"r","scope":{"areas":["coventry"]},"endsAt":"2101-01-01"}""", 422, "time-not-understood" },
        { "/api/holds/H-999999/lift", """{"confirms":7}""", 404, "hold-unknown" },
        { "/api/holds/H-999999/lift/decline", """{"reason":"r"}""", 404, "hold-unknown" },
        { "/api/holds/H-999999/lift/decline", "{}", 422, "reason-missing" },
        { "/api/holds/H-999999/review", """{"reviewAt":"2101-01-01T00:00:00Z"}""", 404, "hold-unknown" },
        { "/api/holds/H-999999/review", """{"reviewAt":"2001-01-01T00:00:00Z"}""", 422, "review-in-past" },
        { "/api/holds/H-999999/review", """{"reviewAt":"tomorrow"}""", 422, "time-not-understood" },
        { "/api/holds/H-999999/review", "{}", 422, "time-missing" },
        { "/api/holds/nonsense/lift", """{"reason":"r"}""", 404, "hold-unknown" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Command_IsRefusedInWords_WhenItIsWrong(string path, string body, int status, string code) =>
        (await _comms.PostTextAsync(path, body, "application/json")).ExpectProblem((HttpStatusCode)status, code);

    [Fact]
    public async Task Nothing_IsHeldOrScheduled_ByAllThoseErrors()
    {
        var before = await PictureAsync();
        foreach (var row in Wrong())
        {
            await _comms.PostTextAsync(row.Data.Item1, row.Data.Item2, "application/json");
        }

        Assert.Equal(before, await PictureAsync());
    }

    [Fact]
    public async Task EmptyScope_IsRefusedWithTheLabelsThatExist()
    {
        var answer = await _comms.PostAsync("/api/holds", new { kind = "freeze", scope = new { }, reason = "r" });
        answer.ExpectProblem(HttpStatusCode.UnprocessableEntity, "scope-empty");
        Assert.Contains("coventry", answer.Detail, StringComparison.Ordinal);
        Assert.Contains("mastodon", answer.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownLabel_IsRefusedWithTheLabelsThatExist() => Assert.Contains(
        "coventry", (await _comms.PostAsync("/api/holds", new { kind = "freeze", scope = new { areas = new[] { "atlantis" } }, reason = "r" })).Detail, StringComparison.Ordinal);

    [Fact]
    public async Task UnknownAccountOfAHold_IsNamed_WithWhatMayHaveBeenMeant()
    {
        var answer = await _comms.PostAsync("/api/holds", new { kind = "freeze", scope = new { accounts = new[] { "x/demo_wmfs_astom" } }, reason = "r" });
        answer.ExpectProblem(HttpStatusCode.UnprocessableEntity, "label-unknown");
        Assert.Contains("'x/demo_wmfs_astom'", answer.Detail, StringComparison.Ordinal);
        Assert.Contains("Did you mean x/demo_wmfs_aston", answer.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not-a-uuid")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("{0198a0a0-0000-7000-8000-000000000000}")]
    public async Task IdempotencyKey_IsRefused_WhenItIsNoUuid(string key) =>
        (await _comms.PostTextAsync(Posts, """{"text":"Hello"}""", "application/json", key)).ExpectProblem(HttpStatusCode.BadRequest, "idempotency-key-malformed");

    [Fact]
    public async Task Body_IsRefused_WhenItIsNoJson() =>
        (await _comms.PostTextAsync(Posts, "text=Hello", "application/x-www-form-urlencoded")).ExpectProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");

    [Fact]
    public async Task Body_IsRefused_WhenItIsTooLarge()
    {
        var body = Encoding.UTF8.GetBytes($$"""{"text":"{{new string('a', 300 * 1024)}}"}""");
        (await _comms.PostBytesAsync(Posts, body, "application/json")).ExpectProblem(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
    }

    [Fact]
    public async Task Json_IsRefused_WhenItIsTooDeep()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"except":""", 100)) + "{}" + new string('}', 100);
        (await _comms.PostTextAsync("/api/holds/preview", $$"""{"scope":{{deep}}}""", "application/json")).ExpectProblem(HttpStatusCode.BadRequest, "malformed-json");
    }

    [Fact]
    public async Task Address_IsAnsweredInWords_WhenThereIsNothing()
    {
        (await _comms.GetAsync("/api/nothing/here")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await _comms.GetAsync("/api/posts/nonsense")).ExpectProblem(HttpStatusCode.NotFound, "post-unknown");
        (await _comms.GetAsync("/api/holds/H-999999")).ExpectProblem(HttpStatusCode.NotFound, "hold-unknown");
        var wrongVerb = await _comms.SendAsync(new HttpRequestMessage(HttpMethod.Delete, "/api/holds"));
        wrongVerb.ExpectProblem(HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        Assert.Contains("POST", wrongVerb.Message.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("x/demo_wmfs_binley", 281)]
    [InlineData("mastodon/demo_wmfs_foleshill", 501)]
    public async Task Post_IsRefused_WhenItIsLongerThanItsPlatformAllows(string account, int length) =>
        (await _comms.PostAsync($"/api/accounts/{account}/posts", new { text = new string('a', length), dueAt = Steps.In(TimeSpan.FromHours(3)) }))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "text-too-long");

    private async Task<string> PictureAsync()
    {
        var holds = (await _comms.GetAsync("/api/holds?limit=200")).Expect(HttpStatusCode.OK).Text;
        var posts = (await _comms.GetAsync("/api/accounts/x/demo_wmfs_binley/posts?limit=200")).Expect(HttpStatusCode.OK).Text;
        return holds + posts;
    }
}

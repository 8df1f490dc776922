using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.SignIn;

/// <summary>How many usual sign-ins of one address are looked at: all of a shift's, and no flood.</summary>
public sealed class SignInLimitTests(FastPostgresFixture server, ServiceFixture product) : IClassFixture<FastPostgresFixture>
{
    private static readonly Dictionary<string, string?> Provider = new(StringComparer.Ordinal)
    {
        ["SignIn:Mode"] = "OpenIdConnect",
        ["SignIn:OpenIdConnect:Authority"] = "http://127.0.0.1:1",
        ["SignIn:OpenIdConnect:ClientId"] = "coordination",
        ["SignIn:OpenIdConnect:PublicClient"] = "true",
        ["SignIn:OpenIdConnect:PublicAddress"] = "http://localhost:1",
        ["SignIn:OpenIdConnect:Admit"] = "KnownStaff",
    };

    [Fact]
    public async Task SignIn_IsLookedAt_ForAWholeShift_AndThenNotAtAll()
    {
        await using var host = await GlassHost.StartAsync(server);
        var client = await host.ClientAsync(1);
        var answers = await SendAsync(1_000, () => PostAsync(client));
        Check(answers, HttpStatusCode.Redirect);

        // Another address is not kept out by it.
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync(await host.ClientAsync(2))).Status);
    }

    [Fact]
    public async Task ProvidersAnswer_IsLookedAt_ForAWholeShift_AndThenNotAtAll()
    {
        using var folder = new TemporaryFolder("limit-keys");
        await using var host = await GlassHost.StartAsync(server, new Dictionary<string, string?>(Provider, StringComparer.Ordinal) { ["SignIn:KeysFolder"] = folder.Path });
        var client = await host.ClientAsync(1);
        Check(await SendAsync(1_000, async () =>
        {
            using var answer = await client.Http.GetAsync("/sign-in/callback?code=guess&state=forged");
            return await ReadAsync(answer);
        }), HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Product_LooksAtNoForm_ThatIsOneTooMany()
    {
        using var http = GlassHost.From(product.Service.BaseAddress, "127.0.3.1");
        Check(await SendAsync(1_000, () => PostAsync(new GlassClient(http, "forged"))), HttpStatusCode.BadRequest);
    }

    private static void Check((HttpStatusCode Status, TimeSpan? Wait, string Words)[] answers, HttpStatusCode passed)
    {
        var refused = answers.Where(a => a.Status == HttpStatusCode.TooManyRequests).ToArray();
        Assert.Equal(answers.Length, refused.Length + answers.Count(a => a.Status == passed));
        Assert.InRange(answers.Length - refused.Length, 300, answers.Length - 1);
        Assert.All(refused, a => Assert.True(a.Wait > TimeSpan.Zero));
        Assert.All(refused, a => Assert.Contains("Too many attempts to sign in", a.Words, StringComparison.Ordinal));
    }

    private static async Task<(HttpStatusCode Status, TimeSpan? Wait, string Words)[]> SendAsync(int count, Func<Task<(HttpStatusCode, TimeSpan?, string)>> send)
    {
        var answers = new (HttpStatusCode, TimeSpan?, string)[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = TestContext.Current.CancellationToken }, async (i, _) => answers[i] = await send());
        return answers;
    }

    private static async Task<(HttpStatusCode Status, TimeSpan? Wait, string Words)> PostAsync(GlassClient client)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["staffId"] = "nobody", ["__RequestVerificationToken"] = client.Token });
        using var answer = await client.Http.PostAsync("/sign-in", form);
        return await ReadAsync(answer);
    }

    private static async Task<(HttpStatusCode Status, TimeSpan? Wait, string Words)> ReadAsync(HttpResponseMessage answer) =>
        (answer.StatusCode, answer.Headers.RetryAfter?.Delta, await answer.Content.ReadAsStringAsync());
}

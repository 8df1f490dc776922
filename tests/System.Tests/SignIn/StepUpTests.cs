using Coordination.Storage.Embedded;
using Coordination.SystemTests.Api;
using Coordination.SystemTests.Support;
using Npgsql;

namespace Coordination.SystemTests.SignIn;

/// <summary>What matters most needs a sign-in of a short time ago: every route, by a browser whose sign-in is older.</summary>
public sealed class StepUpTests(ServiceFixture fixture)
{
    private const string Code = "fresh-sign-in-needed";

    // All that lifts, removes, or opens ways in; and nothing that stops.
    private static readonly string[] Elevated =
    [
        "DELETE /api/accounts/x/nobody_at_all/sign-in/stored", "POST /api/clients", "POST /api/holds/H-999999/lift", "POST /api/posts/0198a0a0-0000-7000-8000-000000000000/remove",
        "POST /api/staff/nobody/deputies", "POST /api/staff/nobody/deputies/0198a0a0-0000-7000-8000-000000000000/end", "POST /api/staff/nobody/identities", "POST /api/staff/nobody/identities/remove", "PUT /api/accounts/x/nobody_at_all/sign-in/stored", "PUT /api/staff/nobody",
    ];

    [Fact]
    public async Task EveryRoute_IsOpenToAnOldSignIn_ButTheseOnes()
    {
        using var browser = new Browser(fixture.Service.BaseAddress);
        await browser.SignInAsync("quinn-demo");
        await GrowOldAsync(browser, "16 minutes");
        using var old = new ApiClient(fixture.Service.BaseAddress, null, cookies: browser.Cookies);
        var asked = new List<string>();
        foreach (var row in AuthorityTests.Routes())
        {
            var (method, path, _) = row.Data;
            var answer = await AuthorityTests.SendAsync(old, method, path);
            if (answer.Status == HttpStatusCode.Forbidden && answer.Code == Code)
            {
                asked.Add($"{method} {path}");
            }
        }

        Assert.Equal(Elevated, asked.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task OldSignIn_LiftsNothing_UntilItIsConfirmed_AndPlacesAHoldAllTheSame()
    {
        using var browser = new Browser(fixture.Service.BaseAddress);
        await browser.SignInAsync("quinn-demo");
        await GrowOldAsync(browser, "16 minutes");
        var hold = (await browser.PostAsync("/api/holds", new { kind = "freeze", scope = new { accounts = new[] { "x/demo_wmfs_foleshill" } }, reason = "At three in the morning" })).Expect(HttpStatusCode.Created).Json;
        var answer = (await LiftAsync(browser, hold)).ExpectProblem(HttpStatusCode.Forbidden, Code);
        Assert.Contains("To lift a hold, you must have signed in a short time ago", answer.Detail, StringComparison.Ordinal);
        Assert.Contains("/sign-in/again", answer.Detail, StringComparison.Ordinal);
        using var comms = fixture.As(Roles.Manager);
        Assert.Null((await comms.GetAsync($"/api/holds/{hold.Text("id")}")).Expect(HttpStatusCode.OK).Json["liftedAt"]);

        // The page with the button is theirs to see; the form confirms who is there, whoever it names.
        Assert.Contains("Confirm that it is you", (await browser.GetAsync("/sign-in/again?returnUrl=%2Fholds")).Expect(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        var former = browser.Cookies;
        Assert.Equal((HttpStatusCode.Redirect, "/holds"), await browser.FormAsync("/sign-in/again", ("returnUrl", "/holds"), ("staffId", "rowan-demo")));
        await Eventually.Becomes(async () => (await browser.GetAsync("/api/accounts?limit=1", former)).Status == HttpStatusCode.Unauthorized, "the former cookie is refused");
        var lifted = (await LiftAsync(browser, hold)).Expect(HttpStatusCode.OK).Json;
        Assert.Equal("Quinn Demo", lifted.Text("liftedBy"));
    }

    [Fact]
    public async Task FreshSignIn_IsFreshForAQuarterOfAnHour()
    {
        using var browser = new Browser(fixture.Service.BaseAddress);
        await browser.SignInAsync("quinn-demo");
        await AgeAsync("14 minutes");
        (await browser.PostAsync("/api/holds/H-999999/lift", new { reason = "r" })).ExpectProblem(HttpStatusCode.NotFound, "hold-unknown");
        await GrowOldAsync(browser, "15 minutes 1 second");
    }

    [Fact]
    public async Task PlatformSignIn_AndTokensOfOnesOwnClient_NeedOne_WhateverElseOneMay()
    {
        using var browser = new Browser(fixture.Service.BaseAddress);
        await browser.SignInAsync("quinn-demo");
        var client = (await browser.PostAsync("/api/clients", new { name = "Step-up " + Guid.NewGuid().ToString("N")[..8], owner = "quinn-demo", permissions = new[] { "read" }, days = 30, reason = "A test needs it" })).Expect(HttpStatusCode.Created).Json;
        var id = client["client"]!.Text("id");
        await GrowOldAsync(browser, "16 minutes");
        (await browser.PostAsync($"/api/clients/{id}/tokens", new { days = 30, reason = "One more" })).ExpectProblem(HttpStatusCode.Forbidden, Code);
        (await browser.PutAsync("/api/accounts/x/demo_wmfs_aston/sign-in/stored", new { kind = "access-token", token = "x" })).ExpectProblem(HttpStatusCode.Forbidden, Code);

        // What stops needs none.
        (await browser.PostAsync($"/api/clients/{id}/end", new { reason = "The test is over" })).Expect(HttpStatusCode.OK);
    }

    private static Task<ApiAnswer> LiftAsync(Browser browser, JsonNode hold) => browser.PostAsync($"/api/holds/{hold.Text("id")}/lift", new { reason = "The road is open again" });

    // The row says when they proved who they are; the service looks within seconds.
    private async Task GrowOldAsync(Browser browser, string age)
    {
        await AgeAsync(age);
        await Eventually.Becomes(async () => (await browser.PostAsync("/api/holds/H-999999/lift", new { reason = "r" })).Code == Code, "the sign-in is old");
    }

    private async Task AgeAsync(string age)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ServiceFile.Read(fixture.Data)!) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("update sign_in_session set authenticated_at = clock_timestamp() - $1::interval where staff_id = 'quinn-demo' and ended_at is null", connection);
        command.Parameters.AddWithValue(age);
        Assert.True(await command.ExecuteNonQueryAsync() > 0);
    }
}

using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>A post that corrects another is linked to it, both ways.</summary>
public sealed class CorrectionTests(ServiceFixture fixture)
{
    private const string Account = "x/demo_wmfs_tettenhall", Second = "facebook/demo_wmfs_tettenhall", Elsewhere = "x/demo_wmfs_handsworth";
    private readonly ApiClient _comms = fixture.As(Roles.Officer);

    [Fact]
    public async Task Correction_NamesThePostOnItsOwnAccount_AndIsFoundFromIt()
    {
        var message = (await _comms.PostAsync("/api/messages", new { text = "Doors open at ten.", accounts = new[] { Account, Second } })).Expect(HttpStatusCode.Created).Json["posts"]!.AsArray();
        var ids = message.ToDictionary(p => p!.Text("account"), p => p!["post"]!.Text("id"), StringComparer.Ordinal);
        await _comms.PostBecomesAsync(ids[Account], "published");
        await _comms.PostBecomesAsync(ids[Second], "published");
        Assert.Empty((await _comms.GetAsync($"/api/posts/{ids[Account]}/corrections")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray());

        var parts = (await _comms.PostAsync("/api/messages", new { text = "Doors open at eleven, not at ten.", accounts = new[] { Account, Second, Elsewhere }, dueAt = Steps.In(TimeSpan.FromHours(5)), corrects = ids[Account] }))
            .Expect(HttpStatusCode.Created).Json["posts"]!.AsArray();
        Assert.Equal("correction-elsewhere", parts.Single(p => p!.Text("account") == Elsewhere)!["refusal"]!.Text("code"));
        foreach (var account in new[] { Account, Second })
        {
            var correction = parts.Single(p => p!.Text("account") == account)!["post"]!;
            Assert.Equal(ids[account], correction.Text("corrects"));
            Assert.Equal([correction.Text("id")], (await _comms.GetAsync($"/api/posts/{ids[account]}/corrections")).Json["items"]!.AsArray().Select(p => p!.Text("id")));

            // Other words leave the link as it was.
            var edited = (await _comms.PostAsync($"/api/posts/{correction.Text("id")}/edit", new { revision = 1, text = "Doors open at eleven.", dueAt = Steps.In(TimeSpan.FromHours(5)) })).Expect(HttpStatusCode.OK).Json;
            Assert.Equal(ids[account], edited.Text("corrects"));

            // What is not out yet is changed, not corrected.
            (await _comms.PostAsync($"/api/accounts/{account}/posts", new { text = "Or at noon.", dueAt = Steps.In(TimeSpan.FromHours(6)), corrects = correction.Text("id") })).ExpectProblem(HttpStatusCode.Conflict, "correction-not-out");
            (await _comms.PostAsync($"/api/posts/{correction.Text("id")}/cancel", new { reason = "The test is over" })).Expect(HttpStatusCode.OK);
        }
    }

    [Theory]
    [InlineData("no-id", HttpStatusCode.UnprocessableEntity, "correction-unknown")]
    [InlineData("0198a0a0-0000-7000-8000-000000000000", HttpStatusCode.NotFound, "correction-unknown")]
    public async Task Correction_OfNothing_IsRefused(string corrects, HttpStatusCode status, string code) =>
        (await _comms.PostAsync($"/api/accounts/{Account}/posts", new { text = "Doors open at eleven.", dueAt = Steps.In(TimeSpan.FromHours(5)), corrects })).ExpectProblem(status, code);
}

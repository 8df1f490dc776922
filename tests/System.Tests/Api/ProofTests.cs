using System.Security.Cryptography;
using System.Text;
using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>A hold's proof is a file that the journal knows: taken by whom, when, unchanged to the last sign.</summary>
public sealed class ProofTests(ServiceFixture fixture)
{
    private const string Account = "mastodon/demo_wmfs_bilston";

    private readonly ApiClient _comms = fixture.As(Roles.Manager);
    private readonly ApiClient _second = fixture.As(Roles.Officer);
    private readonly ApiClient _fds = fixture.As(Roles.Fds);
    private readonly ApiClient _auditor = fixture.As(Roles.Auditor);

    [Fact]
    public async Task Proof_SaysAllThatTheHoldProves_AndIsTheSameBytesUntilSomethingChanges()
    {
        var id = await LiftedAsync();

        var first = (await _fds.PostAsync($"/api/holds/{id}/proof")).Expect(HttpStatusCode.OK);
        var again = (await _comms.PostAsync($"/api/holds/{id}/proof")).Expect(HttpStatusCode.OK);

        Golden.Match("proof", first.Json);
        Assert.Equal(first.Text, again.Text);
        Assert.Equal(Hash(Encoding.UTF8.GetBytes(first.Text)), first.Message.Headers.GetValues("Proof-Sha256").Single());
        Assert.Equal("attachment", first.Message.Content.Headers.ContentDisposition?.DispositionType);
        var proof = first.Json;
        Assert.Equal("INC-11", proof["hold"]!.Text("incident"));
        Assert.Equal("fds-officer", proof["placed"]!["by"]!.Text("role"));
        Assert.Equal((1, 1), (proof["receipts"]!["covered"]!.GetValue<int>(), proof["receipts"]!["acknowledged"]!.GetValue<int>()));
        Assert.Equal(Account, proof["receipts"]!["items"]![0]!.Text("account"));
        Assert.Equal(("comms-manager", "comms-officer"), (proof["lift"]!["asked"]!["by"]!.Text("role"), proof["lift"]!["lifted"]!["by"]!.Text("role")));
        Assert.Equal("Still smoke", proof["reviews"]![0]!.Text("reason"));
        Assert.Equal(["hold-placed", "review-moved", "lift-asked", "hold-lifted"], proof["journal"]!["entries"]!.AsArray().Select(e => e!.Text("event")));
    }

    [Fact]
    public async Task Check_KnowsTheFile_AndNoOther()
    {
        var id = await LiftedAsync();
        var json = Encoding.UTF8.GetBytes((await _fds.PostAsync($"/api/holds/{id}/proof")).Expect(HttpStatusCode.OK).Text);

        var known = (await _auditor.PostBytesAsync("/api/proofs/check", json, "application/json")).Expect(HttpStatusCode.OK).Json;
        Golden.Match("proof-checked", known);
        Assert.True(known["known"]!.GetValue<bool>() && known["chainIntact"]!.GetValue<bool>());
        Assert.Equal((id, "fds-officer", "json"), (known["taken"]![0]!.Text("hold"), known["taken"]![0]!["by"]!.Text("role"), known["taken"]![0]!.Text("format")));

        json[^20] ^= 1;
        var changed = (await _auditor.PostBytesAsync("/api/proofs/check", json, "application/json")).Expect(HttpStatusCode.OK).Json;
        Golden.Match("proof-unknown", changed);
        Assert.False(changed["known"]!.GetValue<bool>());
        (await _fds.PostBytesAsync("/api/proofs/check", json, "application/json")).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Print_IsKnownToo_UnderItsOwnHash_AndTheRecordVerifies()
    {
        var id = await LiftedAsync();
        using var http = new HttpClient { BaseAddress = fixture.Service.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new("Bearer", fixture.Token(Roles.Manager));
        using var answer = await http.PostAsync(new Uri($"/api/holds/{id}/proof.pdf", UriKind.Relative), null);
        var pdf = await answer.Content.ReadAsByteArrayAsync();
        var json = (await _comms.PostAsync($"/api/holds/{id}/proof")).Expect(HttpStatusCode.OK);

        Assert.True(answer.IsSuccessStatusCode, Encoding.UTF8.GetString(pdf));
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("%PDF-", Encoding.ASCII.GetString(pdf, 0, 5), StringComparison.Ordinal);
        Assert.Equal(json.Message.Headers.GetValues("Proof-Sha256"), answer.Headers.GetValues("Proof-Sha256"));
        var known = (await _auditor.PostBytesAsync("/api/proofs/check", pdf, "application/pdf")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(("pdf", id), (known["taken"]![0]!.Text("format"), known["taken"]![0]!.Text("hold")));

        var entries = (await _comms.PostAsync("/api/verify")).Expect(HttpStatusCode.OK).Json;
        var holds = entries["checks"]!.AsArray().Single(c => string.Equals(c!.Text("name"), "holds", StringComparison.Ordinal))!;
        Assert.Equal(0, holds["found"]!.GetValue<int>());
        Assert.DoesNotContain("proof-taken", holds["notes"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proof_OfNoHold_IsRefused() =>
        (await _comms.PostAsync("/api/holds/H-999999/proof")).ExpectProblem(HttpStatusCode.NotFound, "hold-unknown");

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private async Task<string> LiftedAsync()
    {
        var hold = (await _fds.PostAsync(
            "/api/holds", new { kind = "freeze", scope = new { accounts = new[] { Account } }, reason = "Smoke over the road", incident = "INC-11" })).Expect(HttpStatusCode.Created).Json;
        var id = hold.Text("id");
        await Eventually.Becomes(
            async () => (await _comms.GetAsync($"/api/holds/{id}")).Expect(HttpStatusCode.OK).Json, h => h["acknowledged"]!.GetValue<int>() == 1, "the account has acknowledged");
        (await _comms.PostAsync($"/api/holds/{id}/review", new { reviewAt = Steps.In(TimeSpan.FromHours(2)), reason = "Still smoke" })).Expect(HttpStatusCode.OK);
        await _comms.LiftTogetherAsync(_second, hold);
        return id;
    }
}

using Coordination.Storage.Embedded;
using Coordination.SystemTests.Support;
using Npgsql;

namespace Coordination.SystemTests.Api;

/// <summary>A report whose host stopped between the hold and the decision is decided all the same, as it would have been.</summary>
public sealed class LeftReportTests(ServiceFixture fixture)
{
    private readonly ApiClient _control = fixture.As(Roles.FireControl);
    private readonly ApiClient _comms = fixture.As(Roles.Manager);

    [Fact]
    public async Task Report_OfWhichNothingWasDecided_IsDecidedOnceItsHoldStands()
    {
        var number = Reports.Number();
        var answer = (await _control.ReportAsync(Reports.Of(number, major: true, area: "walsall"))).Expect(HttpStatusCode.Created).Json;
        var hold = (await _comms.GetAsync($"/api/holds/{answer["takeovers"]![0]!.Text("holdId")}")).Expect(HttpStatusCode.OK).Json;
        try
        {
            var before = await FindAsync(number);

            // What a host that stops there leaves behind: the hold stands, and the message is not decided.
            await ExecuteAsync(
                """
                with m as (delete from incident_decision where message_id = $1 returning message_id)
                update incident_message set received_at = received_at - interval '15 seconds' where id = (select message_id from m)
                """,
                Guid.Parse(before.Text("id")));
            var after = await Eventually.Becomes(() => FindAsync(number), m => m["decision"] is not null, $"the message of {number} is decided");
            Assert.Equal(("hold", before.Text("reason"), before.Text("holdId")), (after.Text("decision"), after.Text("reason"), after.Text("holdId")));
            Assert.Single(
                (await _comms.GetAsync("/api/holds?limit=200&active=true")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray(), h => h!["incident"]?.GetValue<string>() == number);
        }
        finally
        {
            using var officer = fixture.As(Roles.Officer);
            await _comms.LiftTogetherAsync(officer, hold);
        }
    }

    private async Task<JsonNode> FindAsync(string number)
    {
        // Undecided messages do not name their incident: it is found by what was received.
        foreach (var message in (await _control.GetAsync("/api/incidents/messages?limit=50")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray())
        {
            if ((await _control.GetAsync($"/api/incidents/messages/{message!.Text("id")}/raw")).Text.Contains(number, StringComparison.Ordinal))
            {
                return message!;
            }
        }

        throw new InvalidOperationException($"No message of {number}.");
    }

    private async Task ExecuteAsync(string sql, Guid message)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ServiceFile.Read(fixture.Data)!) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // The test's own text.
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = message } } };
#pragma warning restore CA2100
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.Notices;
using Coordination.Domain.People;
using Coordination.Domain.Rota;
using Coordination.Domain.Tests.Incidents;
using Json.Schema;
using Xunit;

namespace Coordination.Domain.Tests.Notices;

/// <summary>What webhooks are told: as its published schema says, the same for everybody, and nothing that stays inside.</summary>
public sealed class HoldNoticeTests
{
    private static readonly DateTimeOffset PlacedAt = new(2026, 7, 4, 21, 15, 0, 123, TimeSpan.Zero);
    private static readonly string SchemaText = File.ReadAllText(Repository.Path("dashboard", "Coordination.Dashboard", "wwwroot", "schemas", "hold-notice-1.json"));
    private static readonly JsonSchema Schema = JsonSchema.FromText(SchemaText);
    private static readonly JsonSchema Strict = JsonSchema.FromText(Closed(JsonNode.Parse(SchemaText)!).ToJsonString());

    [Fact]
    public void Placed_IsWhatTheSchemaSays() => Golden("hold-notice-placed.json", Facts());

    [Fact]
    public void Lifted_IsWhatTheSchemaSays() => Golden("hold-notice-lifted.json", Lifted() with { OnDuty = null, CommsPhone = "0121 496 0099" });

    [Fact]
    public void LeastThatIsKnown_IsWhatTheSchemaSays()
    {
        var facts = Facts() with { OnDuty = null, HoldPage = null, Accounts = [] };
        var notice = Sent(facts with { Hold = facts.Hold with { Incident = null } });
        Assert.Equal(["version", "event", "at", "hold", "accounts", "mayDo", "call"], notice.AsObject().Select(f => f.Key));
        Assert.Equal("""{"role":"Corporate Communications"}""", notice["call"]!.ToJsonString());
        Assert.Equal(0, notice["accounts"]!["count"]!.GetValue<int>());
        Assert.Null(notice["hold"]!["page"]);
    }

    [Theory]
    [InlineData(HoldKind.Freeze, "Nobody publishes on them, not even Comms.")]
    [InlineData(HoldKind.CentralCoordination, "Only Comms, and those they name, publish on them.")]
    [InlineData(HoldKind.ApprovalRequired, "Each one goes out only if Comms approve it.")]
    public void MayDo_IsOfTheKind(HoldKind kind, string sentence)
    {
        var facts = Facts();
        var notice = Sent(facts with { Hold = facts.Hold with { Kind = kind, EndsAt = PlacedAt.AddDays(20), Scope = new Scope { All = true, Kinds = ["local"], Except = new Scope { Stations = ["binley"], Departments = ["ops"], Accounts = ["x/a"] } } } });
        Assert.Contains(notice["mayDo"]!.AsArray(), s => s!.GetValue<string>().Contains(sentence, StringComparison.Ordinal));
        Assert.Equal(kind.Id(), notice["hold"]!["kind"]!.GetValue<string>());
    }

    [Fact]
    public void Lifted_SaysWhatAnotherHoldStillCovers()
    {
        var facts = Lifted();
        var other = facts.Hold with { Id = "H-000002", Scope = new Scope { Platforms = ["x"] }, LiftedAt = null, LiftedSequence = null };
        Assert.StartsWith("Another hold still covers 1 of them", Sent(facts with { Standing = [other] })["mayDo"]![0]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void BigScope_ListsTheFirst_CountsAll_AndStaysSmall()
    {
        var keys = Enumerable.Range(0, 20_000).Select(i => $"x/demo_wmfs_station_{i:00000}").ToArray();
        var facts = Facts() with { Accounts = [.. keys.Reverse().Select(k => Account(k))] };
        var notice = Sent(facts with { Hold = facts.Hold with { Scope = new Scope { Accounts = keys } } });
        var accounts = notice["accounts"]!;
        Assert.Equal((20_000, 1000, 19_000), (accounts["count"]!.GetValue<int>(), accounts["listed"]!.AsArray().Count, accounts["notListed"]!.GetValue<int>()));
        Assert.Equal(keys[..1000], accounts["listed"]!.AsArray().Select(a => a!["key"]!.GetValue<string>()));
        Assert.Null(notice["hold"]!["scope"]);
        Assert.InRange(Encoding.UTF8.GetByteCount(notice.ToJsonString()), 50_000, 200_000);
        var except = Sent(facts with { Hold = facts.Hold with { Scope = new Scope { All = true, Except = new Scope { Accounts = keys } } } });
        Assert.Null(except["hold"]!["scope"]);
    }

    [Fact]
    public void NothingThatStaysInside_IsInIt()
    {
        var facts = Facts();
        var text = HoldNoticeWriter.Write(facts with { Hold = facts.Hold with { LiftReason = "Secret words", NamedPosters = ["robin-id"] } }, "Local accounts").ToJson();
        Assert.All(["Fire at the paper works", "Jo Comms", "Kim", "example.org/k", "0121 496 0001", "Secret words", "robin-id"], inside => Assert.DoesNotContain(inside, text, StringComparison.OrdinalIgnoreCase));
        Assert.True(text.All(char.IsAscii));
    }

    [Fact]
    public void Schema_IsASchema_ByTheDraftItself_AndDescribesEveryField()
    {
        var schema = JsonNode.Parse(SchemaText)!;
        Assert.True(MetaSchemas.Draft202012.Evaluate(schema).IsValid);
        var fields = Fields(schema).ToList();
        Assert.Equal(35, fields.Count);
        Assert.All(fields, f => Assert.True(f.Value!["description"] is JsonValue, $"{f.Key} has no description"));
    }

    [Theory]
    [InlineData("event", "\"hold-moved\"")]
    [InlineData("at", "7")]
    [InlineData("mayDo", "[]")]
    [InlineData("version", "2")]
    [InlineData("hold", "{}")]
    public void Schema_RefusesWhatIsNone(string field, string value)
    {
        var notice = Sent(Facts());
        notice[field] = JsonNode.Parse(value);
        Assert.False(Schema.Evaluate(notice).IsValid);
    }

    [Fact]
    public void States_AreReadAsTheyAreWritten()
    {
        Assert.All(Enum.GetValues<WebhookState>(), s => Assert.Equal(s, WebhookStates.Parse(s.Id())));
        Assert.All(Enum.GetValues<WebhookState>(), s => Assert.Equal($"\"{s.Id()}\"", JsonSerializer.Serialize(s)));
        Assert.Throws<FormatException>(() => WebhookStates.Parse("read"));
    }

    private static void Golden(string name, NoticeFacts facts) =>
        GoldenFile.Matches(name, Sent(facts).ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n");

    // Whatever is sent has only fields that the schema names.
    private static JsonNode Sent(NoticeFacts facts)
    {
        var notice = JsonNode.Parse(HoldNoticeWriter.Write(facts, "Local accounts").ToJson())!;
        Assert.True(Schema.Evaluate(notice, new EvaluationOptions { RequireFormatValidation = true }).IsValid, notice.ToJsonString());
        Assert.True(Strict.Evaluate(notice).IsValid, "a field that the schema does not name: " + notice.ToJsonString());
        return notice;
    }

    private static JsonNode Closed(JsonNode schema)
    {
        foreach (var child in schema is JsonObject fields ? fields.Select(f => f.Value).ToArray() : schema is JsonArray items ? [.. items] : [])
        {
            if (child is not null)
            {
                Closed(child);
            }
        }

        if (schema is JsonObject form && form["properties"] is JsonObject)
        {
            form["additionalProperties"] = false;
        }

        return schema;
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Fields(JsonNode? node) => node switch
    {
        JsonObject form => (form["properties"] is JsonObject properties ? properties : []).Concat(form.SelectMany(f => Fields(f.Value))),
        JsonArray items => items.SelectMany(Fields),
        _ => [],
    };

    private static NoticeFacts Lifted()
    {
        var facts = Facts();
        return facts with { Kind = NoticeKind.Lifted, Hold = facts.Hold with { LiftedAt = PlacedAt.AddHours(3), LiftedSequence = 9, LiftReason = "The fire is out." } };
    }

    private static NoticeFacts Facts() => new()
    {
        Kind = NoticeKind.Placed,
        Hold = new Hold
        {
            Id = "H-000001", Kind = HoldKind.CentralCoordination, Scope = Scope.LocalAccounts, Reason = "Fire at the paper works", PlacedBy = "jo", PlacedByName = "Jo Comms",
            PlacedByRole = Role.CommsOfficer, PlacedAt = PlacedAt, Sequence = 1, Incident = "WM-4711",
        },
        Accounts = [Account("x/demo_wmfs_binley"), Account("facebook/demo_wmfs_binley")],
        OnDuty = new Shift { Role = DutyRole.DutyOfficer, Name = "Robin Example", Phone = "0121 496 0010", From = PlacedAt, To = PlacedAt.AddHours(8) },
        HoldPage = new Uri("https://coordination.example.org/holds/H-000001"),
    };

    private static AccountSummary Account(string key)
    {
        var parsed = AccountKey.Parse(key);
        return new AccountSummary
        {
            Key = parsed, Version = 1, DisplayName = key, Labels = new AccountLabels(parsed.PlatformId, AccountKind.Local, "coventry", "binley", null),
            Lifecycle = AccountLifecycle.Connected, Contact = new NamedContact("Kim Example", "kim@example.org", "0121 496 0001"),
        };
    }
}

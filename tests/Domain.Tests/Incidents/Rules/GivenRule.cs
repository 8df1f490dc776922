using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Coordination.Domain.Holds;
using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.Tests.Brigade;

namespace Coordination.Domain.Tests.Incidents.Rules;

/// <summary>Rules with nothing wrong in them.</summary>
internal static class GivenRule
{
    /// <summary>As stored JSON is written.</summary>
    public static readonly JsonSerializerOptions Stored = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true,
    };

    public static IncidentRule Rule(
        int priority, Condition when, RuleMode mode = RuleMode.AtOnce, RuleReach reach = RuleReach.IncidentArea, HoldKind kind = HoldKind.CentralCoordination) => new()
    {
        Id = FormattableString.Invariant($"rule-{priority}"),
        Name = "a rule",
        When = when,
        Then = new RuleEffect { Kind = kind, Scope = new ScopeTemplate(reach, reach is RuleReach.StationsWithin ? 3 : null), Mode = mode, VetoSeconds = 60 },
        CoolDownMinutes = 30,
        Priority = priority,
        Owner = "Comms",
        Reason = "To try it.",
        ReviewBy = new DateOnly(2027, 1, 31),
    };

    public static RuleBook Book(params IReadOnlyList<IncidentRule> rules) => new(1, rules);

    public static TakeoverPlanning Plan(RuleBook book, Incident incident, params IReadOnlyList<StandingTakeover> standing) =>
        RuleBookPlanner.Plan(incident, book, DemoMap.Map, standing, GivenIncident.Now, GivenIncident.Sources);

    public static StandingTakeover Standing(string rule, Scope scope, TakeoverState state, int minutesAgo = 0, HoldKind kind = HoldKind.CentralCoordination) => new(
        rule, kind, scope, state, GivenIncident.Now.AddMinutes(-minutesAgo - 1), state is TakeoverState.Vetoed or TakeoverState.Lifted ? GivenIncident.Now.AddMinutes(-minutesAgo) : null);

    public static Scope Areas(params IReadOnlyList<string> areas) => new() { Kinds = ["local"], Areas = areas };

    public static string Json<T>(T value) => JsonSerializer.Serialize(value, Stored);
}

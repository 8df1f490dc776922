using System.Text.Json.Serialization;
using Coordination.Domain.Holds;

namespace Coordination.Domain.Incidents.Rules;

/// <summary>What a rule does when it is true.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RuleMode>))]
public enum RuleMode
{
    /// <summary>The hold is placed at once.</summary>
    [JsonStringEnumMemberName("at-once")]
    AtOnce,

    /// <summary>The hold is placed unless somebody vetoes it in time.</summary>
    [JsonStringEnumMemberName("propose")]
    Propose,

    /// <summary>Nothing is held; people are told.</summary>
    [JsonStringEnumMemberName("notify-only")]
    NotifyOnly,
}

/// <summary>What a rule causes.</summary>
public sealed record RuleEffect
{
    /// <summary>The kind of hold: a central coordination or a freeze.</summary>
    public required HoldKind Kind { get; init; }

    /// <summary>What it covers.</summary>
    public required ScopeTemplate Scope { get; init; }

    /// <summary>How.</summary>
    public required RuleMode Mode { get; init; }

    /// <summary>Staff ids that a central coordination lets through besides Comms.</summary>
    public IReadOnlyList<string> NamedPosters { get; init; } = [];

    /// <summary>Words that Comms may publish first; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? HoldingStatement { get; init; }

    /// <summary>For a proposal: how long it waits for a veto, in seconds, 10 to 3600.</summary>
    public int VetoSeconds { get; init; }
}

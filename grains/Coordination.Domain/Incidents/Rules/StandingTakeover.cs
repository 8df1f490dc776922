using System.Text.Json.Serialization;
using Coordination.Domain.Holds;

namespace Coordination.Domain.Incidents.Rules;

/// <summary>How far a takeover is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TakeoverState>))]
public enum TakeoverState
{
    /// <summary>It is proposed: its time for a veto runs.</summary>
    [JsonStringEnumMemberName("pending")]
    Pending,

    /// <summary>Nobody objected, or nobody was asked: its hold is being placed.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>Its hold stands.</summary>
    [JsonStringEnumMemberName("placed")]
    Placed,

    /// <summary>Somebody said no in time.</summary>
    [JsonStringEnumMemberName("vetoed")]
    Vetoed,

    /// <summary>Its hold was refused.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,

    /// <summary>Its hold was lifted by a person.</summary>
    [JsonStringEnumMemberName("lifted")]
    Lifted,

    /// <summary>It is an exercise’s and holds no real account.</summary>
    [JsonStringEnumMemberName("shadow")]
    Shadow,

    /// <summary>The shadow of an exercise was ended by a person.</summary>
    [JsonStringEnumMemberName("ended")]
    Ended,
}

/// <summary>A takeover that a rule caused for an incident, or for one that belongs together with it.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Kind">The kind of its hold.</param>
/// <param name="Scope">What it covers.</param>
/// <param name="State">How far it is.</param>
/// <param name="At">When it was planned (UTC).</param>
/// <param name="EndedAt">When it was vetoed, refused, lifted or over (UTC); null while it is not.</param>
public sealed record StandingTakeover(string RuleId, HoldKind Kind, Scope Scope, TakeoverState State, DateTimeOffset At, DateTimeOffset? EndedAt)
{
    /// <summary>Whether it holds accounts, or may do so soon, or would in an exercise.</summary>
    public bool IsActive => State is TakeoverState.Pending or TakeoverState.Running or TakeoverState.Placed or TakeoverState.Shadow;

    /// <summary>Whether its hold is not there yet.</summary>
    internal bool IsWaiting => State is TakeoverState.Pending or TakeoverState.Running;

    /// <summary>Whether a person ended it less than so long ago.</summary>
    internal bool WasRefusedByAPersonWithin(TimeSpan time, DateTimeOffset now) =>
        State is TakeoverState.Vetoed or TakeoverState.Lifted && now - (EndedAt ?? At) < time;
}

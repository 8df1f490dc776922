using System.Globalization;

namespace Coordination.Domain.Incidents.Cap;

/// <summary>How far the hold of a rule reaches. Corporate accounts are Comms' own voice and are never taken over by a rule.</summary>
public enum TakeoverReach
{
    /// <summary>The local accounts of the areas that the message names.</summary>
    NamedAreas,

    /// <summary>Every local account of the brigade.</summary>
    WholeBrigade,
}

/// <summary>A rule, as data, that says when a message places a hold by central coordination.</summary>
/// <remarks>
/// Order 01/25, section 2.1: "for major or unusual incidents ... Comms may centrally coordinate communications on local accounts".
/// A rule of the whole brigade applies to a message that names the whole brigade; a rule of named areas to any other.
/// </remarks>
/// <param name="Number">Its number in the rule book, as people say it.</param>
/// <param name="Id">Slug for logs and records.</param>
/// <param name="Name">What it looks for, in a few words: <c>extreme severity</c>.</param>
/// <param name="Reach">How far its hold reaches.</param>
/// <param name="Severities">Severities it applies to.</param>
/// <param name="Urgencies">Urgencies at which it acts by itself; at another a person is asked.</param>
/// <param name="Certainties">Certainties at which it acts by itself; at another a person is asked.</param>
public sealed record TakeoverRule(
    int Number,
    string Id,
    string Name,
    TakeoverReach Reach,
    IReadOnlySet<CapSeverity> Severities,
    IReadOnlySet<CapUrgency> Urgencies,
    IReadOnlySet<CapCertainty> Certainties)
{
    /// <summary>Whether the rule is about an incident this bad.</summary>
    public bool Concerns(CapInfo info) => Severities.Contains(info.Severity);

    /// <summary>Whether the rule acts by itself: the incident is bad enough, near enough and sure enough.</summary>
    public bool Acts(CapInfo info) => Concerns(info) && Urgencies.Contains(info.Urgency) && Certainties.Contains(info.Certainty);

    /// <summary>The rule and the place in words: <c>rule 1: extreme severity in Coventry</c>.</summary>
    public string Words(string place) => string.Create(CultureInfo.InvariantCulture, $"rule {Number}: {Name} in {place}");
}

using System.Text.Json.Serialization;
using Coordination.Domain.Brigade;

namespace Coordination.Domain.Incidents;

/// <summary>One revision of what a mobilising system, or Fire Control by hand, says of an incident. A whole statement, never a change of the one before.</summary>
/// <remarks>Its form on the wire is <c>/schemas/incident-report-1.json</c>. What is left out is not known.</remarks>
public sealed record IncidentReport
{
    /// <summary>The incident's number, as the mobilising system counts them: the same number is the same incident, whoever reports it.</summary>
    public required string Number { get; init; }

    /// <summary>1 and up, by the system that reports it; the highest is its present word.</summary>
    public required long Revision { get; init; }

    /// <summary>When it was written (UTC), by the sender's clock.</summary>
    public required DateTimeOffset ReportedAt { get; init; }

    /// <summary>Whether it is an exercise or a test. Always said: it decides whether a real account can be meant at all.</summary>
    public required bool Exercise { get; init; }

    /// <summary>How far the incident is.</summary>
    public required IncidentStatus Status { get; init; }

    /// <summary>What it was called in as: <c>Fire - house</c>, <c>RTC persons trapped</c>.</summary>
    public required string TypeAtCall { get; init; }

    /// <summary>What it turned out to be; null before the stop.</summary>
    public string? TypeAtStop { get; init; }

    /// <summary>Its group: <c>Fire</c>, <c>Special Service</c>, <c>False Alarm</c>.</summary>
    public string? Category { get; init; }

    /// <summary>The mobilising system's priority.</summary>
    public string? Priority { get; init; }

    /// <summary>One line that may be read out: it becomes a part of a hold's reason.</summary>
    public string? Headline { get; init; }

    /// <summary>When the call came (UTC).</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>Pumping appliances asked for or attending.</summary>
    public int? Pumps { get; init; }

    /// <summary>Who was hurt, as far as known.</summary>
    public Casualties? Casualties { get; init; }

    /// <summary>The declaration of a major incident; null when there is none.</summary>
    public MajorIncident? Major { get; init; }

    /// <summary>The level of the alert that told of it; null when it came as none.</summary>
    public AlertLevel? Alert { get; init; }

    /// <summary>Where it is.</summary>
    public GeoPoint? Position { get; init; }

    /// <summary>The same in words: street and district, never a person's name.</summary>
    public string? Place { get; init; }

    /// <summary>Ids or names of the areas it concerns.</summary>
    public IReadOnlyList<string>? Areas { get; init; }

    /// <summary>Id or name of the station on whose ground it is.</summary>
    public string? StationGround { get; init; }

    /// <summary>Whether it is in another service's area.</summary>
    public bool? OverTheBorder { get; init; }

    /// <summary>Who leads: <c>police</c>, <c>ambulance</c>, ...</summary>
    public string? LeadAgency { get; init; }

    /// <summary>The number of the incident that this one is the same as.</summary>
    public string? DuplicateOf { get; init; }

    /// <summary>Numbers of incidents that belong to it.</summary>
    public IReadOnlyList<string>? LinkedTo { get; init; }

    /// <summary>The numbers that this report says belong together with its own.</summary>
    [JsonIgnore]
    public IEnumerable<string> Links => (DuplicateOf is null ? [] : new[] { DuplicateOf }).Concat(LinkedTo ?? []).Where(n => !string.Equals(n, Number, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal);

    /// <summary>What it is, by the latest that is known.</summary>
    [JsonIgnore]
    public string Type => TypeAtStop ?? TypeAtCall;
}

/// <summary>How far an incident is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IncidentStatus>))]
public enum IncidentStatus
{
    /// <summary>It goes on.</summary>
    [JsonStringEnumMemberName("open")]
    Open,

    /// <summary>The stop message was sent: no further help is needed. Nothing is lifted by it.</summary>
    [JsonStringEnumMemberName("stop")]
    Stop,

    /// <summary>It is closed. Nothing is lifted by it.</summary>
    [JsonStringEnumMemberName("closed")]
    Closed,
}

/// <summary>Who was hurt. What is null is not known; zero is known.</summary>
/// <param name="Injured">People who were injured.</param>
/// <param name="Fatal">People who died.</param>
/// <param name="StaffFatal">Members of staff who died; they are among <paramref name="Fatal"/>.</param>
public sealed record Casualties(int? Injured = null, int? Fatal = null, int? StaffFatal = null);

/// <summary>The declaration of a major incident, with the M/ETHANE report as far as it came.</summary>
public sealed record MajorIncident
{
    /// <summary>When it was declared (UTC).</summary>
    public required DateTimeOffset DeclaredAt { get; init; }

    /// <summary>Who declared it: a service or a role.</summary>
    public string? DeclaredBy { get; init; }

    /// <summary>When it was stood down (UTC); null while it stands. Nothing is lifted by it.</summary>
    public DateTimeOffset? StoodDownAt { get; init; }

    /// <summary>Exact location.</summary>
    public string? ExactLocation { get; init; }

    /// <summary>Type of incident.</summary>
    public string? TypeOfIncident { get; init; }

    /// <summary>Hazards, present and possible.</summary>
    public string? Hazards { get; init; }

    /// <summary>Access: routes that are safe to use.</summary>
    public string? Access { get; init; }

    /// <summary>Number of casualties and how badly they are hurt.</summary>
    public string? NumberOfCasualties { get; init; }

    /// <summary>Emergency services present and needed.</summary>
    public string? EmergencyServices { get; init; }
}

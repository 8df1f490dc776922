using System.Text.Json.Serialization;
using Coordination.Dashboard.Incidents.Replays;
using Coordination.Domain.Incidents.Replays;
using Coordination.Storage.Incidents;

namespace Coordination.Dashboard.Api;

/// <summary>A replay of recorded incidents: an exercise, all of it.</summary>
public sealed record ReplayDto
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Always true: no report of it is ever a real one.</summary>
    public required bool Exercise { get; init; }

    /// <summary><c>running</c>, <c>paused</c>, <c>finished</c> or <c>stopped</c>.</summary>
    public required string State { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset StateAt { get; init; }

    /// <summary>Who, or what, brought it there.</summary>
    public required string StateBy { get; init; }

    /// <summary>Why it pauses, for people; left out when it does not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Why { get; init; }

    /// <summary>Whether a report should have been sent and was not: it is tried again by itself.</summary>
    public required bool Late { get; init; }

    /// <summary>What every number of its incidents begins with.</summary>
    public required string Numbers { get; init; }

    /// <summary>What the file is called.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the file.</summary>
    public required string FileHash { get; init; }

    /// <summary>What its incidents are, to be said wherever they are shown.</summary>
    public required string Label { get; init; }

    /// <summary>When the first of them was called in.</summary>
    public required DateTimeOffset RecordedFrom { get; init; }

    /// <summary>When the last was.</summary>
    public required DateTimeOffset RecordedTo { get; init; }

    /// <summary>Seconds of the recording in one second.</summary>
    public required int Speed { get; init; }

    /// <summary>How long it takes, pauses left out, in seconds.</summary>
    public required double LastsSeconds { get; init; }

    /// <summary>How many reports it has.</summary>
    public required int Total { get; init; }

    /// <summary>How many of them were sent.</summary>
    public required int Sent { get; init; }

    /// <summary>When it was started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>By whom.</summary>
    public required string StartedBy { get; init; }

    /// <summary>When the last report was sent; left out for none, as the next ones.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? LastMessage { get; init; }

    /// <summary>Its incident's number.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LastIncident { get; init; }

    /// <summary>What was decided of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LastDecision { get; init; }

    /// <summary>When it ends if nothing makes it wait; left out when it has ended or pauses.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>How many of its shadow holds and proposals stand.</summary>
    public required int Shadows { get; init; }

    /// <summary>How many of its messages wait for a person.</summary>
    public required int Waiting { get; init; }

    /// <summary>Rows of which no report could be made.</summary>
    public required int BadRows { get; init; }

    /// <summary>The first of them; at most 20.</summary>
    public required IReadOnlyList<RegisterFaultDto> Faults { get; init; }

    /// <summary>Makes one.</summary>
    public static ReplayDto Of(Replay replay, DateTimeOffset now) => new()
    {
        Id = replay.Id.ToString("D"),
        Exercise = true,
        State = replay.State.Id(),
        StateAt = replay.StateAt,
        StateBy = replay.StateName,
        Why = ReplayWords.Why(replay),
        Late = ReplayDesk.IsLate(replay, now),
        Numbers = ReplayReports.NumberPrefix + replay.Tag,
        File = replay.FileName,
        FileHash = replay.FileHash,
        Label = replay.Label,
        RecordedFrom = replay.RecordedFrom,
        RecordedTo = replay.RecordedTo,
        Speed = replay.Speed,
        LastsSeconds = replay.Lasts.TotalSeconds,
        Total = replay.Total,
        Sent = replay.Sent,
        StartedAt = replay.StartedAt,
        StartedBy = replay.StartedName,
        LastMessage = replay.SentAt,
        LastIncident = replay.LastNumber,
        LastDecision = replay.LastDecision,
        EndsAt = replay.State == ReplayState.Running ? replay.EndsAt : null,
        Shadows = replay.Shadows,
        Waiting = replay.Waiting,
        BadRows = replay.BadRows,
        Faults = [.. replay.Faults.Select(f => new RegisterFaultDto(f.Line, f.Column, f.Words))],
    };
}

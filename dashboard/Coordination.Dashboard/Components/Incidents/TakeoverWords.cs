using System.Globalization;
using Coordination.Dashboard.Components.Kit;
using Coordination.Domain.Holds;
using Coordination.Domain.Incidents.Rules;
using Coordination.Storage.Incidents;

namespace Coordination.Dashboard.Components.Incidents;

/// <summary>What people read of a takeover.</summary>
public static class TakeoverWords
{
    /// <summary>What it is about, in a few words: <c>Central coordination of Coventry, local accounts</c>.</summary>
    public static string Heading(Takeover takeover) => $"{takeover.Kind.Name()} of {Names.Of(takeover.Scope)}";

    /// <summary>How where it is looks.</summary>
    public static Look Look(Takeover takeover) => takeover.State switch
    {
        TakeoverState.Pending => new Look("Proposed", "clock", "attention"),
        TakeoverState.Running => new Look("Being placed", "clock", "attention"),
        TakeoverState.Placed => Looks.Of(takeover.Kind),
        TakeoverState.Refused => new Look("Refused: a person has to decide", "warn", "attention"),
        TakeoverState.Vetoed => new Look("Vetoed", "dash", "open"),
        TakeoverState.Lifted => new Look("Lifted", "unlock", "open"),
        TakeoverState.Shadow => new Look("Shadow hold", "ask", "exercise"),
        _ => new Look("Ended", "dash", "open"),
    };

    /// <summary>How long is left to object: <c>1:07</c>; <c>now</c> when nothing is.</summary>
    public static string Left(Takeover takeover, DateTimeOffset now) => takeover.DueAt - now is { TotalSeconds: > 0 } left
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)left.TotalMinutes}:{left.Seconds:00}")
        : "now";

    /// <summary>Who decided, what, and why; empty when nobody did.</summary>
    public static string Decided(Takeover takeover) => takeover switch
    {
        { State: TakeoverState.Vetoed } => $"{takeover.DecidedName} objected: “{takeover.Note}”",
        { State: TakeoverState.Ended } => $"{takeover.DecidedName} ended it",
        { DecidedName: { } name } => $"{name} brought it forward",
        { State: TakeoverState.Refused, Note: { } note } => note,
        { Proposed: true, State: TakeoverState.Placed or TakeoverState.Lifted } => "Nobody objected in time",
        _ => "",
    };
}

using Coordination.Domain.Holds;
using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.People;
using Coordination.Storage.ReadModel;

namespace Coordination.Storage.Incidents;

/// <summary>Incidents by their reports. Journal stream: <c>incident-file/</c> and the number; an exercise's <c>exercise-file/</c> and the number.</summary>
public interface IIncidentFiles
{
    /// <summary>Files a report. The same one again changes nothing.</summary>
    /// <param name="source">Id of the system or desk that it came from.</param>
    /// <param name="report">What it says.</param>
    /// <param name="digest">Of what it says.</param>
    /// <param name="messageId">The message as it came.</param>
    /// <param name="actor">Who delivered it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>False when it was filed before.</returns>
    Task<bool> FileAsync(string source, IncidentReport report, string digest, Guid messageId, Actor actor, CancellationToken cancellationToken);

    /// <summary>An incident; null when nothing was ever reported of it.</summary>
    Task<Incident?> FindAsync(string number, bool exercise, CancellationToken cancellationToken);

    /// <summary>The numbers that belong together with this one, itself first, then by number; at most 100.</summary>
    Task<IReadOnlyList<string>> GroupAsync(string number, bool exercise, CancellationToken cancellationToken);

    /// <summary>Incidents, the one that changed last first.</summary>
    /// <exception cref="BadCursorException">The cursor is none of this list's.</exception>
    Task<Page<IncidentRow>> ListAsync(bool exercise, int limit, string? cursor, CancellationToken cancellationToken);

    /// <summary>Reports of which nothing was decided, although what they wanted has come to its end: the host that had them stopped. Of the last day, the first first; at most some.</summary>
    Task<IReadOnlyList<LeftReport>> LeftAsync(CancellationToken cancellationToken);

    /// <summary>What a signed delivery's id was used for before.</summary>
    Task<DeliveryKind> NoteDeliveryAsync(string source, string deliveryId, Guid messageId, CancellationToken cancellationToken);
}

/// <summary>An incident in a list.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="ChangedAt">When something of it changed last (UTC).</param>
public sealed record IncidentRow(Incident Incident, DateTimeOffset ChangedAt);

/// <summary>A report of which nothing was decided.</summary>
/// <param name="MessageId">The message as it came.</param>
/// <param name="Source">Id of the system or desk that it came from.</param>
/// <param name="Report">What it says.</param>
/// <param name="Digest">Of what it says.</param>
/// <param name="Takeovers">What it wanted.</param>
public sealed record LeftReport(Guid MessageId, string Source, IncidentReport Report, string Digest, IReadOnlyList<Guid> Takeovers);

/// <summary>What a signed delivery's id was used for.</summary>
public enum DeliveryKind
{
    /// <summary>It is new.</summary>
    New,

    /// <summary>The same message came under it before.</summary>
    Same,

    /// <summary>Another message came under it before.</summary>
    Other,
}

/// <summary>What rules want for incidents, and what became of it.</summary>
public interface ITakeoverStore
{
    /// <summary>Takes up what a rule wants, once for all incidents that belong together.</summary>
    /// <returns>The takeover that stands for it: this one, or an earlier one that is not over.</returns>
    Task<Takeover> ClaimAsync(NewTakeover wish, CancellationToken cancellationToken);

    /// <summary>Takes one step. Repeating it is safe.</summary>
    /// <param name="id">The takeover.</param>
    /// <param name="step">Which one.</param>
    /// <param name="actor">Who takes it.</param>
    /// <param name="note">Why.</param>
    /// <param name="holdId">The hold, where it was placed.</param>
    /// <param name="cancellationToken">Ends the waiting; what was sent stays sent.</param>
    Task<StepOutcome> StepAsync(Guid id, TakeoverStep step, Actor actor, string? note, string? holdId, CancellationToken cancellationToken);

    /// <summary>One; null when there is none of that id.</summary>
    Task<Takeover?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Those of some incidents, the first made first.</summary>
    Task<IReadOnlyList<Takeover>> OfAsync(IReadOnlyList<string> numbers, bool exercise, CancellationToken cancellationToken);

    /// <summary>Proposals that wait, takeovers that are under way, and shadow holds that stand, by when they are due.</summary>
    Task<IReadOnlyList<Takeover>> OpenAsync(CancellationToken cancellationToken);
}

/// <summary>What a rule wants for an incident.</summary>
/// <param name="Id">The operation id of the hold that may come of it.</param>
/// <param name="Number">The incident.</param>
/// <param name="Exercise">Whether it is an exercise: then only a shadow comes of it.</param>
/// <param name="Rule">The rule's id.</param>
/// <param name="RuleVersion">The version of the rule book.</param>
/// <param name="RuleWords">The rule as it stood, in words.</param>
/// <param name="VetoSeconds">How long a person may object; null when it is carried out at once.</param>
/// <param name="Kind">The kind of hold.</param>
/// <param name="Scope">What it covers.</param>
/// <param name="NamedPosters">Who may publish under it.</param>
/// <param name="Statement">The holding statement that the rule suggests.</param>
/// <param name="Reason">The hold's reason.</param>
public sealed record NewTakeover(
    Guid Id, string Number, bool Exercise, string Rule, int RuleVersion, string RuleWords, int? VetoSeconds, HoldKind Kind, Scope Scope,
    IReadOnlyList<string> NamedPosters, string? Statement, string Reason);

/// <summary>A takeover: a rule's wish for an incident, and what became of it.</summary>
public sealed record Takeover
{
    /// <summary>Its id; the operation id of its hold.</summary>
    public required Guid Id { get; init; }

    /// <summary>The incident.</summary>
    public required string Number { get; init; }

    /// <summary>Whether it is an exercise's.</summary>
    public required bool Exercise { get; init; }

    /// <summary>The rule's id.</summary>
    public required string Rule { get; init; }

    /// <summary>The version of the rule book.</summary>
    public required int RuleVersion { get; init; }

    /// <summary>The rule as it stood, in words.</summary>
    public required string RuleWords { get; init; }

    /// <summary>Whether a person may object before it is carried out.</summary>
    public required bool Proposed { get; init; }

    /// <summary>The kind of hold.</summary>
    public required HoldKind Kind { get; init; }

    /// <summary>What it covers.</summary>
    public required Scope Scope { get; init; }

    /// <summary>Who may publish under it.</summary>
    public required IReadOnlyList<string> NamedPosters { get; init; }

    /// <summary>The holding statement that the rule suggests.</summary>
    public string? Statement { get; init; }

    /// <summary>The hold's reason.</summary>
    public required string Reason { get; init; }

    /// <summary>Where it is.</summary>
    public required TakeoverState State { get; init; }

    /// <summary>When the rule wanted it (UTC).</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>When it is carried out unless somebody objects (UTC).</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>When it came to where it is (UTC).</summary>
    public required DateTimeOffset StateAt { get; init; }

    /// <summary>Who objected, brought it forward, or ended the shadow; null when nobody did.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>Their name.</summary>
    public string? DecidedName { get; init; }

    /// <summary>What they said, or why the fence refused.</summary>
    public string? Note { get; init; }

    /// <summary>The hold.</summary>
    public string? HoldId { get; init; }

    /// <summary>When that was lifted (UTC); null while it stands.</summary>
    public DateTimeOffset? LiftedAt { get; init; }
}

/// <summary>A step of a takeover.</summary>
public enum TakeoverStep
{
    /// <summary>Its time has come and nobody objected.</summary>
    Due,

    /// <summary>A person wants it now.</summary>
    Forward,

    /// <summary>A person objects.</summary>
    Veto,

    /// <summary>A person ends a shadow hold.</summary>
    End,

    /// <summary>The hold stands.</summary>
    Placed,

    /// <summary>The hold was refused.</summary>
    Refused,
}

/// <summary>What came of a step.</summary>
public enum StepOutcome
{
    /// <summary>It was taken.</summary>
    Done,

    /// <summary>It was taken before.</summary>
    Already,

    /// <summary>Another one was taken first.</summary>
    Late,

    /// <summary>Its time has not come.</summary>
    Early,

    /// <summary>There is no such takeover.</summary>
    Gone,
}

using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.People;

namespace Coordination.Storage.Incidents;

/// <summary>The rules about incidents: the versions that were in force, and one draft. Journal stream: <c>rule-book</c>.</summary>
public interface IRuleBookStore
{
    /// <summary>The number of the version in force; 1 is the shipped book.</summary>
    Task<int> VersionAsync(CancellationToken cancellationToken);

    /// <summary>A version; null when there is none of that number.</summary>
    Task<RuleBook?> FindAsync(int version, CancellationToken cancellationToken);

    /// <summary>The versions, the newest first; the shipped one last.</summary>
    Task<IReadOnlyList<RuleBookVersion>> VersionsAsync(CancellationToken cancellationToken);

    /// <summary>The draft; null when there is none.</summary>
    Task<RuleDraft?> DraftAsync(CancellationToken cancellationToken);

    /// <summary>Keeps the draft.</summary>
    /// <param name="rules">Its rules.</param>
    /// <param name="revision">The revision that was changed; 0 begins one.</param>
    /// <param name="actor">Who changes it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<DraftOutcome> SaveAsync(IReadOnlyList<IncidentRule> rules, int revision, Actor actor, CancellationToken cancellationToken);

    /// <summary>Takes a step of the draft.</summary>
    Task<DraftOutcome> StepAsync(DraftStep step, int revision, string? note, Actor actor, CancellationToken cancellationToken);
}

/// <summary>A version of the rules that came into force.</summary>
/// <param name="Version">Its number.</param>
/// <param name="ActivatedAt">When (UTC); null for the shipped one.</param>
/// <param name="AskedBy">Name of who asked for it.</param>
/// <param name="Reason">Why.</param>
/// <param name="ConfirmedBy">Name of who confirmed it.</param>
/// <param name="Note">What they said.</param>
public sealed record RuleBookVersion(int Version, DateTimeOffset? ActivatedAt, string? AskedBy, string? Reason, string? ConfirmedBy, string? Note);

/// <summary>The draft of the rules.</summary>
/// <param name="Revision">Counts its changes.</param>
/// <param name="BasedOn">The version that was in force when it was begun.</param>
/// <param name="Rules">Its rules.</param>
/// <param name="ChangedAt">When it was changed last (UTC).</param>
/// <param name="ChangedBy">Name of who changed it last.</param>
/// <param name="Asked">Who asks to make it the version in force; null while nobody does.</param>
/// <param name="Declined">Who declined it last, and why; null when nobody did since its last change.</param>
public sealed record RuleDraft(int Revision, int BasedOn, IReadOnlyList<IncidentRule> Rules, DateTimeOffset ChangedAt, string ChangedBy, RuleAsk? Asked, string? Declined);

/// <summary>Somebody asks to make a draft the version in force.</summary>
/// <param name="By">Staff id.</param>
/// <param name="ByName">Their name.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Reason">Why.</param>
public sealed record RuleAsk(string By, string ByName, DateTimeOffset At, string Reason);

/// <summary>A step of the draft.</summary>
public enum DraftStep
{
    /// <summary>Make it the version in force.</summary>
    Ask,

    /// <summary>Another person confirms.</summary>
    Activate,

    /// <summary>It stays a draft.</summary>
    Decline,

    /// <summary>It is thrown away.</summary>
    Discard,
}

/// <summary>What came of a wish about the draft.</summary>
public enum DraftOutcome
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>There is no draft.</summary>
    Gone,

    /// <summary>It was changed since it was read.</summary>
    Stale,

    /// <summary>It waits for a second person.</summary>
    Asked,

    /// <summary>Nobody has asked.</summary>
    NotAsked,

    /// <summary>Who asked cannot confirm.</summary>
    Own,

    /// <summary>Another version came into force since it was begun.</summary>
    Overtaken,
}

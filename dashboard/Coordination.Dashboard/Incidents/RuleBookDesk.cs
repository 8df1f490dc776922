using Coordination.Domain;
using Coordination.Domain.Brigade;
using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Storage.Incidents;
using Coordination.Storage.People;

namespace Coordination.Dashboard.Incidents;

/// <summary>The rules about incidents as people look at them.</summary>
/// <param name="Current">The version in force.</param>
/// <param name="Draft">The draft; null when there is none.</param>
/// <param name="Changes">What the draft would change, in words.</param>
/// <param name="Faults">What keeps the draft from coming into force.</param>
public sealed record RuleBookView(RuleBook Current, RuleDraft? Draft, IReadOnlyList<RuleChange> Changes, IReadOnlyList<RuleBookFault> Faults);

/// <summary>The rules as they are now, or why not.</summary>
public sealed record RuleBookAnswer(RuleBookView? View, Refusal? Refusal, IReadOnlyList<RuleBookFault> Faults);

/// <summary>Where Comms changes the rules about incidents: one drafts and asks, a second, different person makes them the version in force.</summary>
public sealed class RuleBookDesk(IRuleBookStore store, IRuleBooks books, IStaffStore staff, BrigadeMap map)
{
    /// <summary>The rules in force, the draft, and what it would change.</summary>
    public async Task<RuleBookView> ReadAsync(CancellationToken cancellationToken)
    {
        var current = await books.CurrentAsync(cancellationToken);
        if (await store.DraftAsync(cancellationToken) is not { } draft)
        {
            return new RuleBookView(current, null, [], []);
        }

        var faults = await CheckAsync(draft.Rules, cancellationToken);
        var changes = faults.Count == 0 ? RuleBookDiff.Of(current, new RuleBook(current.Version + 1, draft.Rules)) : [];
        return new RuleBookView(current, draft, changes, faults);
    }

    /// <summary>Keeps the draft. One with faults is kept too, and does not come into force.</summary>
    /// <param name="rules">Its rules.</param>
    /// <param name="revision">The revision that was changed; 0 begins one.</param>
    /// <param name="actor">Who changes it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<RuleBookAnswer> SaveAsync(IReadOnlyList<IncidentRule> rules, int revision, Actor actor, CancellationToken cancellationToken)
    {
        if (Forbidden(actor, Permission.ManageRules) is { } forbidden)
        {
            return new RuleBookAnswer(null, forbidden, []);
        }

        // What is too long is not kept; what is merely wrong is, so that nobody loses their work to a missing word.
        if (rules.Count > RuleBookCheck.MostRules)
        {
            return new RuleBookAnswer(null, new Refusal("rules-invalid", $"There are {rules.Count} rules; {RuleBookCheck.MostRules} fit. Nothing was saved."), []);
        }

        return await AnswerAsync(await store.SaveAsync(rules, revision, actor, cancellationToken), cancellationToken);
    }

    /// <summary>Takes a step of the draft.</summary>
    /// <param name="step">Ask and discard are the drafter's; activate and decline a second person's.</param>
    /// <param name="revision">The revision that was read: what is activated is what was looked at.</param>
    /// <param name="note">Why; may be left out by who activates.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<RuleBookAnswer> StepAsync(DraftStep step, int revision, string? note, Actor actor, CancellationToken cancellationToken)
    {
        if (Forbidden(actor, step is DraftStep.Ask or DraftStep.Discard ? Permission.ManageRules : Permission.ConfirmRules) is { } forbidden)
        {
            return new RuleBookAnswer(null, forbidden, []);
        }

        if (step is DraftStep.Ask or DraftStep.Decline
            && PostRules.CheckReason(note, "That needs a reason. Nothing was changed. Say in a few words why.") is { } unfit)
        {
            return new RuleBookAnswer(null, unfit, []);
        }

        if (step is DraftStep.Ask or DraftStep.Activate && await store.DraftAsync(cancellationToken) is { } draft
            && await CheckAsync(draft.Rules, cancellationToken) is { Count: > 0 } faults)
        {
            return new RuleBookAnswer(null, Invalid(faults), faults);
        }

        return await AnswerAsync(await store.StepAsync(step, revision, string.IsNullOrWhiteSpace(note) ? null : note.Trim(), actor, cancellationToken), cancellationToken);
    }

    /// <summary>What is wrong with rules, in words.</summary>
    public static Refusal Invalid(IReadOnlyList<RuleBookFault> faults) => new(
        "rules-invalid",
        $"The rules cannot come into force: {faults[0].Path}: {faults[0].What}." + (faults.Count > 1 ? $" There are {faults.Count} faults in all." : "") + " The version in force goes on deciding.");

    /// <summary>Checks rules against the map and the staff that exist.</summary>
    public async Task<IReadOnlyList<RuleBookFault>> CheckAsync(IReadOnlyList<IncidentRule> rules, CancellationToken cancellationToken)
    {
        var faults = RuleBookCheck.Check(new RuleBook(RuleBook.Default.Version, rules), map);
        if (faults.Count > 0)
        {
            return faults;
        }

        var known = (await staff.AllAsync(cancellationToken)).Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. rules.SelectMany((rule, i) => rule.Then.NamedPosters.Where(p => !known.Contains(p))
                .Select(p => new RuleBookFault($"rules[{i}].then.namedPosters", $"there is no member of staff '{StorableText.Clean(p, RuleBookCheck.LongestWord)}'"))),
        ];
    }

    private async Task<RuleBookAnswer> AnswerAsync(DraftOutcome outcome, CancellationToken cancellationToken) => outcome switch
    {
        DraftOutcome.Done => new RuleBookAnswer(await ReadAsync(cancellationToken), null, []),
        DraftOutcome.Gone => Conflict("draft-unknown", "There is no draft of the rules. Nothing was changed. Begin one first."),
        DraftOutcome.Stale => Conflict("draft-changed", "Somebody else has changed the draft since it was read here. Nothing was saved. Read it again, and make the change once more."),
        DraftOutcome.Asked => Conflict("draft-asked", "The draft waits for a second person, who has to decide about what they read. Nothing was changed. Decline it first to change it."),
        DraftOutcome.NotAsked => Conflict("draft-not-asked", "Nobody has asked to make the draft the version in force. Nothing was changed."),
        DraftOutcome.Own => Conflict("second-person-needed", "You have asked for it yourself: a second, different person has to confirm. Nothing was changed."),
        DraftOutcome.Overtaken => Conflict("draft-overtaken", "Another version came into force since this draft was begun. Nothing was changed. Discard the draft and begin one on the version in force."),
        _ => throw new InvalidOperationException($"No rule for the outcome {outcome}."),
    };

    private static RuleBookAnswer Conflict(string code, string words) => new(null, new Refusal(code, words, RefusalKind.Conflict), []);

    private static Refusal? Forbidden(Actor actor, Permission permission) => actor.May(permission)
        ? null
        : new Refusal(
            "forbidden",
            $"{actor.Name} ({actor.Role.Name()}) may not do that with the rules about incidents. Nothing was changed. Who may: {PermissionMatrix.WhoMayInWords(permission)}.",
            RefusalKind.Forbidden);
}

using System.Globalization;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.Brigade;
using Coordination.Domain.Incidents.Rules;
using Coordination.Storage.Incidents;

namespace Coordination.Dashboard.Incidents.Trials;

/// <summary>Rules that are tried.</summary>
/// <param name="Id">How they were asked for: <c>current</c>, <c>draft</c>, <c>shipped</c>, or the number of a version.</param>
/// <param name="Name">What people call them.</param>
/// <param name="Book">The rules.</param>
public sealed record TrialRules(string Id, string Name, RuleBook Book);

/// <summary>Rules that can be tried.</summary>
/// <param name="Id">How they are asked for.</param>
/// <param name="Name">What people call them.</param>
public sealed record TrialRulesChoice(string Id, string Name);

/// <summary>Rules, or why there are none.</summary>
public sealed record TrialRulesAnswer(TrialRules? Rules, Refusal? Refusal);

/// <summary>Finds rules to try: those in force, the draft, the shipped ones, any version that was in force.</summary>
public sealed class RuleSets(IRuleBookStore store, BrigadeMap map)
{
    /// <summary>How the rules in force, the draft and the shipped ones are asked for.</summary>
    public const string Current = "current", Draft = "draft", Shipped = "shipped";

    /// <summary>What there is, the rules in force first.</summary>
    public async Task<IReadOnlyList<TrialRulesChoice>> ChoicesAsync(CancellationToken cancellationToken)
    {
        var current = await store.VersionAsync(cancellationToken);
        var draft = await store.DraftAsync(cancellationToken);
        var versions = await store.VersionsAsync(cancellationToken);
        return
        [
            new TrialRulesChoice(Current, CurrentName(current)),
            .. draft is null ? Array.Empty<TrialRulesChoice>() : [new TrialRulesChoice(Draft, DraftName(draft))],
            .. versions.Where(v => v.Version != current).Select(v => v.ActivatedAt is null
                ? new TrialRulesChoice(Shipped, ShippedName)
                : new TrialRulesChoice(v.Version.ToString(CultureInfo.InvariantCulture), VersionName(v.Version))),
        ];
    }

    /// <summary>Finds rules.</summary>
    public async Task<TrialRulesAnswer> FindAsync(string id, CancellationToken cancellationToken)
    {
        switch (id)
        {
            case Shipped:
                return new TrialRulesAnswer(new TrialRules(Shipped, ShippedName, RuleBook.Default), null);
            case Draft:
                return await store.DraftAsync(cancellationToken) is { } draft
                    ? Checked(new TrialRules(Draft, DraftName(draft), new RuleBook(draft.BasedOn + 1, draft.Rules)))
                    : Refused("There is no draft of the rules.");
            case Current:
                var current = await store.VersionAsync(cancellationToken);
                return await store.FindAsync(current, cancellationToken) is { } book
                    ? new TrialRulesAnswer(new TrialRules(Current, CurrentName(current), book), null)
                    : throw new InvalidOperationException($"The rules have no version {current}.");
            default:
                return int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && await store.FindAsync(version, cancellationToken) is { } older
                    ? new TrialRulesAnswer(new TrialRules(id, VersionName(version), older), null)
                    : Refused($"There are no rules {FieldRules.Quote(id)}. Ask for {Current}, {Draft}, {Shipped}, or the number of a version.");
        }
    }

    private static string ShippedName => "Shipped rules";

    private static string CurrentName(int version) => FormattableString.Invariant($"In force (version {version}{(version == RuleBook.Default.Version ? ", as shipped" : "")})");

    private static string DraftName(RuleDraft draft) => FormattableString.Invariant($"Draft (revision {draft.Revision})");

    private static string VersionName(int version) => FormattableString.Invariant($"Version {version}");

    // A version was checked before it came into force. A draft is what somebody is in the middle of.
    private TrialRulesAnswer Checked(TrialRules rules)
    {
        var faults = RuleBookCheck.Check(rules.Book, map);
        return faults.Count == 0
            ? new TrialRulesAnswer(rules, null)
            : new TrialRulesAnswer(null, new Refusal(
                "rules-invalid", $"The draft of the rules has {(faults.Count == 1 ? "1 fault" : $"{faults.Count} faults")}, so it was not tried. {faults[0].Path}: {faults[0].What}"));
    }

    private static TrialRulesAnswer Refused(string why) => new(null, new Refusal("rules-unknown", why + " Nothing was tried."));
}

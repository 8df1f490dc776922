using Coordination.Domain.Holds;

namespace Coordination.Domain.People;

/// <summary>What membership of one group of the brigade's directory makes of a person here.</summary>
/// <param name="Group">The group's id as the sign-in provider says it, letter by letter.</param>
/// <param name="Role">The role; never <see cref="Role.System"/>.</param>
/// <param name="PublishesOn">For an account holder, the accounts; null for none.</param>
public sealed record GroupRole(string Group, Role Role, Scope? PublishesOn = null);

/// <summary>What becomes of a person in several groups that say different things.</summary>
public enum SeveralGroups
{
    /// <summary>Nobody guesses: the person is not let in until their groups say one thing.</summary>
    Refuse,

    /// <summary>The group that the settings list first counts.</summary>
    FirstListed,
}

/// <summary>What a person's groups come to.</summary>
public abstract record GroupVerdict
{
    private GroupVerdict()
    {
    }

    /// <summary>They have this role.</summary>
    public sealed record Given(GroupRole Role) : GroupVerdict;

    /// <summary>None of their groups means anything here.</summary>
    public sealed record Nothing : GroupVerdict;

    /// <summary>Their groups say different things, and nothing says which counts.</summary>
    /// <param name="Roles">What they say, as listed.</param>
    public sealed record Different(IReadOnlyList<Role> Roles) : GroupVerdict;
}

/// <summary>From the groups of the brigade's directory to a role. Who is in no listed group gets none.</summary>
public static class GroupRoles
{
    /// <summary>What a person's groups come to.</summary>
    /// <param name="listed">What each group means; the first counts most.</param>
    /// <param name="groups">The person's groups.</param>
    /// <param name="several">What becomes of a person in several.</param>
    public static GroupVerdict Of(IReadOnlyList<GroupRole> listed, IEnumerable<string> groups, SeveralGroups several)
    {
        var theirs = groups.ToHashSet(StringComparer.Ordinal);
        GroupRole[] found = [.. listed.Where(l => l.Role != Role.System && theirs.Contains(l.Group))];
        return found switch
        {
            [] => new GroupVerdict.Nothing(),
            [var only] => new GroupVerdict.Given(only),
            [var first, ..] when several == SeveralGroups.FirstListed || SaySame(found) => new GroupVerdict.Given(first),
            _ => new GroupVerdict.Different([.. found.Select(f => f.Role).Distinct()]),
        };
    }

    // Two sets of accounts are never put together: what a person may publish on stands in one place.
    private static bool SaySame(GroupRole[] found) => Array.TrueForAll(found, f => f.Role == found[0].Role && f.PublishesOn is null);
}

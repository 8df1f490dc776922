using Coordination.Dashboard.Components.Kit;
using Coordination.Domain.Accounts;
using Coordination.Domain.Incidents.Lines;
using Coordination.Domain.Posts;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Components.Incidents;

/// <summary>What people read of an agreed line.</summary>
public static class LineWords
{
    private const int Most = 5;

    /// <summary>How it stands, in a few words: <c>out on 36 of 38 accounts; 1 waits, 1 not sent</c>.</summary>
    public static string Sum(LineStanding line)
    {
        if (line.Taken == 0)
        {
            return line.Asked == 1 ? "its account did not take it" : $"none of its {Names.Count(line.Asked, "account")} took it";
        }

        (int Count, string Words)[] others =
        [
            (line.Count(PostState.Submitted), "waiting for approval"),
            (line.Count(PostState.Scheduled, PostState.Publishing), "on the way or at a later time"),
            (line.Count(PostState.Failed, PostState.Rejected), "not sent"),
            (line.Count(PostState.Unknown), "not known"),
            (line.Count(PostState.Missed), "missed"),
            (line.Count(PostState.Held), "held"),
            (line.Count(PostState.Returned, PostState.Cancelled, PostState.Draft), "taken back"),
            (line.NotTaken, "not taken"),
        ];
        var rest = string.Join(", ", others.Where(o => o.Count > 0).Select(o => $"{o.Count} {o.Words}"));
        return $"out on {line.Out} of {Names.Count(line.Asked, "account")}{(rest.Length == 0 ? "" : "; " + rest)}";
    }

    /// <summary>Whether something of it may change within seconds.</summary>
    public static bool Moves(LineStanding line) => line.Count(PostState.Scheduled, PostState.Publishing) > 0;

    /// <summary>Its words, each with the platforms that it reads so on.</summary>
    public static IReadOnlyList<(string Platforms, string Words)> Texts(IReadOnlyList<PostRow> posts) =>
    [
        .. posts.GroupBy(p => p.Text, StringComparer.Ordinal)
            .Select(g => (Names.And([.. g.Select(p => Names.OfPlatform(AccountKey.Parse(p.Account).Platform.Id)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]), g.Key))
            .OrderBy(t => t.Item1, StringComparer.Ordinal),
    ];

    /// <summary>The accounts that it was meant for and that have no post of it; none before its posts were read.</summary>
    public static IReadOnlyList<string> NotTaken(LineStanding line, IReadOnlyList<PostRow> posts) => posts.Count < line.Taken
        ? []
        : [.. line.Messages.SelectMany(m => m.Accounts).Distinct(StringComparer.Ordinal).Except(posts.Select(p => p.Account), StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The first of them, and how many more.</summary>
    public static IReadOnlyList<string> First(IReadOnlyList<string> accounts) =>
        accounts.Count > Most ? [.. accounts.Take(Most), $"{accounts.Count - Most} more"] : accounts;
}

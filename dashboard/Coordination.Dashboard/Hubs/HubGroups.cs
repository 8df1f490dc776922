using System.Collections.Concurrent;
using Coordination.Dashboard.Live;
using Coordination.Domain.Accounts;
using Microsoft.AspNetCore.SignalR;

namespace Coordination.Dashboard.Hubs;

/// <summary>The groups that clients follow: <c>all</c>, <c>area:x</c>, <c>station:x</c>, <c>platform:x</c>, <c>account:x/handle</c>.</summary>
/// <remarks>Only what somebody follows is put together and sent.</remarks>
public sealed class HubGroups
{
    /// <summary>Every account.</summary>
    public const string All = "all";

    /// <summary>Everybody who follows anything: holds and receipts go here.</summary>
    public const string Everybody = "everybody";

    /// <summary>Most groups of one connection.</summary>
    public const int Most = 200;

    private const int LongestName = 140;
    private static readonly string[] Dimensions = ["area", "station", "platform", "account"];

    private readonly ConcurrentDictionary<string, int> _followers = new(StringComparer.Ordinal);

    /// <summary>Whether anybody follows anything.</summary>
    public bool AnyFollower => !_followers.IsEmpty;

    /// <summary>Checks and cleans what a client wants to follow.</summary>
    /// <exception cref="HubException">A group is not one of the four forms, or there are too many.</exception>
    public static IReadOnlyList<string> Parse(IReadOnlyList<string>? wanted)
    {
        if (wanted is null or { Count: 0 } or { Count: > Most })
        {
            throw new HubException($"Name 1 to {Most} groups: all, area:x, station:x, platform:x or account:platform/handle.");
        }

        return [.. wanted.Select(Parse).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Whether a row is in any of the groups.</summary>
    public static bool Contain(IReadOnlyCollection<string> groups, AccountRow row) => Of(row).Any(groups.Contains);

    /// <summary>Counts a follower in.</summary>
    public void Enter(IEnumerable<string> groups)
    {
        foreach (var group in groups)
        {
            _followers.AddOrUpdate(group, 1, (_, count) => count + 1);
        }
    }

    /// <summary>Counts a follower out.</summary>
    public void Leave(IEnumerable<string> groups)
    {
        foreach (var group in groups)
        {
            if (_followers.AddOrUpdate(group, 0, (_, count) => count - 1) <= 0)
            {
                _followers.TryRemove(new KeyValuePair<string, int>(group, 0));
            }
        }
    }

    /// <summary>Sorts rows into the groups that somebody follows.</summary>
    public IReadOnlyDictionary<string, List<AccountRow>> Sort(IEnumerable<AccountRow> rows)
    {
        var sorted = new Dictionary<string, List<AccountRow>>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            foreach (var group in Of(row).Where(_followers.ContainsKey))
            {
                if (!sorted.TryGetValue(group, out var some))
                {
                    sorted[group] = some = [];
                }

                some.Add(row);
            }
        }

        return sorted;
    }

    private static IEnumerable<string> Of(AccountRow row)
    {
        var labels = row.Summary.Labels;
        yield return All;
        yield return "platform:" + labels.Platform;
        yield return "account:" + row.Summary.Key.Value;
        if (labels.Area is { } area)
        {
            yield return "area:" + area;
        }

        if (labels.Station is { } station)
        {
            yield return "station:" + station;
        }
    }

    private static string Parse(string? group)
    {
        if (string.Equals(group, All, StringComparison.Ordinal))
        {
            return All;
        }

        var colon = group?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        if (group is null || group.Length > LongestName || colon < 0 || colon == group.Length - 1 || !Dimensions.Contains(group[..colon], StringComparer.Ordinal))
        {
            throw new HubException("A group is all, area:x, station:x, platform:x or account:platform/handle.");
        }

        return group.StartsWith("account:", StringComparison.Ordinal) && AccountKey.TryParse(group["account:".Length..], out var key)
            ? "account:" + key.Value
            : group;
    }
}

using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.People;

namespace Coordination.FaultTests.World;

/// <summary>The accounts of a run: stations of four areas, on two platforms.</summary>
internal static class Estate
{
    /// <summary>First line of the register.</summary>
    public const string Header = "platform,handle,kind,area,station,department,display_name,contact_name,contact_email,contact_phone,deputy_name";

    /// <summary>Stations and their areas.</summary>
    public static readonly IReadOnlyList<(string Station, string Area)> Stations =
        [("aston", "birmingham"), ("billesley", "birmingham"), ("binley", "coventry"), ("foleshill", "coventry"), ("dudley", "dudley"), ("brierley-hill", "dudley")];

    /// <summary>Areas.</summary>
    public static readonly IReadOnlyList<string> Areas = [.. Stations.Select(s => s.Area).Distinct(StringComparer.Ordinal)];

    /// <summary>Platforms.</summary>
    public static readonly IReadOnlyList<string> Platforms = ["x", "mastodon"];

    /// <summary>Connected before the run begins.</summary>
    public static readonly IReadOnlyList<AccountKey> Open = [.. Keys("fault")];

    /// <summary>Registered and connected in the run.</summary>
    public static readonly IReadOnlyList<AccountKey> Late = [.. Keys("late")];

    /// <summary>All accounts.</summary>
    public static readonly IReadOnlyList<AccountKey> All = [.. Open, .. Late];

    /// <summary>The register's row of an account.</summary>
    public static string Row(AccountKey key)
    {
        var station = Stations[int.Parse(key.Handle[^1..], System.Globalization.CultureInfo.InvariantCulture)].Station;
        return $"{key.PlatformId},{key.Handle},local,,{station},,{key.Handle},Alex Example,alex@example.org,,";
    }

    private static IEnumerable<AccountKey> Keys(string prefix) =>
        from platform in Platforms
        from number in Enumerable.Range(0, Stations.Count)
        select AccountKey.Parse($"{platform}/{prefix}_{number}");
}

/// <summary>The staff of a run.</summary>
internal static class Staff
{
    public const string Manager = "manager";
    public const string OtherManager = "other-manager";
    public const string Officer = "officer";
    public const string Fds = "fds";
    public const string FireControl = "fire-control";
    public const string Holder = "holder";
    public const string OtherHolder = "other-holder";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<(string Id, Role Role, Scope? Publishes)> All =
    [
        (Manager, Role.CommsManager, null),
        (OtherManager, Role.CommsManager, null),
        (Officer, Role.CommsOfficer, null),
        (Fds, Role.FdsOfficer, null),
        (FireControl, Role.FireControl, null),
        (Holder, Role.AccountHolder, Scope.LocalAccounts),
        (OtherHolder, Role.AccountHolder, Scope.LocalAccounts),
    ];

    /// <summary>Who writes posts.</summary>
    public static readonly IReadOnlyList<string> Writers = [Holder, OtherHolder, Officer, Manager];

    /// <summary>Who places holds.</summary>
    public static readonly IReadOnlyList<string> Placers = [Manager, OtherManager, Officer, Fds, FireControl];
}

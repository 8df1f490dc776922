using System.Globalization;

namespace Coordination.FaultTests.Injection;

/// <summary>What can be done to a run.</summary>
internal enum FaultKind
{
    /// <summary><c>kill -9</c> of a silo.</summary>
    KillSilo,

    /// <summary>A silo stands still, and goes on with old beliefs.</summary>
    PauseSilo,

    /// <summary>A silo is cut off from all other processes of the cluster.</summary>
    IsolateSilo,

    /// <summary>A silo cannot reach PostgreSQL.</summary>
    SiloLosesDatabase,

    /// <summary>A silo cannot reach the platform.</summary>
    SiloLosesPlatform,

    /// <summary>A silo's connections to the platform break, and new ones are neither taken nor refused.</summary>
    PlatformTakesNoSilo,

    /// <summary>A second cluster works over the same database.</summary>
    SplitBrain,

    /// <summary>PostgreSQL stops at once, without a shutdown, and comes back.</summary>
    CrashDatabase,

    /// <summary>The server ends all connections, again and again, in the middle of whatever they do.</summary>
    EndConnections,

    /// <summary>The synchronous standby is promoted while the primary lives and half of the hosts still talk to that.</summary>
    PromoteStandby,

    /// <summary>A dashboard host stands still.</summary>
    PauseDashboard,

    /// <summary>A dashboard host's connections to PostgreSQL break.</summary>
    DashboardLosesDatabase,

    /// <summary>The platform is slow.</summary>
    PlatformSlow,

    /// <summary>The platform fails.</summary>
    PlatformFails,

    /// <summary>The platform accepts and drops its answer.</summary>
    PlatformDropsAnswers,
}

/// <summary>One fault of a run's schedule.</summary>
/// <param name="At">When it begins, after the start of the run.</param>
/// <param name="Kind">What happens.</param>
/// <param name="Target">Which of the hosts, where it is one host's fault.</param>
/// <param name="Length">How long it lasts.</param>
internal sealed record Fault(TimeSpan At, FaultKind Kind, int Target, TimeSpan Length)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.TotalSeconds,6:0.0} s {Kind} {Target} for {Length.TotalSeconds:0.0} s");
}

/// <summary>Makes the schedule of faults: the same for the same seed.</summary>
internal static class FaultPlan
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(3);

    /// <summary>Each kind at least once, in an order of the seed's, then more of them until the time is over; about every second one overlaps the one before.</summary>
    public static IReadOnlyList<Fault> Make(int seed, TimeSpan length, TimeSpan longest)
    {
        var random = new Random(seed);
        var kinds = Enum.GetValues<FaultKind>();
        var plan = new List<Fault>();
        var order = new Queue<FaultKind>();
        var at = First;
        while (at < length || plan.Count < kinds.Length)
        {
            if (order.Count == 0)
            {
                random.Shuffle(kinds);
                order = new Queue<FaultKind>(kinds);
            }

            var kind = order.Dequeue();
            var span = kind is FaultKind.KillSilo or FaultKind.CrashDatabase or FaultKind.EndConnections
                ? TimeSpan.FromSeconds(1 + (2 * random.NextDouble()))
                : TimeSpan.FromSeconds(2 + ((longest.TotalSeconds - 2) * random.NextDouble()));
            plan.Add(new Fault(at, kind, random.Next(6), span));
            at += random.Next(2) == 0 ? span / 2 : span + TimeSpan.FromSeconds(0.5 + random.NextDouble());
        }

        return plan;
    }
}

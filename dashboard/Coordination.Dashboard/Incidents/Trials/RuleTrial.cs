using System.Text.Json;
using Coordination.Dashboard.Live;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.Brigade;
using Coordination.Domain.Holds;
using Coordination.Domain.Incidents.Rules;

namespace Coordination.Dashboard.Incidents.Trials;

/// <summary>Tries rules on recorded incidents. It changes nothing and holds nothing.</summary>
/// <remarks>One trial at a time on a host and none for longer than <see cref="Longest"/>: what places holds runs on the same processors.</remarks>
public sealed class RuleTrial(BrigadeMap map, IBoard board, TimeProvider time) : IDisposable
{
    /// <summary>The shortest and the longest time that a hold may be taken to last, in hours.</summary>
    public const int LeastHours = 1, MostHours = 48;

    /// <summary>How long a hold is taken to last when nobody says, in hours.</summary>
    public const int UsualHours = 4;

    /// <summary>How long a trial may take, its wait for another one included.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Reads a file; off the caller's thread.</summary>
    public static Task<RecordedReading> ReadAsync(ReadOnlyMemory<byte> file, IReadOnlyDictionary<string, string> said, CancellationToken cancellationToken) =>
        Task.Run(() => RecordedCsv.Read(file, said, cancellationToken), cancellationToken);

    /// <summary>Makes a recording of what was read; off the caller's thread.</summary>
    public Task<TrialRecording> RecordAsync(RecordedReading.Accepted reading, CancellationToken cancellationToken) =>
        Task.Run(() => TrialRecording.Of(reading, map), cancellationToken);

    /// <summary>Tries rules; off the caller's thread.</summary>
    /// <param name="recording">The incidents.</param>
    /// <param name="rules">One set of rules or more.</param>
    /// <param name="hours">How long a hold is taken to last.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<TrialAnswer> RunAsync(TrialRecording recording, IReadOnlyList<TrialRules> rules, int hours, CancellationToken cancellationToken)
    {
        if (hours is < LeastHours or > MostHours)
        {
            return new TrialAnswer(null, new Refusal("hours-out-of-range", $"A hold can be taken to last {LeastHours} to {MostHours} hours. Nothing was tried."));
        }

        using var limit = new CancellationTokenSource(Longest, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _one.WaitAsync(both.Token);
            try
            {
                var outcomes = await Task.Run(() => rules.Select(r => Try(r, recording, hours, both.Token)).ToArray(), both.Token);
                return new TrialAnswer(new TrialResult(recording, hours, outcomes), null);
            }
            finally
            {
                _one.Release();
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new TrialAnswer(null, new Refusal(
                "trial-too-long", FormattableString.Invariant($"The trial was not at its end after {Longest.TotalSeconds:0} seconds and was given up. Try fewer incidents, or again when nobody else tries rules."), RefusalKind.Conflict));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private TrialOutcome Try(TrialRules rules, TrialRecording recording, int hours, CancellationToken cancellationToken)
    {
        var result = RuleSimulation.Run(rules.Book, recording.Incidents, map, new SimulationOptions(hours), cancellationToken);
        var accounts = board.Accounts;
        var reaches = new Dictionary<string, TrialReach>(StringComparer.Ordinal);
        var takeovers = new List<TrialTakeover>(result.Takeovers.Count);
        foreach (var takeover in result.Takeovers)
        {
            cancellationToken.ThrowIfCancellationRequested();

            // Thousands of takeovers have a handful of scopes.
            var key = JsonSerializer.Serialize(takeover.Scope);
            if (!reaches.TryGetValue(key, out var reach))
            {
                reaches.Add(key, reach = new TrialReach(takeover.Scope, Covered(accounts.Values, takeover.Scope)));
            }

            takeovers.Add(new TrialTakeover(takeover, reach));
        }

        var together = takeovers.Where(t => t.What.At <= result.MostAtOnceFrom && result.MostAtOnceFrom < t.What.Until).SelectMany(t => t.Reach.Accounts);
        return new TrialOutcome(rules, result, takeovers, together.Distinct(StringComparer.Ordinal).Count());
    }

    private static string[] Covered(IEnumerable<AccountRow> accounts, Scope scope) =>
    [
        .. accounts.Where(r => r.Summary.Lifecycle != AccountLifecycle.Retired && scope.Covers(r.Summary.Key, r.Summary.Labels))
            .Select(r => r.Summary.Key.Value).Order(StringComparer.Ordinal),
    ];
}

using System.Data.Common;
using Coordination.Contracts;
using Coordination.Dashboard.Incidents.Trials;

namespace Coordination.Dashboard.Components.Trials;

/// <summary>The page on which rules are tried: what is chosen, what came of it.</summary>
public sealed class TrialModel(RuleTrial trial, RuleSets sets, HistoryRecording history) : IDisposable
{
    private const string Away = "The database does not answer, so nothing was tried. Try again in a moment.";

    private readonly Dictionary<string, string> _said = new(StringComparer.Ordinal);
    private byte[]? _file;
    private CancellationTokenSource? _stop;

    /// <summary>What can be tried; null before it was read.</summary>
    public IReadOnlyList<TrialRulesChoice>? Choices { get; private set; }

    /// <summary>Whether the service's own history is tried on; else a file.</summary>
    public bool OwnHistory { get; set; }

    /// <summary>How many days of it.</summary>
    public int Days { get; set; } = 30;

    /// <summary>How long a hold is taken to last, in hours.</summary>
    public int Hours { get; set; } = RuleTrial.UsualHours;

    /// <summary>The rules on the left.</summary>
    public string First { get; set; } = RuleSets.Current;

    /// <summary>The rules on the right; empty for none.</summary>
    public string Second { get; set; } = "";

    /// <summary>The chosen file's name.</summary>
    public string FileName { get; private set; } = "";

    /// <summary>What was read of it; null when none is chosen.</summary>
    public RecordedReading? Reading { get; private set; }

    /// <summary>What came of the last trial.</summary>
    public TrialResult? Result { get; private set; }

    /// <summary>What went wrong, in words; null when nothing did.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether the rules that there are cannot be read now.</summary>
    public bool Unread { get; private set; }

    /// <summary>Whether a file is read or rules are tried.</summary>
    public bool Busy { get; private set; }

    /// <summary>Whether rules are being tried.</summary>
    public bool Running => _stop is not null;

    /// <summary>What the button will do, in words; null when there is nothing to try on.</summary>
    public string? Deed => (OwnHistory, Reading) switch
    {
        (true, _) => "Try them on our own incidents",
        (_, RecordedReading.Accepted { Rows.Count: var rows }) => FormattableString.Invariant($"Try them on {rows:#,0} {(rows == 1 ? "incident" : "incidents")}"),
        _ => null,
    };

    /// <summary>Reads which rules there are.</summary>
    /// <param name="first">Rules that a link asks for on the left; null for those in force.</param>
    /// <param name="second">The same on the right; null for the draft, or else the shipped ones where they are not in force.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task LoadAsync(string? first, string? second, CancellationToken cancellationToken)
    {
        try
        {
            Choices = await sets.ChoicesAsync(cancellationToken);
            Unread = false;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
        catch (Exception)
        {
            Unread = true;
            return;
        }

        bool Is(string? id) => Choices.Any(c => string.Equals(c.Id, id, StringComparison.Ordinal));
        First = Is(first) ? first! : RuleSets.Current;
        Second = new[] { second, RuleSets.Draft, RuleSets.Shipped }.FirstOrDefault(Is) ?? "";
    }

    /// <summary>Says that a file is refused unread.</summary>
    public void Refuse(string name, string why)
    {
        (FileName, _file, Reading, Problem, Result) = (name, null, null, why, null);
        _said.Clear();
    }

    /// <summary>Takes a file and reads it.</summary>
    public Task TakeAsync(string name, byte[] content, CancellationToken cancellationToken)
    {
        (FileName, _file, Problem, Result) = (name, content, null, null);
        _said.Clear();
        return ReadAsync(cancellationToken);
    }

    /// <summary>Says which column holds a field, empty for none, and reads the file again.</summary>
    public Task SetColumnAsync(string field, string column, CancellationToken cancellationToken)
    {
        _said[field] = column;
        Result = null;
        return ReadAsync(cancellationToken);
    }

    /// <summary>Tries the rules.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (Busy || Deed is null)
        {
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        (_stop, Busy, Problem, Result) = (stop, true, null, null);
        try
        {
            var rules = new List<TrialRules>();
            foreach (var id in Second.Length == 0 ? [First] : new[] { First, Second })
            {
                var found = await sets.FindAsync(id, stop.Token);
                if (found.Refusal is { } no)
                {
                    Problem = no.Reason;
                    return;
                }

                rules.Add(found.Rules!);
            }

            var recording = OwnHistory ? await history.ReadAsync(Days, stop.Token) : await trial.RecordAsync((RecordedReading.Accepted)Reading!, stop.Token);
            var answer = await trial.RunAsync(recording, rules, Hours, stop.Token);
            (Result, Problem) = (answer.Result, answer.Refusal?.Reason);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Problem = "The trial was stopped. It changed nothing.";
        }
        catch (Exception e) when (e is StoreUnavailableException or DbException or TimeoutException)
        {
            Problem = Away;
        }
        finally
        {
            (_stop, Busy) = (null, false);
        }
    }

    /// <summary>Stops the trial that runs.</summary>
    public void Stop() => _stop?.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _stop?.Cancel();

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        if (_file is not { } file)
        {
            return;
        }

        Busy = true;
        try
        {
            Reading = await RuleTrial.ReadAsync(file, new Dictionary<string, string>(_said, StringComparer.Ordinal), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The page is gone.
        }
        finally
        {
            Busy = false;
        }
    }
}

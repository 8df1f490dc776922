using System.Globalization;
using Coordination.Dashboard.Components.Kit;
using Coordination.Dashboard.Verification;
using Coordination.Domain.People;

namespace Coordination.Dashboard.Components.Verify;

/// <summary>What the verify page does and shows.</summary>
public sealed class VerifyModel(IVerifyDesk desk)
{
    /// <summary>Differences of one check that are shown one by one; the rest is counted.</summary>
    public const int Shown = 20;

    /// <summary>Whether this page's own run is under way.</summary>
    public bool Mine { get; private set; }

    /// <summary>Why the last wish led to nothing, in words; null when it did not.</summary>
    public string? Problem { get; private set; }

    /// <summary>The run under way on this host, whoever asked for it.</summary>
    public VerifyRun? Running => desk.Running;

    /// <summary>The last run of this host that came to its end.</summary>
    public VerifyResult? Last => desk.Last;

    /// <summary>How far the run is, in words.</summary>
    public string Progress => Running?.Progress is { } p
        ? string.Create(CultureInfo.InvariantCulture, $"{p.Entries:#,0} of about {p.Of:#,0} journal entries")
        : "Reading the first entries";

    /// <summary>What the last run came to, in words.</summary>
    public string Outcome => Last switch
    {
        null => "Not verified on this host since it started.",
        { Report.Agrees: true } last => string.Create(CultureInfo.InvariantCulture, $"All agrees: {last.Report.Entries:#,0} journal entries and what is stored beside them."),
        { } last => string.Create(CultureInfo.InvariantCulture, $"{last.Report.Found:#,0} {(last.Report.Found == 1 ? "difference" : "differences")} found."),
    };

    /// <summary>Verifies. Ends when the person leaves.</summary>
    public async Task RunAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (Mine)
        {
            return;
        }

        (Mine, Problem) = (true, null);
        try
        {
            Problem = await desk.RunAsync(actor, cancellationToken) switch
            {
                VerifyAnswer.Busy busy => $"{busy.Run.By} has been verifying on this host since {UkTime.Clock(busy.Run.Since)}. Nothing else was begun; the result will show here, too.",
                VerifyAnswer.Refused refused => refused.Why.Reason,
                VerifyAnswer.NotChecked not => not.Why,
                _ => null,
            };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Nobody is there to be told.
        }
        finally
        {
            Mine = false;
        }
    }
}

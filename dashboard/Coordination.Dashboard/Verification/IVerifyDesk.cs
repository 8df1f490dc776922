using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Storage.Verification;

namespace Coordination.Dashboard.Verification;

/// <summary>Where a verification is asked for, by the page and the API alike: one at a time on a host.</summary>
public interface IVerifyDesk
{
    /// <summary>The run that is under way on this host; null when none is.</summary>
    VerifyRun? Running { get; }

    /// <summary>The last run that came to its end on this host; null before the first.</summary>
    VerifyResult? Last { get; }

    /// <summary>Raised when a run begins, gets on or ends; on whatever thread.</summary>
    event EventHandler? Changed;

    /// <summary>Verifies, for at most <see cref="VerifyDesk.Patience"/>.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Ends the run: whoever asked is gone.</param>
    Task<VerifyAnswer> RunAsync(Actor actor, CancellationToken cancellationToken);
}

/// <summary>A run that is under way.</summary>
/// <param name="By">Name of who asked.</param>
/// <param name="Since">When it began (UTC).</param>
/// <param name="Progress">How far it is; null before anything was read.</param>
public sealed record VerifyRun(string By, DateTimeOffset Since, VerificationProgress? Progress);

/// <summary>A run that came to its end.</summary>
/// <param name="By">Name of who asked.</param>
/// <param name="Report">What it showed.</param>
public sealed record VerifyResult(string By, VerificationReport Report);

/// <summary>What became of the wish to verify.</summary>
public abstract record VerifyAnswer
{
    private VerifyAnswer()
    {
    }

    /// <summary>It ran to its end.</summary>
    public sealed record Done(VerificationReport Report) : VerifyAnswer;

    /// <summary>Whoever asks may not.</summary>
    public sealed record Refused(Refusal Why) : VerifyAnswer;

    /// <summary>Another run is under way on this host; this one did not begin.</summary>
    public sealed record Busy(VerifyRun Run) : VerifyAnswer;

    /// <summary>It began or tried to, and whether all agrees is not known.</summary>
    public sealed record NotChecked(string Why) : VerifyAnswer;
}

using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Storage.Verification;

namespace Coordination.Dashboard.Verification;

/// <summary>Runs verifications for this host.</summary>
public sealed class VerifyDesk(IVerifier verifier, TimeProvider time) : IVerifyDesk
{
    /// <summary>How long a run may take. A journal that needs longer is verified by the command.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private VerifyRun? _running;

    /// <inheritdoc/>
    public event EventHandler? Changed;

    /// <inheritdoc/>
    public VerifyRun? Running
    {
        get
        {
            lock (_lock)
            {
                return _running;
            }
        }
    }

    /// <inheritdoc/>
    public VerifyResult? Last { get; private set; }

    /// <inheritdoc/>
    public async Task<VerifyAnswer> RunAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ReadJournal))
        {
            return new VerifyAnswer.Refused(new Refusal(
                "forbidden", $"{actor.Name} may not read the journal, so nothing was checked. Who may: {PermissionMatrix.WhoMayInWords(Permission.ReadJournal)}.", RefusalKind.Forbidden));
        }

        if (TryBegin(actor) is { } busy)
        {
            return new VerifyAnswer.Busy(busy);
        }

        try
        {
            using var limit = new CancellationTokenSource(Patience, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                var report = await verifier.RunAsync(new Steps(this), both.Token);
                Last = new VerifyResult(actor.Name, report);
                return new VerifyAnswer.Done(report);
            }
            catch (VerificationException why)
            {
                return new VerifyAnswer.NotChecked(why.Message);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                return new VerifyAnswer.NotChecked(FormattableString.Invariant(
                    $"The journal is too long to be verified here: it was not at its end after {Patience.TotalMinutes:0} minutes. Whether all agrees is not known; nothing was changed. Use the command: Coordination.Silo verify."));
            }
        }
        finally
        {
            Set(null);
        }
    }

    private VerifyRun? TryBegin(Actor actor)
    {
        lock (_lock)
        {
            if (_running is { } busy)
            {
                return busy;
            }

            _running = new VerifyRun(actor.Name, time.GetUtcNow(), null);
        }

        Changed?.Invoke(this, EventArgs.Empty);
        return null;
    }

    private void Set(VerifyRun? run)
    {
        lock (_lock)
        {
            _running = run;
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }

    private sealed class Steps(VerifyDesk desk) : IProgress<VerificationProgress>
    {
        public void Report(VerificationProgress value)
        {
            if (desk.Running is { } run)
            {
                desk.Set(run with { Progress = value });
            }
        }
    }
}

namespace Coordination.Connectors.Http;

/// <summary>Why a request that could be seen by the public may leave: its permit and its deadline, and whether it has begun to leave.</summary>
/// <remarks>
/// Used for one request. <see cref="Begun"/> is what makes the outcome certain: as long as it is false no byte of the body was handed to
/// a connection, so nothing can have gone out, whatever failed.
/// </remarks>
internal sealed class OutboundPass : IDisposable
{
    /// <summary>Where a request carries its pass.</summary>
    public static readonly HttpRequestOptionsKey<OutboundPass> Key = new("Coordination.Pass");

    private readonly PermitGuard _guard;
    private readonly DateTimeOffset _deadline;
    private readonly TimeSpan _answerTimeout;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _patience;
    private readonly CancellationTokenRegistration _withdrawal;
    private readonly Lock _beginning = new();

    public OutboundPass(PublishRequest request, TimeSpan answerTimeout, TimeProvider time, CancellationToken cancellationToken)
    {
        _guard = request.Guard;
        _deadline = request.Deadline;
        _answerTimeout = answerTimeout;
        _time = time;
        var left = _deadline - time.GetUtcNow();
        _patience = new CancellationTokenSource(left > TimeSpan.Zero ? Clamp(left) : TimeSpan.Zero, time);
        Cancelled = CancellationTokenSource.CreateLinkedTokenSource(_patience.Token, cancellationToken);
        _withdrawal = request.Withdrawn.Register(Withdraw);
    }

    /// <summary>True from the moment the body is handed to the connection.</summary>
    public bool Begun { get; private set; }

    /// <summary>Why the pass turned the request back; null when it did not.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Ends waiting: at the deadline or the permit's withdrawal before the request has begun, after the answer's time-out once it has, or when the caller stops.</summary>
    public CancellationTokenSource Cancelled { get; }

    /// <summary>Turns the request back unless permit and deadline still hold.</summary>
    /// <exception cref="OutboundRefusedException">They do not.</exception>
    public void Check()
    {
        if (Begun)
        {
            // A handler below may think it can send again; this content never goes out twice.
            throw new OutboundRefusedException("a request was about to be written a second time");
        }

        if (Refusal is { } already)
        {
            Refuse(already);
        }

        if (_time.GetUtcNow() >= _deadline)
        {
            Refuse("its deadline passed before it could be sent");
        }

        if (AskGuard() is { } reason)
        {
            Refuse(reason);
        }
    }

    /// <summary>Checks, and marks that bytes leave from here on.</summary>
    public void Begin()
    {
        lock (_beginning)
        {
            Check();
            Begun = true;
        }

        _patience.CancelAfter(Clamp(_answerTimeout));
    }

    public void Dispose()
    {
        _withdrawal.Dispose();
        Cancelled.Dispose();
        _patience.Dispose();
    }

    // Either the request has begun and goes on, or it never begins.
    private void Withdraw()
    {
        lock (_beginning)
        {
            if (Begun)
            {
                return;
            }

            Refusal = AskGuard() ?? "its permit was withdrawn";
        }

        // By the timer, so that whoever withdraws does not run what waits here.
        _patience.CancelAfter(TimeSpan.Zero);
    }

    /// <summary>A guard that cannot answer is no permit.</summary>
    private string? AskGuard()
    {
        try
        {
            return _guard();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return "its permit could not be looked at";
        }
    }

    private static TimeSpan Clamp(TimeSpan wait) => wait < TimeSpan.FromDays(1) ? wait : TimeSpan.FromDays(1);

    private void Refuse(string reason)
    {
        Refusal = reason;
        throw new OutboundRefusedException(reason);
    }
}

/// <summary>The pass turned a request back before anything was written.</summary>
internal sealed class OutboundRefusedException(string reason) : Exception(reason);

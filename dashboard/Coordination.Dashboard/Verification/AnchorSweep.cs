using Coordination.Storage.Anchors;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Verification;

/// <summary>How this host's anchors stand.</summary>
/// <param name="On">Whether it makes any.</param>
/// <param name="LastAt">When the last one was made; null before the first since the start.</param>
/// <param name="Failed">Whether the last try failed.</param>
public sealed record AnchorState(bool On, DateTimeOffset? LastAt, bool Failed);

/// <summary>Writes down, again and again and outside the database, what each stream of the journal ends with.</summary>
public sealed partial class AnchorSweep(AnchorSource source, IOptions<AnchorOptions> options, TimeProvider time, ILogger<AnchorSweep> logger) : BackgroundService
{
    private volatile AnchorState _state = new(options.Value.File is not null, null, false);

    /// <summary>How it stands.</summary>
    public AnchorState State => _state;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.File is not { } path)
        {
            LogOff();
            return;
        }

        var file = new AnchorFile(path);
        using var timer = new PeriodicTimer(options.Value.Every, time);
        do
        {
            await AnchorAsync(file, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task AnchorAsync(AnchorFile file, CancellationToken cancellationToken)
    {
        try
        {
            var (through, heads) = await source.ReadAsync((await file.LastAsync(cancellationToken))?.Through, cancellationToken);
            await file.AddAsync(time.GetUtcNow(), through, heads, cancellationToken);
            _state = new AnchorState(true, time.GetUtcNow(), false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // The next try has what this one has not.
            LogFailed(e);
            _state = _state with { Failed = true };
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Anchors:File is not set: nothing outside the database shows what the journal was. docs/verify.md says how to have that.")]
    private partial void LogOff();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The journal was not anchored; it is tried again.")]
    private partial void LogFailed(Exception e);
}

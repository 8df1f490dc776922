using System.Collections.Immutable;
using Coordination.Domain.Holds;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Coordination.Storage.ReadModel;

/// <summary>Keeps <see cref="IHoldBoard"/>: a listener for NOTIFY, and a whole reading every second whatever was heard.</summary>
/// <remarks>Always whole, never "newer than the last one seen": commits arrive late.</remarks>
public sealed partial class HoldBoard(CoordinationDatabase database, IHoldReader reader, TimeProvider time, ILogger<HoldBoard> logger)
    : BackgroundService, IHoldBoard
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _reading = new(1);
    private readonly SemaphoreSlim _knock = new(0, 1);
    private volatile Copy _copy = new([], null);

    /// <inheritdoc/>
    public event EventHandler? Changed;

    /// <inheritdoc/>
    public ImmutableArray<Hold> Standing => _copy.Holds;

    /// <inheritdoc/>
    public DateTimeOffset? AsOf => _copy.AsOf;

    /// <inheritdoc/>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        bool changed;
        await _reading.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            var holds = await reader.StandingAsync(cancellationToken);
            await ConfirmAsync(cancellationToken);
            changed = _copy.AsOf is null || !Same(_copy.Holds, holds);
            _copy = new Copy(changed ? [.. holds] : _copy.Holds, now);
        }
        finally
        {
            _reading.Release();
        }

        if (changed)
        {
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _reading.Dispose();
        _knock.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(ReconcileAsync(stoppingToken), ListenAsync(stoppingToken));

    // A primary that has lost its standby may have been replaced: what it shows is no news, and the copy's age says so.
    private async Task ConfirmAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Fence.OpenConnectionAsync(cancellationToken);
        await StandbyWait.WaitAsync(connection, cancellationToken);
    }

    private async Task ReconcileAsync(CancellationToken stopping)
    {
        // The beat is one more knock: whatever was not heard is read a second later.
        await using var beat = time.CreateTimer(_ => Knock(), null, Beat, Beat);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await RefreshAsync(stopping);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stopping.IsCancellationRequested)
            {
                // Whatever it is, a listener of Changed included: a board that stops looking is worse.
                CannotRead(logger, exception.Message);
            }

            await _knock.WaitAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false, Enlist = false, KeepAlive = 5, Timeout = 3, ApplicationName = "coordination-listen" };
                await using var connection = new NpgsqlConnection(settings.ConnectionString);
                await connection.OpenAsync(stopping);
                connection.Notification += (_, _) => Knock();
                await using (var command = new NpgsqlCommand("listen coordination_holds", connection))
                {
                    await command.ExecuteNonQueryAsync(stopping);
                }

                Knock();
                while (!stopping.IsCancellationRequested)
                {
                    await connection.WaitAsync(stopping);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException or OperationCanceledException or InvalidOperationException)
            {
                CannotListen(logger, exception.Message);
                await Task.Delay(Beat, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Knock()
    {
        try
        {
            _knock.Release();
        }
        catch (SemaphoreFullException)
        {
            // A reading is due already.
        }
        catch (ObjectDisposedException)
        {
            // The host is stopping.
        }
    }

    private static bool Same(ImmutableArray<Hold> had, IReadOnlyList<Hold> has) =>
        had.Length == has.Count
        && had.Zip(has).All(pair => string.Equals(pair.First.Id, pair.Second.Id, StringComparison.Ordinal)
            && pair.First.LiftAsk == pair.Second.LiftAsk
            && pair.First.ReviewAt == pair.Second.ReviewAt
            && pair.First.NamedPosters.SequenceEqual(pair.Second.NamedPosters, StringComparer.Ordinal));

    [LoggerMessage(LogLevel.Warning, "The standing holds could not be read; the last copy stays on screen with its age. {Why}")]
    private static partial void CannotRead(ILogger logger, string why);

    [LoggerMessage(LogLevel.Warning, "Cannot listen for holds; they are read every second instead. {Why}")]
    private static partial void CannotListen(ILogger logger, string why);

    private sealed record Copy(ImmutableArray<Hold> Holds, DateTimeOffset? AsOf);
}

using Coordination.Storage.Exercises;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Exercises.Publishing;

/// <summary>Puts the lines of exercises out on the exercise network. Every host does; a line is one host's at a time, by a lease in the database, and each stand-in's key lets it go out once, whoever sends it and however often.</summary>
/// <remarks>What it can reach is the exercise network and the queue of stand-ins; an architecture test holds it to that.</remarks>
public sealed partial class ExercisePublisher(IExerciseQueue queue, ExerciseNetwork network, IOptions<ExerciseOptions> options, ILogger<ExercisePublisher> logger) : BackgroundService
{
    private const int Batch = 20;
    private const int AtOnce = 4;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan[] Waits = [.. new[] { 1, 2, 5, 10, 20, 30, 30, 30, 30 }.Select(s => TimeSpan.FromSeconds(s))];

    private readonly SemaphoreSlim _knock = new(0, 1);

    // Long enough for a batch in which every call takes its whole time (three calls a stand-in, the proof among them), and to say what came of it.
    private TimeSpan Lease => (options.Value.Timeout * 3 * (Batch / AtOnce)) + TimeSpan.FromSeconds(30);

    /// <summary>Looks at once: a line was written.</summary>
    public void Knock()
    {
        try
        {
            _knock.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody has knocked already.
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _knock.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (options.Value.IsOn && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await queue.ClaimAsync(Lease, stoppingToken) is { } line)
                {
                    await WorkAsync(line, stoppingToken);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e.Message);
            }

            await _knock.WaitAsync(Pace, stoppingToken);
        }
    }

    private async Task WorkAsync(ClaimedLine line, CancellationToken stoppingToken)
    {
        try
        {
            while (await queue.DueAsync(line, Batch, stoppingToken) is { Count: > 0 } due)
            {
                // The address may lead elsewhere by now: each batch asks first.
                var problem = await network.ProveAsync(stoppingToken);
                await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken }, async (standIn, cancellation) =>
                {
                    TimeSpan? wait = standIn.Attempts < Waits.Length ? Waits[standIn.Attempts] : null;
                    var result = problem is null ? await network.PublishAsync(standIn, wait, cancellation)
                        : wait is { } again ? new StandInResult.Later(problem, again)
                        : new StandInResult.Failed(problem);
                    await SettleAsync(line, standIn, result);
                });
            }
        }
        finally
        {
            await queue.ReleaseAsync(line, CancellationToken.None);
        }
    }

    private async Task SettleAsync(ClaimedLine line, DueStandIn standIn, StandInResult result)
    {
        var state = await queue.SettleAsync(line, standIn.Account, result, Lease, CancellationToken.None);
        if (state is StandInState.Failed)
        {
            LogGivenUp(line.Id, standIn.Attempts + 1);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The lines of exercises could not be looked at; tried again. {Why}")]
    private partial void LogFailed(string why);

    [LoggerMessage(2, LogLevel.Warning, "A stand-in of the exercise line {Line} was given up after {Attempts} attempts.")]
    private partial void LogGivenUp(Guid line, int attempts);
}

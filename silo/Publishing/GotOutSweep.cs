using Coordination.Contracts;
using Coordination.Domain.People;
using Coordination.Silo.Hosting;
using Coordination.Storage.ReadModel;

namespace Coordination.Silo.Publishing;

/// <summary>Where the brigade wants it so: asks for the removal of what was on the wire when a hold came. Otherwise a person presses the button.</summary>
internal sealed partial class GotOutSweep(SiloOptions options, DueScanner scanner, IGrainFactory grains, TimeProvider time, ILogger<GotOutSweep> logger) : BackgroundService
{
    private const int Batch = 50;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private readonly HashSet<Guid> _refused = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.RemoveWhatGotOut)
        {
            return;
        }

        using var timer = new PeriodicTimer(Beat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var post in await scanner.GotOutAsync(Batch, stoppingToken))
                {
                    await AskAsync(post, stoppingToken);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                CannotLook(logger, exception.Message);
            }
        }
    }

    // Every silo asks under the same operation id, so it is asked for once; a refusal is for a person. One that fails must not keep
    // the others waiting.
    private async Task AskAsync(GotOut post, CancellationToken cancellationToken)
    {
        if (_refused.Contains(post.OperationId))
        {
            return;
        }

        try
        {
            var answer = await grains.GetGrain<IAccountGrain>(GrainKeys.Of(post.Account)).Remove(
                post.Post, $"It was on the wire when the hold {post.HoldId} came into force.", new CommandContext(post.OperationId, Actor.System));
            if (answer.Refusal is { } refusal)
            {
                _refused.Add(post.OperationId);
                Refused(logger, post.Post.Value, post.Account.Value, refusal.Reason);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            NotYet(logger, post.Post.Value, post.Account.Value, exception.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The removal of post {Post} on {Account} could not be asked for; it is tried again. {Why}")]
    private static partial void NotYet(ILogger logger, Guid post, string account, string why);

    [LoggerMessage(LogLevel.Warning, "The removal of post {Post} on {Account} was refused; a person has to see to it. {Why}")]
    private static partial void Refused(ILogger logger, Guid post, string account, string why);

    [LoggerMessage(LogLevel.Warning, "Posts that got out could not be looked for. {Why}")]
    private static partial void CannotLook(ILogger logger, string why);
}

namespace Coordination.Silo.Hosting;

/// <summary>Ends this process when its standard input ends: a child never outlives the program that started it.</summary>
public sealed class ParentWatch(IHostApplicationLifetime lifetime) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var input = Console.OpenStandardInput();
        var nothing = new byte[64];
        while (await input.ReadAsync(nothing, stoppingToken) > 0)
        {
            // Whatever is written there says only that the parent lives.
        }

        lifetime.StopApplication();
    }
}

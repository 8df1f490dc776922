using Dapper;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Coordination.Storage.Secrets;

/// <summary>Makes the first key before anything asks for one: two hosts that start together would each make their own, and not know the other's for a day.</summary>
internal sealed partial class FirstKey(CoordinationDatabase database, IServiceProvider services, TimeProvider time, ILogger<FirstKey> logger) : IHostedLifecycleService
{
    // The library's own lifetime of a key.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await database.Fence.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await connection.ExecuteAsync("select key_ring_lock()");
            if (await connection.ExecuteScalarAsync<bool>("select not exists (select from key_ring)"))
            {
                var now = time.GetUtcNow();
                services.GetRequiredService<IKeyManager>().CreateNewKey(now, now + Lifetime);
            }

            await transaction.CommitAsync(cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            // Holds and pages come up all the same; who signs in meanwhile is told that the database does not answer.
            NotMade(logger, exception.Message);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "Whether there is a key for cookies and sign-ins could not be looked up: {Why}")]
    private static partial void NotMade(ILogger logger, string why);
}

using Coordination.Storage.ReadModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Coordination.Silo.Hosting;

/// <summary>Ready means: the standing holds were read within the last ten seconds.</summary>
public sealed class StorageCheck(IHoldBoard board, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Oldest = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(board.AsOf is { } asOf && time.GetUtcNow() - asOf < Oldest
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The database has not answered for more than ten seconds."));
}

using Coordination.Silo.Hosting;
using Coordination.Storage;
using Coordination.Storage.Secrets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Coordination.Benchmarks;

/// <summary>A silo of the product in this process, over a benchmark's database; other processes may join its cluster.</summary>
internal sealed class BenchSilo : IAsyncDisposable
{
    private readonly IHost _host;

    private BenchSilo(IHost host, string clusterId) => (_host, ClusterId) = (host, clusterId);

    public string ClusterId { get; }

    public IServiceProvider Services => _host.Services;

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public static async Task<BenchSilo> StartAsync(StorageOptions storage, Action<IServiceCollection>? more = null)
    {
        var clusterId = "bench-" + Guid.NewGuid().ToString("N")[..8];
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(storage);
        builder.Services.AddCoordinationStorage();
        builder.Services.AddSecrets(builder.Configuration);
        builder.AddCoordinationSilo(new SiloOptions { ClusterId = clusterId, Port = 0, GatewayPort = 0 });
        more?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        return new BenchSilo(host, clusterId);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}

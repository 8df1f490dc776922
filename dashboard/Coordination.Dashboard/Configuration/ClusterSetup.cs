using Coordination.Silo.Hosting;
using Coordination.Storage;

namespace Coordination.Dashboard.Configuration;

/// <summary>Where the grains of this host are.</summary>
public enum ClusterMode
{
    /// <summary>In silos of their own, which this host finds through the database.</summary>
    Client,

    /// <summary>In this process.</summary>
    CoHost,
}

/// <summary>Adds storage and the way to the grains. The one place of the dashboard that knows silos (see the architecture test).</summary>
public static class ClusterSetup
{
    /// <summary>The setting that says where the grains are; default <see cref="ClusterMode.Client"/>.</summary>
    public const string ModeKey = "Cluster:Mode";

    /// <summary>Adds them.</summary>
    /// <exception cref="ConfigurationException">The configuration is wrong; it names every fault.</exception>
    public static IHostApplicationBuilder AddStorageAndCluster(this IHostApplicationBuilder builder)
    {
        var storage = builder.Configuration.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new StorageOptions();
        var silo = builder.Configuration.GetSection(SiloOptions.Section).Get<SiloOptions>() ?? new SiloOptions();
        var faults = storage.Validate().Concat(silo.Validate()).ToList();
        if (!Enum.TryParse<ClusterMode>(builder.Configuration[ModeKey] ?? nameof(ClusterMode.Client), ignoreCase: true, out var mode) || !Enum.IsDefined(mode))
        {
            faults.Add($"{ModeKey} can be Client or CoHost.");
        }

        if (faults.Count > 0)
        {
            throw new ConfigurationException(faults);
        }

        builder.Services.AddSingleton(storage);
        builder.Services.AddCoordinationStorage();
        if (mode == ClusterMode.CoHost)
        {
            builder.AddCoordinationSilo(silo);
        }
        else
        {
            builder.AddCoordinationClient(silo);

            // Holds need no silo: pages and API come up while the cluster's client still looks for one.
            builder.Services.Configure<HostOptions>(options => options.ServicesStartConcurrently = true);
        }

        return builder;
    }
}

using Coordination.Dashboard.SignIn;
using Coordination.Silo.Hosting;
using Coordination.Storage;
using Coordination.Storage.Secrets;
using Microsoft.AspNetCore.DataProtection;

namespace Coordination.Dashboard.Composition;

/// <summary>What every dashboard host stands on: time, storage, the cluster.</summary>
internal static class HostSetup
{
    /// <summary>Adds the clock.</summary>
    public static void AddTime(this IHostApplicationBuilder builder) => builder.Services.AddSingleton(TimeProvider.System);

    /// <summary>Adds the storage of section <c>Storage</c>.</summary>
    /// <exception cref="HostSettingsException">A setting is wrong.</exception>
    public static void AddStorage(this IHostApplicationBuilder builder)
    {
        var storage = builder.Configuration.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new StorageOptions();
        Check(storage.Validate());
        builder.Services.AddSingleton(storage);
        builder.Services.AddCoordinationStorage();
    }

    /// <summary>Adds the keys that protect cookies, forms and stored sign-ins: in the database with a certificate in section <c>Secrets</c>, else in <c>SignIn:KeysFolder</c>.</summary>
    /// <exception cref="HostSettingsException">A setting is wrong.</exception>
    public static void AddSecrets(this IHostApplicationBuilder builder)
    {
        Check((builder.Configuration.GetSection(SecretsOptions.Section).Get<SecretsOptions>() ?? new SecretsOptions()).Validate());
        var folder = builder.Configuration[SignInOptions.Section + ":" + nameof(SignInOptions.KeysFolder)];
        if (builder.Services.AddSecrets(builder.Configuration) is { } elsewhere)
        {
            if (!string.IsNullOrWhiteSpace(folder))
            {
                elsewhere.PersistKeysToFileSystem(new DirectoryInfo(folder));
            }
        }
        else if (!string.IsNullOrWhiteSpace(folder))
        {
            throw new HostSettingsException("SignIn:KeysFolder and Secrets:Certificate are both set. With a certificate the keys lie in the database: leave the folder out.");
        }
    }

    /// <summary>Joins the cluster of section <c>Silo</c>: as a client, or as a silo too when <c>Silo:Hosted</c> is true.</summary>
    /// <exception cref="HostSettingsException">A setting is wrong.</exception>
    public static void AddCluster(this IHostApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(SiloOptions.Section);
        var silo = section.Get<SiloOptions>() ?? new SiloOptions();
        Check(silo.Validate());
        if (section.GetValue<bool>("Hosted"))
        {
            builder.AddCoordinationSilo(silo);
        }
        else
        {
            builder.AddCoordinationClient(silo);

            // Holds need no silo: pages and API come up while the cluster's client still looks for one.
            builder.Services.Configure<HostOptions>(options => options.ServicesStartConcurrently = true);
        }
    }

    private static void Check(IEnumerable<string> faults)
    {
        if (faults.ToArray() is { Length: > 0 } found)
        {
            throw new HostSettingsException(string.Join(" ", found));
        }
    }
}

using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Coordination.Storage.Secrets;

/// <summary>Puts the keys of an installation into a container.</summary>
public static class SecretsServices
{
    /// <summary>Under this name all hosts of an installation read what one of them has protected.</summary>
    public const string Application = "WmfsSmCoordinator";

    /// <summary>Adds data protection. With a certificate in section <c>Secrets</c> its keys lie in the database, encrypted with it; without, where the caller puts them.</summary>
    /// <returns>For a caller that puts the keys elsewhere; null when they lie in the database.</returns>
    public static IDataProtectionBuilder? AddSecrets(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection(SecretsOptions.Section).Get<SecretsOptions>() ?? new SecretsOptions();
        services.TryAddSingleton(options);
        services.TryAddSingleton<SignInSeal>();
        var protection = services.AddDataProtection().SetApplicationName(Application);
        if (!options.IsSet)
        {
            return protection;
        }

        protection.AddKeyRing(options);
        services.AddHostedService<FirstKey>();
        return null;
    }

    /// <summary>Has the keys lie in the database, encrypted with the certificate.</summary>
    internal static void AddKeyRing(this IDataProtectionBuilder protection, SecretsOptions options)
    {
        X509Certificate2[] former = [.. options.Former.Select(f => f.Load())];
        var current = options.Load();
        protection.ProtectKeysWithCertificate(current).UnprotectKeysWithAnyCertificate([current, .. former]);
        protection.Services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
            keys => keys.XmlRepository = new KeyRingRepository(provider.GetRequiredService<CoordinationDatabase>())));
    }
}

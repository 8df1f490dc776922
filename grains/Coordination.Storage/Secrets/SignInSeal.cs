using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace Coordination.Storage.Secrets;

/// <summary>Seals what signs an account in at its platform, so that it can lie in the database: for that account alone, under the installation's keys.</summary>
/// <remarks>
/// It has a key ring of its own, read anew when something was sealed under a key that it does not know: the shared one looks but once a day,
/// and a sign-in that another host has sealed under a new key is wanted at once.
/// </remarks>
public sealed class SignInSeal(SecretsOptions options, CoordinationDatabase database, TimeProvider time) : IDisposable
{
    // Something that cannot be opened at all must not have the ring read with every post.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private ServiceProvider? _ring;
    private DateTimeOffset _read;

    /// <summary>Whether there is a certificate, without which nothing is sealed.</summary>
    public bool IsReady => options.IsSet;

    /// <summary>Seals a text for one account.</summary>
    /// <exception cref="InvalidOperationException">There is no certificate.</exception>
    public string Seal(string account, string text) => Protector(account, again: false).Protect(text);

    /// <summary>Opens what was sealed for that account.</summary>
    /// <exception cref="CryptographicException">It cannot be opened here: another installation's, another account's, or changed.</exception>
    public string Open(string account, string @sealed)
    {
        if (!IsReady)
        {
            throw new CryptographicException("There is no certificate.");
        }

        try
        {
            return Protector(account, again: false).Unprotect(@sealed);
        }
        catch (CryptographicException)
        {
            return Protector(account, again: true).Unprotect(@sealed);
        }
    }

    /// <summary>Has the key ring read anew, because this process has changed it.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _ring?.Dispose();
            _ring = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Forget();

    private IDataProtector Protector(string account, bool again)
    {
        if (!IsReady)
        {
            throw new InvalidOperationException("Secrets:Certificate is not set.");
        }

        lock (_gate)
        {
            if (_ring is null || (again && time.GetUtcNow() - _read >= Rest))
            {
                _ring?.Dispose();
                _ring = Read();
                _read = time.GetUtcNow();
            }

            return _ring.GetRequiredService<IDataProtectionProvider>().CreateProtector("platform-sign-in", account);
        }
    }

    private ServiceProvider Read()
    {
        var services = new ServiceCollection();
        services.AddSingleton(database);
        services.AddDataProtection().SetApplicationName(SecretsServices.Application).AddKeyRing(options);
        return services.BuildServiceProvider();
    }
}

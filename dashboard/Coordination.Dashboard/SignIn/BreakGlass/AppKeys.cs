using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Coordination.Dashboard.SignIn.BreakGlass;

/// <summary>Encrypts the keys of authenticator apps: the service has to read them to check a code, and a copy of the database must not.</summary>
public sealed partial class AppKeys(IDataProtectionProvider protection, ILogger<AppKeys> logger)
{
    private readonly IDataProtector _protector = protection.CreateProtector("break-glass", "app-key");

    /// <summary>A key as it is stored.</summary>
    public string Protect(string key) => _protector.Protect(key);

    /// <summary>A stored key; null for none, or for one that cannot be read any more: then no code is right.</summary>
    public string? Read(string? stored)
    {
        try
        {
            return stored is null ? null : _protector.Unprotect(stored);
        }
        catch (CryptographicException)
        {
            LogUnreadable();
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The key of an authenticator app cannot be read: the keys of this installation (Secrets:Certificate or SignIn:KeysFolder) are others than when it was stored. Its person has to connect the app again; passkeys and recovery codes work.")]
    private partial void LogUnreadable();
}

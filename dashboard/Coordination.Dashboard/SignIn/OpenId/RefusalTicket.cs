using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Coordination.Dashboard.SignIn.OpenId;

/// <summary>What the page says to somebody who proved who they are and is not let in.</summary>
/// <param name="Name">The name that the provider said.</param>
/// <param name="Why">Why: a word of <see cref="OpenIdAdmission"/>.</param>
public sealed record SignInRefusal(string Name, string Why);

/// <summary>Takes a refusal to its page, sealed and for a few minutes: nobody can make the page say something else.</summary>
public sealed class RefusalTicket(IDataProtectionProvider protection)
{
    /// <summary>Path of the page.</summary>
    public const string Path = "/sign-in/refused";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Coordination.SignIn.Refusal").ToTimeLimitedDataProtector();

    /// <summary>The page's address for a refusal.</summary>
    public string Address(SignInRefusal refusal) => $"{Path}?of={_protector.Protect(JsonSerializer.Serialize(refusal), Lifetime)}";

    /// <summary>Reads it again; null when it is old, or not ours.</summary>
    public SignInRefusal? Read(string? ticket)
    {
        try
        {
            return string.IsNullOrEmpty(ticket) || ticket.Length > 4000 ? null : JsonSerializer.Deserialize<SignInRefusal>(_protector.Unprotect(ticket));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

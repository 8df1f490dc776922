using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.SignIn.BreakGlass;

/// <summary>What break-glass sign-ins show of themselves, as metrics of the meter <c>Coordination.SignIn</c>.</summary>
public sealed class BreakGlassInstruments
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Coordination.SignIn";

    /// <summary>The counter of slow hashes: each costs about a tenth of a second of one processor.</summary>
    public const string Hashes = "coordination.break_glass.hashes";

    private readonly Counter<long> _hashes;
    private readonly Counter<long> _attempts;

    /// <summary>Makes them.</summary>
    public BreakGlassInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _hashes = meter.CreateCounter<long>(Hashes, "{hash}", "Passwords and recovery codes that were hashed.");
        _attempts = meter.CreateCounter<long>("coordination.break_glass.attempts", "{attempt}", "Attempts to sign in that were looked at, by what came of them.");
    }

    /// <summary>A password or a recovery code is hashed.</summary>
    public void OnHashed() => _hashes.Add(1);

    /// <summary>An attempt has come to its end.</summary>
    public void OnAttempt(bool admitted) => _attempts.Add(1, new KeyValuePair<string, object?>("outcome", admitted ? "admitted" : "refused"));
}

/// <summary>Identity's own hash of passwords, counted.</summary>
public sealed class CountedHasher(IOptions<PasswordHasherOptions> options, BreakGlassInstruments instruments) : PasswordHasher<BreakGlassUser>(options)
{
    /// <inheritdoc/>
    public override string HashPassword(BreakGlassUser user, string password)
    {
        instruments.OnHashed();
        return base.HashPassword(user, password);
    }

    /// <inheritdoc/>
    public override PasswordVerificationResult VerifyHashedPassword(BreakGlassUser user, string hashedPassword, string providedPassword)
    {
        instruments.OnHashed();
        return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }
}

using System.Security.Cryptography;
using Coordination.Storage.People.BreakGlass;
using Microsoft.AspNetCore.Identity;

namespace Coordination.Dashboard.SignIn.BreakGlass;

/// <summary>Nobody's account, with a password and an app that nobody knows: it is checked in the place of one that is not there, is not complete or is locked, so that all attempts are the same work.</summary>
public sealed class Decoy
{
    private readonly BreakGlassAccount _account;

    /// <summary>Makes it, once for each host.</summary>
    public Decoy(IPasswordHasher<BreakGlassUser> hasher, AppKeys keys)
    {
        var account = new BreakGlassAccount
        {
            StaffId = "", UserName = "", Name = "", GrantId = Guid.Empty, GrantedAt = DateTimeOffset.MinValue, GrantedByName = "", Version = 0, Stamp = "decoy",
            CodesSalt = RecoveryCodes.NewSalt(), AppConfirmed = true,
        };
        _account = account with
        {
            PasswordHash = hasher.HashPassword(new BreakGlassUser(account), Convert.ToHexString(RandomNumberGenerator.GetBytes(32))),

            // 160 bits in the letters of RFC 4648's base 32, as an app's key is written.
            ProtectedAppKey = keys.Protect(RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 32)),
        };
    }

    /// <summary>It, as Identity handles it.</summary>
    public BreakGlassUser User() => new(_account);
}

using Coordination.Dashboard.SignIn.BreakGlass;
using Coordination.Domain.People.BreakGlass;
using Coordination.Storage.People.BreakGlass;

namespace Coordination.Dashboard.Components.Glass;

/// <summary>Break-glass accounts in words.</summary>
public static class GlassWords
{
    /// <summary>How somebody was signed in.</summary>
    public static string Method(string? method) => method switch
    {
        "passkey" => "by a passkey",
        "app" => "by password and app",
        "code" => "by password and recovery code",
        _ => "",
    };

    /// <summary>What is still missing before it can be used; null for nothing.</summary>
    public static string? Missing(BreakGlassAccount account)
    {
        if (BreakGlassUser.Complete(account))
        {
            return null;
        }

        List<string> missing = [];
        if (account.PasswordHash is null)
        {
            missing.Add("a password");
        }

        if (account.CodesMadeAt is null)
        {
            missing.Add("recovery codes");
        }

        if (account.Passkeys.Count == 0 && !account.AppConfirmed)
        {
            missing.Add("a passkey or an authenticator app");
        }

        return string.Join(", ", missing);
    }

    /// <summary>Whether it is to be tried again.</summary>
    public static bool IsToBeTried(BreakGlassAccount account, DateTimeOffset now) =>
        BreakGlassUser.Complete(account) && BreakGlassRules.IsToBeTried(account.UsedAt, account.GrantedAt, now);
}

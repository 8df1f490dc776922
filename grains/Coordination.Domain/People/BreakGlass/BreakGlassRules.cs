using Coordination.Domain.Posts;

namespace Coordination.Domain.People.BreakGlass;

/// <summary>The rules of accounts for the day on which the identity provider is away. Pure.</summary>
/// <remarks>Advice that they follow: the National Cyber Security Centre on emergency access; few, personal, watched, and tried regularly.</remarks>
public static class BreakGlassRules
{
    /// <summary>How many recovery codes are made at a time.</summary>
    public const int Codes = 10;

    /// <summary>The most passkeys of one person.</summary>
    public const int MostPasskeys = 10;

    /// <summary>The shortest password, in characters: three or four words.</summary>
    public const int ShortestPassword = 14;

    /// <summary>The longest password, in characters: what is longer is refused before it is hashed.</summary>
    public const int LongestPassword = 128;

    /// <summary>The longest name of a passkey, in characters.</summary>
    public const int LongestPasskeyName = 60;

    /// <summary>The longest user name, in characters.</summary>
    public const int LongestUserName = 60;

    /// <summary>How often an account is to be tried, so that it works on the day.</summary>
    public static readonly TimeSpan TryEvery = TimeSpan.FromDays(90);

    /// <summary>Whether an account can be signed in with: a password with its recovery codes, and beside them a passkey or an authenticator app.</summary>
    /// <param name="passkeys">How many passkeys there are.</param>
    /// <param name="password">Whether a password is set.</param>
    /// <param name="app">Whether an authenticator app has shown a right code.</param>
    /// <param name="codes">Whether recovery codes were made.</param>
    public static bool IsComplete(int passkeys, bool password, bool app, bool codes) => password && codes && (app || passkeys > 0);

    /// <summary>Whether an account is to be tried again.</summary>
    /// <param name="lastWorked">When a sign-in with it last worked; null for never.</param>
    /// <param name="granted">When it was granted.</param>
    /// <param name="now">The time (UTC).</param>
    public static bool IsToBeTried(DateTimeOffset? lastWorked, DateTimeOffset granted, DateTimeOffset now) => now - (lastWorked ?? granted) > TryEvery;

    /// <summary>Checks the reason that a sign-in with one has to give.</summary>
    /// <returns>Null when it may stand.</returns>
    public static Refusal? CheckReason(string? reason) =>
        PostRules.CheckReason(reason, "A sign-in this way needs a reason. You are not signed in. Say in a few words why, such as: the brigade’s sign-in is down.");

    /// <summary>Whether somebody may give and take back such accounts.</summary>
    /// <returns>Null when they may.</returns>
    public static Refusal? MayManage(Actor actor, string? reason) => FreshSignIn.Check(actor, Permission.ManageBreakGlass) ?? (actor.May(Permission.ManageBreakGlass)
        ? PostRules.CheckReason(reason, "That needs a reason. Nothing was changed. Say why in a few words.")
        : MayNot(actor, Permission.ManageBreakGlass, "give or take back break-glass accounts"));

    /// <summary>Whether somebody may say that the use of one was seen.</summary>
    /// <returns>Null when they may.</returns>
    public static Refusal? MaySee(Actor actor) => actor.May(Permission.SeeBreakGlass)
        ? null
        : MayNot(actor, Permission.SeeBreakGlass, "say that the use of a break-glass account was seen");

    /// <summary>A user name for somebody: what they are called, in small letters.</summary>
    public static string UserName(string name)
    {
        var words = string.Concat(name.ToLowerInvariant().Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c : '-'))
            .Split('-', StringSplitOptions.RemoveEmptyEntries);
        var whole = string.Join('-', words);
        return whole.Length == 0 ? "staff" : whole[..Math.Min(whole.Length, 40)].TrimEnd('-');
    }

    private static Refusal MayNot(Actor actor, Permission permission, string what) => new(
        "forbidden",
        $"{actor.Name} ({actor.Role.Name()}) may not {what}. Nothing was changed. Who may: {PermissionMatrix.WhoMayInWords(permission)}.",
        RefusalKind.Forbidden);
}

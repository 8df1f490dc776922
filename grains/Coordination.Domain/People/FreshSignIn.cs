namespace Coordination.Domain.People;

/// <summary>A command that needs a fresh sign-in, though most else that its permission lets one do does not.</summary>
/// <param name="Within">The permission that it belongs to; null where everybody may, about themselves.</param>
/// <param name="Doing">What it is, as in "may not ...".</param>
public sealed record FreshCommand(Permission? Within, string Doing);

/// <summary>What needs a sign-in of a short time ago (step-up), as data: the one place it is written down, beside <see cref="PermissionMatrix"/>.</summary>
/// <remarks>
/// What lets something out again, what cannot be taken back, and what opens ways in. Not what stops: a hold, its review, the decline of a lift and the end of
/// somebody's access by their sign-ins or tokens are for the moment in which they are needed. A permission of this list is none for an
/// <see cref="Actor"/> who is <see cref="Actor.Stale"/>, wherever it is asked for: at the edge, in a desk, in a grain, at the fence.
/// </remarks>
public static class FreshSignIn
{
    /// <summary>The code of the refusal.</summary>
    public const string Code = "fresh-sign-in-needed";

    /// <summary>Setting and removing how an account signs in at its platform.</summary>
    public static readonly FreshCommand SetPlatformSignIn = new(Permission.ManageAccounts, "set or remove how an account signs in at its platform");

    /// <summary>Making tokens of a client: for who answers for it, whatever else they may.</summary>
    public static readonly FreshCommand MakeToken = new(null, "make a token of an API client that you answer for");

    /// <summary>Changing how one's own break-glass account is signed in with.</summary>
    public static readonly FreshCommand ChangeOwnBreakGlass = new(null, "change how your break-glass account is signed in with");

    /// <summary>Confirming that content is erased, which cannot be taken back; to decline it needs none.</summary>
    public static readonly FreshCommand EraseContent = new(Permission.ConfirmRedaction, "confirm that content is erased");

    private static readonly HashSet<Permission> Whole =
    [
        Permission.LiftHold, Permission.ConfirmLift, Permission.RemovePost, Permission.ManageStaff, Permission.ManageBreakGlass, Permission.ManageClients,
    ];

    /// <summary>The commands that need one beside the permissions that do.</summary>
    public static IReadOnlyList<FreshCommand> Commands { get; } = [SetPlatformSignIn, MakeToken, ChangeOwnBreakGlass, EraseContent];

    /// <summary>Whether all that a permission lets one do needs one.</summary>
    public static bool IsNeededFor(Permission permission) => Whole.Contains(permission);

    /// <summary>Whether a fresh sign-in is all that somebody lacks for a permission.</summary>
    /// <returns>The refusal; null when they have it, or would not have it either way.</returns>
    public static Refusal? Check(Actor actor, Permission permission) =>
        !actor.May(permission) && actor.MayOnceFresh(permission) ? Refuse(PermissionGrounds.Of(permission).Doing) : null;

    /// <summary>Whether a command has to wait for a fresh sign-in.</summary>
    /// <returns>The refusal; null when it may go on.</returns>
    public static Refusal? Check(Actor actor, FreshCommand command) => actor.Stale ? Refuse(command.Doing) : null;

    private static Refusal Refuse(string doing) => new(
        Code,
        $"To {doing}, you must have signed in a short time ago, and your sign-in is older. Nothing was changed. Confirm that it is you (the button of that name, or the page /sign-in/again), then do it again.",
        RefusalKind.Forbidden);
}

namespace Coordination.Dashboard.Components.SignIn;

/// <summary>What a sign-out says that could not be stored.</summary>
internal static class SignOutWords
{
    /// <summary>Title, and what it means.</summary>
    public static readonly (string Title, string Words) Uncertain = (
        "You are signed out in this browser only.",
        "The database does not answer, so it could not be stored. Pages that are open in other tabs, and a copy of your sign-in if anybody has one, count until its time. When the service answers again, sign in and end your other sign-ins on your page Me.");
}

using System.Net.Sockets;
using Coordination.Storage;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Npgsql;

namespace Coordination.Dashboard.SignIn.OpenId;

/// <summary>Why a sign-in came to nothing, in words for the person in front of it. What went on inside is in the log alone.</summary>
/// <param name="Code">The word in the address.</param>
/// <param name="Title">What happened.</param>
/// <param name="Words">What it means, and what to do next.</param>
public sealed record SignInProblem(string Code, string Title, string Words)
{
    /// <summary>Path of the page that shows one.</summary>
    public const string Path = "/sign-in/problem";

    private const string WhileAway = "Who is signed in already stays signed in, and holds keep standing. If something has to be stopped now, ask a colleague who is signed in. Then try again in a minute.";

    /// <summary>The provider does not answer.</summary>
    public static readonly SignInProblem Away = new(
        "provider-away", "The brigade’s sign-in service does not answer", "Nobody can sign in anew at the moment. " + WhileAway);

    /// <summary>The database does not answer.</summary>
    public static readonly SignInProblem StoreAway = new(
        "store-away", "This service cannot look you up at the moment", "Its database does not answer, so nobody can sign in anew. " + WhileAway);

    /// <summary>Somebody pressed Cancel at the provider.</summary>
    public static readonly SignInProblem Declined = new(
        "declined", "The sign-in was cancelled", "You, or the brigade’s sign-in service, stopped it before it was done. Try again; if you did not stop it yourself, ask IT whether you may use this service.");

    /// <summary>The answer belongs to no sign-in of this browser.</summary>
    public static readonly SignInProblem Again = new(
        "again", "That sign-in cannot be used any more", "It took too long, was used already (by Back or a second tab), or did not begin in this browser. Start again from the button below. If it happens every time, let this site keep cookies.");

    /// <summary>The clocks differ.</summary>
    public static readonly SignInProblem Clock = new(
        "clock", "The clocks do not agree", "By this service’s clock, what the brigade’s sign-in service said is not valid yet, or not any more. Nothing is wrong with your account. Try again; if it happens twice, tell IT that the clocks of the two differ.");

    /// <summary>What came is not certainly the provider's.</summary>
    public static readonly SignInProblem Untrusted = new(
        "untrusted", "The answer could not be trusted", "What came back did not fit your sign-in or was not surely from the brigade’s sign-in service, so you were not let in. Start again from the button below. If it happens twice, tell IT.");

    /// <summary>Another person answered where somebody was to confirm that it is them.</summary>
    public static readonly SignInProblem SomebodyElse = new(
        "somebody-else", "That was somebody else’s account", "You were asked to confirm that it is you, and another person signed in at the brigade’s sign-in service. Nobody was signed in by it: you are still signed in here as before, and nothing was changed. Go back and confirm with your own account, or sign out here first.");

    /// <summary>The provider does not say that it asked just now.</summary>
    public static readonly SignInProblem NotFresh = new(
        "not-fresh", "It is not certain that you signed in just now", "The brigade’s sign-in service did not say when you signed in, or named a time before you were asked. You are still signed in here as before, and nothing was changed; what needs a fresh sign-in stays closed. Try once more; if it happens twice, tell IT the words ‘auth_time is missing or old’.");

    /// <summary>The provider refuses this service.</summary>
    public static readonly SignInProblem Refused = new(
        "provider-refused", "The brigade’s sign-in service refused", "It did not accept this service’s request. That is for IT to put right, not for you. Try once more; then tell IT the time and the word ‘provider-refused’.");

    /// <summary>Anything else.</summary>
    public static readonly SignInProblem Other = new(
        "failed", "The sign-in did not work", "You are not signed in, and nothing was changed. Try again; if it happens twice, tell IT the time.");

    private static readonly SignInProblem[] All = [Away, StoreAway, Declined, Again, Clock, Untrusted, SomebodyElse, NotFresh, Refused, Other];

    /// <summary>The address of its page.</summary>
    public string Address => $"{Path}?why={Code}";

    /// <summary>The problem of a word in the address.</summary>
    public static SignInProblem Named(string? code) => Array.Find(All, p => string.Equals(p.Code, code, StringComparison.Ordinal)) ?? Other;

    /// <summary>What a failure is to the person.</summary>
    public static SignInProblem Of(Exception? failure) => failure switch
    {
        null => Other,
        SecurityTokenExpiredException or SecurityTokenNotYetValidException or SecurityTokenNoExpirationException => Clock,
        OpenIdConnectProtocolInvalidNonceException or OpenIdConnectProtocolInvalidStateException or OpenIdConnectProtocolInvalidCHashException => Untrusted,
        SecurityTokenException => Untrusted,
        OpenIdConnectProtocolException => Refused,
        NpgsqlException or CommitUnconfirmedException => StoreAway,
        HttpRequestException or TaskCanceledException or TimeoutException or SocketException or IOException => Away,
        { InnerException: { } inner } => Of(inner),
        _ => Told(failure.Message),
    };

    // What the handler finds wrong with state and cookies it says by message alone.
    private static SignInProblem Told(string message) =>
        message.Contains("Correlation", StringComparison.Ordinal) || message.Contains("message.State", StringComparison.Ordinal) || message.Contains("No message", StringComparison.Ordinal) ? Again : Other;
}

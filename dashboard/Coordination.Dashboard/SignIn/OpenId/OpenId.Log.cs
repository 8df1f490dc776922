namespace Coordination.Dashboard.SignIn.OpenId;

/// <content>What sign-ins log: no name, no claim, no token.</content>
public sealed partial class OpenIdEvents
{
    [LoggerMessage(1, LogLevel.Information, "Somebody whom the provider signed in was not let in: {Why}.")]
    private partial void LogRefused(string why);

    [LoggerMessage(2, LogLevel.Warning, "A sign-in came to nothing: {Problem} ({Failure}).")]
    private partial void LogFailed(string problem, string failure);
}

using Coordination.Connectors;
using Coordination.Domain.Accounts;
using Coordination.Storage.SignIns;

namespace Coordination.Silo.Publishing;

/// <summary>Asks a platform whether one account's sign-in works, and keeps what it says.</summary>
internal sealed partial class SignInCheck(
    ConnectorRegistry connectors, Credentials credentials, SignInChecks checks, ILogger<SignInCheck> logger)
{
    // How long a failure puts an account off; a platform that asks for more gets more, up to a day.
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Asks. Never throws for what the world does.</summary>
    /// <returns>How long the platform's server asks to be left alone; null when it does not.</returns>
    public async Task<TimeSpan?> AskAsync(AccountKey key, CancellationToken cancellationToken)
    {
        try
        {
            var found = await credentials.FindAsync(key, cancellationToken);
            var result = connectors.TryFind(key.Platform, out var connector) && found.Account is { } account
                ? await connector.CheckSignInAsync(account, cancellationToken)
                : new SignInResult.Refused($"{key}: {found.Why}");
            switch (result)
            {
                case SignInResult.Works works:
                    await checks.AnsweredAsync(key, null, Earlier(works.ExpiresAt, found.ExpiresAt), cancellationToken);
                    return null;
                case SignInResult.Refused refused:
                    Refused(logger, key.Value, refused.Reason);
                    await checks.AnsweredAsync(key, refused.Reason, null, cancellationToken);
                    return null;
                case SignInResult.Unavailable no:
                    var wait = no.RetryAfter is not { } asked || asked < Rest ? Rest : asked < Longest ? asked : Longest;
                    NotAsked(logger, key.Value, wait, no.Reason);
                    await checks.PutOffAsync(key, no.Reason, wait, cancellationToken);
                    return no.RetryAfter;
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Its claim ends by itself, and then it is another's turn.
            NotKept(logger, key.Value, exception.Message);
        }

        return null;
    }

    /// <summary>Has it asked soon, because something showed that it may not work. Never throws for what the world does.</summary>
    public async Task WantAsync(AccountKey key, CancellationToken cancellationToken)
    {
        try
        {
            await checks.WantAsync(key, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            NotKept(logger, key.Value, exception.Message);
        }
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;

    [LoggerMessage(LogLevel.Warning, "The sign-in of {Account} does not work. {Why}")]
    private static partial void Refused(ILogger logger, string account, string why);

    [LoggerMessage(LogLevel.Information, "Whether the sign-in of {Account} works could not be asked; it is asked again in {Wait}. {Why}")]
    private static partial void NotAsked(ILogger logger, string account, TimeSpan wait, string why);

    [LoggerMessage(LogLevel.Information, "Whether the sign-in of {Account} works could not be kept; it is asked again in some minutes. {Why}")]
    private static partial void NotKept(ILogger logger, string account, string why);
}

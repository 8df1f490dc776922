using System.Net;
using Coordination.Domain.Posts;

namespace Coordination.Connectors.Http;

/// <summary>Says what a refusal or a failure means for the post: the one table of it.</summary>
/// <remarks>
/// The rule behind the table (G3): a status counts as "nothing went out" only where the server says by it that it did not do the work.
/// A 503 says so when it carries <c>Retry-After</c> (RFC 9110, section 15.6.4); a bare one may come from anything between, after the work was done.
/// </remarks>
internal static class Verdict
{
    /// <summary>The outcome of a publish that did not end in a readable success.</summary>
    /// <param name="account">Whose post it was.</param>
    /// <param name="exchange">What came back.</param>
    /// <param name="says">The platform's own words, cut to a sensible length; null when it gave none.</param>
    public static PublishResult OfPublish(ConnectorAccount account, Exchange exchange, string? says)
    {
        var host = account.Server.Authority;
        var said = Hidden(account, says);
        var words = Saying(said);
        PublishResult result = exchange switch
        {
            Exchange.Failed { Begun: false } f => new PublishResult.NotSent($"{account.Key}: nothing was sent to {host}: {f.Reason}."),
            Exchange.Failed f => new PublishResult.Unknown($"{account.Key}: sent to {host}, but {f.Reason}. It may be out; look before sending it again."),
            Exchange.Answered a => a.Status switch
            {
                HttpStatusCode.Unauthorized => new PublishResult.Unauthorised($"{account.Key}: {host} did not accept the account's sign-in.{words} Connect the account again."),
                HttpStatusCode.Forbidden => new PublishResult.Unauthorised($"{account.Key}: {host} does not let this account publish.{words} Check the account there, then connect it again."),
                HttpStatusCode.TooManyRequests => new PublishResult.NotSent($"{account.Key}: {host} allows no more requests for now.", a.RetryAfter, Cause: FailureCause.RateLimit),
                HttpStatusCode.ServiceUnavailable when a.RetryAfter is not null => new PublishResult.NotSent($"{account.Key}: {host} is closed for now.", a.RetryAfter, Cause: FailureCause.Closed),
                HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.Gone => new PublishResult.NotSent(
                    $"{account.Key}: {host} has no such service ({a.StatusText}). Check the server's address in the account's settings.", NeedsAttention: true, Cause: FailureCause.Settings),
                HttpStatusCode.RequestTimeout or (HttpStatusCode)425 => new PublishResult.Unknown($"{account.Key}: {host} gave up on the request ({a.StatusText}). It may be out; look before sending it again."),
                >= (HttpStatusCode)400 and < (HttpStatusCode)500 => new PublishResult.Rejected($"{account.Key}: {host} refused this text ({a.StatusText}).{words}"),
                >= (HttpStatusCode)300 and < (HttpStatusCode)400 => new PublishResult.NotSent(
                    $"{account.Key}: {host} points to another address ({a.StatusText}). Check the server's address in the account's settings.", NeedsAttention: true, Cause: FailureCause.Settings),
                >= (HttpStatusCode)500 => new PublishResult.Unknown($"{account.Key}: {host} failed ({a.StatusText}). It may be out; look before sending it again."),
                _ => new PublishResult.Unknown($"{account.Key}: {host} answered {a.StatusText} with something unreadable. It may be out; look before sending it again."),
            },
            _ => throw new InvalidOperationException("An exchange of an unknown kind."),
        };
        return result with { Says = said, NoMoreFor = (result as PublishResult.NotSent)?.RetryAfter };
    }

    private static string Saying(string? said) => said is null ? "" : $" It says: {said.TrimEnd('.')}.";

    /// <summary>A platform's words without the account's secret, should it have repeated that.</summary>
    public static string? Hidden(ConnectorAccount account, string? says) => account.Credential switch
    {
        Credential.AccessToken { Token: { Length: > 0 } token } => says?.Replace(token, "…", StringComparison.Ordinal),
        Credential.SignedRequests signed => new[] { signed.ConsumerKey, signed.ConsumerSecret, signed.Token, signed.TokenSecret }
            .Where(secret => secret.Length > 0).Aggregate(says, (words, secret) => words?.Replace(secret, "…", StringComparison.Ordinal)),
        Credential.AppPassword { Password: { Length: > 0 } password } => says?.Replace(password, "…", StringComparison.Ordinal),
        _ => says,
    };

    /// <summary>Why a read or a removal gave nothing.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="exchange">What came back.</param>
    /// <param name="says">The platform's own words, cut to a sensible length; null when it gave none.</param>
    public static Trouble OfOther(ConnectorAccount account, Exchange exchange, string? says = null)
    {
        var host = account.Server.Authority;
        var said = Hidden(account, says);
        return exchange switch
        {
            Exchange.Failed f => new Trouble($"{account.Key}: {host} could not be asked: {f.Reason}."),
            Exchange.Answered { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } => new Trouble(
                $"{account.Key}: {host} did not accept the account's sign-in.{Saying(said)} Connect the account again.", NeedsAttention: true, Says: said),
            Exchange.Answered { Status: HttpStatusCode.TooManyRequests } a => new Trouble($"{account.Key}: {host} allows no more requests for now.", a.RetryAfter),
            Exchange.Answered { IsSuccess: true } => new Trouble($"{account.Key}: {host} answered something unreadable."),
            Exchange.Answered a => new Trouble($"{account.Key}: {host} answered {a.StatusText}.", a.RetryAfter),
            _ => throw new InvalidOperationException("An exchange of an unknown kind."),
        };
    }

    /// <summary>The outcome of a removal that did not succeed.</summary>
    public static RemoveResult OfRemoval(ConnectorAccount account, Exchange exchange)
    {
        var trouble = OfOther(account, exchange);
        return exchange is Exchange.Answered { Status: >= (HttpStatusCode)400 and < (HttpStatusCode)500 } a && a.Status != HttpStatusCode.RequestTimeout
            ? new RemoveResult.Refused($"{trouble.Reason} The post still stands.", trouble.RetryAfter, trouble.NeedsAttention)
            : new RemoveResult.NotConfirmed($"{trouble.Reason} The post may still stand; removing it again is safe.");
    }
}

/// <summary>Why something could not be read.</summary>
internal sealed record Trouble(string Reason, TimeSpan? RetryAfter = null, bool NeedsAttention = false, string? Says = null)
{
    public ReadResult<T> As<T>() => new ReadResult<T>.Unavailable(Reason, RetryAfter, NeedsAttention);

    public PrepareResult AsPrepare() => new PrepareResult.NotReady(Reason, RetryAfter, NeedsAttention);

    public FindResult AsFind() => new FindResult.CouldNotAsk(Reason, RetryAfter, NeedsAttention);
}

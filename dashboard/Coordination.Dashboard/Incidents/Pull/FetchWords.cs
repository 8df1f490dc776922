using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using Coordination.Domain.Incidents.Feeds;

namespace Coordination.Dashboard.Incidents.Pull;

/// <summary>Why something could not be fetched, for people: what happened, and what to do where somebody can do something.</summary>
internal static class FetchWords
{
    /// <summary>Of an answer that is none.</summary>
    public static Fetched.Failed Of(HttpResponseMessage answer, Uri address, DateTimeOffset now)
    {
        var (host, status) = (address.IdnHost, (int)answer.StatusCode);
        var words = status switch
        {
            304 => $"{host} says that nothing has changed, though it was asked for the whole document.",
            401 or 403 => $"{host} does not let this service in ({status}). Check the feed's token with its owner.",
            404 => $"{host} does not know the address (404). Check it with the feed's owner.",
            410 => $"{host} says that it is gone for good (410). Ask the feed's owner for its new address.",
            429 => $"{host} says that it is asked too often (429).",
            >= 500 => string.Create(CultureInfo.InvariantCulture, $"{host} has trouble of its own ({status})."),
            _ => string.Create(CultureInfo.InvariantCulture, $"{host} gave an answer that is no document ({status})."),
        };
        return new Fetched.Failed(words, RetryAfter(answer, now), status == 410 ? Trouble.Gone : Trouble.Passing);
    }

    /// <summary>Of a connection that failed.</summary>
    public static Fetched.Failed Of(Exception e, Uri address)
    {
        var host = address.IdnHost;
        return e switch
        {
            _ when Inner<AddressRefusedException>(e) is { } refused => new Fetched.Failed(refused.Message, null, Trouble.Lasting),
            _ when Inner<SocketException>(e) is { } socket => new Fetched.Failed(
                socket.SocketErrorCode switch
                {
                    SocketError.ConnectionRefused => $"{host} refused the connection.",
                    SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => $"The name {host} could not be found.",
                    SocketError.ConnectionReset or SocketError.ConnectionAborted => $"The connection to {host} broke off.",
                    _ => $"The network to {host} failed.",
                },
                null,
                Trouble.NoAnswer),
            _ when Inner<AuthenticationException>(e) is not null => new Fetched.Failed($"The certificate of {host} was not accepted. Tell the feed's owner.", null, Trouble.NoAnswer),
            _ => new Fetched.Failed($"The connection to {host} broke off.", null, Trouble.NoAnswer),
        };
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage answer, DateTimeOffset now) =>
        answer.Headers.RetryAfter is { } header ? FeedPace.Asked(header.Delta ?? header.Date - now) : null;

    private static T? Inner<T>(Exception? e)
        where T : Exception
    {
        for (; e is not null; e = e.InnerException)
        {
            if (e is T found)
            {
                return found;
            }
        }

        return null;
    }
}

using System.Net.Sockets;
using System.Security.Authentication;
using Polly;

namespace Coordination.Connectors.Http;

/// <summary>Sends a connector's requests and turns every failure into a value.</summary>
internal sealed class PlatformHttp(IHttpClientFactory clients, ConnectorOptions options, TimeProvider time)
{
    /// <summary>The client that never repeats anything.</summary>
    public const string OnceClient = "Coordination.Platforms.Once";

    /// <summary>The client for reads, which may be repeated.</summary>
    public const string ReadClient = "Coordination.Platforms.Read";

    /// <summary>Sends what the public will see: once, and only with a valid pass.</summary>
    public async Task<Exchange> PublishAsync(HttpRequestMessage request, OutboundPass pass)
    {
        request.Options.Set(OutboundPass.Key, pass);
        try
        {
            var answer = await SendAsync(OnceClient, request, pass.Cancelled.Token);
            return answer;
        }
        catch (Exception e) when (IsExpected(e))
        {
            return new Exchange.Failed(pass.Begun, pass is { Begun: false, Refusal: { } refusal } ? refusal : Explain(e, pass.Begun));
        }
    }

    /// <summary>Sends a removal, a sign-in or a file: once, without a pass.</summary>
    public async Task<Exchange> SendFreeAsync(HttpRequestMessage request, PassFree why, CancellationToken cancellationToken)
    {
        request.Options.Set(OutboundDoor.PassFreeKey, why);
        using var patience = new CancellationTokenSource(options.ConnectTimeout + options.AnswerTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        return await TryAsync(OnceClient, request, either.Token);
    }

    /// <summary>Sends a read, which may be repeated.</summary>
    public async Task<Exchange> ReadAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        await TryAsync(ReadClient, request, cancellationToken);

    /// <summary>Why this server must not be given a secret; null when it may.</summary>
    public string? Unsafe(Uri server)
    {
        if (!server.IsAbsoluteUri || !(IsHttps(server) || string.Equals(server.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal)))
        {
            return "The account's server is no web address. Correct it in the account's settings.";
        }

        return IsHttps(server) || server.IsLoopback || options.PlainHttp == PlainHttp.Allowed
            ? null
            : $"{server.Host} is set up without https, so the account's secret was not sent to it. Use an https address.";
    }

    private static bool IsHttps(Uri server) => string.Equals(server.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal);

    private async Task<Exchange> TryAsync(string client, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(client, request, cancellationToken);
        }
        catch (Exception e) when (IsExpected(e))
        {
            return new Exchange.Failed(Begun: true, Explain(e, begun: true));
        }
    }

    private async Task<Exchange.Answered> SendAsync(string client, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var http = clients.CreateClient(client);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return await AnswerReader.ReadAsync(response, time, cancellationToken);
    }

    private static bool IsExpected(Exception e) =>
        e is HttpRequestException or IOException or OperationCanceledException or OutboundRefusedException or ExecutionRejectedException;

    private static string Explain(Exception e, bool begun) => e switch
    {
        OperationCanceledException when begun => "no answer came in time",
        OperationCanceledException => "it could not be reached in time",
        ExecutionRejectedException => "it did not answer in time",
        _ when Inner<SocketException>(e) is { } socket => socket.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => "it refused the connection",
            SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => "its name could not be found",
            SocketError.ConnectionReset or SocketError.ConnectionAborted => "the connection broke off",
            _ => "the network failed",
        },
        _ when Inner<AuthenticationException>(e) is not null => "its certificate was not accepted",
        _ => "the connection broke off",
    };

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

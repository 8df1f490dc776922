using System.Globalization;
using System.Net;

namespace Coordination.Connectors.Http;

/// <summary>What came of one request.</summary>
internal abstract record Exchange
{
    private Exchange()
    {
    }

    /// <summary>The server answered.</summary>
    /// <param name="Status">The status code.</param>
    /// <param name="Body">The body; null when it broke off or was too long.</param>
    /// <param name="RetryAfter">How long the server asks to wait.</param>
    /// <param name="NextPage">The <c>Link</c> header's next page.</param>
    internal sealed record Answered(HttpStatusCode Status, byte[]? Body, TimeSpan? RetryAfter, Uri? NextPage) : Exchange
    {
        public bool IsSuccess => (int)Status is >= 200 and < 300;

        public string StatusText => ((int)Status).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>No answer.</summary>
    /// <param name="Begun">Whether the request may have reached the server.</param>
    /// <param name="Reason">What happened, for people.</param>
    internal sealed record Failed(bool Begun, string Reason) : Exchange;
}

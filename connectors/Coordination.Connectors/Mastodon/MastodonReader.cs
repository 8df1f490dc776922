using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Coordination.Connectors.Http;

namespace Coordination.Connectors.Mastodon;

/// <summary>Reads one account's own id and statuses.</summary>
internal sealed class MastodonReader(PlatformHttp http)
{
    private const int PageSize = 40;
    private const int MaxPages = 25;

    /// <summary>An account's id never changes, so it is asked for once for each token.</summary>
    private readonly ConcurrentDictionary<string, string> _ids = new(StringComparer.Ordinal);

    /// <summary>Statuses, newest first.</summary>
    internal sealed record Recent(IReadOnlyList<StatusJson> Statuses, bool Complete);

    public static HttpRequestMessage Message(HttpMethod method, ConnectorAccount account, string path)
    {
        var message = new HttpRequestMessage(method, Address(account.Server, path));
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token(account));
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return message;
    }

    /// <summary>A status as a post; null when the answer lacks what makes one.</summary>
    public static RemotePost? Post(StatusJson? status) =>
        status is { Id.Length: > 0, CreatedAt: { } at } && (status.Url ?? Absolute(status.Uri)) is { IsAbsoluteUri: true } url
            ? new RemotePost(status.Id, url, at, StatusText.FromHtml(status.Content ?? ""))
            : null;

    public async Task<(AccountJson? Own, Trouble? Trouble)> OwnAsync(ConnectorAccount account, CancellationToken cancellationToken)
    {
        using var message = Message(HttpMethod.Get, account, "api/v1/accounts/verify_credentials");
        var exchange = await http.ReadAsync(message, cancellationToken);
        if (exchange is Exchange.Answered { IsSuccess: true } answered
            && JsonBody.Parse(answered.Body, MastodonJson.Default.AccountJson) is { Id.Length: > 0 } own)
        {
            _ids[CacheKey(account)] = own.Id;
            return (own, null);
        }

        var error = exchange is Exchange.Answered refused ? JsonBody.Parse(refused.Body, MastodonJson.Default.ErrorJson)?.Error : null;
        return (null, Verdict.OfOther(account, exchange, JsonBody.Words(error)));
    }

    /// <summary>One status of the account.</summary>
    /// <returns>It; neither it nor trouble when the server has no such status.</returns>
    public async Task<(StatusJson? Status, Trouble? Trouble)> StatusAsync(ConnectorAccount account, string remoteId, CancellationToken cancellationToken)
    {
        using var message = Message(HttpMethod.Get, account, $"api/v1/statuses/{Uri.EscapeDataString(remoteId)}");
        var exchange = await http.ReadAsync(message, cancellationToken);
        return exchange switch
        {
            Exchange.Answered { IsSuccess: true } answered when JsonBody.Parse(answered.Body, MastodonJson.Default.StatusJson) is { Id: not null } status => (status, null),
            Exchange.Answered { Status: System.Net.HttpStatusCode.NotFound or System.Net.HttpStatusCode.Gone } => (null, null),
            _ => (null, Verdict.OfOther(account, exchange)),
        };
    }

    /// <summary>When the account's token ends, by the token's own page (Doorkeeper, on which Mastodon's sign-in is built: <c>GET /oauth/token/info</c>).</summary>
    /// <returns>Null when it never does, or when the server does not say.</returns>
    public async Task<DateTimeOffset?> ExpiryAsync(ConnectorAccount account, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var message = Message(HttpMethod.Get, account, "oauth/token/info");
        return await http.ReadAsync(message, cancellationToken) is Exchange.Answered { IsSuccess: true } answered
            && JsonBody.Parse(answered.Body, MastodonJson.Default.TokenJson)?.ExpiresIn is { } seconds and >= 0 and < 3_000_000_000
            ? now + TimeSpan.FromSeconds(seconds)
            : null;
    }

    public async Task<(Recent? Page, Trouble? Trouble)> RecentAsync(ConnectorAccount account, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (!_ids.TryGetValue(CacheKey(account), out var id))
        {
            var (own, trouble) = await OwnAsync(account, cancellationToken);
            if (own?.Id is null)
            {
                return (null, trouble);
            }

            id = own.Id;
        }

        var statuses = new List<StatusJson>();
        var next = Address(account.Server, $"api/v1/accounts/{Uri.EscapeDataString(id)}/statuses?limit={PageSize}&exclude_reblogs=true");
        for (var page = 0; page < MaxPages; page++)
        {
            using var message = Message(HttpMethod.Get, account, "");
            message.RequestUri = next;
            var exchange = await http.ReadAsync(message, cancellationToken);
            if (exchange is not Exchange.Answered { IsSuccess: true } answered
                || JsonBody.Parse(answered.Body, MastodonJson.Default.StatusJsonArray) is not { } read
                || Array.Exists(read, s => s?.Id is null || s.CreatedAt is null))
            {
                return (null, Verdict.OfOther(account, exchange));
            }

            statuses.AddRange(read.Where(s => s.CreatedAt >= since));
            if (read.Length == 0 || answered.NextPage is null || Array.Exists(read, s => s.CreatedAt < since))
            {
                return (new Recent(statuses, Complete: true), null);
            }

            if (!SameServer(answered.NextPage, account.Server))
            {
                // Following it would hand the account's token to another server.
                return (null, new Trouble($"{account.Key}: {account.Server.Authority} points to another server for more posts.", NeedsAttention: true));
            }

            next = answered.NextPage;
        }

        return (new Recent(statuses, Complete: false), null);
    }

    private static bool SameServer(Uri link, Uri server) =>
        string.Equals(link.GetLeftPart(UriPartial.Authority), server.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);

    private static Uri Address(Uri server, string path) =>
        new(server.AbsoluteUri.EndsWith('/') ? server : new Uri(server.AbsoluteUri + "/"), path);

    private static Uri? Absolute(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) ? uri : null;

    private static string Token(ConnectorAccount account) => account.Credential is Credential.AccessToken { Token: var token }
        ? token
        : throw new ArgumentException($"{account.Key} needs an access token for Mastodon's API.", nameof(account));

    private static string CacheKey(ConnectorAccount account) =>
        account.Server.Authority + " " + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Token(account))));
}

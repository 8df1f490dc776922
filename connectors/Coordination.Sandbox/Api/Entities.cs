using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Coordination.Sandbox.Network;

namespace Coordination.Sandbox.Api;

/// <summary>Makes Mastodon's entities (docs.joinmastodon.org/entities) of what the sandbox keeps.</summary>
internal sealed class Entities(SandboxNetwork network, HttpRequest request)
{
    private readonly string _root = $"{request.Scheme}://{request.Host}";

    /// <summary>An address of this server.</summary>
    public string At(string path) => _root + path;

    public JsonObject Account(SandboxAccount account)
    {
        var (posts, last) = network.Figures(account);
        var avatar = At($"/avatars/{account.Username}.svg");
        var header = At("/header.svg");
        return new JsonObject
        {
            ["id"] = account.Id,
            ["username"] = account.Username,
            ["acct"] = account.Username,
            ["display_name"] = account.DisplayName,
            ["locked"] = false,
            ["bot"] = false,
            ["discoverable"] = true,
            ["indexable"] = false,
            ["group"] = false,
            ["created_at"] = Midnight(account.CreatedAt),
            ["note"] = account.Note.Length == 0 ? "" : $"<p>{WebUtility.HtmlEncode(account.Note)}</p>",
            ["url"] = At($"/@{account.Username}"),
            ["uri"] = At($"/users/{account.Username}"),
            ["avatar"] = avatar,
            ["avatar_static"] = avatar,
            ["header"] = header,
            ["header_static"] = header,
            ["followers_count"] = account.Followers,
            ["following_count"] = account.Following,
            ["statuses_count"] = posts,
            ["last_status_at"] = last?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["emojis"] = new JsonArray(),
            ["fields"] = new JsonArray(),
            ["roles"] = new JsonArray(),
        };
    }

    public JsonObject CredentialAccount(SandboxAccount account)
    {
        var entity = Account(account);
        entity["source"] = new JsonObject
        {
            ["note"] = account.Note,
            ["fields"] = new JsonArray(),
            ["privacy"] = "public",
            ["sensitive"] = false,
            ["language"] = null,
            ["follow_requests_count"] = 0,
            ["indexable"] = false,
        };
        entity["role"] = new JsonObject
        {
            ["id"] = "-99",
            ["name"] = "",
            ["color"] = "",
            ["permissions"] = "0",
            ["highlighted"] = false,
        };
        return entity;
    }

    /// <summary>A status.</summary>
    /// <param name="post">The post.</param>
    /// <param name="account">Whose it is.</param>
    /// <param name="withSource">Whether the plain text stands in place of the HTML: so a deletion is answered.</param>
    public JsonObject Status(SandboxPost post, SandboxAccount account, bool withSource = false)
    {
        var id = post.Id.ToString(CultureInfo.InvariantCulture);
        var entity = new JsonObject
        {
            ["id"] = id,
            ["created_at"] = Instant(post.CreatedAt),
            ["in_reply_to_id"] = post.ReplyTo?.ToString(CultureInfo.InvariantCulture),
            ["in_reply_to_account_id"] = post.ReplyTo is { } before ? network.Post(before)?.AccountId : null,
            ["sensitive"] = false,
            ["spoiler_text"] = "",
            ["visibility"] = post.Visibility,
            ["language"] = post.Language,
            ["uri"] = At($"/users/{account.Username}/statuses/{id}"),
            ["url"] = At($"/@{account.Username}/{id}"),
            ["replies_count"] = post.Figures.Replies,
            ["reblogs_count"] = post.Figures.Reblogs,
            ["favourites_count"] = post.Figures.Favourites,
            ["edited_at"] = post.EditedAt is { } edited ? Instant(edited) : null,
            ["content"] = TextRules.ToHtml(post.Text),
            ["reblog"] = null,
            ["account"] = Account(account),
            ["media_attachments"] = new JsonArray([.. post.Media.Select(network.Media).OfType<SandboxMedia>().Select(m => MediaEndpoints.Entity(m, this, done: true))]),
            ["mentions"] = new JsonArray(),
            ["tags"] = new JsonArray(),
            ["emojis"] = new JsonArray(),
            ["card"] = null,
            ["poll"] = null,
        };
        if (withSource)
        {
            entity["text"] = post.Text;
        }

        return entity;
    }

    /// <summary>An instant as Mastodon writes it: UTC, milliseconds.</summary>
    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Midnight(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'00:00:00.000'Z'", CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Coordination.Sandbox.Network;

namespace Coordination.Sandbox.X;

/// <summary>Makes X's objects of what the sandbox keeps: three characters escaped, a short address in the place of each link, and one after the text for its images.</summary>
internal static partial class XEntities
{
    public static JsonObject Post(SandboxPost post, SandboxNetwork network)
    {
        var urls = new JsonArray();
        var text = Link().Replace(Escaped(post.Text), match =>
        {
            var shown = Shown(post, urls.Count);
            urls.Add(new JsonObject { ["url"] = shown, ["expanded_url"] = match.Value.Contains("://", StringComparison.Ordinal) ? match.Value : "http://" + match.Value });
            return shown;
        });
        if (post.Media.Count > 0)
        {
            var shown = Shown(post, urls.Count);
            urls.Add(new JsonObject { ["url"] = shown, ["expanded_url"] = $"https://x.com/{network.ById(post.AccountId)!.Username}/status/{Text(post.Id)}/photo/1", ["media_key"] = "3_" + Text(post.Media[0]) });
            text += " " + shown;
        }

        return new JsonObject
        {
            ["id"] = Text(post.Id),
            ["text"] = text,
            ["created_at"] = post.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["entities"] = new JsonObject { ["urls"] = urls },
            ["public_metrics"] = new JsonObject
            {
                ["like_count"] = post.Figures.Favourites, ["repost_count"] = post.Figures.Reblogs, ["reply_count"] = post.Figures.Replies, ["quote_count"] = 0, ["bookmark_count"] = 0, ["impression_count"] = 0,
            },
        };
    }

    public static JsonObject User(SandboxAccount account, SandboxNetwork network) => new()
    {
        ["id"] = account.Id,
        ["name"] = account.DisplayName,
        ["username"] = account.Username,
        ["public_metrics"] = new JsonObject
        {
            ["followers_count"] = account.Followers, ["following_count"] = account.Following, ["post_count"] = network.Figures(account).Count, ["listed_count"] = 0,
        },
    };

    private static string Shown(SandboxPost post, int number) => string.Create(CultureInfo.InvariantCulture, $"https://t.co/{post.Id % 60_466_176:x}{number}");

    private static string Escaped(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<![\p{L}\p{N}/.@])(https?://[^\s<>""]*[^\s<>"".,;:!?')]|[a-z0-9-]+(\.[a-z0-9-]+)*\.(uk|net|org|com)(/[^\s]*[^\s.,;:!?')])?)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}

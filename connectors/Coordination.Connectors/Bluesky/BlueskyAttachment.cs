using System.Text.Json;
using System.Text.Json.Nodes;

namespace Coordination.Connectors.Bluesky;

/// <summary>What a record carries besides its text, as JSON: the <c>embed</c> with its images, or the <c>reply</c> that puts it into a thread (app.bsky.feed.post).</summary>
internal static class BlueskyAttachment
{
    /// <summary>The attachment of a post with images.</summary>
    public static string OfImages(JsonArray images) =>
        new JsonObject { ["embed"] = new JsonObject { ["$type"] = "app.bsky.embed.images", ["images"] = images } }.ToJsonString();

    /// <summary>The attachment of a part of a thread: which records it belongs under, in which version.</summary>
    public static string OfReply((string Uri, string Cid) root, (string Uri, string Cid) parent) =>
        new JsonObject { ["reply"] = new JsonObject { ["root"] = Reference(root), ["parent"] = Reference(parent) } }.ToJsonString();

    /// <summary>The embed of a record; null when it has none.</summary>
    public static JsonElement? Embed(string? attachment) => Member(attachment, "embed");

    /// <summary>The reply of a record; null when it is none.</summary>
    public static JsonElement? Reply(string? attachment) => Member(attachment, "reply");

    private static JsonObject Reference((string Uri, string Cid) record) => new() { ["uri"] = record.Uri, ["cid"] = record.Cid };

    private static JsonElement? Member(string? attachment, string name)
    {
        if (attachment is null)
        {
            return null;
        }

        using var members = JsonDocument.Parse(attachment);
        return members.RootElement.TryGetProperty(name, out var member) ? member.Clone() : null;
    }
}

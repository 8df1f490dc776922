using System.Text.Json.Nodes;
using Coordination.Sandbox.Network;

namespace Coordination.Sandbox.Api;

/// <summary>What the server says of itself: <c>/api/v2/instance</c>.</summary>
internal static class InstanceEndpoint
{
    public static void MapInstance(this WebApplication app) => app.MapGet(
        "/api/v2/instance",
        (HttpContext context, SandboxNetwork network, SandboxOptions options) =>
            Answers.Ok(Instance(context.Request, network, options)));

    private static JsonObject Instance(HttpRequest request, SandboxNetwork network, SandboxOptions options)
    {
        var root = $"{request.Scheme}://{request.Host}";
        return new JsonObject
        {
            ["domain"] = request.Host.Value,
            ["title"] = "Sandbox network",
            ["version"] = "4.7.0+sandbox",
            ["source_url"] = root,
            ["description"] = "A sandbox: nothing that is posted here is seen by the public.",
            ["usage"] = new JsonObject { ["users"] = new JsonObject { ["active_month"] = network.Size().Accounts } },
            ["thumbnail"] = new JsonObject { ["url"] = root + "/header.svg" },
            ["icon"] = new JsonArray(),
            ["languages"] = new JsonArray("en"),
            ["configuration"] = Configuration(options),
            ["registrations"] = new JsonObject { ["enabled"] = false, ["approval_required"] = true, ["message"] = null, ["url"] = null },
            ["api_versions"] = new JsonObject { ["mastodon"] = 7 },
            ["contact"] = new JsonObject { ["email"] = "sandbox@localhost.invalid", ["account"] = null },
            ["rules"] = new JsonArray(),
        };
    }

    private static JsonObject Configuration(SandboxOptions options) => new()
    {
        ["urls"] = new JsonObject(),
        ["accounts"] = new JsonObject { ["max_featured_tags"] = 0, ["max_pinned_statuses"] = 0 },
        ["statuses"] = new JsonObject
        {
            // A gateway for several networks: each one's own, shorter limit is its client's to keep.
            ["max_characters"] = options.MaxCharacters,
            ["max_media_attachments"] = MediaEndpoints.MostOfStatus,
            ["characters_reserved_per_url"] = TextRules.CharactersPerUrl,
        },
        ["media_attachments"] = new JsonObject
        {
            ["supported_mime_types"] = new JsonArray([.. MediaEndpoints.Types.Select(t => JsonValue.Create(t))]),
            ["image_size_limit"] = MediaEndpoints.MostBytes,
            ["image_matrix_limit"] = 33177600,
            ["video_size_limit"] = 0,
            ["video_frame_rate_limit"] = 0,
            ["video_matrix_limit"] = 0,
        },
        ["polls"] = new JsonObject { ["max_options"] = 0, ["max_characters_per_option"] = 0, ["min_expiration"] = 0, ["max_expiration"] = 0 },
        ["translation"] = new JsonObject { ["enabled"] = false },
    };
}

using System.Text.Json.Nodes;
using Coordination.Sandbox.Control;

namespace Coordination.Sandbox.Api;

/// <summary>What a token's holder may know of it: <c>/oauth/token/info</c> (Doorkeeper, on which Mastodon's sign-in is built).</summary>
internal static class TokenEndpoint
{
    public static void MapToken(this WebApplication app) => app.MapGet(
        "/oauth/token/info",
        (HttpContext context, TokenBoard tokens, TimeProvider time) => context.Account() is not { } account
            ? Answers.Unauthorized
            : Answers.Ok(new JsonObject
            {
                ["resource_owner_id"] = account.Id,
                ["scope"] = new JsonArray("read", "write"),
                ["expires_in"] = tokens.ExpiresAt(account.Username) is { } end ? (long)(end - time.GetUtcNow()).TotalSeconds : null,
                ["application"] = new JsonObject { ["uid"] = "sandbox" },
                ["created_at"] = account.CreatedAt.ToUnixTimeSeconds(),
            }));
}

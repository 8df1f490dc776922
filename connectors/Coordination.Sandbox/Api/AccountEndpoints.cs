using System.Globalization;
using System.Text.Json.Nodes;
using Coordination.Sandbox.Network;

namespace Coordination.Sandbox.Api;

/// <summary>Accounts and their statuses (docs.joinmastodon.org/methods/accounts).</summary>
internal static class AccountEndpoints
{
    private const int DefaultPage = 20;
    private const int LongestPage = 40;

    public static void MapAccounts(this WebApplication app)
    {
        app.MapGet("/api/v1/accounts/verify_credentials", (HttpContext context, SandboxNetwork network) =>
            context.Account() is { } own
                ? Answers.Ok(new Entities(network, context.Request).CredentialAccount(own))
                : Answers.Unauthorized);

        app.MapGet("/api/v1/accounts/{id}", (string id, HttpContext context, SandboxNetwork network) =>
            Guard(context) ?? (network.ById(id) is { } account
                ? Answers.Ok(new Entities(network, context.Request).Account(account))
                : Answers.NotFound));

        app.MapGet("/api/v1/accounts/{id}/statuses", Statuses);
    }

    /// <summary>Public data needs no token, but a wrong one is refused.</summary>
    public static IResult? Guard(HttpContext context) =>
        Caller.Bearer(context.Request) is not null && context.Account() is null ? Answers.Unauthorized : null;

    private static IResult Statuses(string id, HttpContext context, SandboxNetwork network)
    {
        if (Guard(context) is { } refused)
        {
            return refused;
        }

        if (network.ById(id) is not { } account)
        {
            return Answers.NotFound;
        }

        var query = context.Request.Query;
        var limit = Math.Clamp((int)(Number(query["limit"]) ?? DefaultPage), 1, LongestPage);
        var posts = network.Page(account, Number(query["max_id"]), Number(query["since_id"]), Number(query["min_id"]), limit);
        var entities = new Entities(network, context.Request);
        if (posts.Count > 0)
        {
            context.Response.Headers.Link = Link(entities.At($"/api/v1/accounts/{id}/statuses"), limit, posts);
        }

        return Answers.Ok(new JsonArray([.. posts.Select(p => entities.Status(p, account))]));
    }

    private static string Link(string address, int limit, IReadOnlyList<SandboxPost> posts)
    {
        // Mastodon offers an older page whenever this one is full, and always a newer one.
        var newer = string.Create(CultureInfo.InvariantCulture, $"<{address}?limit={limit}&min_id={posts[0].Id}>; rel=\"prev\"");
        return posts.Count < limit
            ? newer
            : string.Create(CultureInfo.InvariantCulture, $"<{address}?limit={limit}&max_id={posts[^1].Id}>; rel=\"next\", {newer}");
    }

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

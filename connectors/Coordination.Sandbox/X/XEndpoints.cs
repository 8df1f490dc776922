using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Coordination.Sandbox.Api;
using Coordination.Sandbox.Network;

namespace Coordination.Sandbox.X;

/// <summary>X's API v2 as far as posting and reading one's own go. It knows no key: a repeat makes a second post, unless its words are those of a recent one.</summary>
internal static class XEndpoints
{
    private const int MostImages = 4;
    private const int Recent = 10;

    public static void MapX(this WebApplication app)
    {
        var x = app.MapGroup("/x/2");
        x.AddEndpointFilter(async (context, next) => context.HttpContext.Account() is null ? XAnswers.Unauthorized : await next(context));
        x.MapPost("/tweets", PublishAsync);
        x.MapGet("/tweets/{id}", (string id, HttpContext context, SandboxNetwork network) =>
            Post(network, id) is { } post ? XAnswers.Ok(XEntities.Post(post, network)) : XAnswers.NotFound(id));
        x.MapDelete("/tweets/{id}", DeleteAsync);
        x.MapGet("/users/me", (HttpContext context, SandboxNetwork network) => XAnswers.Ok(XEntities.User(context.Account()!, network)));
        x.MapGet("/users/{id}/tweets", List);

        // Where people read a post that was made there.
        app.MapGet("/x/i/status/{id}", (string id, SandboxNetwork network) =>
            Post(network, id) is { } post ? Results.Redirect($"/@{network.ById(post.AccountId)!.Username}/{id}") : Results.NotFound());
    }

    public static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The body as an object without fields that are not known; null when it is none.</summary>
    public static async Task<JsonElement?> ReadAsync(HttpRequest request, params string[] known)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.EnumerateObject().All(p => known.Contains(p.Name, StringComparer.Ordinal))
                ? document.RootElement.Clone()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<IResult> PublishAsync(HttpContext context, SandboxNetwork network)
    {
        var account = context.Account()!;
        if (await ReadAsync(context.Request, "text", "media", "reply") is not { } body || !body.TryGetProperty("text", out var text) || text.ValueKind != JsonValueKind.String)
        {
            return XAnswers.Invalid("The body is not as described.");
        }

        var media = body.TryGetProperty("media", out var given) && given.TryGetProperty("media_ids", out var ids)
            ? ids.EnumerateArray().Select(i => Number(i.GetString()) ?? 0).ToList()
            : [];
        if (media.Count > MostImages || media.Exists(m => !string.Equals(network.Media(m)?.AccountId, account.Id, StringComparison.Ordinal)))
        {
            return XAnswers.Invalid("Your media IDs are invalid.");
        }

        if (string.IsNullOrWhiteSpace(text.GetString()) && media.Count == 0)
        {
            return XAnswers.Invalid("A post has a text or media.");
        }

        var before = body.TryGetProperty("reply", out var reply) && reply.TryGetProperty("in_reply_to_tweet_id", out var named) ? named.GetString() : null;
        if (before is not null && Post(network, before) is null)
        {
            return XAnswers.Problem(StatusCodes.Status403Forbidden, "You attempted to reply to a post that is deleted or not visible to you.");
        }

        if (network.Page(account, null, null, null, Recent).Any(p => string.Equals(p.Text, text.GetString(), StringComparison.Ordinal)))
        {
            return XAnswers.Problem(StatusCodes.Status403Forbidden, "You are not allowed to create a Tweet with duplicate content.");
        }

        var (_, post, durable) = network.Publish(account, text.GetString()!, "public", null, media, Number(before), null, context.ArrivedAt());
        await durable;
        return XAnswers.Ok(new JsonObject { ["id"] = post.Id.ToString(CultureInfo.InvariantCulture), ["text"] = post.Text }, StatusCodes.Status201Created);
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext context, SandboxNetwork network)
    {
        if (Number(id) is not { } number || network.Delete(context.Account()!, number, context.ArrivedAt()) is not { } deletion)
        {
            return XAnswers.NotFound(id);
        }

        await deletion.Durable;
        return XAnswers.Ok(new JsonObject { ["deleted"] = true });
    }

    private static IResult List(string id, HttpContext context, SandboxNetwork network)
    {
        var query = context.Request.Query;
        if (network.ById(id) is not { } account || (Number(query["max_results"]) ?? 10) is not (>= 5 and <= 100 and var most))
        {
            return XAnswers.Invalid("The `max_results` query parameter value is not valid, or there is no such user.");
        }

        var since = DateTimeOffset.TryParse(query["start_time"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start) ? start : DateTimeOffset.MinValue;
        var page = network.Page(account, Number(query["pagination_token"]), null, null, int.MaxValue).Where(p => p.CreatedAt >= since).Take((int)most + 1).ToList();
        var meta = new JsonObject { ["result_count"] = Math.Min(page.Count, (int)most) };
        if (page.Count > most)
        {
            meta["next_token"] = page[(int)most - 1].Id.ToString(CultureInfo.InvariantCulture);
        }

        var answer = new JsonObject { ["meta"] = meta };
        if (page.Count > 0)
        {
            answer["data"] = new JsonArray([.. page.Take((int)most).Select(p => XEntities.Post(p, network))]);
        }

        return Results.Text(answer.ToJsonString(), "application/json; charset=utf-8", statusCode: (int)HttpStatusCode.OK);
    }

    private static SandboxPost? Post(SandboxNetwork network, string id) => Number(id) is { } number ? network.Post(number) : null;
}

using System.Globalization;
using System.Text.Json.Nodes;
using Coordination.Sandbox.Api;
using Coordination.Sandbox.Control;
using Coordination.Sandbox.Network;

namespace Coordination.Sandbox.Threads;

/// <summary>Threads' interface as far as texts go (developers.facebook.com/docs/threads): a container is made, then published, once.</summary>
internal static class ThreadsEndpoints
{
    private const int MostCharacters = 500;
    private const int Quota = 250;
    private const int ReplyQuota = 1000;
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    public static void MapThreads(this WebApplication app)
    {
        var graph = app.MapGroup("/threads/v1.0");
        graph.AddEndpointFilter(async (context, next) => context.HttpContext.Account() is null ? GraphAnswers.Unauthorized : await next(context));
        graph.MapGet("/me", (HttpContext context) => GraphAnswers.Ok(new JsonObject { ["id"] = context.Account()!.Id, ["username"] = context.Account()!.Username }));
        graph.MapGet("/me/threads_publishing_limit", Limit);
        graph.MapPost("/me/threads", MakeAsync);
        graph.MapPost("/me/threads_publish", PublishAsync);
        graph.MapGet("/me/threads", (HttpContext context, SandboxNetwork network) => List(context, network, replies: false));
        graph.MapGet("/me/replies", (HttpContext context, SandboxNetwork network) => List(context, network, replies: true));
        graph.MapGet("/{id}", One);
        graph.MapDelete("/{id}", DeleteAsync);
    }

    private static async Task<IResult> MakeAsync(HttpContext context, SandboxNetwork network)
    {
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync() : FormCollection.Empty;
        var text = form["text"].ToString();
        if (form["media_type"] != "TEXT")
        {
            return GraphAnswers.Invalid("Invalid parameter: the sandbox takes no media_type but TEXT");
        }

        if (text.Length == 0 || TextRules.Count(text) > MostCharacters)
        {
            return GraphAnswers.Invalid("Param text must be between 1 and 500 characters long");
        }

        var before = form["reply_to_id"].ToString();
        if (before.Length > 0 && Post(network, before) is null)
        {
            return GraphAnswers.MediaNotFound(before);
        }

        var (container, durable) = network.MakeContainer(context.Account()!, text, before.Length > 0 ? Number(before) : null);
        await durable;
        return GraphAnswers.Ok(new JsonObject { ["id"] = GraphAnswers.Text(container.Id) });
    }

    private static async Task<IResult> PublishAsync(HttpContext context, SandboxNetwork network, ContainerBoard board)
    {
        var account = context.Account()!;
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync() : FormCollection.Empty;
        var id = form["creation_id"].ToString();
        if (Number(id) is not { } number || network.Container(number).Container is not { } container || !string.Equals(container.AccountId, account.Id, StringComparison.Ordinal)
            || board.TakeLost(account.Id) || StateOf(network, board, container, ask: false) is not "FINISHED")
        {
            return GraphAnswers.MediaNotFound(id);
        }

        if (Used(network, board, account, container.ReplyTo is not null) >= (container.ReplyTo is null ? Quota : ReplyQuota))
        {
            return GraphAnswers.Error(StatusCodes.Status429TooManyRequests, "The user has reached the maximum number of posts in 24 hours");
        }

        if (network.PublishContainer(account, container, context.ArrivedAt()) is not var (post, durable))
        {
            return GraphAnswers.MediaNotFound(id);
        }

        await durable;
        return GraphAnswers.Ok(new JsonObject { ["id"] = GraphAnswers.Text(post.Id) });
    }

    private static IResult One(string id, HttpContext context, SandboxNetwork network, ContainerBoard board)
    {
        var account = context.Account()!;
        if (Number(id) is { } number && network.Container(number).Container is { } container && string.Equals(container.AccountId, account.Id, StringComparison.Ordinal))
        {
            var entity = new JsonObject { ["status"] = StateOf(network, board, container, ask: true), ["id"] = id };
            if (board.Of(account.Id)?.Error is { } error)
            {
                entity["error_message"] = error;
            }

            return GraphAnswers.Ok(entity);
        }

        return Post(network, id) is { } post ? GraphAnswers.Ok(Entity(context, network, post)) : GraphAnswers.NoObject(id);
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext context, SandboxNetwork network)
    {
        if (Number(id) is not { } number || network.Delete(context.Account()!, number, context.ArrivedAt()) is not { } deletion)
        {
            return GraphAnswers.MediaNotFound(id);
        }

        await deletion.Durable;
        return GraphAnswers.Ok(new JsonObject { ["success"] = true, ["deleted_id"] = id });
    }

    private static IResult List(HttpContext context, SandboxNetwork network, bool replies)
    {
        var query = context.Request.Query;
        var limit = Math.Clamp((int)(Number(query["limit"].ToString()) ?? 25), 1, 100);
        var since = Number(query["since"].ToString()) is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : DateTimeOffset.MinValue;
        var page = network.Page(context.Account()!, Number(query["after"].ToString()), null, null, int.MaxValue)
            .Where(p => p.ReplyTo is not null == replies && p.CreatedAt >= since).Take(limit).ToList();
        var answer = new JsonObject { ["data"] = new JsonArray([.. page.Select(p => Entity(context, network, p))]) };
        if (page.Count > 0)
        {
            answer["paging"] = new JsonObject { ["cursors"] = new JsonObject { ["before"] = GraphAnswers.Text(page[0].Id), ["after"] = GraphAnswers.Text(page[^1].Id) } };
        }

        return GraphAnswers.Ok(answer);
    }

    private static IResult Limit(HttpContext context, SandboxNetwork network, ContainerBoard board)
    {
        var account = context.Account()!;
        return GraphAnswers.Ok(new JsonObject
        {
            ["data"] = new JsonArray(new JsonObject
            {
                ["quota_usage"] = Used(network, board, account, replies: false),
                ["config"] = new JsonObject { ["quota_total"] = Quota, ["quota_duration"] = (int)Day.TotalSeconds },
                ["reply_quota_usage"] = Used(network, board, account, replies: true),
                ["reply_config"] = new JsonObject { ["quota_total"] = ReplyQuota, ["quota_duration"] = (int)Day.TotalSeconds },
            }),
        });
    }

    private static int Used(SandboxNetwork network, ContainerBoard board, SandboxAccount account, bool replies) => !replies && board.Of(account.Id)?.QuotaUsed is { } told
        ? told
        : network.Page(account, null, null, null, int.MaxValue).Count(p => p.ReplyTo is not null == replies && p.CreatedAt > network.Time.GetUtcNow() - Day);

    private static string StateOf(SandboxNetwork network, ContainerBoard board, SandboxContainer container, bool ask) =>
        network.Container(container.Id).Post is not null ? "PUBLISHED"
        : board.Of(container.AccountId)?.Error is not null ? "ERROR"
        : board.IsExpired(container.AccountId, container.CreatedAt) || container.CreatedAt <= network.Time.GetUtcNow() - Day ? "EXPIRED"
        : ask && board.TakeBusy(container.AccountId) ? "IN_PROGRESS"
        : "FINISHED";

    private static JsonObject Entity(HttpContext context, SandboxNetwork network, SandboxPost post)
    {
        var account = network.ById(post.AccountId)!;
        return new JsonObject
        {
            ["id"] = GraphAnswers.Text(post.Id),
            ["media_type"] = "TEXT_POST",
            ["text"] = post.Text,
            ["permalink"] = new Entities(network, context.Request).At($"/@{account.Username}/{GraphAnswers.Text(post.Id)}"),
            ["timestamp"] = post.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'+0000'", CultureInfo.InvariantCulture),
            ["username"] = account.Username,
        };
    }

    private static SandboxPost? Post(SandboxNetwork network, string id) => Number(id) is { } number ? network.Post(number) : null;

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

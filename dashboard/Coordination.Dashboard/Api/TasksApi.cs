using System.ComponentModel;
using System.Text.Json.Serialization;
using Coordination.Dashboard.Desks;
using Coordination.Dashboard.SignIn;
using Coordination.Dashboard.Team;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Tasks;
using Coordination.Storage.Desk;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/tasks</c>: what people do on the platforms themselves.</summary>
public static class TasksApi
{
    private static readonly Permission[] Tend = [Permission.ManageAccounts, Permission.PublishLocal];

    /// <summary>Maps the routes.</summary>
    public static void MapTasks(this IEndpointRouteBuilder api)
    {
        api.MapGet("/tasks", ListAsync).RequirePermission(Permission.Read)
            .WithSummary("Tasks for people, changed last first, at most 1000; ?open=true or false, ?account= narrow it.").Produces<ListDto<TaskDto>>();
        api.MapPost("/tasks", OpenAsync).RequirePermission(Tend).AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Opens a task: on a corporate account for Comms, on a local one for its holders too.")
            .Produces<TaskDto>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/tasks/{id}/done", DoneAsync).RequirePermission(Tend).AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Confirms that a task is done. A post that it is about counts as removed from then on. Repeating it is safe.")
            .Produces<TaskDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ListAsync(string? open, string? account, ITaskDesk desk, CancellationToken cancellationToken)
    {
        bool? only = null;
        if (open is not null)
        {
            if (!bool.TryParse(open, out var parsed))
            {
                return Problems.Of(new Refusal("filter-unknown", "'open' can be true or false."));
            }

            only = parsed;
        }

        AccountKey? of = null;
        if (account is not null)
        {
            if (!AccountKey.TryParse(account, out var key))
            {
                return Problems.Of(Unknown.Account(account) with { Kind = RefusalKind.Invalid });
            }

            of = key;
        }

        return TypedResults.Ok(new ListDto<TaskDto>([.. (await desk.ListAsync(only, of, cancellationToken)).Select(TaskDto.Of)], null));
    }

    private static async Task<IResult> OpenAsync(TaskRequest request, HttpContext context, ITaskDesk desk, CancellationToken cancellationToken)
    {
        if (!AccountKey.TryParse(request.Account, out var account))
        {
            return Problems.Of(Unknown.Account(request.Account ?? "") with { Kind = RefusalKind.Invalid });
        }

        if (!TaskKinds.TryParse(request.Kind, out var kind))
        {
            return Problems.Of(new Refusal("kind-unknown", "'kind' is none of delete-post, profile, follow and other. Nothing was opened."));
        }

        if (InputTime.Read(request.DueAt, "dueAt", out var dueAt) is { } unfit)
        {
            return Problems.Of(unfit);
        }

        return await desk.OpenAsync(account, new TaskWish(kind, request.What, request.Link, dueAt), context.User.Actor(), IdempotencyKey.Of(context), cancellationToken) switch
        {
            { Record: { } task } => TypedResults.Created($"/api/tasks/{task.Id:D}", TaskDto.Of(task)),
            { Refusal: { } why } => Problems.Of(why),
            _ => throw new InvalidOperationException("Neither a task nor a refusal."),
        };
    }

    private static async Task<IResult> DoneAsync(string id, TaskDoneRequest request, HttpContext context, ITaskDesk desk, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var task))
        {
            return Problems.Of(new Refusal("task-unknown", "There is no such task. Nothing was changed. GET /api/tasks lists them.", RefusalKind.NotFound));
        }

        return await desk.ConfirmAsync(task, request.Note, context.User.Actor(), IdempotencyKey.Of(context), cancellationToken) switch
        {
            { Record: { } done } => TypedResults.Ok(TaskDto.Of(done)),
            { Refusal: { } why } => Problems.Of(why),
            _ => throw new InvalidOperationException("Neither a task nor a refusal."),
        };
    }
}

/// <summary>A task to open.</summary>
public sealed record TaskRequest(
    [property: Description("The account's key.")] string? Account,
    [property: Description("delete-post, profile, follow or other.")] string? Kind,
    [property: Description("What a person has to do, at most 1000 characters.")] string? What,
    [property: Description("Where, as a web address. Left out: none.")] string? Link = null,
    [property: Description("When it should be done, ISO 8601 with an offset. Left out: no time.")] string? DueAt = null);

/// <summary>A task that is done.</summary>
public sealed record TaskDoneRequest([property: Description("What was done and seen, at most 1000 characters.")] string? Note);

/// <summary>A task for a person.</summary>
public sealed record TaskDto
{
    /// <summary>Its id; of one about a post's deletion, the post's.</summary>
    public required Guid Id { get; init; }

    /// <summary><c>delete-post</c>, <c>profile</c>, <c>follow</c> or <c>other</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The account's key.</summary>
    public required string Account { get; init; }

    /// <summary>What to do.</summary>
    public required string What { get; init; }

    /// <summary>Where.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Link { get; init; }

    /// <summary>The post that it is about.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? Post { get; init; }

    /// <summary>Whether it waits for somebody.</summary>
    public required bool Open { get; init; }

    /// <summary>Staff id of who asked; <c>system</c> for the service.</summary>
    public required string AskedBy { get; init; }

    /// <summary>Their name.</summary>
    public required string AskedByName { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When it should be done.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Staff id of who confirmed it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DoneBy { get; init; }

    /// <summary>Their name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DoneByName { get; init; }

    /// <summary>When it was confirmed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>What they say of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }

    /// <summary>Makes it.</summary>
    public static TaskDto Of(DeskRecord<StaffTask> record) => new()
    {
        Id = record.Id,
        Kind = record.Body.Kind.Id(),
        Account = record.Body.Account.Value,
        What = record.Body.What,
        Link = record.Body.Link,
        Post = record.Body.Post?.Value,
        Open = record.Body.Open,
        AskedBy = record.Body.AskedBy,
        AskedByName = record.Body.AskedByName,
        AskedAt = record.Body.AskedAt,
        DueAt = record.Body.DueAt,
        DoneBy = record.Body.DoneBy,
        DoneByName = record.Body.DoneByName,
        DoneAt = record.Body.DoneAt,
        Note = record.Body.Note,
    };
}

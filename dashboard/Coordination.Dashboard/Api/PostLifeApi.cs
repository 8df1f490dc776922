using System.Text.Json.Serialization;
using Coordination.Dashboard.Desks;
using Coordination.Dashboard.SignIn;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/posts/{id}/life</c>: what has happened to a post, from the journal.</summary>
public static class PostLifeApi
{
    /// <summary>Maps the route.</summary>
    public static void MapPostLife(this IEndpointRouteBuilder api) =>
        api.MapGet("/posts/{id}/life", ReadAsync).RequirePermission(Permission.Read).Expensive()
            .WithSummary("A post's whole life from the journal, oldest first: for whoever reads the journal, who wrote it, and for whom it goes out.")
            .Produces<ListDto<PostMomentDto>>();

    private static async Task<IResult> ReadAsync(
        string id, string? limit, string? cursor, HttpContext context, IPostLifeDesk desk, CancellationToken cancellationToken)
    {
        if (Paging.Limit(limit, out var size) is { } refusal)
        {
            return Problems.Of(refusal);
        }

        if (!PostId.TryParse(id, out var post))
        {
            return Problems.Of(Unknown.Post(id));
        }

        try
        {
            return await desk.ReadAsync(post, size, cursor, context.User.Actor(), cancellationToken) switch
            {
                { Refusal: { } why } => Problems.Of(why),
                var answer => TypedResults.Ok(new ListDto<PostMomentDto>([.. answer.Life!.Items.Select(PostMomentDto.Of)], answer.Life.Next)),
            };
        }
        catch (BadCursorException)
        {
            return Problems.Of(Paging.BadCursor);
        }
    }
}

/// <summary>One entry of a post's life.</summary>
public sealed record PostMomentDto
{
    /// <summary>The entry's number in its account's journal.</summary>
    public required long Number { get; init; }

    /// <summary>When, by the database's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The event, such as <c>post-scheduled</c>.</summary>
    public required string Event { get; init; }

    /// <summary>Staff id of who did it; <c>system</c> for the service.</summary>
    public required string ActorId { get; init; }

    /// <summary>Their name at the time.</summary>
    public required string ActorName { get; init; }

    /// <summary>Their role at the time.</summary>
    public required string ActorRole { get; init; }

    /// <summary>Why, in their words or the platform's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Why { get; init; }

    /// <summary>The text from here on, where it was written or changed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    /// <summary>The time it is due from here on, where a person set one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Name of the person for whom it goes out from here on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PosterName { get; init; }

    /// <summary>The holds that stopped it, or that an approval is for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? HoldIds { get; init; }

    /// <summary>The attempt that a permit is for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Attempt { get; init; }

    /// <summary>The revision that a permit or an approval is for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Revision { get; init; }

    /// <summary>Place in the fence's order.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? FenceSequence { get; init; }

    /// <summary>Where the platform shows it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Url { get; init; }

    /// <summary>The chain's hash of the entry.</summary>
    public required string Hash { get; init; }

    /// <summary>Makes it.</summary>
    public static PostMomentDto Of(PostMoment moment) => new()
    {
        Number = moment.Number,
        At = moment.At,
        Event = moment.Event,
        ActorId = moment.ActorId,
        ActorName = moment.ActorName,
        ActorRole = moment.ActorRole,
        Why = moment.Why,
        Text = moment.Text,
        DueAt = moment.DueAt,
        PosterName = moment.PosterName,
        HoldIds = moment.HoldIds.Count == 0 ? null : moment.HoldIds,
        Attempt = moment.Attempt,
        Revision = moment.Revision,
        FenceSequence = moment.FenceSequence,
        Url = moment.Url,
        Hash = moment.Hash,
    };
}

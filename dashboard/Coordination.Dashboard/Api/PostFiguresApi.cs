using System.Text.Json.Serialization;
using Coordination.Dashboard.Desks;
using Coordination.Dashboard.SignIn;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/posts/{id}/figures</c>: what the public made of a post.</summary>
public static class PostFiguresApi
{
    /// <summary>Maps the route.</summary>
    public static void MapPostFigures(this IEndpointRouteBuilder api) =>
        api.MapGet("/posts/{id}/figures", ReadAsync).RequirePermission(Permission.Read)
            .WithSummary("A published post's likes, reposts, replies and quotes, as its platform last told them; left out where it tells none.")
            .Produces<PostFiguresDto>().ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> ReadAsync(string id, IPostReader posts, IPostFigureReader figures, CancellationToken cancellationToken) =>
        PostId.TryParse(id, out var post) && await posts.FindAsync(post.Value, cancellationToken) is not null
            ? TypedResults.Ok(PostFiguresDto.Of(await figures.FindAsync(post.Value, cancellationToken)))
            : Problems.Of(Unknown.Post(id));
}

/// <summary>A post's public figures. What its platform does not tell is left out, and so is all before it was first read.</summary>
/// <param name="Likes">Likes or favourites.</param>
/// <param name="Reposts">Reposts or boosts.</param>
/// <param name="Replies">Replies.</param>
/// <param name="Quotes">Quotes.</param>
/// <param name="ReadAt">When they were read.</param>
public sealed record PostFiguresDto(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Likes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Reposts,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Replies,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Quotes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? ReadAt)
{
    /// <summary>Makes it.</summary>
    public static PostFiguresDto Of(PostFigures? figures) =>
        figures is { } f ? new(f.Likes, f.Reposts, f.Replies, f.Quotes, f.ReadAt) : new(null, null, null, null, null);
}

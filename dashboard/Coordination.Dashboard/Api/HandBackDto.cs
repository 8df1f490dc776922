using System.Text.Json.Serialization;
using Coordination.Dashboard.Desks;

namespace Coordination.Dashboard.Api;

/// <summary>What a decision about many posts came to.</summary>
/// <param name="OperationId">Repeat the same request under it until no post is <c>not-known-yet</c>.</param>
/// <param name="Items">One answer for each post, in the request's order.</param>
/// <param name="Counts">How many posts came to which result; results that none came to are left out.</param>
public sealed record HandBackDto(Guid OperationId, IReadOnlyList<HandBackPartDto> Items, IReadOnlyDictionary<string, int> Counts)
{
    /// <summary>Makes it.</summary>
    public static HandBackDto Of(Guid operationId, IReadOnlyList<HandBackPart> parts)
    {
        var items = parts.Select(HandBackPartDto.Of).ToList();
        return new HandBackDto(operationId, items, items.CountBy(i => i.Result, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal));
    }
}

/// <summary>The answer for one post.</summary>
/// <param name="Id">The post.</param>
/// <param name="Result">One of <c>released still-held discarded refused not-known-yet</c>.</param>
/// <param name="Post">The post as it is now.</param>
/// <param name="Refusal">Why nothing was changed, or is known.</param>
public sealed record HandBackPartDto(
    Guid Id,
    string Result,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PostDto? Post,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RefusalDto? Refusal)
{
    /// <summary>Makes it.</summary>
    public static HandBackPartDto Of(HandBackPart part) => new(
        part.Item.Post.Value,
        Name(part.Result),
        part.Post is null ? null : PostDto.Of(part.Post),
        part.Refusal is null ? null : new RefusalDto(part.Refusal.Code, part.Refusal.Reason));

    private static string Name(HandBackResult result) => result switch
    {
        HandBackResult.Released => "released",
        HandBackResult.StillHeld => "still-held",
        HandBackResult.Discarded => "discarded",
        HandBackResult.Refused => "refused",
        HandBackResult.NotKnownYet => "not-known-yet",
        _ => throw new ArgumentOutOfRangeException(nameof(result), result, "No name for this result."),
    };
}

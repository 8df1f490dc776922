using Coordination.Dashboard.Desks;
using Coordination.Dashboard.SignIn;
using Coordination.Domain.People;
using Coordination.Storage.OffSystem;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/holds/{id}/off-system</c>: what went out around the service while a hold stood.</summary>
public static class OffSystemApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapOffSystem(this IEndpointRouteBuilder api)
    {
        api.MapGet("/holds/{id}/off-system", FoundAsync).RequirePermission(Permission.Read)
            .WithSummary("Posts made under a hold that did not come through here, latest found first, and covered accounts that could not be checked.")
            .Produces<OffSystemListDto>();
        api.MapGet("/holds/{id}/off-system/unchecked", UncheckedAsync).RequirePermission(Permission.Read)
            .WithSummary("Covered accounts of which it is not known what they show, by key, each with why.")
            .Produces<ListDto<UncheckedDto>>();
    }

    private static Task<IResult> FoundAsync(
        string id, string? limit, string? cursor, IHoldReader holds, IOffSystemReader offSystem, CancellationToken cancellationToken) =>
        ListAsync(id, limit, holds, async size =>
        {
            var found = await offSystem.FoundAsync(id, size, cursor, cancellationToken);
            var missing = await offSystem.UncheckedAsync(id, size, null, cancellationToken);
            return TypedResults.Ok(new OffSystemListDto(
                [.. found.Items.Select(OffSystemPostDto.Of)], [.. missing.Items.Select(UncheckedDto.Of)], missing.Next, found.Next));
        }, cancellationToken);

    private static Task<IResult> UncheckedAsync(
        string id, string? limit, string? cursor, IHoldReader holds, IOffSystemReader offSystem, CancellationToken cancellationToken) =>
        ListAsync(id, limit, holds, async size =>
        {
            var page = await offSystem.UncheckedAsync(id, size, cursor, cancellationToken);
            return TypedResults.Ok(new ListDto<UncheckedDto>([.. page.Items.Select(UncheckedDto.Of)], page.Next));
        }, cancellationToken);

    private static async Task<IResult> ListAsync(
        string id, string? limit, IHoldReader holds, Func<int, Task<IResult>> read, CancellationToken cancellationToken)
    {
        if (Paging.Limit(limit, out var size) is { } refusal)
        {
            return Problems.Of(refusal);
        }

        if (await holds.FindAsync(id, cancellationToken) is null)
        {
            return Problems.Of(Unknown.Hold(id));
        }

        try
        {
            return await read(size);
        }
        catch (BadCursorException)
        {
            return Problems.Of(Paging.BadCursor);
        }
    }
}

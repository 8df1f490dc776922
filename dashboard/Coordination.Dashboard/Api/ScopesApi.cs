using System.Globalization;
using Coordination.Dashboard.Desks;
using Coordination.Dashboard.Live;
using Coordination.Dashboard.SignIn;
using Coordination.Domain;
using Coordination.Domain.Holds;
using Coordination.Domain.People;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/scopes</c>: scopes that are kept under names.</summary>
public static class ScopesApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapScopes(this IEndpointRouteBuilder api)
    {
        api.MapGet("/scopes", ListAsync).RequirePermission(Permission.Read)
            .WithSummary("All saved scopes, by name. To hold one, send its 'scope' with the hold.").Produces<ListDto<SavedScopeDto>>();
        api.MapGet("/scopes/{id}", FindAsync).RequirePermission(Permission.Read)
            .WithSummary("One saved scope.").Produces<SavedScopeDto>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPut("/scopes/{id}", SaveAsync).RequirePermission(Permission.ManageScopes)
            .WithSummary("Saves a scope under a name; with the 'version' that was read, changes it. Repeating the same request is safe.")
            .Produces<SavedScopeDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapDelete("/scopes/{id}", RemoveAsync).RequirePermission(Permission.ManageScopes)
            .WithSummary("Removes a saved scope, given the ?version= that was read. Holds that were placed by it stand as they are.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ListAsync(ISavedScopeDesk desk, IBoard board, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ListDto<SavedScopeDto>([.. (await desk.AllAsync(cancellationToken)).Select(s => SavedScopeDto.Of(s, board))], null));

    private static async Task<IResult> FindAsync(string id, ISavedScopeDesk desk, IBoard board, CancellationToken cancellationToken) =>
        await desk.FindAsync(id, cancellationToken) is { } saved ? TypedResults.Ok(SavedScopeDto.Of(saved, board)) : Problems.Of(Unknown.SavedScope(id));

    private static async Task<IResult> SaveAsync(
        string id, SavedScopeRequest request, HttpContext context, ISavedScopeDesk desk, IBoard board, CancellationToken cancellationToken) =>
        await desk.SaveAsync(id, request.Name, request.Scope ?? new Scope(), request.Version, context.User.Actor(), cancellationToken) switch
        {
            { Refusal: { } why } => Problems.Of(why),
            { Scope: { } saved } => TypedResults.Ok(SavedScopeDto.Of(saved, board)),

            // Removed by another between the saving and the look.
            _ => Problems.Of(Unknown.SavedScope(id)),
        };

    private static async Task<IResult> RemoveAsync(string id, string? version, HttpContext context, ISavedScopeDesk desk, CancellationToken cancellationToken)
    {
        if (!long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var read))
        {
            return Problems.Of(new Refusal("version-missing", "Give the 'version' of the saved scope that you read, as ?version=. Nothing was changed."));
        }

        var answer = await desk.RemoveAsync(id, read, context.User.Actor(), cancellationToken);
        return answer.Refusal is { } why ? Problems.Of(why) : TypedResults.NoContent();
    }
}

/// <summary>A saved scope.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Scope">What to send with a hold.</param>
/// <param name="Covered">Accounts it covers now.</param>
/// <param name="Version">To be given with a change or a removal.</param>
/// <param name="SavedAt">When it was saved as it is (UTC).</param>
/// <param name="SavedBy">Staff id of who saved it.</param>
/// <param name="SavedByName">Their name at the time.</param>
public sealed record SavedScopeDto(string Id, string Name, Scope Scope, int Covered, long Version, DateTimeOffset SavedAt, string SavedBy, string SavedByName)
{
    internal static SavedScopeDto Of(SavedScope saved, IBoard board) => new(
        saved.Id, saved.Name, saved.Scope, board.Accounts.Values.CountCovered(saved.Scope), saved.Version, saved.SavedAt, saved.SavedBy, saved.SavedByName);
}

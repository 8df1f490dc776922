using Coordination.Dashboard.Desks;
using Coordination.Dashboard.SignIn;
using Coordination.Dashboard.Team;
using Coordination.Domain.People;
using Coordination.Domain.Posts;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/posts/{id}/evidence</c>: what a removed post was.</summary>
public static class EvidenceApi
{
    /// <summary>Maps the route.</summary>
    public static void MapEvidence(this IEndpointRouteBuilder api) => api.MapGet("/posts/{id}/evidence", ReadAsync).RequirePermission(Permission.Read).Expensive()
        .WithSummary("What the journal has of a post whose removal was asked for, as a file: text, link, times, the removal step by step, hashes. For those who may read its whole life.")
        .Produces<EvidenceFileDto>().ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> ReadAsync(string id, HttpContext context, IEvidenceDesk desk, CancellationToken cancellationToken)
    {
        if (!PostId.TryParse(id, out var post))
        {
            return Problems.Of(Unknown.Post(id));
        }

        return await desk.ReadAsync(post, context.User.Actor(), cancellationToken) switch
        {
            { Evidence: { } evidence } => TypedResults.File(EvidenceFile.Bytes(evidence), "application/json", EvidenceFile.Name(evidence)),
            { Refusal: { } why } => Problems.Of(why),
            _ => throw new InvalidOperationException("Neither evidence nor a refusal."),
        };
    }
}

/// <summary>The file.</summary>
/// <param name="Record">What is known.</param>
/// <param name="Sha256">SHA-256 of the bytes of <c>record</c> as they stand in the file, in hexadecimal.</param>
public sealed record EvidenceFileDto(Evidence Record, string Sha256);

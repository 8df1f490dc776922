using System.Text.Json.Serialization;
using Coordination.Dashboard.Proofs;
using Coordination.Dashboard.SignIn;
using Coordination.Domain.People;
using Coordination.Storage.Proofs;
using Microsoft.AspNetCore.Mvc;

namespace Coordination.Dashboard.Api;

/// <summary>Proofs of holds: taking one, and checking a file.</summary>
public static class ProofsApi
{
    /// <summary>Header of a taken proof: the hash of its content as JSON.</summary>
    public const string HashHeader = "Proof-Sha256";

    /// <summary>Largest file to check, in bytes: 32 MB, more than a proof of 100,000 accounts.</summary>
    public const int CheckBytes = 32 * 1024 * 1024;

    /// <summary>Maps the routes.</summary>
    public static void MapProofs(this IEndpointRouteBuilder api)
    {
        // Each is an entry of the journal, so a link that somebody follows must not take one.
        api.MapPost("/holds/{id}/proof", (string id, HttpContext context, IProofDesk desk, CancellationToken ct) => TakeAsync(id, ProofFormat.Json, context, desk, ct))
            .RequirePermission(Permission.Read).Expensive()
            .WithSummary("The hold's proof as JSON. The journal records who took it, with its hash.").Produces<ProofDocument>();
        api.MapPost("/holds/{id}/proof.pdf", (string id, HttpContext context, IProofDesk desk, CancellationToken ct) => TakeAsync(id, ProofFormat.Pdf, context, desk, ct))
            .RequirePermission(Permission.Read).Expensive()
            .WithSummary("The same proof for printing, with the JSON's hash on each page.").Produces<byte[]>(contentType: "application/pdf");
        api.MapPost("/proofs/check", CheckAsync).RequirePermission(Permission.ReadJournal).Expensive()
            .WithMetadata(new RequestSizeLimitAttribute(CheckBytes))
            .WithSummary("Says whether a file is a proof that the journal knows, when it was taken and by whom. The file is the body.").Produces<ProofCheckDto>();
    }

    private static async Task<IResult> TakeAsync(string id, ProofFormat format, HttpContext context, IProofDesk desk, CancellationToken cancellationToken)
    {
        var answer = await desk.TakeAsync(id, format, context.User.Actor(), cancellationToken);
        if (answer is not { File: { } file })
        {
            return answer.Refusal is { Code: "font-missing" } missing ? Problems.Unavailable(missing.Code, missing.Reason) : Problems.Of(answer.Refusal!);
        }

        context.Response.Headers[HashHeader] = file.Taken.Mark.Sha256;
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.File(
            file.Bytes, format == ProofFormat.Pdf ? "application/pdf" : "application/json", FormattableString.Invariant($"{id}-proof-{file.Taken.Number}.{file.Taken.Mark.Format}"));
    }

    private static async Task<IResult> CheckAsync(HttpContext context, IProofDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(ProofCheckDto.Of(await desk.CheckAsync(context.Request.Body, cancellationToken)));
}

/// <summary>Whether the journal knows a file.</summary>
/// <param name="Sha256">The file's hash.</param>
/// <param name="Known">Whether the journal knows it, as it is.</param>
/// <param name="ChainIntact">Whether the record that knows it is whole; left out when none does.</param>
/// <param name="Taken">When it was taken and by whom, newest first; at most 50.</param>
public sealed record ProofCheckDto(
    string Sha256, bool Known, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? ChainIntact, IReadOnlyList<ProofTakenDto> Taken)
{
    /// <summary>Makes it.</summary>
    public static ProofCheckDto Of(ProofVerdict verdict) => new(
        verdict.Sha256, verdict.Taken.Count > 0, verdict.Chain?.Intact, [.. verdict.Taken.Select(ProofTakenDto.Of)]);
}

/// <summary>A proof that was taken.</summary>
/// <param name="Hold">Of which hold.</param>
/// <param name="Entry">The entry's number in the hold's journal.</param>
/// <param name="At">When.</param>
/// <param name="By">Who took it.</param>
/// <param name="Format">As what it was taken: <c>json</c> or <c>pdf</c>.</param>
public sealed record ProofTakenDto(string Hold, long Entry, DateTimeOffset At, ActorDto By, string Format)
{
    /// <summary>Makes it.</summary>
    public static ProofTakenDto Of(TakenProof taken) => new(
        taken.HoldId, taken.Number, taken.At, new ActorDto(taken.ById, taken.ByName, taken.ByRole), taken.Mark.Format);
}

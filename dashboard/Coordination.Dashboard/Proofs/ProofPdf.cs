using Coordination.Domain.People;

namespace Coordination.Dashboard.Proofs;

/// <summary>Prints a proof: A4, the hash of its JSON on each page.</summary>
public static class ProofPdf
{
    /// <summary>Prints it.</summary>
    /// <param name="proof">The proof.</param>
    /// <param name="hash">The hash of its JSON.</param>
    /// <param name="at">When it is taken (UTC).</param>
    /// <param name="by">Who takes it.</param>
    /// <param name="faces">The font.</param>
    public static byte[] Print(ProofDocument proof, string hash, DateTimeOffset at, Actor by, ProofFaces faces) => PrintPages.Print(
        ProofLines.Of(proof, at, by),
        new PrintFoot($"Proof of hold {proof.Hold.Id}", $"Hold {proof.Hold.Id}", "SHA-256 of the proof as JSON: " + hash),
        at,
        faces);
}

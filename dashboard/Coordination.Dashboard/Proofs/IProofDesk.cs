using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Storage.Journal;
using Coordination.Storage.Proofs;

namespace Coordination.Dashboard.Proofs;

/// <summary>The forms of a proof.</summary>
public enum ProofFormat
{
    /// <summary>For programs, and to be checked.</summary>
    Json,

    /// <summary>For people, to be printed.</summary>
    Pdf,
}

/// <summary>A proof that was taken: the file, and the entry that says so.</summary>
public sealed record ProofFile(byte[] Bytes, TakenProof Taken);

/// <summary>What became of the wish for a proof.</summary>
/// <param name="File">The file; null when there is none.</param>
/// <param name="Refusal">Why not; null when there is one.</param>
public sealed record ProofAnswer(ProofFile? File, Refusal? Refusal);

/// <summary>Whether the journal knows a file.</summary>
/// <param name="Sha256">The file's hash.</param>
/// <param name="Taken">When it was taken and by whom, newest first; empty when the journal does not know it.</param>
/// <param name="Chain">The chain of the record that knows it; null when none does.</param>
public sealed record ProofVerdict(string Sha256, IReadOnlyList<TakenProof> Taken, ChainVerdict? Chain);

/// <summary>Where proofs are taken and checked.</summary>
public interface IProofDesk
{
    /// <summary>Takes a proof of a hold. No file leaves before the journal says who took it.</summary>
    Task<ProofAnswer> TakeAsync(string holdId, ProofFormat format, Actor actor, CancellationToken cancellationToken);

    /// <summary>Looks a file up in the journal. It is hashed as it comes in and never kept.</summary>
    Task<ProofVerdict> CheckAsync(Stream file, CancellationToken cancellationToken);
}

using System.Security.Cryptography;
using Coordination.Dashboard.Desks;
using Coordination.Domain.People;
using Coordination.Storage.Journal;
using Coordination.Storage.Proofs;

namespace Coordination.Dashboard.Proofs;

/// <summary>Takes proofs and checks them.</summary>
public sealed class ProofDesk(IHoldFactsReader facts, IProofStore store, IJournalReader journal, ProofFonts fonts) : IProofDesk, IDisposable
{
    // A proof of a hold over 100,000 accounts is some 20 MB while it is made.
    private readonly SemaphoreSlim _making = new(2);

    /// <inheritdoc/>
    public async Task<ProofAnswer> TakeAsync(string holdId, ProofFormat format, Actor actor, CancellationToken cancellationToken)
    {
        await _making.WaitAsync(cancellationToken);
        try
        {
            return await MakeAsync(holdId, format, actor, cancellationToken);
        }
        finally
        {
            _making.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<ProofVerdict> CheckAsync(Stream file, CancellationToken cancellationToken)
    {
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
        var taken = await store.FindAsync(hash, cancellationToken);
        var chain = taken is [var newest, ..] ? await journal.VerifyAsync("hold/" + newest.HoldId, cancellationToken) : null;
        return new ProofVerdict(hash, taken, chain);
    }

    /// <inheritdoc/>
    public void Dispose() => _making.Dispose();

    private async Task<ProofAnswer> MakeAsync(string holdId, ProofFormat format, Actor actor, CancellationToken cancellationToken)
    {
        if (await facts.ReadAsync(holdId, cancellationToken) is not { } known)
        {
            return new ProofAnswer(null, Unknown.Hold(holdId));
        }

        var proof = ProofMaking.Of(known);
        var json = ProofJson.Bytes(proof);
        var hash = ProofJson.Hash(json);
        var bytes = json;
        if (format == ProofFormat.Pdf)
        {
            if (fonts.Find() is not { } faces)
            {
                return new ProofAnswer(null, ProofFonts.Missing);
            }

            bytes = ProofPdf.Print(proof, hash, known.AsOf, actor, faces);
        }

        var mark = new ProofMark(hash, ProofJson.Hash(bytes), format == ProofFormat.Pdf ? "pdf" : "json");
        return await store.RecordAsync(holdId, mark, actor, cancellationToken) is { } taken
            ? new ProofAnswer(new ProofFile(bytes, taken), null)
            : new ProofAnswer(null, Unknown.Hold(holdId));
    }
}

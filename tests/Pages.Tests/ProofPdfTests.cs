using Coordination.Dashboard.Api;
using Coordination.Dashboard.Proofs;
using Coordination.Domain.Holds;
using UglyToad.PdfPig;

namespace Coordination.Pages.Tests;

/// <summary>A proof on paper, read back as a reader would.</summary>
public sealed class ProofPdfTests
{
    private const int Accounts = 10_000;
    private static readonly ActorDto By = new("lowe", "K. Lowe", "fire-control");

    [Fact]
    public void Print_HasEveryReceipt_AndTheHashOnEveryPage_WhenTheHoldIsLarge()
    {
        var proof = Proof(Accounts, "Fire at the depot");
        var hash = ProofJson.Hash(ProofJson.Bytes(proof));

        var pages = Read(proof, hash);

        Assert.InRange(pages.Count, 100, 300);
        Assert.All(pages, page => Assert.Contains(hash, page, StringComparison.Ordinal));
        Assert.All(pages, (page, i) => Assert.Contains(FormattableString.Invariant($"page{i + 1}of{pages.Count}"), page, StringComparison.Ordinal));
        var text = string.Concat(pages);
        Assert.All(Enumerable.Range(0, Accounts), i => Assert.Contains(FormattableString.Invariant($"x/demo_{i:00000}"), text, StringComparison.Ordinal));

        // Each page of the table says once more what its columns are.
        Assert.All(pages.Where(p => p.Contains("x/demo_", StringComparison.Ordinal)), page => Assert.Contains("AfterStopped", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Print_TellsTimesInTheBrigadesZone_AndInUtc_AndBreaksALongReason()
    {
        var proof = Proof(1, string.Concat(Enumerable.Repeat("Smoke over the road, and nobody knows yet. ", 12)) + "The end.");

        var text = string.Concat(Read(proof, new string('a', 64)));

        Assert.Contains("Wed1Jul202611:00:00.000BST(2026-07-0110:00:00.000UTC)", text, StringComparison.Ordinal);
        Assert.Contains("Theend.", text, StringComparison.Ordinal);
        Assert.Contains("1postsfoundthatdidnotcomethroughhere", text, StringComparison.Ordinal);
        Assert.Contains("https://example.org/4711", text, StringComparison.Ordinal);
        Assert.DoesNotContain("…", text, StringComparison.Ordinal);
        Assert.Contains("K.Lowe(FireControl)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_FindsNothing_InAFolderWithoutFonts() =>
        Assert.Null(new ProofFonts(new ProofOptions { FontsFolder = AppContext.BaseDirectory }).Find());

    private static List<string> Read(ProofDocument proof, string hash)
    {
        var faces = new ProofFonts(new ProofOptions()).Find();
        Assert.True(faces is not null, ProofFonts.Missing.Reason);
        using var pdf = PdfDocument.Open(ProofPdf.Print(proof, hash, proof.Placed.At, Some.Control, faces));
        return [.. pdf.GetPages().Select(page => page.Text.Replace(" ", "", StringComparison.Ordinal))];
    }

    private static ProofDocument Proof(int accounts, string reason)
    {
        var at = new DateTimeOffset(2026, 7, 1, 10, 0, 0, TimeSpan.Zero);
        var receipts = Enumerable.Range(0, accounts).Select(i => new ProofReceipt(FormattableString.Invariant($"x/demo_{i:00000}"), at, i, 0, true)).ToList();
        return new ProofDocument(
            "hold", 1,
            new ProofHold("H-000231", "freeze", new Scope { All = true }, "Everything", reason, "INC-1", null, null, null, true, true),
            new ProofMoment(at, 7, By, reason),
            new ProofPosters([], [], []),
            new ProofReceipts(accounts, accounts, accounts, 0, receipts),
            [],
            [new OffSystemPostDto("x/demo_00000", "4711", at, at.AddSeconds(20), "https://example.org/4711")],
            null,
            [],
            new ProofJournal("hold/H-000231", [new ProofEntry(1, at, "hold-placed", By, reason, 7, new string('b', 64))]));
    }
}

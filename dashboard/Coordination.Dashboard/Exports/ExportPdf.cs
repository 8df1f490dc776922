using System.Globalization;
using Coordination.Dashboard.Components.Kit;
using Coordination.Dashboard.Proofs;
using Coordination.Storage.Exports;

namespace Coordination.Dashboard.Exports;

/// <summary>The summary of an export on paper: what was asked for, what is in it, and the hash of its entries on each page.</summary>
public static class ExportPdf
{
    /// <summary>Most streams that are printed; the manifest has all.</summary>
    public const int Streams = 2000;

    private static readonly float[] s_pair = [0.22f, 0.78f];
    private static readonly float[] s_event = [0.6f, 0.25f, 0.15f];
    private static readonly float[] s_stream = [0.5f, 0.1f, 0.1f, 0.3f];

    /// <summary>Prints it.</summary>
    public static byte[] Print(ExportFacts facts, ProofFaces faces) => PrintPages.Print(
        Lines(facts),
        new PrintFoot("Export of the journal", $"Export {facts.Head.Id}", $"SHA-256 of {facts.Files[0].Name}: {facts.Files[0].Sha256}"),
        facts.AsOf,
        faces);

    private static IEnumerable<PrintLine> Lines(ExportFacts facts)
    {
        var (question, head) = (facts.Question, facts.Head);
        yield return PrintLine.Of(PrintStyle.Title, "Export of the journal: " + ExportWords.Of(question));
        yield return PrintLine.Of(PrintStyle.Small, "A summary for people. The entries themselves are in the files beside it, and manifest.json has the hash of each.");
        yield return Fact("As of", UkTime.Exact(facts.AsOf));
        yield return Fact("Made by", $"{head.By.Name} ({Names.OfRole(head.By.Role)}, {head.By.Id})");
        yield return Fact("What for", head.Reason);
        yield return Fact("From", question.From is { } from ? UkTime.Exact(from) : "the first entry");
        yield return Fact("To", question.To is { } to ? UkTime.Exact(to) : "the time above");
        yield return Fact("Entries", $"{Number(facts.Entries)}, of {Number(facts.Streams.Count)} streams" + (facts.Redacted > 0 ? $"; the content of {Number(facts.Redacted)} was erased" : ""));
        yield return Fact("What is in it", question.Kind.Contents());

        yield return PrintLine.Of(PrintStyle.Heading, "What happened");
        yield return new PrintLine(PrintStyle.Columns, ["What", "In the files", "Entries"], s_event);
        foreach (var (name, count) in facts.Events)
        {
            yield return Row(s_event, JournalWords.Of(name), name, Number(count));
        }

        yield return PrintLine.Of(PrintStyle.Heading, "Streams");
        yield return new PrintLine(PrintStyle.Columns, ["Stream", "First", "Last", "Hash of the last (beginning)"], s_stream);
        foreach (var stream in facts.Streams.Take(Streams))
        {
            yield return Row(s_stream, stream.Stream, Number(stream.First), Number(stream.Last), stream.LastHash[..24]);
        }

        if (facts.Streams.Count > Streams)
        {
            yield return PrintLine.Of(PrintStyle.Small, $"{Number(facts.Streams.Count - Streams)} further streams are in manifest.json.");
        }
    }

    private static PrintLine Fact(string name, string words) => new(PrintStyle.Text, [name, words], s_pair);

    private static PrintLine Row(float[] shares, params string[] cells) => new(PrintStyle.Text, cells, shares, IsRow: true);

    private static string Number(long n) => n.ToString("#,0", CultureInfo.InvariantCulture);
}

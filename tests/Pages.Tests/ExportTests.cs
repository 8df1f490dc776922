using Coordination.Dashboard.Components.Exports;
using Coordination.Dashboard.Exports;
using Coordination.Dashboard.Proofs;
using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Storage.Exports;
using UglyToad.PdfPig;

namespace Coordination.Pages.Tests;

/// <summary>The exports page, and the summary on paper.</summary>
public sealed class ExportTests
{
    private static readonly DateTimeOffset At = new(2026, 7, 1, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Summary_SaysWhatIsInIt_AndHasTheHashOnEachPage()
    {
        var faces = new ProofFonts(new ProofOptions()).Find();
        Assert.True(faces is not null, ProofFonts.Missing.Reason);
        var streams = Enumerable.Range(0, ExportPdf.Streams + 3).Select(i => new ExportStream(FormattableString.Invariant($"scope/{i:0000}"), 1, 1, 1, new string('b', 64))).ToList();
        var facts = new ExportFacts(
            new ExportHead(Guid.Empty, new ExportActor("morgan-demo", "Morgan Demo", "auditor"), "Inquiry 7"), new ExportQuestion(ExportKind.Period, null, At, null), At,
            2003, 5, streams, new Dictionary<string, long>(StringComparer.Ordinal) { ["hold-placed"] = 12 }, [new ExportFile("entries.jsonl", 1, new string('a', 64))]);

        using var pdf = PdfDocument.Open(ExportPdf.Print(facts, faces));
        var pages = pdf.GetPages().Select(p => p.Text.Replace(" ", "", StringComparison.Ordinal)).ToList();
        var text = string.Concat(pages);

        Assert.All(pages, p => Assert.Contains("SHA-256ofentries.jsonl:" + new string('a', 64), p, StringComparison.Ordinal));
        Assert.Contains("MorganDemo(Auditor,morgan-demo)", text, StringComparison.Ordinal);
        Assert.Contains("Wed1Jul202611:00:00.000BST", text, StringComparison.Ordinal);
        Assert.Contains("2,003,of2,003streams;thecontentof5waserased", text, StringComparison.Ordinal);
        Assert.Contains("Holdplacedhold-placed12", text, StringComparison.Ordinal);
        Assert.Contains("scope/1999", text, StringComparison.Ordinal);
        Assert.Contains("3furtherstreamsareinmanifest.json.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Look_GivesTheAddress_UntilSomethingIsTyped()
    {
        var model = new ExportModel(new Desk()) { Kind = "account", Key = "x/a b", Reason = "Inquiry 7 & more", From = "2026-07-01T11:00", Format = "pdf" };
        Assert.Null(model.Size);
        await model.LookAsync(Some.Control, CancellationToken.None);

        Assert.Equal(new ExportSize(12, 3), model.Size);
        Assert.Equal("/api/journal/export?account=x%2Fa%20b&from=2026-07-01T10%3A00%3A00Z&format=pdf&reason=Inquiry%207%20%26%20more", model.Href);
        model.Reason += "!";
        Assert.Null(model.Size);
    }

    [Fact]
    public async Task Look_AsksForAPeriodWithoutItsKey_AndSaysWhatIsWrong()
    {
        var desk = new Desk { Refusal = new Refusal("export-period-missing", "Say from when.") };
        var model = new ExportModel(desk) { Kind = "period", Key = "left over", Reason = "FOI 12", To = "2026-07-01T11:00" };
        await model.LookAsync(Some.Control, CancellationToken.None);

        Assert.Equal("Say from when.", model.Problem);
        Assert.Null(model.Size);
        Assert.Equal(new ExportQuestion(ExportKind.Period, null, null, At), desk.Asked?.Question);
        Assert.DoesNotContain("left", model.Href, StringComparison.Ordinal);

        model.To = "never";
        await model.LookAsync(Some.Control, CancellationToken.None);
        Assert.Contains("cannot be read", model.Problem, StringComparison.Ordinal);
    }

    private sealed class Desk : IExportDesk
    {
        public Refusal? Refusal { get; init; }

        public ExportWish? Asked { get; private set; }

        public Task<ExportLook> LookAsync(ExportWish wish, Actor actor, CancellationToken cancellationToken)
        {
            Asked = wish;
            return Task.FromResult(Refusal is null ? new ExportLook(new ExportSize(12, 3), null) : new ExportLook(null, Refusal));
        }

        public Task<ExportAnswer> BeginAsync(ExportWish wish, Actor actor, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<MadeExport>> LastAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<MadeExport>>([]);
    }
}

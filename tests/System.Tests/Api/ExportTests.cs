using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Coordination.Dashboard.Exports;
using Coordination.Dashboard.Proofs;
using Coordination.Domain.People;
using Coordination.Storage;
using Coordination.Storage.Embedded;
using Coordination.Storage.Exports;
using Coordination.SystemTests.Support;
using Roles = Coordination.SystemTests.Support.Roles;

namespace Coordination.SystemTests.Api;

/// <summary>The journal exported from the running product, and the file checked by the program that needs nothing else.</summary>
public sealed class ExportTests(ServiceFixture fixture)
{
    private const string Account = "x/demo_wmfs_tipton";
    private const string Asked = "/api/journal/export?account=" + Account;

    [Theory]
    [InlineData("jsonl", "entries.jsonl,manifest.json")]
    [InlineData("csv", "entries.jsonl,entries.csv,manifest.json")]
    [InlineData("pdf", "entries.jsonl,entries.csv,summary.pdf,manifest.json")]
    public async Task Export_IsRecorded_AndTheProgramFindsItWhole(string format, string files)
    {
        using var comms = fixture.As(Roles.Manager);
        await comms.ScheduleAsync(Account);
        using var folder = new TemporaryFolder("export");
        var file = Path.Combine(folder.Path, "export.zip");
        var reason = "Inquiry " + Guid.NewGuid().ToString("N");
        await File.WriteAllBytesAsync(file, await LoadAsync($"{Asked}&format={format}&reason={reason}"));

        using (var zip = await ZipFile.OpenReadAsync(file))
        {
            Assert.Equal(files.Split(','), zip.Entries.Select(e => e.FullName));
        }

        var (code, output, error) = await RunAsync(file);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("All agrees", output, StringComparison.Ordinal);

        var made = (await comms.GetAsync("/api/journal/exports")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray().Single(m => m!["reason"]?.GetValue<string>() == reason)!;
        Assert.Equal(("account", Account, "auditor"), (made["asked"]!.Text("kind"), made["asked"]!.Text("key"), made["by"]!.Text("role")));
        Assert.Contains(made.Text("manifestSha256"), output, StringComparison.Ordinal);
        Assert.True(made["entries"]!.GetValue<long>() > 2, made.ToJsonString());
    }

    [Fact]
    public async Task Program_EndsWithOne_WhenSomethingWasChanged_AndWithTwo_WhenItCannotBeRead()
    {
        using var folder = new TemporaryFolder("export");
        var file = Path.Combine(folder.Path, "export.zip");
        await File.WriteAllBytesAsync(file, await LoadAsync(Asked + "&reason=Inquiry"));
        await using (var zip = await ZipFile.OpenAsync(file, ZipArchiveMode.Update))
        {
            await using var csv = await zip.GetEntry("entries.csv")!.OpenAsync();
            csv.Seek(-3, SeekOrigin.End);
            csv.Write("x"u8);
        }

        var (code, output, _) = await RunAsync(file);
        Assert.Equal(1, code);
        Assert.Contains("DIFFERS entries.csv", output, StringComparison.Ordinal);
        Assert.Contains("Do not rely on this file", output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, "no ZIP");
        await AssertNotCheckedAsync("cannot be read as a ZIP", file);
        await AssertNotCheckedAsync("cannot be opened", Path.Combine(folder.Path, "nothing.zip"));
        await AssertNotCheckedAsync("needs one file");
    }

    [Fact]
    public async Task Export_ThatWasCutShort_HasNoEnd_InTheList()
    {
        await using var database = new CoordinationDatabase(new StorageOptions { ConnectionString = ServiceFile.Read(fixture.Data)! });
        using var desk = new ExportDesk(new ExportSources(database), new ExportStore(database), new ProofFonts(new ProofOptions()));
        var wish = new ExportWish(new ExportQuestion(ExportKind.Account, Account, null, null), ExportFormat.Csv, "Cut short");
        var answer = await desk.BeginAsync(wish, new Actor("morgan-demo", "Morgan Demo", Role.Auditor), CancellationToken.None);
        await using (var job = answer.Job!)
        {
            await Assert.ThrowsAsync<IOException>(() => job.WriteAsync(new Line(), CancellationToken.None));
        }

        using var auditor = fixture.As(Roles.Auditor);
        var made = (await auditor.GetAsync("/api/journal/exports")).Json["items"]!.AsArray().Single(m => m!.Text("id") == answer.Job!.Id.ToString())!;
        Assert.Null(made["finishedAt"]);
        Assert.Null(made["entries"]);
    }

    [Fact]
    public async Task Desk_TakesTwoAtOnce_AndGivesThePlaceBack()
    {
        await using var database = new CoordinationDatabase(new StorageOptions { ConnectionString = ServiceFile.Read(fixture.Data)! });
        using var desk = new ExportDesk(new ExportSources(database), new ExportStore(database), new ProofFonts(new ProofOptions()));
        var actor = new Actor("morgan-demo", "Morgan Demo", Role.Auditor);
        Task<ExportAnswer> BeginAsync(string key = Account) =>
            desk.BeginAsync(new ExportWish(new ExportQuestion(ExportKind.Account, key, null, null), ExportFormat.Lines, "Two at once"), actor, CancellationToken.None);

        var first = (await BeginAsync()).Job!;
        Assert.Equal("nothing-to-export", (await BeginAsync("x/nobody_at_all")).Refusal?.Code);
        await using var second = (await BeginAsync()).Job!;
        Assert.Equal("exports-busy", (await BeginAsync()).Refusal?.Code);
        await first.DisposeAsync();
        await using var third = (await BeginAsync()).Job;
        Assert.NotNull(third);
        Assert.Equal("forbidden", (await desk.BeginAsync(third.Wish, actor with { Role = Role.AccountHolder }, CancellationToken.None)).Refusal?.Code);
    }

    [Theory]
    [InlineData("?account=x/demo_wmfs_tipton", "export-reason-missing")]
    [InlineData("?account=x/demo_wmfs_tipton&reason=no", "export-reason-missing")]
    [InlineData("?account=x/demo_wmfs_tipton&incident=INC-1&reason=Inquiry", "export-subjects")]
    [InlineData("?account=nobody&reason=Inquiry", "account-key-invalid")]
    [InlineData("?person=&reason=Inquiry", "export-key-missing")]
    [InlineData("?reason=Inquiry", "export-period-missing")]
    [InlineData("?from=yesterday&reason=Inquiry", "time-not-understood")]
    [InlineData("?from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z&reason=Inquiry", "export-period-empty")]
    [InlineData("?account=x/demo_wmfs_tipton&format=xml&reason=Inquiry", "export-format-unknown")]
    public async Task Export_IsRefused_WithWhatIsWrong(string query, string code)
    {
        using var auditor = fixture.As(Roles.Auditor);
        (await auditor.PostAsync("/api/journal/export" + query)).ExpectProblem(HttpStatusCode.UnprocessableEntity, code);
    }

    [Fact]
    public async Task Export_OfNothing_IsNotFound_AndNotRecorded()
    {
        using var auditor = fixture.As(Roles.Auditor);
        var reason = Guid.NewGuid().ToString("N");
        (await auditor.PostAsync($"/api/journal/export?person=nobody-at-all&reason={reason}")).ExpectProblem(HttpStatusCode.NotFound, "nothing-to-export");
        Assert.DoesNotContain(reason, (await auditor.GetAsync("/api/journal/exports")).Text, StringComparison.Ordinal);
    }

    private async Task<byte[]> LoadAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = fixture.Service.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new("Bearer", fixture.Token(Roles.Auditor));
        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), null);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.True(answer.IsSuccessStatusCode, Encoding.UTF8.GetString(bytes));
        Assert.Equal(("application/zip", "attachment"), (answer.Content.Headers.ContentType?.MediaType, answer.Content.Headers.ContentDisposition?.DispositionType));
        Assert.Matches("^\"?export-account-x-demo_wmfs_tipton-[0-9]{8}-[0-9]{6}[.]zip\"?$", answer.Content.Headers.ContentDisposition?.FileName);
        return bytes;
    }

    private static async Task AssertNotCheckedAsync(string says, params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Binaries("Coordination.Silo"), "Coordination.Silo"), ["verify-export", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["Storage__ConnectionString"] = "Host=127.0.0.1;Port=1";
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        return (process.ExitCode, await output, await error);
    }

    // A line to a client that is gone.
    private sealed class Line : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("The client is gone.");

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => throw new IOException("The client is gone.");

        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("The client is gone.");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("The client is gone.");
    }
}

using System.Diagnostics;
using Coordination.Dashboard.Api;
using Coordination.Storage.Embedded;
using Coordination.Storage.Migrations;
using Coordination.Storage.Verification;
using Coordination.SystemTests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Coordination.SystemTests.Api;

/// <summary>The record recomputed, as an auditor asks for it: by the API of the running product, and by the program on its database.</summary>
public sealed class VerifyTests(ServiceFixture fixture)
{
    [Fact]
    public async Task Verify_HasTheContractsFields_AndAgreesWithTheRunningProduct()
    {
        using var comms = fixture.As(Roles.Manager);
        var hold = await comms.HoldAsync("freeze", "x/demo_wmfs_brierley_hill");
        await comms.ScheduleAsync("x/demo_wmfs_brierley_hill");
        await comms.LiftAsync(hold);
        using var auditor = fixture.As(Roles.Auditor);
        var report = (await auditor.PostAsync("/api/verify")).Expect(HttpStatusCode.OK).Json;

        Golden.Match("verify", report);
        Assert.True(report["agrees"]!.GetValue<bool>(), report.ToJsonString());
        Assert.True(report["entries"]!.GetValue<long>() > 300, report.ToJsonString());
        Assert.Equal(
            ["chains", "states", "accounts", "labels", "posts", "ends", "holds", "permits", "permit-entries", "sent-once", "receipts", "off-system", "saved-scopes", "templates", "rules", "images", "desk", "repeats", "queue-slots", "incidents", "notices", "redactions", "database-view"],
            report["checks"]!.AsArray().Select(c => c!.Text("name")));
    }

    [Fact]
    public void Difference_HasTheContractsFields_AndLeavesOutWhatIsNotMeant()
    {
        var json = new JsonSerializerOptions();
        ApiJson.Apply(json);
        Golden.Match("verify-difference", JsonSerializer.SerializeToNode(DifferenceDto.Of(new Difference("account/x/aston", 4, 17, "Entry 4 is missing.")), json)!);
        Assert.Equal("""{"words":"w"}""", JsonSerializer.Serialize(DifferenceDto.Of(new Difference("", null, null, "w")), json));
    }

    [Fact]
    public async Task Program_EndsWithZero_OnTheDataFolderOfARunningService()
    {
        var (code, output, error) = await RunAsync(null, "--data", fixture.Data);

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("All agrees. Nothing was changed.", output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^ok +chains +[\d,]{3,} entries", output);
    }

    [Fact]
    public async Task Program_EndsWithZero_OnADataFolderThatNobodyRuns_AndLeavesNothingRunning()
    {
        using var folder = new TemporaryFolder("verify");
        await using (var server = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataDirectory = folder.Path }, NullLogger.Instance))
        {
            await Migrator.MigrateAsync(server.ConnectionString, NullLogger.Instance);
        }

        var (code, output, error) = await RunAsync(null, "--data", folder.Path);

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("0 journal entries", output, StringComparison.Ordinal);
        Assert.Empty(Processes.WorkingIn(Path.Combine(folder.Path, "pg")));
    }

    [Fact]
    public async Task Program_EndsWithOne_AndNamesWhatDiffers()
    {
        var connection = await DatabaseAsync();
        await ExecuteAsync(connection, "insert into label_history values ('x/stray', 1, 'x', 'local', 'coventry', null, null)");
        var (code, output, _) = await RunAsync(connection);

        Assert.Equal(1, code);
        Assert.Contains("account/x/stray sequence 1: The history of labels has an account, and the journal has nothing of it.", output, StringComparison.Ordinal);
        Assert.Contains("1 differences. Nothing was changed.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_EndsWithTwo_WhenItCouldNotCheck()
    {
        var connection = await DatabaseAsync();
        await ExecuteAsync(connection, "insert into schema_migration (scriptname, applied) values ('X.Scripts.9999_later.sql', now())");
        await AssertNotCheckedAsync("newer version", connection);
        await AssertNotCheckedAsync("does not answer", "Host=127.0.0.1;Port=1;Username=nobody;Password=hidden");
        await AssertNotCheckedAsync("There is no database to verify", null);
        await AssertNotCheckedAsync("is not the data folder of a ./run", null, "--data", Path.GetTempPath());
        await AssertNotCheckedAsync("'--dta' is not understood", null, "--dta", "x");
    }

    [Fact]
    public async Task Anchors_AreWrittenWhileItRuns_AndAgreeWithTheJournal()
    {
        await Eventually.Becomes(() => File.Exists(fixture.Anchors) && new FileInfo(fixture.Anchors).Length > 0, "the first anchor is written");
        var (code, output, error) = await RunAsync("verify-anchors", null, [fixture.Anchors, "--data", fixture.Data]);
        Assert.True(code == 0, output + error);
        Assert.Contains("All agrees: what was anchored is in the journal as it was.", output, StringComparison.Ordinal);
        Assert.Equal((2, ""), (await RunAsync("verify-anchors", null, [])) is var (none, nothing, _) ? (none, nothing) : default);
        Assert.Equal(2, (await RunAsync("verify-anchors", null, [fixture.Anchors + ".none", "--data", fixture.Data])).Code);
    }

    private static async Task AssertNotCheckedAsync(string says, string? connection, params string[] arguments)
    {
        var (code, output, error) = await RunAsync(connection, arguments);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.DoesNotContain("hidden", error, StringComparison.Ordinal);
    }

    private static Task<(int Code, string Output, string Error)> RunAsync(string? connection, params string[] arguments) => RunAsync("verify", connection, arguments);

    internal static async Task<(int Code, string Output, string Error)> RunAsync(string word, string? connection, string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Binaries("Coordination.Silo"), "Coordination.Silo"), [word, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["Storage__ConnectionString"] = connection ?? "";
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        return (process.ExitCode, await output, await error);
    }

    // A database of its own on the running product's server, of this version.
    private async Task<string> DatabaseAsync()
    {
        var name = "verify_" + Guid.NewGuid().ToString("N");
        var product = ServiceFile.Read(fixture.Data)!;
        await ExecuteAsync(product, $"create database {name}");
        var connection = new NpgsqlConnectionStringBuilder(product) { Database = name, Pooling = false }.ConnectionString;
        await Migrator.MigrateAsync(connection, NullLogger.Instance);
        return connection;
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // The tests' own text.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}

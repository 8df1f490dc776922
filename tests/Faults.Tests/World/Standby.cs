using System.Diagnostics;
using System.Globalization;
using Coordination.Storage.Embedded;
using Npgsql;

namespace Coordination.FaultTests.World;

/// <summary>A synchronous standby of a running server, which can be promoted while the old primary lives on.</summary>
internal sealed class Standby : IAsyncDisposable
{
    private const string Name = "standby";
    private const string Stop = """if [ -f "$1/postmaster.pid" ]; then kill -QUIT "$(head -n 1 "$1/postmaster.pid")"; fi""";
    private readonly PostgresBinaries _binaries;
    private readonly string[] _as;
    private readonly string _folder;
    private readonly DeathWatch _watch;

    private Standby(PostgresBinaries binaries, string[] user, string folder, string connectionString)
    {
        (_binaries, _as, _folder, ConnectionString) = (binaries, user, folder, connectionString);
        _watch = DeathWatch.Begin(Stop, folder);
    }

    /// <summary>How to connect to it.</summary>
    public string ConnectionString { get; }

    /// <summary>Where its data lies.</summary>
    public string Folder => _folder;

    /// <summary>Its first process; null while it is down.</summary>
    public int? ProcessId =>
        File.Exists(PidFile) && int.TryParse(File.ReadLines(PidFile).FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Directory.Exists($"/proc/{id}") ? id : null;

    private string PidFile => Path.Combine(_folder, "postmaster.pid");

    /// <summary>Whether this machine has what a standby needs.</summary>
    /// <param name="original">The primary's data folder.</param>
    public static async Task<bool> CanFollowAsync(string original) => File.Exists(BaseBackup(await BinariesAsync(original)));

    /// <summary>Copies a primary, follows it, and makes its commits wait for the copy.</summary>
    /// <param name="primary">The primary's connection string.</param>
    /// <param name="original">The primary's data folder.</param>
    /// <param name="folder">Where the copy will lie.</param>
    public static async Task<Standby> FollowAsync(string primary, string original, string folder)
    {
        var settings = new NpgsqlConnectionStringBuilder(primary);
        await File.AppendAllTextAsync(Path.Combine(original, "pg_hba.conf"), "host replication all 127.0.0.1/32 scram-sha-256\n");
        await Eventually.Becomes(async () => await ScalarAsync(primary, "select pg_reload_conf()") is true, "the primary reads who may follow it");

        var binaries = await BinariesAsync(original);
        var user = Environment.IsPrivilegedProcess ? await OwnerAsync(original) : [];
        await RunAsync(["install", "-d", "-m", "700", .. user.Length == 0 ? [] : new[] { "-o", user[1]["--reuid=".Length..], "-g", user[2]["--regid=".Length..] }, folder]);
        var source = string.Create(CultureInfo.InvariantCulture, $"host=127.0.0.1 port={settings.Port} user={settings.Username} password={settings.Password} application_name={Name}");
        await RunAsync([.. user, BaseBackup(binaries), "-D", folder, "-d", source, "-R", "--checkpoint=fast", "--no-sync"]);
        var port = FreePort.Next();
        await File.AppendAllTextAsync(Path.Combine(folder, "postgresql.conf"), string.Create(CultureInfo.InvariantCulture, $"\nport = {port}\n"));
        var standby = new Standby(binaries, user, folder, new NpgsqlConnectionStringBuilder(primary) { Port = port }.ConnectionString);
        try
        {
            await standby.StartAsync();
            await Eventually.Becomes(
                async () =>
                {
                    await ScalarAsync(primary, $"alter system set synchronous_standby_names = '{Name}'");
                    await ScalarAsync(primary, "select pg_reload_conf()");
                    return (string?)await ScalarAsync(primary, $"select sync_state from pg_stat_replication where application_name = '{Name}'");
                },
                state => state is "sync",
                "the standby follows");
            return standby;
        }
        catch
        {
            await standby.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes it a primary of its own; the old one is not asked.</summary>
    public Task PromoteAsync() => ControlAsync("promote");

    /// <summary>Starts it, when it has crashed.</summary>
    public Task StartAsync() => ControlAsync("start", "--log", Path.Combine(_folder, "log"));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _watch.DisposeAsync();

    private Task<string> ControlAsync(string what, params string[] arguments) =>
        RunAsync([.. _as, _binaries.Program("pg_ctl"), what, "--silent", "--wait", "--pgdata", _folder, .. arguments]);

    // The server's programs may be links to where the others lie.
    private static string BaseBackup(PostgresBinaries binaries)
    {
        var control = binaries.Program("pg_ctl");
        return Path.Combine(Path.GetDirectoryName(File.ResolveLinkTarget(control, returnFinalTarget: true)?.FullName ?? control)!, "pg_basebackup");
    }

    private static async Task<PostgresBinaries> BinariesAsync(string original) => await PostgresBinaries.FindAsync(
        null, int.Parse(await File.ReadAllTextAsync(Path.Combine(original, "PG_VERSION")), CultureInfo.InvariantCulture), original, default);

    private static async Task<string[]> OwnerAsync(string folder)
    {
        var ids = (await RunAsync(["stat", "-c", "%u %g", folder])).Trim().Split(' ');
        return ["setpriv", $"--reuid={ids[0]}", $"--regid={ids[1]}", "--clear-groups", "--"];
    }

    private static async Task<string> RunAsync(string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = "/" })!;

        // A server that was started keeps the pipe: its end is not waited for.
        var output = command.Contains("start", StringComparer.Ordinal) ? Task.FromResult("") : process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{command[0]} ended with code {process.ExitCode}.");
    }

    private static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // The texts above.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }
}

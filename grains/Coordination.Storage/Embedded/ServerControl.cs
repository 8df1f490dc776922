using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Coordination.Storage.Embedded;

/// <summary>Makes, starts and stops the server's processes with PostgreSQL's own tools.</summary>
internal sealed class ServerControl(
    EmbeddedPostgresOptions options, DataFolder folder, PostgresBinaries binaries, ServerAccount account)
{
    private const int PortAttempts = 5;
    private static readonly TimeSpan EndPoll = TimeSpan.FromMilliseconds(20);

    /// <summary>Makes the database if there is none. Cut off at any moment, the next try begins afresh.</summary>
    public async Task EnsureMadeAsync(string password, CancellationToken cancellation)
    {
        if (folder.DatabaseMajor is not null || File.Exists(Path.Combine(folder.Database, "PG_VERSION")))
        {
            return;
        }

        if (Directory.Exists(folder.Unfinished))
        {
            Directory.Delete(folder.Unfinished, recursive: true);
        }

        await account.MakeFolderAsync(folder.Unfinished, cancellation);

        // The password goes through a pipe: a file would have to be readable by the other user, an argument is readable by all.
        const string withPassword = """initdb=$1; shift; cat | "$initdb" --pwfile=/dev/stdin "$@" """;
        await RunAsync(
            "made",
            [
                "sh", "-c", withPassword, "sh", binaries.Program("initdb"), "--pgdata", folder.Unfinished, "--username", DataFolder.Name,
                "--encoding=UTF8", "--locale=C", "--auth=scram-sha-256", .. options.Durable ? Array.Empty<string>() : ["--no-sync"],
            ],
            cancellation, password + "\n");

        if (Directory.Exists(folder.Database))
        {
            Directory.Delete(folder.Database); // Empty, or the folder would not have been taken.
        }

        Directory.Move(folder.Unfinished, folder.Database);
        await ToolRun.RunAsync(["sync", folder.Path], options.Deadline, cancellation);
    }

    /// <summary>Starts the server on a free port and waits until it takes connections. Returns the port.</summary>
    public async Task<int> StartAsync(CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort();
            try
            {
                await StartAsync(port, cancellation);
                return port;
            }
            catch (EmbeddedPostgresException) when (attempt < PortAttempts && PortWasTaken())
            {
                // Somebody took the port between our look and the server's: look again.
            }
        }
    }

    /// <summary>Starts the server on the given port and waits until it takes connections.</summary>
    public async Task StartAsync(int port, CancellationToken cancellation)
    {
        await WriteAsync("pg_hba.conf", ServerSettings.HostAuthentication, cancellation);
        await WriteAsync("postgresql.conf", ServerSettings.Configuration(options, port), cancellation);
        File.Delete(folder.Log);
        await RunAsync(
            "started",
            [
                binaries.Program("pg_ctl"), "start", "--silent", "--wait", "--timeout", Seconds, "--pgdata", folder.Database, "--log", folder.Log,
            ],
            cancellation);
    }

    /// <summary>Stops the server: first politely, then, past the deadline, at once (it recovers at the next start).</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        var stop = await PgCtlStopAsync("fast", cancellation);
        if (!stop.Succeeded && Postmaster.ProcessesIn(folder.Database).Count > 0)
        {
            stop = await PgCtlStopAsync("immediate", cancellation);
        }

        // pg_ctl waits for the server's file, which the server takes away a moment before it ends.
        var waited = Stopwatch.StartNew();
        while (stop.Succeeded && waited.Elapsed < options.Deadline && Postmaster.ProcessesIn(folder.Database).Count > 0)
        {
            await Task.Delay(EndPoll, cancellation);
        }

        if (Postmaster.ProcessesIn(folder.Database) is [var process, ..])
        {
            throw new EmbeddedPostgresException(
                $"The database server (process {process}) in {folder.Database} did not stop: {OneLine.Of(stop.Everything)}. What was saved is safe.");
        }
    }

    /// <summary>Whether the database was closed in good order, as the server's own record says; a server that gave up left another word there.</summary>
    public async Task<bool> WasShutDownAsync(CancellationToken cancellation)
    {
        var record = await ToolRun.RunAsync(account.Command(binaries.Program("pg_controldata"), "--pgdata", folder.Database), options.Deadline, cancellation);
        return record.Output.Split('\n').Any(l => l.StartsWith("Database cluster state:", StringComparison.Ordinal) && l.TrimEnd().EndsWith(" shut down", StringComparison.Ordinal));
    }

    private Task<ToolRun> PgCtlStopAsync(string mode, CancellationToken cancellation) => ToolRun.RunAsync(
        account.Command(
            binaries.Program("pg_ctl"), "stop", "--silent", "--wait", "--timeout", Seconds, "--mode", mode, "--pgdata", folder.Database),
        options.Deadline + TimeSpan.FromSeconds(5), cancellation);

    private string Seconds => options.Deadline.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);

    private async Task RunAsync(string what, IEnumerable<string> command, CancellationToken cancellation, string? input = null)
    {
        ToolRun run;
        try
        {
            run = await ToolRun.RunAsync(account.Command(command), options.Deadline + TimeSpan.FromSeconds(5), cancellation, input);
        }
        catch (TimeoutException e)
        {
            throw new EmbeddedPostgresException($"The database in {folder.Database} could not be {what}: {e.Message}", e);
        }

        if (!run.Succeeded)
        {
            var log = ReadLog();
            throw DiskFull.Explain(run.Everything + log, folder.Path)
                ?? new EmbeddedPostgresException(
                    $"The database in {folder.Database} could not be {what}: {OneLine.Of(log.Length > 0 ? log : run.Everything)}"
                    + (log.Length > 0 ? $" (more in {folder.Log})" : ""));
        }
    }

    private async Task WriteAsync(string name, string text, CancellationToken cancellation)
    {
        // Written by the server's own user, so that it owns the file; through a second name, so that it is whole or not there.
        const string write = """cat > "$1.new" && mv "$1.new" "$1" """;
        await RunAsync("set up", ["sh", "-c", write, "sh", Path.Combine(folder.Database, name)], cancellation, text);
    }

    private string ReadLog() => File.Exists(folder.Log) ? File.ReadAllText(folder.Log) : "";

    private bool PortWasTaken() => ReadLog().Contains("could not bind", StringComparison.Ordinal);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

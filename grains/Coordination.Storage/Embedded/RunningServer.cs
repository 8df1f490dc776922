using System.Diagnostics;
using Npgsql;

namespace Coordination.Storage.Embedded;

/// <summary>
/// Finds the server that still runs on a data folder after the service's process died, so that there are never two.
/// </summary>
internal static class RunningServer
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>How to connect to the server on <paramref name="port"/>.</summary>
    public static string Connection(int port, string database, string password) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Database = database,
        Username = DataFolder.Name,
        Password = password,
        Timeout = 15,
    }.ConnectionString;

    /// <summary>
    /// The port of a server that runs on this folder and answers to our password; null when none runs. One that is
    /// starting or stopping is waited for, as are the last processes of one that was killed.
    /// </summary>
    /// <exception cref="EmbeddedPostgresException">One runs that can't be taken over.</exception>
    public static async Task<int?> FindAsync(DataFolder folder, string password, TimeSpan deadline, CancellationToken cancellation)
    {
        if (folder.DatabaseMajor is null)
        {
            return null;
        }

        var watch = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Pause);
        while (true)
        {
            var processes = Postmaster.ProcessesIn(folder.Database);
            if (processes.Count == 0)
            {
                // Nobody is there: a file left by a kill would stop the start if its number is some other program's by now.
                File.Delete(Postmaster.PathIn(folder.Database));
                return null;
            }

            var server = Postmaster.Read(folder.Database);
            if (server is { Status: "ready" } && processes.Contains(server.ProcessId))
            {
                await RequireOursAsync(server, folder, password, cancellation);
                return server.Port;
            }

            if (watch.Elapsed > deadline)
            {
                throw new EmbeddedPostgresException(
                    $"A PostgreSQL server (process {processes[0]}) is still at work in {folder.Database} and got neither ready nor ended "
                    + $"within {deadline.TotalSeconds:0} s. Nothing was changed: end that process, then start again.");
            }

            await timer.WaitForNextTickAsync(cancellation);
        }
    }

    private static async Task RequireOursAsync(Postmaster server, DataFolder folder, string password, CancellationToken cancellation)
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(Connection(server.Port, "postgres", password));
            await using var command = source.CreateCommand("select current_setting('data_directory')");
            var directory = (string?)await command.ExecuteScalarAsync(cancellation);
            if (string.Equals(directory, folder.Database, StringComparison.Ordinal))
            {
                return;
            }
        }
        catch (NpgsqlException e)
        {
            throw Foreign(server, folder, e);
        }

        throw Foreign(server, folder, null);
    }

    private static EmbeddedPostgresException Foreign(Postmaster server, DataFolder folder, Exception? cause) => new(
        $"A PostgreSQL server (process {server.ProcessId}, port {server.Port}) already runs on {folder.Database} but does not answer to this "
        + "folder's password. Nothing was changed: stop that server, or choose another folder with --data.", cause!);
}

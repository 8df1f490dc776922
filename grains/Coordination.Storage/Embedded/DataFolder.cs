using System.Globalization;
using System.Security.Cryptography;

namespace Coordination.Storage.Embedded;

/// <summary>
/// The service's data folder as far as the database is concerned: who holds it, where things lie in it, the
/// password. Holding it keeps a second copy of the service out.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    /// <summary>The server's administrator and the name of the database.</summary>
    public const string Name = "coordination";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    /// <summary>The folder's full path, links resolved.</summary>
    public string Path { get; }

    /// <summary>The database itself.</summary>
    public string Database => In("pg");

    /// <summary>A database in the making; it becomes <see cref="Database"/> only when whole.</summary>
    public string Unfinished => In("pg.new");

    /// <summary>What the server wrote since its last start.</summary>
    public string Log => System.IO.Path.Combine(Database, "server.log");

    /// <summary>The major version that made the database; null while there is none.</summary>
    public int? DatabaseMajor { get; private init; }

    /// <summary>Takes the folder, making it when missing.</summary>
    /// <exception cref="EmbeddedPostgresException">It can't be used, or another copy of the service has it.</exception>
    public static async Task<DataFolder> TakeAsync(string directory, CancellationToken cancellation)
    {
        var path = System.IO.Path.GetFullPath(directory);
        try
        {
            Make(path);
            // The server's processes are known by their current folder, which the kernel tells with all links resolved.
            var real = await ToolRun.RunAsync(["realpath", "--", path], TimeSpan.FromSeconds(10), cancellation);
            path = real.Succeeded ? real.Output.TrimEnd('\n') : path;
            var held = Hold(path);
            try
            {
                return new DataFolder(path, held) { DatabaseMajor = ReadMajor(System.IO.Path.Combine(path, "pg")) };
            }
            catch
            {
                held.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DiskFull.Explain(e.Message, path)
                ?? new EmbeddedPostgresException($"The data folder {path} can't be used: {e.Message} Choose another with --data.", e);
        }
    }

    /// <summary>The administrator's password: the kept one, or a new one when there is no database yet.</summary>
    /// <exception cref="EmbeddedPostgresException">There is a database but its password is gone.</exception>
    public string Password()
    {
        var file = In("pgpass");
        if (File.Exists(file))
        {
            var kept = File.ReadAllText(file).Trim().Split(':')[^1];
            if (kept.Length > 0)
            {
                return kept;
            }
        }

        if (DatabaseMajor is not null)
        {
            throw new EmbeddedPostgresException(
                $"The file {file}, which holds the password of the database in {Database}, is missing or empty. "
                + "Nothing was changed: put it back from your backup, or choose another folder with --data.");
        }

        var password = RandomNumberGenerator.GetHexString(48, lowercase: true);
        WritePrivate(file, $"127.0.0.1:*:*:{Name}:{password}\n");
        return password;
    }

    /// <summary>
    /// Writes where the server listens, so that a person can look:
    /// <c>PGSERVICEFILE=DIR/pg_service.conf psql service=coordination</c>.
    /// </summary>
    public void WriteAddress(int port) => WritePrivate(In("pg_service.conf"), string.Create(CultureInfo.InvariantCulture, $"""
        [{Name}]
        host=127.0.0.1
        port={port}
        user={Name}
        dbname={Name}
        passfile={In("pgpass")}

        """));

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    // A strict umask must not close to the server's user what is made here for it. Others may pass, not list.
    private static void Make(string path)
    {
        const UnixFileMode passable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        if (Directory.Exists(path))
        {
            return;
        }

        if (System.IO.Path.GetDirectoryName(path) is { } parent)
        {
            Make(parent);
        }

        Directory.CreateDirectory(path);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, passable);
        }
    }

    private static FileStream Hold(string path)
    {
        var file = System.IO.Path.Combine(path, "lock");
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException) && File.Exists(file))
        {
            throw new EmbeddedPostgresException(
                $"Another copy of the service already runs on the data folder {path}: stop it first, or choose another folder with --data.", e);
        }
    }

    private static int? ReadMajor(string database)
    {
        var file = System.IO.Path.Combine(database, "PG_VERSION");
        if (File.Exists(file))
        {
            return int.TryParse(File.ReadAllText(file).Trim().Split('.')[0], CultureInfo.InvariantCulture, out var major)
                ? major
                : throw new EmbeddedPostgresException(
                    $"{database} does not say which PostgreSQL made it ({file} is damaged). Nothing was changed: "
                    + "restore the folder from your backup, or choose another with --data.");
        }

        return !Directory.Exists(database) || !Directory.EnumerateFileSystemEntries(database).Any()
            ? null
            : throw new EmbeddedPostgresException(
                $"{database} exists but holds no PostgreSQL database. Nothing was changed: move it away, or choose another folder with --data.");
    }

    private static void WritePrivate(string file, string text)
    {
        // Whole or not at all, and never readable by others, not even for a moment.
        var fresh = file + ".new";
        File.Delete(fresh);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var writer = new StreamWriter(fresh, options))
        {
            writer.Write(text);
            writer.Flush();
            ((FileStream)writer.BaseStream).Flush(flushToDisk: true);
        }

        File.Move(fresh, file, overwrite: true);
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}

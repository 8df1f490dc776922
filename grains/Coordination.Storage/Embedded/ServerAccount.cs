namespace Coordination.Storage.Embedded;

/// <summary>
/// Whom the server runs as. PostgreSQL refuses root, so a service started as root runs its server as an
/// unprivileged user; anyone else runs it as themselves.
/// </summary>
internal sealed class ServerAccount
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    // The distribution's user for this very purpose, else the one that owns nothing.
    private static readonly string[] Candidates = ["postgres", "nobody"];

    private readonly string[] _prefix;

    private ServerAccount(string name, string[] prefix) => (Name, _prefix) = (name, prefix);

    /// <summary>The user's name or number, for messages.</summary>
    public string Name { get; }

    /// <summary>Whether this is another user than the service's own.</summary>
    public bool IsOther => _prefix.Length > 0;

    /// <summary>The command that runs <paramref name="command"/> as this user.</summary>
    public string[] Command(params IEnumerable<string> command) => [.. _prefix, .. command];

    /// <summary>Chooses the user: the owner of an existing database, else a candidate that exists.</summary>
    /// <exception cref="EmbeddedPostgresException">Nobody fits.</exception>
    public static async Task<ServerAccount> ChooseAsync(string databaseFolder, CancellationToken cancellation)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new ServerAccount(Environment.UserName, []);
        }

        if (Directory.Exists(databaseFolder))
        {
            var owner = await ToolRun.RunAsync(["stat", "-c", "%u %g", databaseFolder], Deadline, cancellation);
            var ids = owner.Output.Trim().Split(' ');
            if (owner.Succeeded && ids.Length == 2 && ids[0] is not "0")
            {
                return As(ids[0], ids[1]);
            }
        }

        foreach (var name in Candidates)
        {
            var user = await ToolRun.RunAsync(["id", "-u", name], Deadline, cancellation);
            var group = await ToolRun.RunAsync(["id", "-g", name], Deadline, cancellation);
            if (user.Succeeded && group.Succeeded)
            {
                return As(user.Output.Trim(), group.Output.Trim(), name);
            }
        }

        throw new EmbeddedPostgresException(
            "PostgreSQL refuses to run as root and this machine has no user 'postgres' or 'nobody': "
            + "start the service as an ordinary user, or give the address of a server with --connection.");
    }

    /// <summary>Checks that this user can enter every folder down to <paramref name="folder"/>.</summary>
    /// <exception cref="EmbeddedPostgresException">It can't; names the first folder in the way.</exception>
    public async Task RequireReachAsync(string folder, CancellationToken cancellation)
    {
        if (!IsOther)
        {
            return;
        }

        var components = new List<string>();
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            components.Insert(0, at);
        }

        const string firstClosed = """for p do [ -x "$p" ] || { printf %s "$p"; exit 3; }; done""";
        var run = await ToolRun.RunAsync(Command(["sh", "-c", firstClosed, "sh", .. components]), Deadline, cancellation);
        if (run.ExitCode == 3)
        {
            throw new EmbeddedPostgresException(
                $"The database can't live in {folder}: started as root, it runs as the user '{Name}', who may not enter {run.Output}. "
                + $"Choose another folder with --data, or let that user through with: chmod o+x '{run.Output}'.");
        }

        if (!run.Succeeded)
        {
            throw new EmbeddedPostgresException($"The server can't be run as the user '{Name}': {OneLine.Of(run.Error)}");
        }
    }

    /// <summary>Makes <paramref name="folder"/>, owned by this user and closed to others.</summary>
    public async Task MakeFolderAsync(string folder, CancellationToken cancellation)
    {
        string[] owner = IsOther ? ["-o", _prefix[1]["--reuid=".Length..], "-g", _prefix[2]["--regid=".Length..]] : [];
        var run = await ToolRun.RunAsync(["install", "-d", "-m", "700", .. owner, folder], Deadline, cancellation);
        if (!run.Succeeded)
        {
            throw DiskFull.Explain(run.Everything, folder)
                ?? new EmbeddedPostgresException($"The folder {folder} can't be made: {OneLine.Of(run.Error)}");
        }
    }

    private static ServerAccount As(string user, string group, string? name = null) =>
        new(name ?? user, ["setpriv", $"--reuid={user}", $"--regid={group}", "--clear-groups", "--"]);
}

namespace Coordination.Storage.Embedded;

/// <summary>How the service's own private PostgreSQL is kept and started.</summary>
public sealed record EmbeddedPostgresOptions
{
    /// <summary>The service's data folder. The database lives in its sub-folder <c>pg</c>, its password in the file <c>pgpass</c>.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Below this many free bytes on the data folder's disk the server is not started. 200 MiB unless told.</summary>
    public long MinimumFreeBytes { get; init; } = 200L * 1024 * 1024;

    /// <summary>How long making, starting (crash recovery included) and stopping may each take.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>
    /// Whether a commit waits for the disk. Only tests that say nothing about durability may turn it off:
    /// without it a power cut can lose what was acknowledged.
    /// </summary>
    public bool Durable { get; init; } = true;

    /// <summary>
    /// Whether a server that died is started again, on the same port. One that somebody stopped in good order is left
    /// alone: whoever stopped it starts it again.
    /// </summary>
    public bool RestartAfterCrash { get; init; } = true;

    /// <summary>The server's cache, in MiB.</summary>
    public int SharedBuffersMegabytes { get; init; } = 256;

    /// <summary>
    /// Where to look for the server's programs; null looks in PATH and in the distributions' usual folders.
    /// </summary>
    public IReadOnlyList<string>? BinaryDirectories { get; init; }
}

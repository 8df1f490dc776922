using Npgsql;

namespace Coordination.Storage;

/// <summary>The pools of one host: grain state and its read model, the fence, the cluster. Load on one cannot starve another.</summary>
public sealed class CoordinationDatabase : IAsyncDisposable
{
    /// <summary>How long one fence call may run on the server (FENCE.md rule 11).</summary>
    public static readonly TimeSpan FenceStatementTimeout = TimeSpan.FromSeconds(5);

    // Longer than its client waits: a commit that waits for a standby ends as a broken connection, which promises nothing. Were the server
    // the first, it would commit locally and the client would read that as success.
    private static readonly TimeSpan MainStatementTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan MainTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Opens the pools; connects to nothing yet.</summary>
    public CoordinationDatabase(StorageOptions options)
    {
        ConnectionString = options.ConnectionString;
        PermitsAtOnce = options.PermitsAtOnce;
        Main = Build(options.ConnectionString, "coordination", options.MainPoolSize, ConfigureMain, MainStatementTimeout);
        Fence = Build(options.ConnectionString, "coordination-fence", options.FencePoolSize, builder => (builder.Enlist, builder.NoResetOnClose) = (false, true), FenceStatementTimeout);
        Cluster = Build(options.ConnectionString, "coordination-cluster", 4, builder => builder.Enlist = false, statementTimeout: TimeSpan.FromSeconds(10));
    }

    /// <summary>The database's address and login: never logged.</summary>
    public string ConnectionString { get; }

    /// <summary>How many permits this host asks for at once.</summary>
    public int PermitsAtOnce { get; }

    /// <summary>Grain state, journal, read model: joins the ambient transaction.</summary>
    public NpgsqlDataSource Main { get; }

    /// <summary>Permits and holds: never part of an ambient transaction.</summary>
    public NpgsqlDataSource Fence { get; }

    /// <summary>Orleans membership.</summary>
    public NpgsqlDataSource Cluster { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Main.DisposeAsync();
        await Fence.DisposeAsync();
        await Cluster.DisposeAsync();
    }

    // After its time-out a connection is given up at once: nobody waits for what the server says to the cancellation.
    private static void ConfigureMain(NpgsqlConnectionStringBuilder builder) =>
        (builder.Enlist, builder.CommandTimeout, builder.CancellationTimeout) = (true, (int)MainTimeout.TotalSeconds, -1);

    private static NpgsqlDataSource Build(
        string connectionString, string name, int poolSize, Action<NpgsqlConnectionStringBuilder> configure, TimeSpan statementTimeout)
    {
        var milliseconds = (int)statementTimeout.TotalMilliseconds;
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = name,
            MaxPoolSize = poolSize,
            MaxAutoPrepare = 50,
            AutoPrepareMinUsages = 2,
            Timeout = 3,
            CommandTimeout = (int)statementTimeout.TotalSeconds + 2,
            CancellationTimeout = 2000,
            KeepAlive = 5,
            IncludeErrorDetail = false,
            Options = $"-c statement_timeout={milliseconds} -c lock_timeout={milliseconds} -c idle_in_transaction_session_timeout=10000 -c default_transaction_isolation=read\\ committed -c synchronous_commit=on",
        };
        configure(settings);
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }
}

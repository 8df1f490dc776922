using System.Globalization;
using Coordination.Storage.Embedded;
using Microsoft.Extensions.Logging.Abstractions;

namespace Coordination.FaultTests.World;

/// <summary>The database servers of a run: a primary, and a synchronous standby where the machine can have one. Promoted, the standby gets a standby of its own.</summary>
internal sealed class Servers : IAsyncDisposable
{
    private readonly string _folder;
    private EmbeddedPostgres? _first;
    private Standby? _primary;
    private Standby? _standby;
    private int _standbys;

    private Servers(string folder, EmbeddedPostgres first) => (_folder, _first) = (folder, first);

    /// <summary>How to connect to the primary.</summary>
    public string ConnectionString => _primary?.ConnectionString ?? _first!.ConnectionString;

    /// <summary>The primary's first process; null while it is down.</summary>
    public int? ProcessId => _primary is null ? _first!.ProcessId : _primary.ProcessId;

    /// <summary>Whether there is a standby that can be promoted.</summary>
    public bool CanPromote => _standby is not null;

    /// <summary>Where an embedded server keeps its data.</summary>
    public static string DataOf(string folder) => Path.Combine(folder, "pg");

    /// <summary>Starts the primary.</summary>
    public static async Task<Servers> StartAsync(string folder) =>
        new(folder, await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataDirectory = folder }, NullLogger.Instance));

    /// <summary>Lets a new standby follow the primary, if this machine can.</summary>
    public async Task FollowAsync()
    {
        var original = _primary?.Folder ?? DataOf(_folder);
        if (await Standby.CanFollowAsync(original))
        {
            _standby = await Standby.FollowAsync(ConnectionString, original, Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"standby-{++_standbys}")));
        }
    }

    /// <summary>Makes the standby the primary. The former one is not asked, and lives on until what is returned is disposed.</summary>
    public async Task<IAsyncDisposable> PromoteAsync()
    {
        await _standby!.PromoteAsync();
        IAsyncDisposable former = _primary is null ? _first! : _primary;
        (_first, _primary, _standby) = (null, _standby, null);
        return former;
    }

    /// <summary>Lets the primary die at once.</summary>
    public async Task CrashAsync()
    {
        if (ProcessId is { } process)
        {
            await Processes.SignalAsync(process, "QUIT");
            await Eventually.Becomes(() => ProcessId != process, "the database dies");
        }
    }

    /// <summary>Starts what has crashed, unless its own supervisor does.</summary>
    public Task RestoreAsync() => _primary is { ProcessId: null } ? _primary.StartAsync() : Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var server in new IAsyncDisposable?[] { _standby, _primary, _first })
        {
            await (server?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }
}

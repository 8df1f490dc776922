namespace Coordination.Storage;

/// <summary>Where the service keeps everything.</summary>
public sealed class StorageOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Storage";

    /// <summary>PostgreSQL 15 or later, in Npgsql's words. No default: without one the host does not start.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>Connections for grain state and read model. Default: 40.</summary>
    public int MainPoolSize { get; set; } = 40;

    /// <summary>Connections for the fence. Default: 32.</summary>
    public int FencePoolSize { get; set; } = 32;

    /// <summary>
    /// Permits of one host asked for at once. More than the database has cores for only wait for each other; it must leave
    /// some of <see cref="FencePoolSize"/> to holds. Default: 12.
    /// </summary>
    public int PermitsAtOnce { get; set; } = 12;

    /// <summary>All faults, in words; empty when there are none.</summary>
    public IEnumerable<string> Validate()
    {
        if (string.IsNullOrWhiteSpace(ConnectionString))
        {
            yield return "Storage:ConnectionString is missing: give the address of a PostgreSQL 15 or later, such as Host=db;Database=coordination;Username=coordination;Password=...";
        }

        if (MainPoolSize is < 2 or > 500 || FencePoolSize is < 2 or > 500)
        {
            yield return "Storage:MainPoolSize and Storage:FencePoolSize lie between 2 and 500.";
        }

        if (PermitsAtOnce < 1 || PermitsAtOnce >= FencePoolSize)
        {
            yield return "Storage:PermitsAtOnce is at least 1 and less than Storage:FencePoolSize: holds need connections of their own.";
        }
    }
}

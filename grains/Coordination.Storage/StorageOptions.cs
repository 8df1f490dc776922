using System.Net;
using Npgsql;

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

        else if (Unprotected(ConnectionString) is { } unprotected)
        {
            yield return unprotected;
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

    // Another machine is reached over TLS alone: what goes to the database is the record itself, and the way in. Its parts are never repeated.
    private static string? Unprotected(string connectionString)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return "Storage:ConnectionString cannot be read: it is a list like Host=db;Database=coordination;Username=coordination;Password=...";
        }

        return settings.SslMode < SslMode.VerifyCA && (settings.Host ?? "").Split(',', StringSplitOptions.TrimEntries).Any(host => !IsHere(host))
            ? "Storage:ConnectionString reaches another machine and does not ask for TLS with a certificate that is looked at: add SSL Mode=VerifyFull (and Root Certificate=... where the authority is your own). With Require whoever stands between could show any."
            : null;
    }

    // A socket in the file system, this machine by name, or by one of its own addresses.
    private static bool IsHere(string host)
    {
        var name = host.StartsWith('[') && host.IndexOf(']', StringComparison.Ordinal) is > 0 and var end ? host[1..end] : host.Count(c => c == ':') == 1 ? host[..host.IndexOf(':', StringComparison.Ordinal)] : host;
        return host.StartsWith('/') || host.StartsWith('@') || string.Equals(name, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address));
    }
}

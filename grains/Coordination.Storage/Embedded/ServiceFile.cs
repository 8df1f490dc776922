using System.Globalization;
using Npgsql;

namespace Coordination.Storage.Embedded;

/// <summary>Where a data folder's server listens, as the service wrote it down for people who want to look.</summary>
public static class ServiceFile
{
    /// <summary>The file's name in the data folder.</summary>
    public const string Name = "pg_service.conf";

    /// <summary>How to connect to the server of a data folder, which may not run now; null when the folder has no such file that can be read.</summary>
    public static string? Read(string folder)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(Path.Combine(folder, Name));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        var values = lines.Select(l => l.Split('=', 2)).Where(p => p.Length == 2).ToDictionary(p => p[0].Trim(), p => p[1].Trim(), StringComparer.Ordinal);
        return values.TryGetValue("host", out var host) && values.TryGetValue("port", out var text)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                ? new NpgsqlConnectionStringBuilder
                {
                    Host = host,
                    Port = port,
                    Username = values.GetValueOrDefault("user"),
                    Database = values.GetValueOrDefault("dbname"),
                    Passfile = values.GetValueOrDefault("passfile"),
                }.ConnectionString
                : null;
    }
}

using Coordination.Storage.Migrations;

namespace Coordination.Storage.Verification;

/// <summary>Whether the database has exactly the schema that this program knows: another one would be judged by the wrong rules.</summary>
internal static class SchemaCheck
{
    /// <summary>Refuses to go on with another one.</summary>
    /// <exception cref="VerificationException">It has another.</exception>
    public static async Task RequireAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        var table = await snapshot.ListAsync($"select to_regclass('public.{Migrator.HistoryTable}') is not null", r => r.GetBoolean(0), cancellationToken);
        if (!table[0])
        {
            throw new VerificationException("The database has no schema of this service: it is another database, or it was never migrated. Nothing was checked.");
        }

        var ran = (await snapshot.ListAsync($"select scriptname from {Migrator.HistoryTable}", r => r.GetString(0), cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var known = Migrator.Scripts.ToHashSet(StringComparer.Ordinal);
        if (known.Except(ran, StringComparer.Ordinal).Order(StringComparer.Ordinal).FirstOrDefault() is { } missing)
        {
            throw new VerificationException($"The database is of an older version than this program: it lacks {Short(missing)}. Nothing was checked. Verify with the program of its version, or migrate it first.");
        }

        if (ran.Except(known, StringComparer.Ordinal).Order(StringComparer.Ordinal).FirstOrDefault() is { } strange)
        {
            throw new VerificationException($"The database is of a newer version than this program: it has {Short(strange)}. Nothing was checked. Verify with the program of its version.");
        }
    }

    private static string Short(string script) => script.Split(".Scripts.")[^1];
}

using System.Globalization;
using Coordination.Domain.People;
using Coordination.Storage;
using Coordination.Storage.Retention;
using Npgsql;

namespace Coordination.Silo.Retention;

/// <summary><c>retention</c>: what is over its time, and what was taken out.</summary>
internal static class RetentionCommand
{
    /// <summary>The word that asks for it, before any other argument.</summary>
    public const string Word = "retention";

    private const int Well = 0;
    private const int Refused = 1;
    private const int NotDone = 2;

    private const string Usage = """
        Coordination.Silo retention [--dry-run | --run]
          --dry-run  counts what is over its time, by kind of data; takes nothing out. This is what happens without a word, too
          --run      takes out what may go by itself. Refused while that is not switched on, on the page Retention, by two people
        The database is the one of Storage:ConnectionString. Each run is in the list on that page; one that took data out is in the journal.
        Ends with 0 when it ran, 1 when it was refused, 2 when it could not be done. docs/retention.md says what goes when.
        """;

    /// <summary>Runs it.</summary>
    public static async Task<int> RunAsync(string[] args, IConfiguration configuration)
    {
        if (args is not ([] or ["--dry-run"] or ["--run"]))
        {
            var helped = args.Contains("--help", StringComparer.Ordinal);
            await (helped ? Console.Out : Console.Error).WriteLineAsync(Usage);
            return helped ? Well : NotDone;
        }

        var storage = configuration.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new StorageOptions();
        if (storage.Validate().ToArray() is { Length: > 0 } faults)
        {
            await Console.Error.WriteLineAsync("Nothing was done:\n  " + string.Join("\n  ", faults));
            return NotDone;
        }

        await using var database = new CoordinationDatabase(storage);
        try
        {
            var store = new RetentionStore(database);
            var sweep = new RetentionSweep(database, store);
            return await PrintAsync(store, await sweep.RunAsync(args is ["--run"], Operator, CancellationToken.None));
        }
        catch (Exception away) when (away is NpgsqlException or TimeoutException)
        {
            await Console.Error.WriteLineAsync($"The database does not answer, so it is not known what was done: {away.Message}");
            return NotDone;
        }
    }

    // Whoever may start it has the database's own login; what it may do, two people have switched on.
    private static Actor Operator { get; } = new("operator", "The operator", Role.System);

    private static async Task<int> PrintAsync(RetentionStore store, RetentionAnswer answer)
    {
        if (answer.Run is not { } run)
        {
            await Console.Error.WriteLineAsync(answer.Refusal!.Reason);
            return Refused;
        }

        foreach (var category in await store.CategoriesAsync(CancellationToken.None))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{category.Title,-76} {Kept(category),-12} {Due(run, category)}"));
        }

        return Well;
    }

    private static string Kept(RetentionCategory category) => category switch
    {
        { Days: { } days } => string.Create(CultureInfo.InvariantCulture, $"{days} days"),
        { Action: "keep" } => "for good",
        _ => "by itself",
    };

    private static string Due(RetentionRun run, RetentionCategory category) =>
        !run.Counts.TryGetValue(category.Id, out var due) ? ""
        : run.Taken.TryGetValue(category.Id, out var taken) ? string.Create(CultureInfo.InvariantCulture, $"{due} over their time, {taken} taken out")
        : string.Create(CultureInfo.InvariantCulture, $"{due} over their time{(category.IsTaken ? "" : "; people decide")}");
}

using System.Diagnostics;
using System.Globalization;
using Coordination.Storage.Journal;

namespace Coordination.Benchmarks;

/// <summary>The searches of the journal page over a small journal and one of millions of entries: a page of fifty each, by what auditors look for.</summary>
internal static class SearchBenchmark
{
    private const int PageSize = 50;
    private const int ChainsVerified = 20;

    private static readonly (string Name, Func<SearchModel, Random, JournalQuery> Query)[] Searches =
    [
        ("one account", (m, r) => new JournalQuery { Streams = [SearchModel.Stream(r.Next(m.Streams))] }),
        ("one account in a month", (m, r) => In(m, r, 30, new JournalQuery { Streams = [SearchModel.Stream(r.Next(m.Streams))] })),
        ("one person", (m, r) => new JournalQuery { ActorIds = [SearchModel.Person(r.Next(SearchModel.People))] }),
        ("one person in a month", (m, r) => In(m, r, 30, new JournalQuery { ActorIds = [SearchModel.Person(r.Next(SearchModel.People))] })),
        ("one event in a week", (m, r) => In(m, r, 7, new JournalQuery { Events = [SearchModel.RareEvent(r)] })),
        ("a common event in a week", (m, r) => In(m, r, 7, new JournalQuery { Events = ["post-published"] })),
        ("everything of a day", (m, r) => In(m, r, 1, new JournalQuery())),
        ("one person and one event", (m, r) => new JournalQuery { ActorIds = [SearchModel.Person(r.Next(SearchModel.People))], Events = [SearchModel.RareEvent(r)] }),
        ("the latest of all", (_, _) => new JournalQuery()),
    ];

    public static async Task RunAsync(string administration, bool quick)
    {
        var small = await MeasureAsync(administration, 50_000, quick);
        var large = await MeasureAsync(administration, quick ? 500_000 : 5_000_000, quick);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Loaded by COPY: {large.Model.Entries:#,0} entries in {large.Model.Streams:#,0} streams in {large.Load.TotalSeconds:0} s; {ChainsVerified} chains recomputed, all intact."));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n| search | p50 of {small.Model.Entries:#,0} | p50 of {large.Model.Entries:#,0} | p99 | ratio of p50 |\n| --- | --- | --- | --- | --- |"));
        for (var i = 0; i < Searches.Length; i++)
        {
            var (before, after) = (small.Times[i], large.Times[i]);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {Searches[i].Name} | {At(before, 0.5):0.00} ms | {At(after, 0.5):0.00} ms | {At(after, 0.99):0.00} ms | {At(after, 0.5) / At(before, 0.5):0.0} |"));
        }

        Console.WriteLine();
    }

    private static async Task<(SearchModel Model, TimeSpan Load, List<double[]> Times)> MeasureAsync(string administration, int entries, bool quick)
    {
        await using var database = await BenchDatabase.CreateAsync(administration, accounts: 0, posts: 0);
        var model = new SearchModel(entries);
        var watch = Stopwatch.StartNew();
        await model.LoadAsync(database.Storage.ConnectionString);
        var load = watch.Elapsed;
        var random = new Random(7);
        var reader = new JournalReader(database.Pools);
        for (var i = 0; i < ChainsVerified; i++)
        {
            if (!(await reader.VerifyAsync(SearchModel.Stream(random.Next(model.Streams)), CancellationToken.None)).Intact)
            {
                throw new InvalidOperationException("A chain of the model is broken: nothing was measured.");
            }
        }

        var search = new JournalSearch(database.Pools);
        var times = new List<double[]>();
        foreach (var (_, query) in Searches)
        {
            var samples = new double[quick ? 50 : 500];
            for (var i = -10; i < samples.Length; i++)
            {
                var wish = query(model, random);
                watch.Restart();
                await search.FindAsync(wish, PageSize, null, CancellationToken.None);
                if (i >= 0)
                {
                    samples[i] = watch.Elapsed.TotalMilliseconds;
                }
            }

            Array.Sort(samples);
            times.Add(samples);
        }

        return (model, load, times);
    }

    private static JournalQuery In(SearchModel model, Random random, int days, JournalQuery query)
    {
        var span = TimeSpan.FromDays(days);
        var from = model.End - span - (random.NextDouble() * (TimeSpan.FromSeconds(19.0 * model.Entries) - span));
        return query with { From = from, To = from + span };
    }

    private static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
}

using System.Globalization;
using Coordination.Domain.Holds;
using Coordination.Storage.ReadModel;

namespace Coordination.Benchmarks;

/// <summary>What a month of the calendar costs to read when it has few posts and when it has 20,000, on the same database in turn.</summary>
internal static class CalendarBenchmark
{
    private const int Many = 20_000;
    private const int Few = 150;
    private static readonly DateOnly Busy = new(2030, 6, 1);
    private static readonly DateOnly Calm = new(2030, 9, 1);

    public static async Task RunAsync(string administration, bool quick)
    {
        await using var database = await BenchDatabase.CreateAsync(administration, 1_000, Many + Few);
        await database.ExecuteAsync(FormattableString.Invariant(
            $"""
            update post p set text = repeat('Test your smoke alarm today. ', 8),
                due_at = case when n.n <= {Many} then timestamptz '2030-06-01' + n.n * interval '2 minutes' else timestamptz '2030-09-01' + (n.n - {Many}) * interval '4 hours' end
            from (select id, row_number() over (order by id) as n from post) n where n.id = p.id
            """));
        await database.ExecuteAsync("vacuum analyze post");
        var reader = new PostReader(database.Pools);
        var rounds = quick ? 20 : 100;
        var (few, many, narrowed, day) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        Scope[] area = [new Scope { Areas = ["area3"] }];
        for (var round = 0; round < rounds + 3; round++)
        {
            var (a, b) = (await MeasureAsync(reader, [], Calm, 30, 4), await MeasureAsync(reader, [], Busy, 30, 4));
            var (c, d) = (await MeasureAsync(reader, area, Busy, 30, 4), await MeasureAsync(reader, [], Busy, 1, 200));

            // The first rounds read the disk and plan.
            if (round >= 3)
            {
                few.Add(a);
                many.Add(b);
                narrowed.Add(c);
                day.Add(d);
            }
        }

        Console.WriteLine("| on screen | p50 | p99 | against the month with few, p50 |\n| --- | --- | --- | --- |");
        Console.WriteLine(Row($"a month with {Few} posts", few, few));
        Console.WriteLine(Row($"a month with {Many:#,0}", many, few));
        Console.WriteLine(Row("the same, one area of seven, 1,000 accounts", narrowed, few));
        Console.WriteLine(Row("one of its days, the first 200 posts", day, few));
        Console.WriteLine();
    }

    private static async Task<double> MeasureAsync(PostReader reader, Scope[] scopes, DateOnly from, int days, int perDay)
    {
        var began = TimeProvider.System.GetTimestamp();
        var read = await reader.CalendarAsync(scopes, null, from, from.AddDays(days), perDay, CancellationToken.None);
        var took = TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
        return read.Count > 0 && read.All(d => d.First.Count <= perDay) ? took : throw new InvalidOperationException("The calendar was not read.");
    }

    private static string Row(string what, List<double> times, List<double> few)
    {
        double[] sorted = [.. times.Order()];
        return string.Create(CultureInfo.InvariantCulture, $"| {what} | {At(sorted, 0.5):0.0} ms | {At(sorted, 0.99):0.0} ms | {At(sorted, 0.5) / At([.. few.Order()], 0.5):0.0} |");
    }

    private static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
}

using System.Globalization;
using System.Text.Json;
using Coordination.Content;
using Coordination.Testing;

namespace Coordination.Benchmarks;

/// <summary>How long a long text takes to look through, beside a usual one.</summary>
internal static class ContentBenchmark
{
    private const int Long = 5000;

    public static void Run(bool quick)
    {
        var posts = File.ReadLines(Repository.In("tests", "Content.Tests", "posts.jsonl")).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("text").GetString()!).ToArray();
        var all = string.Join("\n", posts);
        string[] texts = [.. Enumerable.Range(0, posts.Length).Select(i => all.Substring(i * (all.Length - Long) / posts.Length, Long))];
        Measure(posts, 2);
        Measure(texts, 2);
        var rounds = quick ? 3 : 20;
        var (usual, whole) = (Measure(posts, rounds), Measure(texts, rounds));
        Console.WriteLine("| text | looked through | p50 | p99 | longest |\n| --- | --- | --- | --- | --- |");
        Console.WriteLine(Row($"a post, {posts.Average(p => p.Length):0} characters on average", usual));
        Console.WriteLine(Row($"{Long:#,0} characters", whole));
        Console.WriteLine();
    }

    private static string Row(string what, double[] times) => string.Create(
        CultureInfo.InvariantCulture, $"| {what} | {times.Length:#,0} | {At(times, 0.5):0.00} ms | {At(times, 0.99):0.00} ms | {times[^1]:0.00} ms |");

    private static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];

    // Milliseconds, sorted.
    private static double[] Measure(string[] texts, int rounds)
    {
        var time = TimeProvider.System;
        var times = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var text in texts)
            {
                var began = time.GetTimestamp();
                ContentCheck.Look(text, ContentFacts.Default);
                times.Add(time.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        times.Sort();
        return [.. times];
    }
}

using System.Globalization;
using System.Text;
using Coordination.Dashboard.Incidents.Trials;
using Coordination.Domain.Brigade;
using Coordination.Domain.Holds;
using Coordination.Domain.Incidents.Rules;
using Coordination.Storage.Register;
using Coordination.Testing;

namespace Coordination.Benchmarks;

/// <summary>How fast rules are tried on recorded incidents: the shipped ones and ones that take over all day, beside none at all on the same incidents.</summary>
internal static class RulesBenchmark
{
    private const int WeekRows = 1_786;
    private const string Header = "incident_number,date_of_call,hour_of_call,incident_group,property_category,property_type,ward_name,borough_name,incident_station_ground,num_pumps_attending";
    private static readonly string[] Boroughs = ["Barnet", "Bexley", "Camden", "Croydon", "Enfield", "Hackney", "Lambeth", "Westminster"];
    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>(StringComparer.Ordinal);

    // Nobody could stand these: every incident of two pumps takes over its area.
    private static readonly RuleBook AllDay = new(2,
    [
        new IncidentRule
        {
            Id = "two-pumps", Name = "two pumps", When = new PumpsAtLeast(2), Priority = 1, Owner = "Comms", Reason = "To measure.", ReviewBy = new DateOnly(2027, 1, 31),
            Then = new RuleEffect { Kind = HoldKind.CentralCoordination, Scope = new ScopeTemplate(RuleReach.IncidentArea), Mode = RuleMode.AtOnce },
        },
    ]);

    public static void Run(bool quick)
    {
        var map = ReadMap();
        var (what, file) = ReadWeek();
        var rows = ((RecordedReading.Accepted)RecordedCsv.Read(file, Nothing)).Rows;
        var week = RecordedIncidents.FromRows(rows, map);
        var large = RecordedIncidents.FromRows(Enumerable.Range(0, RecordedCsv.MaxRows / rows.Count).SelectMany(n => rows.Select(r => r with { Number = FormattableString.Invariant($"{n}/{r.Number}"), At = r.At.AddDays(7 * n) })), map);
        int Try(RuleBook book, IReadOnlyList<RecordedIncident> recording) => RuleSimulation.Run(book, recording, map, new SimulationOptions()).Judged;

        (string Name, Func<int> Work)[] all =
        [
            ("no rules", () => Try(new RuleBook(1, []), week)),
            ("the shipped rules", () => Try(RuleBook.Default, week)),
            ("a rule that takes over all day", () => Try(AllDay, week)),
            (string.Create(CultureInfo.InvariantCulture, $"the shipped rules, {large.Count:#,0} incidents"), () => Try(RuleBook.Default, large)),
            (string.Create(CultureInfo.InvariantCulture, $"a rule that takes over all day, {large.Count:#,0} incidents"), () => Try(AllDay, large)),
            ("reading the file (rows/s)", () => ((RecordedReading.Accepted)RecordedCsv.Read(file, Nothing)).Rows.Count),
        ];
        var speeds = Measure([.. all.Select(x => x.Work)], quick ? 5 : 30);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what}, {rows.Count:#,0} incidents | incidents/s, median | slowest | against no rules, median |\n| --- | --- | --- | --- |"));
        foreach (var ((name, _), times) in all.Zip(speeds))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {Median(times):#,0} | {times.Min():#,0} | {Median(times) / Median(speeds[0]):0.00} |"));
        }

        Console.WriteLine();
    }

    // Incidents a second, all in turn, so that the machine's other work falls on each alike. The first rounds warm up.
    private static List<double>[] Measure(Func<int>[] works, int rounds)
    {
        const int warmUp = 5;
        List<double>[] speeds = [.. works.Select(_ => new List<double>())];
        for (var round = 0; round < rounds + warmUp; round++)
        {
            for (var i = 0; i < works.Length; i++)
            {
                var began = TimeProvider.System.GetTimestamp();
                var speed = works[i]() / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
                if (round >= warmUp)
                {
                    speeds[i].Add(speed);
                }
            }
        }

        return speeds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static BrigadeMap ReadMap()
    {
        byte[] Demo(string file) => File.ReadAllBytes(Repository.In("dashboard", "Coordination.Dashboard", "Demo", file));
        return BrigadeMapFile.Read(Demo("stations.csv"), Demo("departments.csv")) is RegisterReading<BrigadeMap>.Accepted accepted
            ? accepted.Content
            : throw new InvalidOperationException("The brigade's map cannot be read.");
    }

    // London's own week where it is at hand; else one of the same size, made.
    private static (string What, byte[] File) ReadWeek()
    {
        var path = SharedFolder.Find() is { } folder ? Path.Combine(folder, "data", "incidents", "lfb_incidents_2017-03-13_week.csv") : "";
        return File.Exists(path)
            ? ("London's week from 13 March 2017", File.ReadAllBytes(path))
            : ("a made-up week", Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, WeekRows).Select(Made).Prepend(Header))));
    }

    private static string Made(int i) => string.Create(
        CultureInfo.InvariantCulture, $"{i:000000},2017-03-{13 + (i % 7)},{i % 24},{(i % 2 == 0 ? "False Alarm" : "Fire")},Dwelling,House - single occupancy,WARD,{Boroughs[i % Boroughs.Length]},Ground {i % 30},{1 + (i % 3)}");
}

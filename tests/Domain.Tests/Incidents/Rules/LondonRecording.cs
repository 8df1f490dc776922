using System.Globalization;
using System.Text;
using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.Schedule;
using Coordination.Domain.Tests.Brigade;

namespace Coordination.Domain.Tests.Incidents.Rules;

/// <summary>London's incidents, on machines that have them.</summary>
internal static class LondonRecording
{
    public static IReadOnlyList<RecordedIncident> Week() => Read("lfb_incidents_2017-03-13_week.csv");

    public static IReadOnlyList<RecordedIncident> StormDay() => Read("lfb_incidents_2017-02-23_storm_surge_day.csv");

    public static IEnumerable<string> Split(string line)
    {
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                // Two quotation marks within quotation marks are one.
                if (quoted && i + 1 < line.Length && line[i + 1] == '"')
                {
                    field.Append(line[i++]);
                    continue;
                }

                quoted = !quoted;
            }
            else if (line[i] == ',' && !quoted)
            {
                yield return field.ToString();
                field.Clear();
            }
            else
            {
                field.Append(line[i]);
            }
        }

        yield return field.ToString();
    }

    private static IReadOnlyList<RecordedIncident> Read(string file)
    {
        var lines = File.ReadLines(SharedData.Path("incidents", file)).Select(l => Split(l).ToArray()).ToList();
        var at = lines[0].Select((name, index) => (name, index)).ToDictionary(c => c.name, c => c.index, StringComparer.Ordinal);
        return RecordedIncidents.FromRows(lines.Skip(1).Select(r => Row(name => r[at[name]])), DemoMap.Map);
    }

    private static RecordedRow Row(Func<string, string> field) => new(
        field("incident_number"), At(field("date_of_call"), field("hour_of_call")), field("incident_group"), field("property_category"), field("property_type"),
        field("ward_name"), field("borough_name"), field("incident_station_ground"), int.TryParse(field("num_pumps_attending"), CultureInfo.InvariantCulture, out var pumps) ? pumps : null);

    private static DateTimeOffset At(string day, string hour)
    {
        var wall = DateTime.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddHours(int.Parse(hour, CultureInfo.InvariantCulture));
        return WallClock.At(wall, TimeZoneInfo.FindSystemTimeZoneById(WallClock.London)).At;
    }
}

using System.Text;
using System.Text.Json.Nodes;
using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Reports;
using Xunit;

namespace Coordination.Domain.Tests.Incidents.Reports;

/// <summary>Reads the text of reports, and changes one field of a small valid one.</summary>
internal static class ReportText
{
    public const string Smallest = """{"number":"1","revision":1,"reportedAt":"2026-03-01T14:05:00Z","exercise":false,"status":"open","typeAtCall":"Fire"}""";

    public static IncidentReportReading Read(string json) => IncidentReportReader.Read(Encoding.UTF8.GetBytes(json));

    public static IncidentReportReading.Accepted Accepted(string json) => Read(json) is IncidentReportReading.Accepted accepted
        ? accepted
        : throw new InvalidOperationException($"Refused: {string.Join("; ", FaultsOf(json))}\n{json}");

    public static IReadOnlyList<ReportFault> FaultsOf(string json) => FaultsOf(Encoding.UTF8.GetBytes(json));

    public static IReadOnlyList<ReportFault> FaultsOf(byte[] json) => Assert.IsType<IncidentReportReading.Refused>(IncidentReportReader.Read(json)).Faults;

    /// <summary>The smallest report with one more or one other field.</summary>
    public static string With(string name, string json)
    {
        var report = JsonNode.Parse(Smallest)!.AsObject();
        report[name] = JsonNode.Parse(json);
        return report.ToJsonString();
    }

    /// <summary>The report that it must be.</summary>
    public static IncidentReport ReportWith(string name, string json) => Accepted(With(name, json)).Report;
}

using System.Text.Json.Nodes;
using Coordination.Domain.Incidents.Reports;
using CsCheck;
using Json.Schema;
using Xunit;

namespace Coordination.Domain.Tests.Incidents.Reports;

/// <summary>The published schema against the reader: who checks by the schema before sending is refused only by the rules that a schema cannot say.</summary>
public sealed class IncidentReportSchemaTests
{
    private const int Iterations = 5_000;

    // A schema sees one value at a time; these compare two. Each stands in the schema's descriptions.
    private static readonly (string Path, string Begins)[] s_beyondTheSchema =
    [
        ("openedAt", "is more than a day after"),
        ("duplicateOf", "is the incident's own"),
        ("casualties.staffFatal", "is more than fatal"),
        ("major.stoodDownAt", "is before declaredAt"),
    ];

    private static readonly JsonSchema s_schema = JsonSchema.FromText(File.ReadAllText(SchemaPath));

    private static string SchemaPath => Repository.Path("dashboard", "Coordination.Dashboard", "wwwroot", "schemas", "incident-report-1.json");

    [Fact]
    public void Schema_AcceptsEveryReport_ThatTheReaderAccepts() =>
        ReportGen.Report.SampleSeeded(report => SchemaAccepts(IncidentReportJson.Write(report)), iter: 1_000, print: IncidentReportJson.Write);

    [Fact]
    public void Schema_AndReader_Agree_OnEveryReportWithOneChange()
    {
        var refused = 0;
        var accepted = 0;
        Gen.Select(ReportGen.Report, ReportChange.Any).SampleSeeded(
            (report, change) =>
            {
                if (ReportChange.Apply(IncidentReportJson.Write(report), change) is not { } json)
                {
                    return;
                }

                var faults = FormFaults(json);
                var bySchema = SchemaAccepts(json);
                Assert.True(bySchema == (faults.Count == 0), $"{change}: the schema {(bySchema ? "accepts" : "refuses")}, the reader says '{string.Join("; ", faults)}'\n{json}");
                Interlocked.Increment(ref bySchema ? ref accepted : ref refused);
            },
            iter: Iterations);

        // Changes of both sorts were really tried.
        Assert.True(refused > Iterations / 4, $"{refused} refused by both");
        Assert.True(accepted > Iterations / 10, $"{accepted} accepted by both");
    }

    [Theory]
    [InlineData("openedAt", "\"2026-03-02T14:05:01Z\"", "openedAt")]
    [InlineData("duplicateOf", "\"1\"", "duplicateOf")]
    [InlineData("casualties", """{"fatal":1,"staffFatal":2}""", "casualties.staffFatal")]
    [InlineData("major", """{"declaredAt":"2026-03-01T14:05:00Z","stoodDownAt":"2026-03-01T14:04:59Z"}""", "major.stoodDownAt")]
    [InlineData("reportedAt", "\"2000-01-01T00:00:00+01:00\"", "reportedAt")]
    [InlineData("reportedAt", "\"2099-12-31T23:59:59-01:00\"", "reportedAt")]
    public void Reader_RefusesMore_WhereTheSchemaCannotSayTheRule(string name, string value, string path)
    {
        var json = ReportText.With(name, value);
        Assert.True(SchemaAccepts(json));
        Assert.Equal(path, Assert.Single(ReportText.FaultsOf(json)).Path);
    }

    [Fact]
    public void Schema_SaysInWords_WhatItCannotCheck()
    {
        var properties = JsonNode.Parse(File.ReadAllText(SchemaPath))!["properties"]!;
        Assert.All(
            new[] { properties["openedAt"], properties["duplicateOf"], properties["casualties"]!["properties"]!["staffFatal"], properties["major"]!["properties"]!["stoodDownAt"] },
            p => Assert.Contains("this schema cannot say it", p!["description"]!.GetValue<string>(), StringComparison.Ordinal));
    }

    [Fact]
    public void Schema_DescribesEveryField()
    {
        var schema = JsonNode.Parse(File.ReadAllText(SchemaPath))!.AsObject();
        Assert.NotEmpty(schema["title"]!.GetValue<string>());
        var fields = Fields(schema).ToList();
        Assert.Equal(41, fields.Count);
        Assert.All(fields, f => Assert.True(f.Value!["description"] is JsonValue, $"{f.Key} has no description"));
    }

    [Fact]
    public void Schema_IsASchema_ByTheDraftItself() =>
        Assert.True(MetaSchemas.Draft202012.Evaluate(JsonNode.Parse(File.ReadAllText(SchemaPath))).IsValid);

    [Fact]
    public void OurSample_IsValid_ByTheSchemaAndByUs()
    {
        var json = File.ReadAllText(Repository.Path("docs", "samples", "incident-report.json"));
        Assert.NotNull(ReportText.Accepted(json).Report.Major);
        Assert.True(SchemaAccepts(json));
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Fields(JsonObject schema) => schema["properties"] is JsonObject properties
        ? properties.SelectMany(p => Fields(p.Value!.AsObject()).Prepend(p))
        : [];

    // With formats as remarks, which is the draft's default: the patterns alone have to say it all.
    private static bool SchemaAccepts(string json) => s_schema.Evaluate(JsonNode.Parse(json)).IsValid;

    // What the reader refuses of the form of a report, which is the schema's part.
    private static IReadOnlyList<ReportFault> FormFaults(string json) => ReportText.Read(json) is IncidentReportReading.Refused refused
        ? [.. refused.Faults.Where(f => !s_beyondTheSchema.Any(b => f.Path == b.Path && f.What.StartsWith(b.Begins, StringComparison.Ordinal)))]
        : [];
}

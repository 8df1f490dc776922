using System.Text.Json;
using System.Text.Unicode;
using Coordination.Domain.Brigade;
using Coordination.Domain.Incidents.Cap;

namespace Coordination.Domain.Incidents.Reports;

/// <summary>
/// Reads a report of a mobilising system: <c>/schemas/incident-report-1.json</c>, and the few rules that a schema cannot say. Strict, because
/// a report decides whether accounts are held: a misspelt <c>exercise</c> or a time without an offset is refused, never guessed.
/// </summary>
public static class IncidentReportReader
{
    private static readonly JsonDocumentOptions s_strict = new() { AllowTrailingCommas = false, CommentHandling = JsonCommentHandling.Disallow, MaxDepth = IncidentReportLimits.MaxDepth };

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads a report.</summary>
    /// <param name="json">The document as received: UTF-8, perhaps with a byte order mark.</param>
    /// <returns>The report and its digest, or everything that is wrong with it. Never throws for bad input.</returns>
    public static IncidentReportReading Read(ReadOnlyMemory<byte> json)
    {
        if (json.Length > IncidentReportLimits.MaxBytes)
        {
            return NoDocument($"is larger than {IncidentReportLimits.MaxBytes / 1024} KB");
        }

        if (json.Span.StartsWith(ByteOrderMark))
        {
            json = json[ByteOrderMark.Length..];
        }

        // The parser looks only at the JSON around the texts.
        if (!Utf8.IsValid(json.Span))
        {
            return NoDocument("is not in UTF-8");
        }

        try
        {
            using var document = JsonDocument.Parse(json, s_strict);
            return document.RootElement.ValueKind is JsonValueKind.Object
                ? ReadReport(document.RootElement)
                : NoDocument($"is {ReportValues.Kind(document.RootElement)} and has to be an object");
        }
        catch (JsonException e)
        {
            return NoDocument($"is no JSON, or goes more than {IncidentReportLimits.MaxDepth} levels deep, at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
        }
    }

    /// <summary>Whether a text can be an incident's number.</summary>
    public static bool IsNumber(string? text) => text is not null && ReportValues.IsNumber(text);

    private static IncidentReportReading.Refused NoDocument(string what) => new([new ReportFault("document", what)]);

    private static IncidentReportReading ReadReport(JsonElement root)
    {
        var faults = new List<ReportFault>();
        var fields = new ReportFields(root, string.Empty, faults);
        var number = fields.Number("number", required: true);
        var revision = fields.Whole("revision", 1, IncidentReportLimits.Revision, required: true);
        var reportedAt = fields.Time("reportedAt", required: true);
        var exercise = fields.Flag("exercise", required: true);
        var status = fields.Status("status");

        // The defaults stand only where there is a fault, and then no report is given out.
        var report = new IncidentReport
        {
            Number = number ?? string.Empty,
            Revision = revision ?? 0,
            ReportedAt = reportedAt ?? default,
            Exercise = exercise ?? false,
            Status = status ?? default,
            TypeAtCall = fields.Text("typeAtCall", IncidentReportLimits.Name, required: true) ?? string.Empty,
            TypeAtStop = fields.Text("typeAtStop", IncidentReportLimits.Name),
            Category = fields.Text("category", IncidentReportLimits.Name),
            Priority = fields.Text("priority", IncidentReportLimits.Name),
            Headline = fields.Text("headline", IncidentReportLimits.Headline),
            OpenedAt = fields.Time("openedAt"),
            Pumps = fields.Count("pumps", IncidentReportLimits.Pumps),
            Casualties = ReadCasualties(fields.Object("casualties")),
            Major = ReadMajor(fields.Object("major")),
            Alert = ReadAlert(fields.Object("alert")),
            Position = ReadPosition(fields.Object("position")),
            Place = fields.Text("place", IncidentReportLimits.Place),
            Areas = fields.Texts("areas", IncidentReportLimits.Areas, IncidentReportLimits.Area),
            StationGround = fields.Text("stationGround", IncidentReportLimits.Name),
            OverTheBorder = fields.Flag("overTheBorder"),
            LeadAgency = fields.Text("leadAgency", IncidentReportLimits.Name),
            DuplicateOf = fields.Number("duplicateOf"),
            LinkedTo = fields.Numbers("linkedTo", IncidentReportLimits.Links),
        };
        fields.End();

        // Both of a comparison have to be known: with one that was refused it is false.
        if (report.OpenedAt > reportedAt + IncidentReportLimits.OpenedAfterReport)
        {
            fields.Fault("openedAt", "is more than a day after reportedAt; one of the clocks is wrong");
        }

        if (number is not null && string.Equals(report.DuplicateOf, number, StringComparison.Ordinal))
        {
            fields.Fault("duplicateOf", "is the incident's own number");
        }

        return faults.Count > 0
            ? new IncidentReportReading.Refused([.. faults.Take(IncidentReportLimits.MaxFaults)])
            : new IncidentReportReading.Accepted(report, IncidentReportJson.Digest(report));
    }

    private static Casualties? ReadCasualties(ReportFields? fields)
    {
        if (fields is null)
        {
            return null;
        }

        var casualties = new Casualties(
            fields.Count("injured", IncidentReportLimits.Casualties),
            fields.Count("fatal", IncidentReportLimits.Casualties),
            fields.Count("staffFatal", IncidentReportLimits.Casualties));
        fields.End();
        if (casualties.StaffFatal > casualties.Fatal)
        {
            fields.Fault("staffFatal", "is more than fatal; members of staff who died are among all who died");
        }

        return casualties == new Casualties() ? null : casualties;
    }

    private static MajorIncident? ReadMajor(ReportFields? fields)
    {
        if (fields is null)
        {
            return null;
        }

        var declaredAt = fields.Time("declaredAt", required: true);
        var major = new MajorIncident
        {
            DeclaredAt = declaredAt ?? default,
            DeclaredBy = fields.Text("declaredBy", IncidentReportLimits.Name),
            StoodDownAt = fields.Time("stoodDownAt"),
            ExactLocation = fields.Text("exactLocation", IncidentReportLimits.Methane),
            TypeOfIncident = fields.Text("typeOfIncident", IncidentReportLimits.Methane),
            Hazards = fields.Text("hazards", IncidentReportLimits.Methane),
            Access = fields.Text("access", IncidentReportLimits.Methane),
            NumberOfCasualties = fields.Text("numberOfCasualties", IncidentReportLimits.Methane),
            EmergencyServices = fields.Text("emergencyServices", IncidentReportLimits.Methane),
        };
        fields.End();
        if (major.StoodDownAt < declaredAt)
        {
            fields.Fault("stoodDownAt", "is before declaredAt");
        }

        return major;
    }

    private static AlertLevel? ReadAlert(ReportFields? fields)
    {
        if (fields is null)
        {
            return null;
        }

        var alert = new AlertLevel(
            fields.Level<CapSeverity>("severity") ?? CapSeverity.Unknown,
            fields.Level<CapUrgency>("urgency") ?? CapUrgency.Unknown,
            fields.Level<CapCertainty>("certainty") ?? CapCertainty.Unknown,
            fields.Time("expiresAt"));
        fields.End();
        return alert.IsUnknown ? null : alert;
    }

    private static GeoPoint? ReadPosition(ReportFields? fields)
    {
        if (fields is null)
        {
            return null;
        }

        var latitude = fields.Degrees("latitude", 90);
        var longitude = fields.Degrees("longitude", 180);
        fields.End();
        return GeoPoint.TryCreate(latitude ?? 0, longitude ?? 0, out var point) ? point : null;
    }
}

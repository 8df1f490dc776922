using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Coordination.Domain.Incidents.Reports;

/// <summary>The one way to write a report: two reports that say the same are the same text, today and after any update.</summary>
/// <remarks>
/// Compact; fields in one order; what is not known is left out; times in UTC, to the microsecond, with Z. All but plain ASCII is escaped, because
/// which other characters a JSON writer leaves alone changes with the versions of Unicode, and digests are kept.
/// </remarks>
public static class IncidentReportJson
{
    /// <summary>Writes a report. <see cref="IncidentReportReader.Read"/> gives the same report back when it keeps the limits.</summary>
    /// <exception cref="ArgumentException">A text holds half of a surrogate pair.</exception>
    public static string Write(IncidentReport report) => Encoding.UTF8.GetString(Bytes(report));

    /// <summary>SHA-256 of <see cref="Write(IncidentReport)"/>, in lower-case hexadecimal: two reports with one digest say the same.</summary>
    /// <exception cref="ArgumentException">A text holds half of a surrogate pair.</exception>
    public static string Digest(IncidentReport report) => Convert.ToHexStringLower(SHA256.HashData(Bytes(report)));

    /// <summary>Reads what <see cref="Write(IncidentReport)"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static IncidentReport Parse(string text) => IncidentReportReader.Read(Encoding.UTF8.GetBytes(text)) switch
    {
        IncidentReportReading.Accepted accepted => accepted.Report,
        IncidentReportReading.Refused refused => throw new FormatException($"A report on file cannot be read: {refused.Faults[0].Path} {refused.Faults[0].What}."),
        var other => throw new FormatException($"No rule for {other.GetType().Name}."),
    };

    /// <summary>The word for a status on the wire.</summary>
    internal static string Word(IncidentStatus status) => status switch
    {
        IncidentStatus.Open => "open",
        IncidentStatus.Stop => "stop",
        IncidentStatus.Closed => "closed",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No status of an incident."),
    };

    /// <summary>A word of an alert's level on the wire: CAP's own, in lower case.</summary>
    internal static string Word<T>(T level)
        where T : struct, Enum => level.ToString().ToLowerInvariant();

    private static ReadOnlySpan<byte> Bytes(IncidentReport report)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteFields(json, report);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan;
    }

    private static void WriteFields(Utf8JsonWriter json, IncidentReport report)
    {
        json.WriteString("number", report.Number);
        json.WriteNumber("revision", report.Revision);
        Write(json, "reportedAt", report.ReportedAt);
        json.WriteBoolean("exercise", report.Exercise);
        json.WriteString("status", Word(report.Status));
        json.WriteString("typeAtCall", report.TypeAtCall);
        Write(json, "typeAtStop", report.TypeAtStop);
        Write(json, "category", report.Category);
        Write(json, "priority", report.Priority);
        Write(json, "headline", report.Headline);
        Write(json, "openedAt", report.OpenedAt);
        Write(json, "pumps", report.Pumps);
        Write(json, report.Casualties);
        Write(json, report.Major);
        Write(json, report.Alert);
        if (report.Position is { } position)
        {
            json.WriteStartObject("position");

            // Minus zero is zero; their digits differ.
            json.WriteNumber("latitude", position.Latitude + 0.0);
            json.WriteNumber("longitude", position.Longitude + 0.0);
            json.WriteEndObject();
        }

        Write(json, "place", report.Place);
        Write(json, "areas", report.Areas);
        Write(json, "stationGround", report.StationGround);
        if (report.OverTheBorder is { } overTheBorder)
        {
            json.WriteBoolean("overTheBorder", overTheBorder);
        }

        Write(json, "leadAgency", report.LeadAgency);
        Write(json, "duplicateOf", report.DuplicateOf);
        Write(json, "linkedTo", report.LinkedTo);
    }

    private static void Write(Utf8JsonWriter json, Casualties? casualties)
    {
        // One in which nothing is known says as much as none.
        if (casualties is null or { Injured: null, Fatal: null, StaffFatal: null })
        {
            return;
        }

        json.WriteStartObject("casualties");
        Write(json, "injured", casualties.Injured);
        Write(json, "fatal", casualties.Fatal);
        Write(json, "staffFatal", casualties.StaffFatal);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, MajorIncident? major)
    {
        if (major is null)
        {
            return;
        }

        json.WriteStartObject("major");
        Write(json, "declaredAt", major.DeclaredAt);
        Write(json, "declaredBy", major.DeclaredBy);
        Write(json, "stoodDownAt", major.StoodDownAt);
        Write(json, "exactLocation", major.ExactLocation);
        Write(json, "typeOfIncident", major.TypeOfIncident);
        Write(json, "hazards", major.Hazards);
        Write(json, "access", major.Access);
        Write(json, "numberOfCasualties", major.NumberOfCasualties);
        Write(json, "emergencyServices", major.EmergencyServices);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AlertLevel? alert)
    {
        if (alert is null or { IsUnknown: true })
        {
            return;
        }

        json.WriteStartObject("alert");
        json.WriteString("severity", Word(alert.Severity));
        json.WriteString("urgency", Word(alert.Urgency));
        json.WriteString("certainty", Word(alert.Certainty));
        Write(json, "expiresAt", alert.ExpiresAt);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, int? number)
    {
        if (number is { } known)
        {
            json.WriteNumber(name, known);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            json.WriteString(name, known.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));
        }
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string>? texts)
    {
        if (texts is null)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}

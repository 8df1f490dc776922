using System.Text;
using Coordination.Domain.Incidents.Cap;
using Xunit;

namespace Coordination.Domain.Tests.Incidents;

/// <summary>Writes the XML of messages, a valid one by default, and reads what comes of it.</summary>
internal sealed record CapXml
{
    public const string Sender = "firecontrol@wmfs.example";

    public string Identifier { get; init; } = "WMFS-2026-000123";

    public string From { get; init; } = Sender;

    public string Sent { get; init; } = "2026-03-01T14:05:00+00:00";

    public string Status { get; init; } = "Actual";

    public string MsgType { get; init; } = "Alert";

    public string Scope { get; init; } = "<scope>Public</scope>";

    public string? Note { get; init; }

    public string? References { get; init; }

    public string? Incidents { get; init; }

    public string Severity { get; init; } = "Extreme";

    public string Urgency { get; init; } = "Immediate";

    public string Certainty { get; init; } = "Observed";

    public string Event { get; init; } = "Major incident";

    public string EventCode { get; init; } = string.Empty;

    public string? Effective { get; init; }

    public string? Expires { get; init; }

    public string? Headline { get; init; } = "Major incident declared: fire at an industrial unit";

    public string? Description { get; init; }

    public string Area { get; init; } = AreaOf("coventry");

    public string? MoreInfo { get; init; }

    public bool NoInfo { get; init; }

    public static string AreaOf(params string[] codes) =>
        $"<area><areaDesc>Somewhere</areaDesc>{string.Concat(codes.Select(c => $"<geocode><valueName>WMFS-AREA</valueName><value>{c}</value></geocode>"))}</area>";

    public static string PolygonArea(string polygon) => $"<area><areaDesc>Somewhere</areaDesc><polygon>{polygon}</polygon></area>";

    public static string CircleArea(string circle) => $"<area><areaDesc>Somewhere</areaDesc><circle>{circle}</circle></area>";

    /// <summary>The elements of one info block.</summary>
    public string Info() => string.Concat(
        "<info><language>en-GB</language><category>Fire</category>",
        $"<event>{Event}</event><urgency>{Urgency}</urgency><severity>{Severity}</severity><certainty>{Certainty}</certainty>{EventCode}",
        Element("effective", Effective),
        Element("expires", Expires),
        Element("headline", Headline),
        Element("description", Description),
        $"{Area}</info>");

    public override string ToString() => string.Concat(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">",
        $"<identifier>{Identifier}</identifier><sender>{From}</sender><sent>{Sent}</sent><status>{Status}</status><msgType>{MsgType}</msgType>{Scope}",
        Element("note", Note),
        Element("references", References),
        Element("incidents", Incidents),
        NoInfo ? string.Empty : Info(),
        MoreInfo,
        "</alert>");

    public byte[] Bytes() => Encoding.UTF8.GetBytes(ToString());

    /// <summary>The message, which must be valid.</summary>
    public CapMessage Message() => Parse(ToString());

    /// <summary>The faults of the message, which must be refused.</summary>
    public IReadOnlyList<CapFault> Faults() => FaultsOf(ToString());

    public static CapMessage Parse(string xml)
    {
        var result = CapParser.Parse(Encoding.UTF8.GetBytes(xml));
        return result is CapParseResult.Valid valid
            ? valid.Message
            : throw new InvalidOperationException($"Refused: {string.Join("; ", ((CapParseResult.Refused)result).Faults)}\n{xml}");
    }

    public static IReadOnlyList<CapFault> FaultsOf(string xml) => FaultsOf(Encoding.UTF8.GetBytes(xml));

    public static IReadOnlyList<CapFault> FaultsOf(byte[] bytes) =>
        Assert.IsType<CapParseResult.Refused>(CapParser.Parse(bytes)).Faults;

    private static string Element(string name, string? value) => value is null ? string.Empty : $"<{name}>{value}</{name}>";
}

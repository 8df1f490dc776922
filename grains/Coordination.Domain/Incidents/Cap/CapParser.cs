using System.Security.Cryptography;
using Coordination.Domain.Brigade;

namespace Coordination.Domain.Incidents.Cap;

/// <summary>
/// Reads a CAP 1.2 message: everything the schema refuses is refused, and what the standard's text or plain sense rules out too
/// (an Update that names no message, a polygon that is cut off). A message is used whole or not at all.
/// </summary>
/// <remarks>
/// Document types, entities and anything that would have to be fetched are refused. An XML signature may stand in the message and
/// is not looked at: who may send is decided by the caller's token and the senders' list.
/// </remarks>
public static class CapParser
{
    /// <summary>Reads a message.</summary>
    /// <param name="bytes">The document as received, in the encoding it declares (UTF-8 when it declares none).</param>
    /// <returns>The message, or everything that is wrong with it. Never throws for bad input.</returns>
    public static CapParseResult Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > CapLimits.MaxBytes)
        {
            return Refuse(new CapFault("document", $"is larger than {CapLimits.MaxBytes / 1024} KB"));
        }

        var (root, fault) = CapTreeReader.Read(bytes);
        if (root is null)
        {
            return Refuse(fault ?? new CapFault("document", "is empty"));
        }

        var faults = CapStructure.Check(root);
        if (faults.Count == 0)
        {
            faults = CapConditions.Check(root);
        }

        return faults.Count > 0
            ? Refuse([.. faults.Take(CapLimits.MaxFaults)])
            : new CapParseResult.Valid(Build(root, Convert.ToHexStringLower(SHA256.HashData(bytes.Span))));
    }

    private static CapParseResult.Refused Refuse(params CapFault[] faults) => new(faults);

    private static CapMessage Build(CapNode alert, string digest) => new(
        new CapReference(alert.Value("sender")!, alert.Value("identifier")!, Time(alert, "sent")!.Value),
        Word<CapStatus>(alert, "status"),
        Word<CapMsgType>(alert, "msgType"),
        Word<CapScope>(alert, "scope"),
        Text(alert, "source"),
        Text(alert, "note"),
        [.. CapValues.Words(alert.Value("references") ?? string.Empty).Select(Reference)],
        Text(alert, "incidents"),
        [.. alert.All("info").Select(Info)],
        digest);

    private static CapInfo Info(CapNode info) => new(
        Text(info, "language") ?? "en-US",
        Text(info, "event")!,
        Word<CapUrgency>(info, "urgency"),
        Word<CapSeverity>(info, "severity"),
        Word<CapCertainty>(info, "certainty"),
        NamedValues(info, "eventCode"),
        Time(info, "effective"),
        Time(info, "onset"),
        Time(info, "expires"),
        Text(info, "senderName"),
        Text(info, "headline"),
        Text(info, "description"),
        [.. info.All("area").Select(Area)]);

    private static CapArea Area(CapNode area) => new(
        Text(area, "areaDesc")!,
        [.. area.All("polygon").Select(p => Polygon(p.Text))],
        [.. area.All("circle").Select(c => Circle(c.Text))],
        NamedValues(area, "geocode"));

    private static CapNamedValue[] NamedValues(CapNode node, string name) =>
        [.. node.All(name).Select(n => new CapNamedValue(Text(n, "valueName")!, Text(n, "value") ?? string.Empty))];

    private static string? Text(CapNode node, string name) => node.HasText(name) ? CapValues.Trim(node.Value(name)!) : null;

    private static T Word<T>(CapNode node, string name)
        where T : struct, Enum => Enum.Parse<T>(node.Value(name)!);

    private static DateTimeOffset? Time(CapNode node, string name) => node.Value(name) is not { } text
        ? null
        : CapValues.TryTime(text, out var time) ? time : throw Unchecked(name);

    private static CapReference Reference(string word) =>
        CapValues.TryReference(word, out var reference) ? reference! : throw Unchecked("references");

    private static GeoPolygon Polygon(string text) =>
        CapValues.TryPolygon(text, out var polygon, out _) ? polygon! : throw Unchecked("polygon");

    private static GeoCircle Circle(string text) => CapValues.TryCircle(text, out var circle) ? circle! : throw Unchecked("circle");

    private static InvalidOperationException Unchecked(string name) => new($"A '{name}' reached the message without having been checked.");
}

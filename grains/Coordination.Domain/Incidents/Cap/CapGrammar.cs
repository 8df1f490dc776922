namespace Coordination.Domain.Incidents.Cap;

/// <summary>What the standard says of one element: how often it may stand, what is in it, what its value may be.</summary>
/// <param name="Name">Local name.</param>
/// <param name="Required">Whether it must stand at least once.</param>
/// <param name="Many">Whether it may stand more than once.</param>
/// <param name="Check">Tells what is wrong with the value; null for an element of elements.</param>
/// <param name="Children">What may stand in it, in this order; null for a value.</param>
internal sealed record CapElement(
    string Name,
    bool Required,
    bool Many,
    Func<string, string?>? Check,
    IReadOnlyList<CapElement>? Children);

/// <summary>The structure of CAP 1.2 as a table (section 3.2 of the standard; the order is that of its schema, section 3.4).</summary>
internal static class CapGrammar
{
    /// <summary>The namespace of CAP 1.2.</summary>
    public const string Namespace = "urn:oasis:names:tc:emergency:cap:1.2";

    /// <summary>The namespace of XML signatures, which may stand at the end of an alert.</summary>
    public const string SignatureNamespace = "http://www.w3.org/2000/09/xmldsig#";

    private static readonly CapElement[] s_namedValue =
    [
        One("valueName", CapValues.CheckText),
        One("value", CapValues.CheckAny),
    ];

    private static readonly CapElement[] s_resource =
    [
        One("resourceDesc", CapValues.CheckText),
        One("mimeType", CapValues.CheckMimeType),
        Optional("size", CapValues.CheckSize),
        Optional("uri", CapValues.CheckUri),
        Optional("derefUri", CapValues.CheckAny),
        Optional("digest", CapValues.CheckAny),
    ];

    private static readonly CapElement[] s_area =
    [
        One("areaDesc", CapValues.CheckText),
        Any("polygon", CapValues.CheckPolygon),
        Any("circle", CapValues.CheckCircle),
        Group("geocode", s_namedValue),
        Optional("altitude", CapValues.CheckHeight),
        Optional("ceiling", CapValues.CheckHeight),
    ];

    private static readonly CapElement[] s_info =
    [
        Optional("language", CapValues.CheckLanguage),
        new("category", Required: true, Many: true, CapValues.CheckWord<CapCategory>, Children: null),
        One("event", CapValues.CheckText),
        Any("responseType", CapValues.CheckWord<CapResponseType>),
        One("urgency", CapValues.CheckWord<CapUrgency>),
        One("severity", CapValues.CheckWord<CapSeverity>),
        One("certainty", CapValues.CheckWord<CapCertainty>),
        Optional("audience", CapValues.CheckAny),
        Group("eventCode", s_namedValue),
        Optional("effective", CapValues.CheckTime),
        Optional("onset", CapValues.CheckTime),
        Optional("expires", CapValues.CheckTime),
        Optional("senderName", CapValues.CheckAny),
        Optional("headline", CapValues.CheckAny),
        Optional("description", CapValues.CheckAny),
        Optional("instruction", CapValues.CheckAny),
        Optional("web", CapValues.CheckAbsoluteUri),
        Optional("contact", CapValues.CheckAny),
        Group("parameter", s_namedValue),
        Group("resource", s_resource),
        Group("area", s_area),
    ];

    /// <summary>The root.</summary>
    public static CapElement Alert { get; } = new("alert", Required: true, Many: false, Check: null,
    [
        One("identifier", CapValues.CheckToken),
        One("sender", CapValues.CheckToken),
        One("sent", CapValues.CheckTime),
        One("status", CapValues.CheckWord<CapStatus>),
        One("msgType", CapValues.CheckWord<CapMsgType>),
        Optional("source", CapValues.CheckAny),
        One("scope", CapValues.CheckWord<CapScope>),
        Optional("restriction", CapValues.CheckAny),
        Optional("addresses", CapValues.CheckAny),
        Any("code", CapValues.CheckAny),
        Optional("note", CapValues.CheckAny),
        Optional("references", CapValues.CheckReferences),
        Optional("incidents", CapValues.CheckAny),
        Group("info", s_info),
    ]);

    private static CapElement One(string name, Func<string, string?> check) => new(name, Required: true, Many: false, check, Children: null);

    private static CapElement Optional(string name, Func<string, string?> check) => new(name, Required: false, Many: false, check, Children: null);

    private static CapElement Any(string name, Func<string, string?> check) => new(name, Required: false, Many: true, check, Children: null);

    private static CapElement Group(string name, IReadOnlyList<CapElement> children) =>
        new(name, Required: false, Many: true, Check: null, children);
}

using System.Globalization;
using System.Xml.Linq;
using CsCheck;

namespace Coordination.Domain.Tests.Incidents;

/// <summary>Valid messages of many forms, and single changes to them.</summary>
internal static class CapGen
{
    private static readonly XNamespace s_cap = "urn:oasis:names:tc:emergency:cap:1.2";

    private static readonly Gen<string> s_time =
        from minutes in Gen.Int[0, 500_000]
        from offset in Gen.OneOf("+00:00", "-00:00", "+01:00", "-11:30", "+14:00")
        select new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddMinutes(minutes).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + offset;

    private static readonly Gen<string> s_token = Gen.OneOf("WMFS-1", "a", "http://example.org/x;y", "é-ü", "2.49.0.1.124.6bdd");

    private static readonly Gen<string> s_text = Gen.OneOf("Fire", "Fire &amp; rescue", "<![CDATA[a < b]]>", " padded ", "Ünïcode \U0001F525");

    private static readonly Gen<string> s_polygon =
        from corners in Gen.Int[3, 9]
        from latitude in Gen.Int[-80, 80]
        from longitude in Gen.Int[-170, 170]
        select string.Join(' ', Enumerable.Range(0, corners + 1).Select(i => (i % corners) * 2 * Math.PI / corners).Select(a =>
            string.Create(CultureInfo.InvariantCulture, $"{latitude + Math.Sin(a):F5},{longitude + Math.Cos(a):F5}")));

    private static readonly Gen<string> s_area =
        from polygons in s_polygon.Array[0, 2]
        from circles in Gen.OneOf("52.5,-1.9 3", "0,0 0.0", "-90,180 20038").Array[0, 2]
        from codes in Gen.OneOf("coventry", "ALL", "E08000026").Array[0, 2]
        from heights in Gen.OneOf(string.Empty, "<altitude>-3</altitude>", "<altitude>1.5</altitude><ceiling>1.5</ceiling>")
        select $"<area><areaDesc>Somewhere</areaDesc>{Wrap("polygon", polygons)}{Wrap("circle", circles)}"
            + $"{string.Concat(codes.Select(c => $"<geocode><valueName>WMFS-AREA</valueName><value>{c}</value></geocode>"))}{heights}</area>";

    private static readonly Gen<string> s_resource = Gen.OneOf(
        string.Empty,
        "<resource><resourceDesc>Map</resourceDesc><mimeType>image/png</mimeType><size>10</size><uri>http://example.org/m.png</uri></resource>",
        "<resource><resourceDesc>Map</resourceDesc><mimeType>text/plain</mimeType><uri>m.txt</uri><derefUri>YQ==</derefUri><digest>86f7e437</digest></resource>");

    private static readonly Gen<string> s_info =
        from language in Gen.OneOf(string.Empty, "<language>en-GB</language>", "<language>cy</language>")
        from categories in Gen.OneOf("Fire", "Rescue", "CBRNE").Array[1, 3]
        from text in s_text
        from responses in Gen.OneOf("Evacuate", "None").Array[0, 2]
        from urgency in Gen.OneOf("Immediate", "Expected", "Future", "Past", "Unknown")
        from severity in Gen.OneOf("Extreme", "Severe", "Moderate", "Minor", "Unknown")
        from certainty in Gen.OneOf("Observed", "Likely", "Possible", "Unlikely", "Unknown")
        from named in Gen.OneOf(string.Empty, "<eventCode><valueName>a</valueName><value/></eventCode>")
        from onset in s_time
        from parameter in Gen.OneOf(string.Empty, "<web>https://example.org/</web><parameter><valueName>p</valueName><value>v</value></parameter>")
        from resource in s_resource
        from areas in s_area.Array[0, 3]
        select $"<info>{language}{Wrap("category", categories)}<event>{text}</event>{Wrap("responseType", responses)}<urgency>{urgency}</urgency>"
            + $"<severity>{severity}</severity><certainty>{certainty}</certainty>{named}<onset>{onset}</onset><headline>{text}</headline>"
            + $"{parameter}{resource}{string.Concat(areas)}</info>";

    /// <summary>A valid message.</summary>
    public static Gen<string> Valid { get; } =
        from identifier in s_token
        from sender in s_token
        from sent in s_time
        from status in Gen.OneOf("Actual", "Exercise", "System", "Test", "Draft")
        from type in Gen.OneOf("Alert", "Update", "Cancel", "Ack", "Error")
        from scope in Gen.OneOf(
            "<scope>Public</scope>",
            "<scope>Restricted</scope><restriction>Staff</restriction>",
            "<scope>Private</scope><addresses>a@b.example \"two words\"</addresses><code>x</code>")
        from referred in s_time
        from infos in s_info.Array[0, 3]
        select $"<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"><identifier>{identifier}</identifier><sender>{sender}</sender>"
            + $"<sent>{sent}</sent><status>{status}</status><msgType>{type}</msgType>{scope}"
            + (type is "Alert" ? string.Empty : $"<references>{sender},{identifier},{referred}</references>")
            + $"{string.Concat(infos)}</alert>";

    /// <summary>A change that no valid message survives, by name, with the number of the element it strikes.</summary>
    public static Gen<(string Name, int At)> Break { get; } =
        from name in Gen.OneOf("rename", "foreign", "attribute", "nest", "text", "empty", "drop-required", "double-single", "move-first")
        from at in Gen.Int[0, 10_000]
        select (name, at);

    /// <summary>Any change to an element or its text, for comparing two validators.</summary>
    public static Gen<(string Name, int At)> Change { get; } =
        from name in Gen.OneOf("rename", "foreign", "attribute", "nest", "text", "empty", "drop", "double", "swap", "junk-time", "junk-word", "pad", "move-first", "junk-number")
        from at in Gen.Int[0, 10_000]
        select (name, at);

    /// <summary>Makes a change; null when the message has nothing it could strike.</summary>
    public static string? Apply(string xml, (string Name, int At) change)
    {
        var document = XDocument.Parse(xml, LoadOptions.PreserveWhitespace);
        var fit = document.Descendants().Where(e => Fits(e, change.Name)).ToList();
        if (fit.Count == 0)
        {
            return null;
        }

        Strike(fit[change.At % fit.Count], change.Name);
        return document.ToString(SaveOptions.DisableFormatting);
    }

    private static bool Fits(XElement e, string change) => change switch
    {
        "empty" => e.Name.LocalName is "identifier" or "sender" or "sent" or "status" or "msgType" or "scope" or "restriction" or "addresses" or "references"
            or "language" or "category" or "event" or "urgency" or "severity" or "certainty" or "onset" or "web" or "areaDesc" or "polygon" or "circle"
            or "valueName" or "mimeType" or "size" or "altitude" or "ceiling",
        "drop-required" => e.Name.LocalName is "identifier" or "sender" or "sent" or "status" or "msgType" or "scope" or "restriction" or "addresses"
            or "references" or "event" or "urgency" or "severity" or "certainty" or "areaDesc" or "valueName" or "value" or "resourceDesc" or "mimeType",
        "double-single" => e.Name.LocalName is "identifier" or "sender" or "sent" or "status" or "scope" or "language" or "event" or "onset" or "headline"
            or "areaDesc" or "valueName" or "value" or "altitude" or "ceiling" or "web" or "uri",
        "move-first" or "swap" => e.Parent is not null && e.PreviousNode is XElement before && before.Name != e.Name,
        "drop" or "double" => e.Parent is not null,
        "text" => e.HasElements,
        _ => true,
    };

    private static void Strike(XElement e, string change)
    {
        switch (change)
        {
            case "rename":
                e.RemoveAttributes();
                e.Name = s_cap + (e.Name.LocalName + "x");
                break;
            case "foreign":
                e.RemoveAttributes();
                e.Name = XNamespace.Get("urn:other") + e.Name.LocalName;
                break;
            case "attribute": e.SetAttributeValue("id", "1"); break;
            case "nest": e.AddFirst(new XElement(s_cap + "strange")); break;
            case "text": e.AddFirst("stray"); break;
            case "empty": e.RemoveNodes(); break;
            case "drop" or "drop-required": e.Remove(); break;
            case "double" or "double-single": e.AddAfterSelf(new XElement(e)); break;
            case "move-first":
                var parent = e.Parent!;
                e.Remove();
                parent.AddFirst(e);
                break;
            case "swap":
                var before = (XElement)e.PreviousNode!;
                before.Remove();
                e.AddAfterSelf(before);
                break;
            case "junk-time": e.Value = "2026-03-01T14:05:00Z"; break;
            case "junk-word": e.Value = "Sometimes"; break;
            case "junk-number": e.Value = "-1.5"; break;
            case "pad": e.Value = " \n" + e.Value + "\t"; break;
            default: throw new ArgumentOutOfRangeException(nameof(change), change, "No such change.");
        }
    }

    private static string Wrap(string name, IEnumerable<string> values) => string.Concat(values.Select(v => $"<{name}>{v}</{name}>"));
}

using System.ServiceModel.Syndication;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Coordination.Dashboard.Incidents.Pull;

/// <summary>What came of reading a feed.</summary>
internal abstract record AtomReading
{
    private AtomReading()
    {
    }

    /// <summary>It is an Atom feed.</summary>
    /// <param name="Entries">Its entries, in its own order; each one once.</param>
    /// <param name="Beyond">Entries that were not looked at, because there are too many.</param>
    public sealed record Read(IReadOnlyList<AtomEntry> Entries, int Beyond) : AtomReading;

    /// <summary>It is none.</summary>
    /// <param name="Words">Why, for people.</param>
    public sealed record Refused(string Words) : AtomReading;
}

/// <summary>An entry of a feed.</summary>
/// <param name="Key">Its key: of its id and its time, or of all of it where it lacks one of them.</param>
/// <param name="Id">Its id; empty when it has none.</param>
/// <param name="Updated">When it was updated, by its own word.</param>
/// <param name="Message">Its CAP message.</param>
internal sealed record AtomEntry(Guid Key, string Id, DateTimeOffset? Updated, AtomMessage Message);

/// <summary>Where an entry has its CAP message.</summary>
internal abstract record AtomMessage
{
    private AtomMessage()
    {
    }

    /// <summary>In itself.</summary>
    /// <param name="Body">The message as a document of its own.</param>
    public sealed record Embedded(byte[] Body) : AtomMessage;

    /// <summary>Behind a link.</summary>
    public sealed record Linked(Uri Address) : AtomMessage;

    /// <summary>Nowhere.</summary>
    /// <param name="Words">What is wrong, for people.</param>
    public sealed record Missing(string Words) : AtomMessage;
}

/// <summary>Reads Atom feeds (RFC 4287). Nothing is ever resolved, and an entry that is not right stops no other.</summary>
internal static class AtomFeed
{
    /// <summary>Most entries that are looked at; a feed names its newest first.</summary>
    public const int MostEntries = 2000;

    // No feed comes near it; far beyond it, understanding an entry takes ages.
    private const int DeepestNesting = 64;

    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XmlReaderSettings Careful = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <summary>Reads one.</summary>
    /// <param name="bytes">The document.</param>
    /// <param name="from">Where it came from: what its relative links count from.</param>
    public static AtomReading Read(byte[] bytes, Uri from)
    {
        XElement root;
        try
        {
            if (IsTooDeep(bytes))
            {
                return new AtomReading.Refused($"It has elements nested deeper than {DeepestNesting}, as no feed has. Nothing of it was used. Tell its owner.");
            }

            using var reader = XmlReader.Create(new MemoryStream(bytes, writable: false), Careful);
            root = XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root!;
        }
        catch (XmlException e) when (e.Message.Contains("DTD", StringComparison.Ordinal))
        {
            return new AtomReading.Refused(
                "It has a document type declaration (DTD), which could make a reader fetch other files or run out of memory. That is never accepted; nothing of it was used. Tell the feed's owner.");
        }
        catch (Exception e) when (e is XmlException or ArgumentException or NotSupportedException or DecoderFallbackException)
        {
            return new AtomReading.Refused($"It is not well-formed XML{Place(e)}. Nothing of it was used.");
        }

        if (root.Name != Atom + "feed")
        {
            return new AtomReading.Refused("It is no Atom feed. Nothing of it was used. Check its address: it may be a page for people, or a feed of another kind.");
        }

        var elements = root.Elements(Atom + "entry").ToArray();
        var place = BaseOf(root, from);
        var entries = elements.Take(MostEntries).Select(e => Entry(e, place)).DistinctBy(e => e.Key).ToArray();
        return new AtomReading.Read(entries, Math.Max(0, elements.Length - MostEntries));
    }

    private static bool IsTooDeep(byte[] bytes)
    {
        using var reader = XmlReader.Create(new MemoryStream(bytes, writable: false), Careful);
        while (reader.Read())
        {
            if (reader.Depth > DeepestNesting)
            {
                return true;
            }
        }

        return false;
    }

    private static AtomEntry Entry(XElement element, Uri place)
    {
        SyndicationItem item;
        try
        {
            // From its text: a reader over the elements takes the white space between them for content, and the formatter stumbles over it.
            var formatter = new Atom10ItemFormatter();
            using var text = new StringReader(element.ToString(SaveOptions.DisableFormatting));
            using var reader = XmlReader.Create(text, Careful);
            formatter.ReadFrom(reader);
            item = formatter.Item;
        }
        catch (Exception e) when (e is XmlException or FormatException or ArgumentException or InvalidOperationException or NotSupportedException)
        {
            return new AtomEntry(Key(element), "", null, new AtomMessage.Missing("It is no right Atom entry, so its message could not be found. Tell the feed's owner."));
        }

        var (id, updated) = ((item.Id ?? "").Trim(), UpdatedOf(item));
        var key = id.Length > 0 && updated is { } at ? MessageIds.Of(Encoding.UTF8.GetBytes($"{id}\n{at.UtcDateTime:O}")) : Key(element);
        return new AtomEntry(key, id, updated, AtomMessages.Find(element, item, place));
    }

    // Without an id or a time nothing but all of its text tells an entry from another one.
    private static Guid Key(XElement element) => MessageIds.Of(Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting)));

    private static DateTimeOffset? UpdatedOf(SyndicationItem item)
    {
        try
        {
            return item.LastUpdatedTime == default ? null : item.LastUpdatedTime;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static Uri BaseOf(XElement root, Uri from) =>
        root.Attribute(XNamespace.Xml + "base") is { } named && Uri.TryCreate(from, named.Value, out var place) ? place : from;

    private static string Place(Exception e) => e is XmlException { LineNumber: > 0 } x ? FormattableString.Invariant($" at line {x.LineNumber}, column {x.LinePosition}") : "";
}

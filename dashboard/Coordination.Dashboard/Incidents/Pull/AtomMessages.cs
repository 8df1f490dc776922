using System.ServiceModel.Syndication;
using System.Text;
using System.Xml.Linq;

namespace Coordination.Dashboard.Incidents.Pull;

/// <summary>Finds the CAP message of an entry: in its content, or behind the link that is most certainly one to a CAP message.</summary>
internal static class AtomMessages
{
    private const string CapNamespace = "urn:oasis:names:tc:emergency:cap:";
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    /// <summary>Finds it.</summary>
    /// <param name="element">The entry.</param>
    /// <param name="item">The same, understood.</param>
    /// <param name="place">What relative links count from.</param>
    public static AtomMessage Find(XElement element, SyndicationItem item, Uri place)
    {
        // Some publishers put the message into the entry itself, beside its other elements.
        var embedded = element.Elements(Atom + "content").Elements().Concat(element.Elements()).Where(IsAlert).ToArray();
        if (embedded.Length > 1)
        {
            return new AtomMessage.Missing($"It holds {embedded.Length} CAP messages; an entry is about one. None was taken. Look at the feed, and tell its owner.");
        }

        if (embedded.Length == 1)
        {
            return new AtomMessage.Embedded(Encoding.UTF8.GetBytes(embedded[0].ToString(SaveOptions.DisableFormatting)));
        }

        foreach (var (address, _) in Links(item).Where(l => l.Rank is not null).OrderBy(l => l.Rank))
        {
            if (Resolve(address.Uri, address.Base ?? item.BaseUri, place) is { } resolved)
            {
                return new AtomMessage.Linked(resolved);
            }
        }

        return new AtomMessage.Missing(
            (string.IsNullOrWhiteSpace(item.Id) ? "It has no id, and neither" : "It has neither") + " a CAP message nor a link to one. Look at the feed, and tell its owner.");
    }

    private static bool IsAlert(XElement element) =>
        element.Name.LocalName is "alert" && element.Name.NamespaceName.StartsWith(CapNamespace, StringComparison.Ordinal);

    private static IEnumerable<((Uri Uri, Uri? Base) Address, int? Rank)> Links(SyndicationItem item)
    {
        if (item.Content is UrlSyndicationContent { Url: { } source } content)
        {
            yield return ((source, null), Rank("alternate", content.Type));
        }

        foreach (var link in item.Links.Where(l => l.Uri is not null))
        {
            yield return ((link.Uri, link.BaseUri), Rank(link.RelationshipType, link.MediaType));
        }
    }

    // Null: not followed. A page for people or a feed is no message, and what has another purpose neither.
    private static int? Rank(string? relation, string? type)
    {
        var media = (type ?? "").Split(';')[0].Trim().ToLowerInvariant();
        var xml = media is "application/xml" or "text/xml";
        return (relation ?? "alternate") switch
        {
            _ when media is "application/cap+xml" => 0,
            "alternate" when xml => 1,
            "alternate" when media.Length == 0 => 2,
            "self" or "enclosure" or "related" when xml => 3,
            "self" when media.Length == 0 => 4,
            _ => null,
        };
    }

    private static Uri? Resolve(Uri address, Uri? own, Uri place)
    {
        if (address.IsAbsoluteUri)
        {
            return address;
        }

        var from = own is null ? place : own.IsAbsoluteUri ? own : Uri.TryCreate(place, own, out var combined) ? combined : place;
        return Uri.TryCreate(from, address, out var resolved) ? resolved : null;
    }
}

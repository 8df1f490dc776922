using System.Globalization;
using System.Net;
using System.Text;
using Coordination.Domain.People;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Incidents.Pull;

/// <summary>A configured feed.</summary>
public sealed class FeedSource
{
    private readonly HashSet<(string Host, int? Port)> _hosts;

    /// <summary>Makes one of options that were found right.</summary>
    public FeedSource(string id, FeedOptions options)
    {
        (Id, Name, Address) = (id, options.Name.Length == 0 ? id : options.Name, new Uri(options.Url));
        Senders = options.Senders.ToHashSet(StringComparer.Ordinal);
        Every = TimeSpan.FromSeconds(options.EverySeconds);
        Inside = options.PrivateNetwork || Address.IsLoopback || (IPAddress.TryParse(Address.IdnHost, out var ip) && !PublicAddress.Is(ip));
        (TokenHeader, Token) = (options.TokenHeader, options.Token);
        Digest = MessageIds.Of(Encoding.UTF8.GetBytes(string.Join('\n', [Address.AbsoluteUri, Inside, TokenHeader, Token, .. options.MessageHosts])));
        Actor = new Actor(id, Name, Role.System);
        _hosts = [.. options.MessageHosts.Select(h => TryParseHost(h, out var host, out var port) ? (host, port) : throw new FormatException($"'{h}' is no host."))];
    }

    /// <summary>Its id.</summary>
    public string Id { get; }

    /// <summary>What people call it.</summary>
    public string Name { get; }

    /// <summary>Where it is.</summary>
    public Uri Address { get; }

    /// <summary>Its address for people: without what may be a secret in its query.</summary>
    public string Shown => Address.GetLeftPart(UriPartial.Path);

    /// <summary>A digest of what decides about what is fetched and how: with other settings the feed begins anew.</summary>
    public Guid Digest { get; }

    /// <summary>CAP senders whose messages it may bring.</summary>
    public IReadOnlySet<string> Senders { get; }

    /// <summary>How often it is read.</summary>
    public TimeSpan Every { get; }

    /// <summary>Whether it may be at an address of a private network, or of this machine.</summary>
    public bool Inside { get; }

    /// <summary>The header of its token.</summary>
    public string TokenHeader { get; }

    /// <summary>Its token; null for none.</summary>
    public string? Token { get; }

    /// <summary>Who its messages come from.</summary>
    public Actor Actor { get; }

    /// <summary>The id of a message that it brings.</summary>
    public Guid MessageId(ReadOnlyMemory<byte> body) => MessageIds.OfFeed(Id, body);

    /// <summary>Whether the address is on the feed's own host, to which alone its token is sent.</summary>
    public bool IsOwnHost(Uri address) => string.Equals(address.IdnHost, Address.IdnHost, StringComparison.OrdinalIgnoreCase) && address.Port == Address.Port;

    /// <summary>Why nothing is fetched from an address that the feed, or a redirect, names; null when it may be.</summary>
    /// <param name="address">The address.</param>
    /// <param name="from">Where it was named.</param>
    public string? Refuses(Uri address, Uri from)
    {
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0)
        {
            return "Its link is no plain web address.";
        }

        if (!IsOwnHost(address) && !_hosts.Contains((address.IdnHost.ToLowerInvariant(), address.Port)) && !(address.IsDefaultPort && _hosts.Contains((address.IdnHost.ToLowerInvariant(), null))))
        {
            return $"Its link leads to another host, {Place(address)}. If that is right, name it in Incidents:Feeds:{Id}:MessageHosts.";
        }

        if (address.Scheme is "http" && (from.Scheme is "https" || !address.IsLoopback))
        {
            return $"Its link leads to {Place(address)} without https.";
        }

        return !Inside && IPAddress.TryParse(address.IdnHost, out var ip) && !PublicAddress.Is(ip) ? AddressRefusedException.Words : null;
    }

    /// <summary>Reads <c>host</c> or <c>host:port</c>.</summary>
    public static bool TryParseHost(string text, out string host, out int? port)
    {
        var split = text.LastIndexOf(':');
        var digits = split < 0 || text.EndsWith(']') ? "" : text[(split + 1)..];
        host = (digits.Length == 0 && split != text.Length - 1 ? text : text[..split]).Trim('[', ']').ToLowerInvariant();
        port = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        return Uri.CheckHostName(host) != UriHostNameType.Unknown && (digits.Length == 0 ? !text.EndsWith(':') : port is > 0 and <= 65535);
    }

    private static string Place(Uri address) => address.IsDefaultPort ? address.IdnHost : string.Create(CultureInfo.InvariantCulture, $"{address.IdnHost}:{address.Port}");
}

/// <summary>The configured feeds, by id.</summary>
public sealed class FeedSources(IOptions<IncidentOptions> options)
{
    /// <summary>All of them.</summary>
    public IReadOnlyList<FeedSource> All { get; } =
        [.. options.Value.Feeds.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => new FeedSource(f.Key, f.Value))];

    /// <summary>Their ids.</summary>
    public IReadOnlyList<string> Ids => [.. All.Select(f => f.Id)];

    /// <summary>One of them; null when none has that id.</summary>
    public FeedSource? Find(string id) => All.FirstOrDefault(f => string.Equals(f.Id, id, StringComparison.Ordinal));
}

using System.Net.Http.Headers;
using Coordination.Domain.Brigade;
using Coordination.Domain.Incidents.Replays;

namespace Coordination.Dashboard.Incidents.Pull;

/// <summary>What is wrong with the feeds' settings, in words that name the setting. No address and no token is quoted: either may be a secret.</summary>
internal static class FeedOptionsCheck
{
    private const int MostFeeds = 32;
    private const int MostSenders = 100;
    private const int LongestId = 40;
    private const int LongestName = 80;
    private const int LongestToken = 4096;
    private static readonly string[] NotForTokens = ["Host", "Connection", "Content-Length", "Transfer-Encoding", "If-None-Match", "If-Modified-Since", "Accept", "User-Agent"];

    /// <summary>The faults.</summary>
    public static IEnumerable<string> Faults(IncidentOptions options)
    {
        if (options.Feeds.Count > MostFeeds)
        {
            yield return $"Incidents:Feeds has {options.Feeds.Count} feeds; at most {MostFeeds} can be pulled.";
        }

        foreach (var (id, feed) in options.Feeds)
        {
            if (!Slug.IsValid(id) || id.Length > LongestId)
            {
                yield return $"Incidents:Feeds has the id '{id}': lower-case letters, digits and inner hyphens, at most {LongestId}.";
            }

            if (options.Sources.ContainsKey(id))
            {
                yield return $"Incidents:Feeds:{id} has the id of a source (Incidents:Sources:{id}); nobody could tell whose message is whose. Give one of them another id.";
            }

            if (string.Equals(id, ReplayReports.Source, StringComparison.Ordinal))
            {
                yield return $"Incidents:Feeds has the id '{id}', which is the source of recorded incidents that are replayed as an exercise: choose another.";
            }

            foreach (var fault in Faults(id, feed))
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<string> Faults(string id, FeedOptions feed)
    {
        if (feed.Name.Length > LongestName || feed.Name.Any(char.IsControl))
        {
            yield return $"Incidents:Feeds:{id}:Name can have at most {LongestName} characters, on one line.";
        }

        if (AddressFault(feed.Url) is { } fault)
        {
            yield return $"Incidents:Feeds:{id}:Url {fault}";
        }

        if (feed.Senders.Count is 0 or > MostSenders)
        {
            yield return $"Incidents:Feeds:{id}:Senders has {feed.Senders.Count} entries; name the 1 to {MostSenders} CAP senders whose messages this feed may bring (Incidents:Senders does not count for feeds). Without them nothing of it could be believed.";
        }

        if (!feed.Senders.All(IncidentOptionsValidator.IsSender))
        {
            yield return $"Incidents:Feeds:{id}:Senders has an entry that no CAP sender can have (spaces, commas, < and & are not allowed).";
        }

        if (feed.EverySeconds is < FeedOptions.LeastSeconds or > FeedOptions.MostSeconds)
        {
            yield return $"Incidents:Feeds:{id}:EverySeconds is {feed.EverySeconds}; it can be {FeedOptions.LeastSeconds} to {FeedOptions.MostSeconds}.";
        }

        foreach (var host in feed.MessageHosts.Where(h => !FeedSource.TryParseHost(h, out _, out _)))
        {
            yield return $"Incidents:Feeds:{id}:MessageHosts has '{host}'; name a host, or a host and a port: alerts.example.org, alerts.example.org:8443.";
        }

        if (feed.Token is { } token && (token.Length is 0 or > LongestToken || token.Any(c => char.IsControl(c) || c > '~')))
        {
            yield return $"Incidents:Feeds:{id}:Token has to be 1 to {LongestToken} plain characters on one line.";
        }

        if (!IsHeader(feed.TokenHeader) || NotForTokens.Contains(feed.TokenHeader, StringComparer.OrdinalIgnoreCase))
        {
            yield return $"Incidents:Feeds:{id}:TokenHeader is '{feed.TokenHeader}'; name a header that may carry a token, such as Authorization or X-Api-Key.";
        }
    }

    private static string? AddressFault(string url)
    {
        if (url.Length == 0)
        {
            return "is missing; say where the feed is, such as https://alerts.example.org/cap.atom.";
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.Host.Length == 0)
        {
            return "is no web address; it begins with https://.";
        }

        if (address.UserInfo.Length > 0)
        {
            return "has a name or password in it, which would be seen; put it into Token.";
        }

        return address.Scheme is "http" && !address.IsLoopback
            ? "begins with http://, so anybody on the way could write alerts; use https:// (http is for this machine alone)."
            : null;
    }

    private static bool IsHeader(string name)
    {
        using var request = new HttpRequestMessage();
        return name.Length is > 0 and <= 60 && request.Headers is HttpHeaders headers && headers.TryAddWithoutValidation(name, "x");
    }
}

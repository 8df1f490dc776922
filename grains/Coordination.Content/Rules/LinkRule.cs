using System.Text;
using System.Text.RegularExpressions;

namespace Coordination.Content.Rules;

/// <summary>Links that hide where they lead: shortened ones, and hosts that look like one that people trust.</summary>
internal static partial class LinkRule
{
    private static readonly HashSet<string> Shorteners = new(
        ("bit.ly tinyurl.com t.co ow.ly goo.gl is.gd buff.ly rb.gy cutt.ly shorturl.at tiny.cc lnkd.in dlvr.it rebrand.ly t.ly v.gd bl.ink trib.al fb.me amzn.to s.id qr.ae").Split(' '),
        StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<TextSpan> Find(string text, ContentFacts facts) => Host().In(text, m => IsDoubtful(m.Groups["host"].Value, facts.KnownHosts));

    private static bool IsDoubtful(string host, IReadOnlyList<string> known)
    {
        var name = host.ToLowerInvariant();
        if (known.Any(k => IsUnder(name, k)))
        {
            return false;
        }

        return Shorteners.Any(s => IsUnder(name, s))
            || name.Split('.').Any(label => label.StartsWith("xn--", StringComparison.Ordinal))
            || !Ascii.IsValid(name)
            || known.Any(k => LooksLike(name, k));
    }

    // wmfs.co, wmfs.net-info.com, gov-uk.info, wrnfs.net, faceb00k.com
    private static bool LooksLike(string name, string known)
    {
        var plain = Skeleton(name);
        var owner = known.Split('.')[0];
        return IsUnder(plain, known)
            || plain.StartsWith(known + "-", StringComparison.Ordinal) || plain.Contains(known.Replace('.', '-'), StringComparison.Ordinal)
            || plain.Contains(known + ".", StringComparison.Ordinal)
            || (owner.Length >= 4 && plain.Split('.', '-').Contains(owner, StringComparer.Ordinal));
    }

    private static bool IsUnder(string name, string domain) =>
        string.Equals(name, domain, StringComparison.Ordinal) || name.EndsWith("." + domain, StringComparison.Ordinal);

    // Signs that are taken for others.
    private static string Skeleton(string name) => name
        .Replace('0', 'o').Replace('1', 'l').Replace("rn", "m", StringComparison.Ordinal).Replace("vv", "w", StringComparison.Ordinal).Replace('5', 's');

    [GeneratedRegex(@"(?<![@\w.\-])(https?://)?(?<host>([\p{L}\p{N}][\p{L}\p{N}\-]{0,62}\.){1,5}\p{L}{2,24})(?![\p{L}\p{N}@\-])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Host();
}

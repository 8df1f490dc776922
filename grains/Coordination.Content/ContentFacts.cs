namespace Coordination.Content;

/// <summary>What the brigade knows of itself, and which words it adds: what rules must not mistake for somebody else's.</summary>
public sealed record ContentFacts
{
    /// <summary>Nothing beyond what is built in.</summary>
    public static ContentFacts Default { get; } = new();

    /// <summary>The brigade's own domain.</summary>
    public string OwnDomain { get; init; } = "wmfs.net";

    /// <summary>The brigade's own postcodes, without a space, in capitals: headquarters unless told.</summary>
    public IReadOnlyList<string> OwnPostcodes { get; init; } = ["B74HW"];

    /// <summary>Hosts that posts link to without anybody being asked; their subdomains too.</summary>
    public IReadOnlyList<string> KnownHosts { get; init; } =
    [
        "wmfs.net", "gov.uk", "nhs.uk", "police.uk", "metoffice.gov.uk", "bbc.co.uk", "youtube.com", "facebook.com", "instagram.com", "x.com", "twitter.com",
        "linkedin.com", "eventbrite.co.uk", "justgiving.com", "firefighterscharity.org.uk", "crimestoppers-uk.org",
    ];

    /// <summary>Words to find as abusive besides the built-in ones, in lower case.</summary>
    public IReadOnlyList<string> MoreAbusiveWords { get; init; } = [];
}

namespace Coordination.Dashboard.Incidents.Pull;

/// <summary>An Atom feed whose CAP messages are pulled, section <c>Incidents:Feeds:{id}</c>.</summary>
public sealed class FeedOptions
{
    /// <summary>The shortest interval, in seconds.</summary>
    public const int LeastSeconds = 15;

    /// <summary>The longest interval, in seconds: a day.</summary>
    public const int MostSeconds = 24 * 60 * 60;

    /// <summary>What people call it. Default: its id.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its address: https, or http on this machine. Has no default.</summary>
    public string Url { get; set; } = "";

    /// <summary>CAP senders whose messages it may bring, compared exactly; <c>Incidents:Senders</c> does not count for it. Has no default: a feed without one does not start.</summary>
    public IList<string> Senders { get; } = [];

    /// <summary>How often it is read, in seconds: 15 to 86,400. Default: 60.</summary>
    public int EverySeconds { get; set; } = 60;

    /// <summary>Further hosts that its entries' links and its redirects may lead to, as <c>host</c> or <c>host:port</c>. Default: none, so only its own host.</summary>
    public IList<string> MessageHosts { get; } = [];

    /// <summary>Whether it is inside a private network: then addresses of such networks are not refused. Default: false, unless its address is written as one.</summary>
    public bool PrivateNetwork { get; set; }

    /// <summary>The header that <see cref="Token"/> is sent in. Default: <c>Authorization</c>.</summary>
    public string TokenHeader { get; set; } = "Authorization";

    /// <summary>What is sent in that header to the feed's own host and to no other, such as <c>Bearer ...</c>. Default: none.</summary>
    public string? Token { get; set; }
}

namespace Coordination.Dashboard.Notices;

/// <summary>How the connection to the mail server is protected.</summary>
public enum MailSecurity
{
    /// <summary>Nobody has decided: with a host set, the service does not start.</summary>
    Unset,

    /// <summary>Not at all: for a relay on the same machine or in a network of its own.</summary>
    None,

    /// <summary>It begins in the clear and must become encrypted before anything is said (STARTTLS, usually port 587).</summary>
    StartTls,

    /// <summary>Encrypted from the first byte (usually port 465).</summary>
    Tls,
}

/// <summary>Options of e-mail to the people of held accounts, section <c>Mail</c>.</summary>
public sealed class MailOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Mail";

    /// <summary>How long after each attempt in vain the next one comes, unless <see cref="Retries"/> says otherwise.</summary>
    public static readonly IReadOnlyList<TimeSpan> UsualRetries =
        [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15)];

    /// <summary>The mail server. Default: none, so nobody is told by e-mail.</summary>
    public string? Host { get; set; }

    /// <summary>Its port. Default: 587.</summary>
    public int Port { get; set; } = 587;

    /// <summary>How the connection is protected. Has no default: it must be said.</summary>
    public MailSecurity Security { get; set; }

    /// <summary>Whether the server's certificate is looked up among those withdrawn; where its issuer cannot be asked, connections fail. Default: true.</summary>
    public bool CheckRevocation { get; set; } = true;

    /// <summary>Whom the service signs in as. Default: nobody.</summary>
    public string? User { get; set; }

    /// <summary>The password. Default: none.</summary>
    public string? Password { get; set; }

    /// <summary>A file that holds the password and nothing else, instead of <see cref="Password"/>. Default: none.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>Who the messages are from: an address, or a name and an address: <c>WMFS Comms &lt;comms@example.org&gt;</c>. Has no default.</summary>
    public string? From { get; set; }

    /// <summary>Where people reach this service with a browser, for the links. Has no default.</summary>
    public Uri? PublicAddress { get; set; }

    /// <summary>Comms' own telephone number, said when nobody is on the duty rota. Default: none.</summary>
    public string? CommsPhone { get; set; }

    /// <summary>Messages that one host sends in a second, at most. Default: 5.</summary>
    public int PerSecond { get; set; } = 5;

    /// <summary>How long one step (connecting, or one message) may take. Default: 20 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long after each attempt in vain the next one comes; after the last it is given up. Default: <see cref="UsualRetries"/>, so five attempts within about 21 minutes.</summary>
    public IList<TimeSpan> Retries { get; } = [];

    /// <summary>Whether anybody is told.</summary>
    public bool IsOn => !string.IsNullOrWhiteSpace(Host);

    /// <summary>In how long a message is tried again.</summary>
    /// <param name="attempts">How often it was tried, this time included.</param>
    /// <returns>Null when that was the last time.</returns>
    public TimeSpan? After(int attempts)
    {
        var retries = Retries.Count > 0 ? [.. Retries] : UsualRetries;
        return attempts <= retries.Count ? retries[attempts - 1] : null;
    }
}

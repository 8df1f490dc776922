using Coordination.Domain.Brigade;
using Coordination.Domain.Incidents.Reports;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Notices;

/// <summary>Options of the systems that are told of holds by webhook, section <c>Notices</c>.</summary>
public sealed class WebhooksOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Notices";

    /// <summary>Most webhooks.</summary>
    public const int Most = 10;

    /// <summary>The webhooks, by ids that the service knows them by for good. Default: none.</summary>
    public IDictionary<string, WebhookOptions> Webhooks { get; } = new Dictionary<string, WebhookOptions>(StringComparer.Ordinal);
}

/// <summary>A system that is told of holds, section <c>Notices:Webhooks:{id}</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>Most secrets at a time: one in use, and its successor while the receiver changes over.</summary>
    public const int MostSecrets = 5;

    /// <summary>How long after each attempt in vain the next one comes, unless <see cref="Retries"/> says otherwise.</summary>
    public static readonly IReadOnlyList<TimeSpan> UsualRetries =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15),
        TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(6),
    ];

    /// <summary>What people call it. Default: its id.</summary>
    public string? Name { get; set; }

    /// <summary>Where messages go: https, or http to this machine itself. Has no default.</summary>
    public Uri? Url { get; set; }

    /// <summary>What messages are signed with, each of them: <c>whsec_</c> and base64 of 24 to 64 bytes. Two while one is replaced by the other.</summary>
    public IList<string> Secrets { get; } = [];

    /// <summary>How long one attempt may take. Default: 10 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long after each attempt in vain the next one comes; after the last it is given up. Default: <see cref="UsualRetries"/>, so eleven attempts within about 14 hours.</summary>
    public IList<TimeSpan> Retries { get; } = [];
}

/// <summary>Checks the options; all faults in one message, without a secret or an address in it.</summary>
public sealed class WebhooksOptionsValidator : IValidateOptions<WebhooksOptions>
{
    private const int LongestId = 40;
    private const int LongestName = 80;
    private const int LongestUrl = 2000;
    private const int MostRetries = 20;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, WebhooksOptions options)
    {
        var faults = options.Webhooks.OrderBy(w => w.Key, StringComparer.Ordinal).SelectMany(w => Faults(w.Key, w.Value)).ToList();
        if (options.Webhooks.Count > WebhooksOptions.Most)
        {
            faults.Insert(0, $"Notices:Webhooks has {options.Webhooks.Count} webhooks; {WebhooksOptions.Most} fit.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(string.Join(" ", faults));
    }

    private static IEnumerable<string> Faults(string id, WebhookOptions webhook)
    {
        var key = $"{WebhooksOptions.Section}:Webhooks:{id}";
        if (!Slug.IsValid(id) || id.Length > LongestId)
        {
            yield return $"Notices:Webhooks has the id '{id}': lower-case letters, digits and inner hyphens, at most {LongestId}.";
        }

        if (webhook.Name is { } words && (string.IsNullOrWhiteSpace(words) || words.Length > LongestName || words.Any(char.IsControl)))
        {
            yield return $"{key}:Name can be one line of at most {LongestName} characters.";
        }

        // The address is not quoted: some receivers have a password in it.
        if (!IsAddress(webhook.Url))
        {
            yield return $"{key}:Url must be a whole https address without a user, a password or a fragment, at most {LongestUrl} characters; http only to this machine itself.";
        }

        if (webhook.Secrets.Count is 0 or > WebhookOptions.MostSecrets || webhook.Secrets.Any(s => !WebhookSecret.TryParse(s, out _))
            || webhook.Secrets.Distinct(StringComparer.Ordinal).Count() < webhook.Secrets.Count)
        {
            yield return $"{key}:Secrets needs 1 to {WebhookOptions.MostSecrets} different secrets, each whsec_ and base64 of 24 to 64 bytes.";
        }

        if (webhook.Timeout < TimeSpan.FromSeconds(1) || webhook.Timeout > TimeSpan.FromSeconds(30))
        {
            yield return $"{key}:Timeout is {webhook.Timeout}; it can be 1 to 30 seconds.";
        }

        if (webhook.Retries.Count > MostRetries || webhook.Retries.Any(r => r < TimeSpan.FromMilliseconds(100) || r > TimeSpan.FromHours(6)))
        {
            yield return $"{key}:Retries can be at most {MostRetries} times of 0.1 seconds to 6 hours.";
        }
    }

    private static bool IsAddress(Uri? url) =>
        url is { IsAbsoluteUri: true, UserInfo: "", Fragment: "", Host.Length: > 0 } && url.OriginalString.Length <= LongestUrl
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));
}

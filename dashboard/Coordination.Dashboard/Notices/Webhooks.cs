using System.Security.Cryptography;
using System.Text;
using Coordination.Domain.Incidents.Reports;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Notices;

/// <summary>A system that is told of holds.</summary>
public sealed class Webhook
{
    private readonly IReadOnlyList<TimeSpan> _retries;

    /// <summary>Makes it of options that were checked.</summary>
    public Webhook(string id, WebhookOptions options)
    {
        (Id, Name, Url, Timeout) = (id, options.Name?.Trim() ?? id, options.Url!, options.Timeout);
        Secrets = [.. options.Secrets.Select(s => WebhookSecret.TryParse(s, out var secret) ? secret : throw new FormatException($"A secret of the webhook {id} is none."))];
        Target = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Url.AbsoluteUri)));
        _retries = options.Retries.Count > 0 ? [.. options.Retries] : WebhookOptions.UsualRetries;
    }

    /// <summary>The id in the settings.</summary>
    public string Id { get; }

    /// <summary>What people call it.</summary>
    public string Name { get; }

    /// <summary>Where messages go.</summary>
    public Uri Url { get; }

    /// <summary>What they are signed with, each of them.</summary>
    public IReadOnlyList<WebhookSecret> Secrets { get; }

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>The digest of the address, so that the database knows an address that said it is gone without keeping it.</summary>
    public string Target { get; }

    /// <summary>Most attempts for one message.</summary>
    public int MostAttempts => _retries.Count + 1;

    /// <summary>In how long a message is tried again.</summary>
    /// <param name="attempts">How often it was tried, this time included.</param>
    /// <param name="asked">How long the receiver asks to be left alone.</param>
    /// <returns>Null when that was the last time.</returns>
    public TimeSpan? After(int attempts, TimeSpan asked) =>
        attempts < MostAttempts ? TimeSpan.FromTicks(Math.Max(_retries[attempts - 1].Ticks, asked.Ticks)) : null;
}

/// <summary>All webhooks of the settings, by id.</summary>
public sealed class Webhooks(IOptions<WebhooksOptions> options)
{
    /// <summary>The webhooks.</summary>
    public IReadOnlyDictionary<string, Webhook> All { get; } = options.Value.Webhooks.ToDictionary(w => w.Key, w => new Webhook(w.Key, w.Value), StringComparer.Ordinal);

    /// <summary>What people call a webhook; its id when it is none of the settings' any more.</summary>
    public string NameOf(string id) => All.TryGetValue(id, out var webhook) ? webhook.Name : id;
}

using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Guide;

/// <summary>What the guide says of Comms and of training, section <c>Guide</c>. Nothing is needed: what is not there is not said.</summary>
public sealed class GuideOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Guide";

    /// <summary>Comms' telephone number within office hours.</summary>
    public string? Phone { get; set; }

    /// <summary>Comms' e-mail address.</summary>
    public string? Email { get; set; }

    /// <summary>Addresses of training and of the order itself, by what they are called; <c>https</c> only.</summary>
    public Dictionary<string, Uri> Links { get; } = new(StringComparer.Ordinal);
}

/// <summary>Checks the options; all faults in one message.</summary>
public sealed class GuideOptionsValidator : IValidateOptions<GuideOptions>
{
    private const int MostLinks = 20;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, GuideOptions options)
    {
        var faults = options.Links.Where(l => !l.Value.IsAbsoluteUri || l.Value.Scheme != Uri.UriSchemeHttps)
            .Select(l => $"Guide:Links:{l.Key} is no https address.").ToList();
        if (options.Links.Count > MostLinks)
        {
            faults.Add($"Guide:Links has {options.Links.Count} entries; {MostLinks} fit on the page.");
        }

        if (options.Email is { } email && (!System.Net.Mail.MailAddress.TryCreate(email, out var address) || address.Address != email))
        {
            faults.Add("Guide:Email is no e-mail address.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(string.Join(" ", faults));
    }
}

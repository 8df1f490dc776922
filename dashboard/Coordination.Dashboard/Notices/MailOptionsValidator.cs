using Microsoft.Extensions.Options;
using MimeKit;

namespace Coordination.Dashboard.Notices;

/// <summary>Checks the options; all faults in one message. Without a host only the address matters, which webhooks tell, too.</summary>
public sealed class MailOptionsValidator : IValidateOptions<MailOptions>
{
    private const int MostPerSecond = 100;
    private const int MostRetries = 10;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        var faults = options.IsOn ? Faults(options).ToArray() : options.PublicAddress is null ? [] : Address(options).ToArray();
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(string.Join(" ", faults));
    }

    private static IEnumerable<string> Faults(MailOptions options)
    {
        if (Uri.CheckHostName(options.Host) == UriHostNameType.Unknown)
        {
            yield return $"Mail:Host is '{options.Host}'; name a host, without a port.";
        }

        if (options.Port is < 1 or > 65535)
        {
            yield return $"Mail:Port is {options.Port}; it can be 1 to 65535.";
        }

        if (options.Security == MailSecurity.Unset || !Enum.IsDefined(options.Security))
        {
            yield return "Mail:Security is not set: StartTls, Tls, or None for a relay that nobody else can listen to.";
        }

        if (!MailboxAddress.TryParse(options.From, out var from) || !from.Address.Contains('@', StringComparison.Ordinal))
        {
            yield return $"Mail:From is '{options.From}'; write an address, or a name and an address: WMFS Comms <comms@example.org>.";
        }

        foreach (var fault in Address(options).Concat(SignIn(options)).Concat(Pace(options)))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> Address(MailOptions options)
    {
        if (options.PublicAddress is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            yield return "Mail:PublicAddress is missing or no web address; say where people reach this service, such as https://coordination.example.org/.";
        }
    }

    private static IEnumerable<string> SignIn(MailOptions options)
    {
        if (options is { Password: not null, PasswordFile: not null })
        {
            yield return "Mail:Password and Mail:PasswordFile are both set; one is enough.";
        }

        if (options.PasswordFile is { } file && !File.Exists(file))
        {
            yield return $"Mail:PasswordFile: there is no file {file}.";
        }

        if (string.IsNullOrWhiteSpace(options.User) != (options.Password is null && options.PasswordFile is null))
        {
            yield return "Mail:User and a password go together; one of them is missing.";
        }

        if (options.Security == MailSecurity.None && !string.IsNullOrWhiteSpace(options.User))
        {
            yield return "Mail:Security is None and Mail:User is set: the password would go over the network in the clear. Use StartTls or Tls.";
        }
    }

    private static IEnumerable<string> Pace(MailOptions options)
    {
        if (options.PerSecond is < 1 or > MostPerSecond)
        {
            yield return $"Mail:PerSecond is {options.PerSecond}; it can be 1 to {MostPerSecond}.";
        }

        if (options.Timeout < TimeSpan.FromSeconds(1) || options.Timeout > TimeSpan.FromMinutes(1))
        {
            yield return $"Mail:Timeout is {options.Timeout}; it can be a second to a minute.";
        }

        if (options.Retries.Count > MostRetries || options.Retries.Any(r => r < TimeSpan.FromMilliseconds(100) || r > TimeSpan.FromHours(6)))
        {
            yield return $"Mail:Retries can be at most {MostRetries} times of 0.1 seconds to 6 hours.";
        }
    }
}

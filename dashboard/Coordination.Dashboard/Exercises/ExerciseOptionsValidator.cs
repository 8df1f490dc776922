using Coordination.Dashboard.Exercises.Publishing;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Exercises;

/// <summary>Checks the options; all faults in one message. An address that any account publishes at is no sandbox, whatever it is called.</summary>
/// <remarks>The sandbox network of <c>Connectors:SandboxServer</c> may be on the same server: its exercise network is another one, with stand-ins and a key of its own.</remarks>
public sealed class ExerciseOptionsValidator(IConfiguration configuration) : IValidateOptions<ExerciseOptions>
{
    // Where the public reads. A subdomain of one is as bad.
    private static readonly string[] Public =
        ["x.com", "twitter.com", "facebook.com", "fb.com", "instagram.com", "threads.net", "bsky.social", "bsky.app", "bsky.network", "mastodon.social", "mastodon.online", "mstdn.social", "linkedin.com", "youtube.com", "nextdoor.co.uk", "tiktok.com"];

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ExerciseOptions options)
    {
        var faults = Faults(options).ToArray();
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(string.Join(" ", faults));
    }

    private IEnumerable<string> Faults(ExerciseOptions options)
    {
        if (options.Sandbox is not { } sandbox)
        {
            yield break;
        }

        if (sandbox is not { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "", AbsolutePath: "/" })
        {
            yield return "Exercises:Sandbox is no web address of a server, such as http://127.0.0.1:8090/.";
            yield break;
        }

        if (options.Key is not { Length: >= ExerciseOptions.ShortestKey })
        {
            yield return $"Exercises:Key is missing or too short: the sandbox's exercise key, at least {ExerciseOptions.ShortestKey} characters.";
        }

        if (options.Timeout < TimeSpan.FromMilliseconds(100) || options.Timeout > TimeSpan.FromMinutes(1))
        {
            yield return $"Exercises:Timeout is {options.Timeout}; it can be 0.1 seconds to a minute.";
        }

        // The key goes with every stand-in that is admitted.
        if (string.Equals(sandbox.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal) && !sandbox.IsLoopback)
        {
            yield return "Exercises:Sandbox is on another machine, so it has to be https: the key would go over the network in the clear.";
        }

        if (Public.FirstOrDefault(host => sandbox.IdnHost.Equals(host, StringComparison.OrdinalIgnoreCase) || sandbox.IdnHost.EndsWith("." + host, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            yield return $"Exercises:Sandbox is {sandbox.IdnHost}, which is the public's ({known}). Nothing of an exercise may go there.";
        }

        foreach (var account in Accounts().Where(a => IsSame(sandbox, a.Server)))
        {
            yield return $"Exercises:Sandbox is {sandbox.Authority}, where the account {account.Name} publishes (Connections:{account.Name}:Server). Nothing of an exercise may go there.";
        }

        if (configuration.GetSection("Connectors:Servers").GetChildren().Any(s => Uri.TryCreate(s.Value, UriKind.Absolute, out var server) && IsSame(sandbox, server)))
        {
            yield return $"Exercises:Sandbox is {sandbox.Authority}, where accounts may publish (Connectors:Servers). Nothing of an exercise may go there.";
        }
    }

    private IEnumerable<(string Name, Uri Server)> Accounts()
    {
        foreach (var connection in configuration.GetSection("Connections").GetChildren())
        {
            if (Uri.TryCreate(connection["Server"], UriKind.Absolute, out var server))
            {
                yield return (connection.Key, server);
            }
        }
    }

    // One machine has many servers; elsewhere a host is a host, whatever the port.
    private static bool IsSame(Uri sandbox, Uri server) => sandbox.IsLoopback && server.IsLoopback
        ? sandbox.Port == server.Port
        : string.Equals(sandbox.IdnHost, server.IdnHost, StringComparison.OrdinalIgnoreCase);
}

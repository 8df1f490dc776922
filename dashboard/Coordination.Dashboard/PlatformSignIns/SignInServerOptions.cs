using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.PlatformSignIns;

/// <summary>Which servers a person may name, section <c>Connectors</c>. Settings of <c>Connections</c> are their operator's and need not be here.</summary>
public sealed class SignInServerOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Connectors";

    /// <summary>Servers of Mastodon and Bluesky, besides Bluesky's own. Default: none.</summary>
    public IList<Uri> Servers { get; set; } = [];
}

/// <summary>Refuses what is no server.</summary>
public sealed class SignInServerOptionsValidator : IValidateOptions<SignInServerOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, SignInServerOptions options) => options.Servers.FirstOrDefault(s => !IsServer(s)) is { } odd
        ? ValidateOptionsResult.Fail($"{SignInServerOptions.Section}:{nameof(options.Servers)} has {odd.OriginalString}, which is no address of a server such as https://social.example/.")
        : ValidateOptionsResult.Success;

    // In the clear to this machine alone.
    private static bool IsServer(Uri server) =>
        server is { IsAbsoluteUri: true, UserInfo: "", Query: "", Fragment: "" }
        && (string.Equals(server.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal)
            || (string.Equals(server.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal) && server.IsLoopback));
}

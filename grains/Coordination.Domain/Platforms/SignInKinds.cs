namespace Coordination.Domain.Platforms;

/// <summary>In which ways an account of each platform can sign in, by the ids that are stored and spoken.</summary>
public static class SignInKinds
{
    /// <summary>A bearer token.</summary>
    public const string AccessToken = "access-token";

    /// <summary>An identifier with an app password.</summary>
    public const string AppPassword = "app-password";

    /// <summary>Requests signed with the app's secret and the account's (OAuth 1.0a).</summary>
    public const string SignedRequests = "signed-requests";

    /// <summary>A platform's; none where no connector reaches it.</summary>
    public static IReadOnlyList<string> Of(Platform platform) => platform.Id switch
    {
        var id when id == Platform.X.Id => [SignedRequests, AccessToken],
        var id when id == Platform.Bluesky.Id => [AppPassword],
        var id when id == Platform.Mastodon.Id || id == Platform.Threads.Id => [AccessToken],
        _ => [],
    };
}

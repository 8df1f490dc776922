using Coordination.Domain.Platforms;

namespace Coordination.Connectors;

/// <summary>In which ways an account of each platform can sign in, by the ids that are stored and spoken.</summary>
public static class SignInKinds
{
    /// <summary><see cref="Credential.AccessToken"/>.</summary>
    public const string AccessToken = "access-token";

    /// <summary><see cref="Credential.AppPassword"/>.</summary>
    public const string AppPassword = "app-password";

    /// <summary><see cref="Credential.SignedRequests"/>.</summary>
    public const string SignedRequests = "signed-requests";

    /// <summary>A platform's; none where there is no connector for it.</summary>
    public static IReadOnlyList<string> Of(Platform platform) => platform.Id switch
    {
        var id when id == Platform.X.Id => [SignedRequests, AccessToken],
        var id when id == Platform.Bluesky.Id => [AppPassword],
        var id when id == Platform.Mastodon.Id || id == Platform.Threads.Id => [AccessToken],
        _ => [],
    };

    /// <summary>The kind of a sign-in.</summary>
    public static string Of(Credential credential) => credential switch
    {
        Credential.AccessToken => AccessToken,
        Credential.AppPassword => AppPassword,
        Credential.SignedRequests => SignedRequests,
        _ => throw new ArgumentOutOfRangeException(nameof(credential), "It has no id."),
    };
}

namespace Coordination.Domain.Platforms;

/// <summary>The servers that somebody at a screen may name for an account's sign-in: no other is ever sent a secret, or asked for an address inside.</summary>
public static class SignInServers
{
    private static readonly Dictionary<string, Uri> Official = new(StringComparer.Ordinal)
    {
        [Platform.X.Id] = new("https://api.x.com/"),
        [Platform.Threads.Id] = new("https://graph.threads.net/v1.0/"),
        [Platform.Bluesky.Id] = new("https://bsky.social/"),
    };

    /// <summary>Those of one platform: its own, and for platforms of many servers those that an operator lists.</summary>
    public static IReadOnlyList<Uri> Of(Platform platform, IReadOnlyList<Uri> listed)
    {
        var many = platform.Id == Platform.Mastodon.Id || platform.Id == Platform.Bluesky.Id;
        return [.. (Official.TryGetValue(platform.Id, out var own) ? [own] : Array.Empty<Uri>()).Concat(many ? listed : []).Distinct()];
    }
}

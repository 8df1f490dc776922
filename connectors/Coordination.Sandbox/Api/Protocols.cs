using Coordination.Sandbox.Threads;
using Coordination.Sandbox.X;

namespace Coordination.Sandbox.Api;

/// <summary>Whose interface a request speaks.</summary>
internal enum Protocol
{
    /// <summary>Mastodon's.</summary>
    Mastodon,

    /// <summary>X's API v2.</summary>
    X,

    /// <summary>Threads'.</summary>
    Threads,
}

/// <summary>Tells the interfaces apart by their addresses.</summary>
internal static class Protocols
{
    /// <summary>Whose interface a request speaks; null for a page or for control.</summary>
    public static Protocol? Of(HttpRequest request) =>
        request.Path.StartsWithSegments("/api", StringComparison.Ordinal) ? Protocol.Mastodon
        : request.Path.StartsWithSegments("/x/2", StringComparison.Ordinal) ? Protocol.X
        : request.Path.StartsWithSegments("/threads", StringComparison.Ordinal) ? Protocol.Threads
        : null;

    /// <summary>A refusal in the words of the interface that was spoken.</summary>
    public static IResult Error(HttpRequest request, int status, string what) => Of(request) switch
    {
        Protocol.X => XAnswers.Problem(status, what),
        Protocol.Threads => GraphAnswers.Error(status, what),
        _ => Answers.Error(status, what),
    };
}

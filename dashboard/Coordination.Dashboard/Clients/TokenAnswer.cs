using Coordination.Storage.People;

namespace Coordination.Dashboard.Clients;

/// <summary>What becomes of a request that comes with a token.</summary>
public abstract record TokenAnswer
{
    private TokenAnswer()
    {
    }

    /// <summary>It is let in.</summary>
    /// <param name="Holder">As whom.</param>
    public sealed record Known(TokenHolder Holder) : TokenAnswer;

    /// <summary>Its token counted once.</summary>
    /// <param name="At">Until when (UTC).</param>
    /// <param name="Revoked">Whether somebody revoked it; else it came to its end.</param>
    public sealed record Over(DateTimeOffset At, bool Revoked) : TokenAnswer;

    /// <summary>Its token is nobody's. Nothing more is told: whoever sends it may be guessing.</summary>
    public sealed record Unknown : TokenAnswer;

    /// <summary>So many tokens that nobody has came from its address that this one was not looked up.</summary>
    /// <param name="Wait">How long until one is.</param>
    public sealed record TooMany(TimeSpan Wait) : TokenAnswer;
}

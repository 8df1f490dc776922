using Coordination.Domain.Notices;

namespace Coordination.Dashboard.Notices;

/// <summary>A way to reach a person. E-mail is one; a text message to a telephone would be another.</summary>
/// <remarks>One caller at a time. What it is given says whom and what; it knows nothing of holds.</remarks>
public interface INoticeChannel
{
    /// <summary>Sends one message, once.</summary>
    /// <param name="id">The message's id: the same at every attempt, so that the receiving side can tell a repeat.</param>
    /// <param name="notice">What goes to whom.</param>
    /// <param name="cancellationToken">Breaks it off; then it is not known what came of it.</param>
    Task<Delivery> SendAsync(Guid id, Notice notice, CancellationToken cancellationToken);

    /// <summary>Lets go of connections until the next message.</summary>
    Task RestAsync();
}

/// <summary>What came of sending a message.</summary>
public abstract record Delivery
{
    private Delivery()
    {
    }

    /// <summary>It was taken.</summary>
    public sealed record Taken : Delivery;

    /// <summary>It was refused, and will be the next time.</summary>
    /// <param name="Why">In a few words.</param>
    public sealed record Refused(string Why) : Delivery;

    /// <summary>It was not taken; another time it may be.</summary>
    /// <param name="Why">In a few words.</param>
    public sealed record NotNow(string Why) : Delivery;

    /// <summary>Nothing can be sent to anybody now; this message was not tried.</summary>
    /// <param name="Why">In a few words.</param>
    public sealed record Unreachable(string Why) : Delivery;

    /// <summary>It is not known whether it was taken.</summary>
    /// <param name="Why">In a few words.</param>
    public sealed record Doubtful(string Why) : Delivery;
}

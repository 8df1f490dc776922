namespace Coordination.Domain;

/// <summary>What a decider says to a command: accepted with events, refused with a reason, or already done.</summary>
/// <typeparam name="TEvent">The aggregate's events.</typeparam>
public abstract record Decision<TEvent>
{
    private Decision()
    {
    }

    /// <summary>The command changes the state by these events, in order.</summary>
    public sealed record Accepted(IReadOnlyList<TEvent> Events) : Decision<TEvent>;

    /// <summary>The command is refused and nothing changes.</summary>
    public sealed record Refused(Refusal Why) : Decision<TEvent>;

    /// <summary>The state is already as the command wants it; nothing changes.</summary>
    public sealed record AlreadyDone(string What) : Decision<TEvent>;
}

/// <summary>Why a command was refused.</summary>
/// <param name="Code">A stable code for programs, such as <c>text-too-long</c>.</param>
/// <param name="Reason">What happened, what is safe and what to do next, for a person.</param>
/// <param name="Kind">What sort of refusal it is.</param>
public sealed record Refusal(string Code, string Reason, RefusalKind Kind = RefusalKind.Invalid);

/// <summary>The sorts of refusal; each is one HTTP status.</summary>
public enum RefusalKind
{
    /// <summary>The command itself is wrong (422).</summary>
    Invalid,

    /// <summary>The actor has no right to it (403).</summary>
    Forbidden,

    /// <summary>The aggregate does not exist (404).</summary>
    NotFound,

    /// <summary>The aggregate is in a state that does not allow it (409).</summary>
    Conflict,
}

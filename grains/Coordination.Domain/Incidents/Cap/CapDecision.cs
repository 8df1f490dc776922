namespace Coordination.Domain.Incidents.Cap;

/// <summary>Why a message is not put to the rules and asks nobody.</summary>
public enum CapIgnoredBecause
{
    /// <summary>Its status is Test, System or Draft.</summary>
    NotActual,

    /// <summary>It is marked as a test although its status is Actual.</summary>
    TestEvent,

    /// <summary>It acknowledges or rejects another message.</summary>
    NoAlert,
}

/// <summary>What is made of a valid message before the rules are asked. No decision ever lifts a hold.</summary>
public abstract record CapDecision
{
    private CapDecision()
    {
    }

    /// <summary>Put it on file and ask the rule book.</summary>
    /// <param name="Parts">What it says, what is not doubtful first; at least one. The first is put on file, unless it is doubtful: whatever is reported later, nothing may hold by it.</param>
    public sealed record AskRules(IReadOnlyList<CapPart> Parts) : CapDecision;

    /// <summary>Put on file that the alert counts no more. What it held stays held.</summary>
    /// <param name="Report">That it is over.</param>
    /// <param name="Words">Why, in words.</param>
    /// <param name="AlwaysAsks">Whether a person is asked although nothing is held.</param>
    public sealed record Ended(IncidentReport Report, string Words, bool AlwaysAsks) : CapDecision;

    /// <summary>Hold nothing; tell Comms that a person must decide.</summary>
    /// <param name="Words">What to decide and why the service does not.</param>
    public sealed record AsksPerson(string Words) : CapDecision;

    /// <summary>Hold nothing; the message is kept on record.</summary>
    /// <param name="Because">Why.</param>
    /// <param name="Words">Why, in words.</param>
    public sealed record Ignored(CapIgnoredBecause Because, string Words) : CapDecision;

    /// <summary>The message was received before; nothing more is done. What was decided then stands.</summary>
    /// <param name="Of">The identity of both.</param>
    public sealed record Repeat(CapReference Of) : CapDecision;

    /// <summary>The sender is not on the list; nothing is recorded but the attempt.</summary>
    /// <param name="Sender">Who it says it is.</param>
    /// <param name="Words">What to do about it.</param>
    public sealed record SenderRefused(string Sender, string Words) : CapDecision;
}

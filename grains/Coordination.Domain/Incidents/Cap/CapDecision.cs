namespace Coordination.Domain.Incidents.Cap;

/// <summary>Why a message holds nothing and asks nobody.</summary>
public enum CapIgnoredBecause
{
    /// <summary>Its status is Exercise, Test, System or Draft.</summary>
    NotActual,

    /// <summary>It is marked as a test although its status is Actual.</summary>
    TestEvent,

    /// <summary>It acknowledges or rejects another message.</summary>
    NoAlert,

    /// <summary>Its information has expired.</summary>
    Expired,

    /// <summary>No rule is about it.</summary>
    NoRule,

    /// <summary>What it asks for is held already by an earlier message about the same incident.</summary>
    AlreadyHeld,
}

/// <summary>What the service does about a valid message. No decision ever lifts a hold.</summary>
/// <param name="Words">What is decided and why, for a person to read.</param>
public abstract record CapDecision(string Words)
{
    /// <summary>Place a hold by central coordination on the local accounts of the areas.</summary>
    /// <param name="Rule">The rule that says so.</param>
    /// <param name="AreaIds">Ids of the areas, sorted; every area of the map when the whole brigade is held.</param>
    /// <param name="WholeBrigade">Whether every local account is held, those that belong to no area too.</param>
    /// <param name="IncidentReference">The message's identifier, for the hold's incident.</param>
    /// <param name="Reason">The hold's reason: the rule in words and the headline.</param>
    /// <param name="AlsoAsks">What a person should look at besides, such as a place that is not known; may be empty.</param>
    public sealed record PlaceHold(
        TakeoverRule Rule,
        IReadOnlyList<string> AreaIds,
        bool WholeBrigade,
        string IncidentReference,
        string Reason,
        IReadOnlyList<string> AlsoAsks) : CapDecision(Reason);

    /// <summary>Hold nothing; tell Comms that a person must decide.</summary>
    /// <param name="Words">What to decide and why the service does not.</param>
    /// <param name="IncidentReference">The message's identifier.</param>
    public sealed record AsksPerson(string Words, string IncidentReference) : CapDecision(Words);

    /// <summary>Hold nothing; the message is kept on record.</summary>
    /// <param name="Because">Why.</param>
    /// <param name="Words">Why, in words.</param>
    public sealed record Ignored(CapIgnoredBecause Because, string Words) : CapDecision(Words);

    /// <summary>The message was received before; nothing more is done. What was decided then stands.</summary>
    /// <param name="Of">The identity of both.</param>
    /// <param name="Words">Which one, in words.</param>
    public sealed record Repeat(CapReference Of, string Words) : CapDecision(Words);

    /// <summary>The sender is not on the list; nothing is recorded but the attempt.</summary>
    /// <param name="Sender">Who it says it is.</param>
    /// <param name="Words">What to do about it.</param>
    public sealed record SenderRefused(string Sender, string Words) : CapDecision(Words);
}

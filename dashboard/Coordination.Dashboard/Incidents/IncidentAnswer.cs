using Coordination.Domain.Holds;
using Coordination.Domain.Incidents.Cap;

namespace Coordination.Dashboard.Incidents;

/// <summary>What became of an incident message.</summary>
public abstract record IncidentAnswer
{
    private IncidentAnswer()
    {
    }

    /// <summary>It was understood and decided.</summary>
    /// <param name="Decision">One of <see cref="IncidentDecisions"/>.</param>
    /// <param name="Incident">The number of the incident, or, where none was put on file, the message's identifier.</param>
    /// <param name="Exercise">Whether it is an exercise.</param>
    /// <param name="Reason">What was decided and why, for a person.</param>
    /// <param name="Hold">The hold that stands for it; null when none was placed.</param>
    /// <param name="AlsoAsks">What a person should look at besides.</param>
    /// <param name="Repeated">Whether the same message was decided before; then this is that decision.</param>
    public sealed record Decided(
        string Decision, string? Incident, bool Exercise, string Reason, Hold? Hold, IReadOnlyList<string> AlsoAsks, bool Repeated) : IncidentAnswer;

    /// <summary>It is no valid message; nothing of it was used. The bytes are on record.</summary>
    public sealed record Invalid(IReadOnlyList<CapFault> Faults) : IncidentAnswer;

    /// <summary>The sender is not on the list.</summary>
    public sealed record SenderRefused(string Reason) : IncidentAnswer;

    /// <summary>It should hold, and it is not known yet whether that took. The service goes on trying by itself; the same message again tells.</summary>
    public sealed record NotKnownYet(Guid OperationId) : IncidentAnswer;
}

/// <summary>The decisions by their ids.</summary>
public static class IncidentDecisions
{
    /// <summary>A hold was placed.</summary>
    public const string Hold = "hold";

    /// <summary>A person has to decide; nothing was held.</summary>
    public const string Ask = "ask";

    /// <summary>A rule proposes a hold: it is placed when its time comes, unless somebody objects.</summary>
    public const string Proposed = "proposed";

    /// <summary>An exercise: a shadow hold stands, and no real account is held.</summary>
    public const string Shadow = "shadow";

    /// <summary>Nothing is to be done.</summary>
    public const string Ignored = "ignored";

    /// <summary>The sender is not on the list, or the message is not valid.</summary>
    public const string Refused = "refused";
}

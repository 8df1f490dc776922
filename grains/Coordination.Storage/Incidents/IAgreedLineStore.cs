using Coordination.Domain.Incidents.Lines;
using Coordination.Domain.People;

namespace Coordination.Storage.Incidents;

/// <summary>Which messages are the agreed line of which hold. Journal stream: that of the takeover's incident; <c>line/</c> and the hold's id where people placed it.</summary>
public interface IAgreedLineStore
{
    /// <summary>Writes that a message is the agreed line of a hold, before its accounts are asked. Repeating it is safe.</summary>
    /// <param name="message">The message.</param>
    /// <param name="hold">The hold; it stands.</param>
    /// <param name="accounts">Keys of the accounts that it is meant for, in any order.</param>
    /// <param name="actor">Who says it.</param>
    /// <param name="cancellationToken">Ends the waiting; what was sent stays sent.</param>
    Task<LineOutcome> SayAsync(Guid message, string hold, IReadOnlyCollection<string> accounts, Actor actor, CancellationToken cancellationToken);

    /// <summary>What was said under a hold, in order, and how its posts stand.</summary>
    Task<IReadOnlyList<LineMessage>> OfHoldAsync(string hold, CancellationToken cancellationToken);

    /// <summary>The same for all holds of some incidents.</summary>
    Task<IReadOnlyList<LineMessage>> OfIncidentsAsync(IReadOnlyList<string> numbers, CancellationToken cancellationToken);
}

/// <summary>What came of saying a line.</summary>
public enum LineOutcome
{
    /// <summary>It is written.</summary>
    Said,

    /// <summary>It was written before, just so.</summary>
    Same,

    /// <summary>The message was written before for another hold, or for other accounts.</summary>
    Other,

    /// <summary>The hold was lifted.</summary>
    Lifted,

    /// <summary>There is no such hold.</summary>
    Gone,
}

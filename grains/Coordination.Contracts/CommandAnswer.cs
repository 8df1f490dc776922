using Coordination.Domain;
using Coordination.Domain.Posts;

namespace Coordination.Contracts;

/// <summary>What became of a command.</summary>
public enum CommandOutcome
{
    /// <summary>Committed.</summary>
    Accepted,

    /// <summary>The state was already as the command wants it, or this operation id was carried out before.</summary>
    AlreadyDone,

    /// <summary>Nothing changed; <see cref="CommandAnswer.Refusal"/> says why.</summary>
    Refused,
}

/// <summary>The answer to a command on an account.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Version">The account's version after it.</param>
/// <param name="Refusal">Why it was refused; null otherwise.</param>
/// <param name="Post">The post it was about, as it is now; null when it was about none or the post is not there.</param>
[GenerateSerializer, Alias("Coordination.CommandAnswer"), Immutable]
public sealed record CommandAnswer(
    [property: Id(0)] CommandOutcome Outcome,
    [property: Id(1)] long Version,
    [property: Id(2)] Refusal? Refusal = null,
    [property: Id(3)] Post? Post = null);

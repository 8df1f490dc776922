using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.Incidents.Rules;

namespace Coordination.Domain.Exercises;

/// <summary>What the shadow of an exercise is, as far as a line for it matters.</summary>
/// <param name="Exercise">Whether it is an exercise's at all.</param>
/// <param name="State">How far it is.</param>
/// <param name="Kind">The kind of hold that its rule wanted.</param>
/// <param name="NamedPosters">Whom that hold would let through besides Comms.</param>
public sealed record ShadowOfExercise(bool Exercise, TakeoverState State, HoldKind Kind, IReadOnlyList<string> NamedPosters);

/// <summary>What somebody wants to say in an exercise.</summary>
/// <param name="Text">The common words, without the mark or with it.</param>
/// <param name="Variants">Other words by platform id.</param>
public sealed record ExerciseWords(string Text, IReadOnlyDictionary<string, string> Variants)
{
    /// <summary>What a platform's stand-ins say: marked.</summary>
    public string On(string platformId) => ExerciseMark.On(Variants.GetValueOrDefault(platformId) is { } own && !string.IsNullOrWhiteSpace(own) ? own : Text);
}

/// <summary>An account that a stand-in is named after.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">Its name as people read it.</param>
public sealed record CoveredAccount(AccountKey Key, string Name);

/// <summary>One stand-in of a line, and what it says. It has nothing of the account but its name.</summary>
/// <param name="Account">The key of the account that it stands in for.</param>
/// <param name="Name">Its name as people read it.</param>
/// <param name="Words">What it says, with the mark.</param>
public sealed record PlannedStandIn(AccountKey Account, string Name, string Words);

/// <summary>What was decided about a line: a closed set.</summary>
public abstract record ExerciseLineDecision
{
    private ExerciseLineDecision()
    {
    }

    /// <summary>It goes out through these stand-ins.</summary>
    /// <param name="StandIns">By account; at least one.</param>
    /// <param name="Beyond">How many covered accounts have none, because only so many do.</param>
    public sealed record Accepted(IReadOnlyList<PlannedStandIn> StandIns, int Beyond) : ExerciseLineDecision;

    /// <summary>It does not.</summary>
    public sealed record Refused(Refusal Why) : ExerciseLineDecision;
}

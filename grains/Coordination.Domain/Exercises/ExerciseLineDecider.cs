using Coordination.Domain.Holds;
using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.People;
using Coordination.Domain.Platforms;
using Coordination.Domain.Posts;

namespace Coordination.Domain.Exercises;

/// <summary>Decides whether the line of an exercise goes out on the exercise network, and as whom. It can say nothing about real accounts: all that comes of it is stand-ins and marked words.</summary>
public static class ExerciseLineDecider
{
    /// <summary>Most stand-ins of a line: more than any brigade has accounts, and a network on one machine takes them in a moment.</summary>
    public const int MostStandIns = 1000;

    /// <summary>Longest text, in UTF-16 units: the longest that any platform takes.</summary>
    public const int LongestText = 63206;

    /// <summary>Whether somebody may write the line of a shadow: whom the hold would let through, were it real.</summary>
    public static bool May(Actor actor, ShadowOfExercise shadow) =>
        actor.May(Permission.PublishLocal) && (actor.May(Permission.ApprovePost) || shadow.NamedPosters.Contains(actor.Id, StringComparer.Ordinal));

    /// <summary>Decides.</summary>
    /// <param name="shadow">The shadow that it is for.</param>
    /// <param name="words">What to say.</param>
    /// <param name="accounts">The accounts that the shadow covers.</param>
    /// <param name="actor">Who wants it.</param>
    public static ExerciseLineDecision Decide(ShadowOfExercise shadow, ExerciseWords words, IReadOnlyCollection<CoveredAccount> accounts, Actor actor)
    {
        if ((CheckShadow(shadow) ?? CheckActor(actor, shadow) ?? CheckSize(words)) is { } refused)
        {
            return new ExerciseLineDecision.Refused(refused);
        }

        PlannedStandIn[] standIns = [.. accounts.OrderBy(a => a.Key).Take(MostStandIns).Select(a => new PlannedStandIn(a.Key, a.Name, words.On(a.Key.PlatformId)))];
        if (standIns.Length == 0)
        {
            return new ExerciseLineDecision.Refused(new Refusal("accounts-missing", "The shadow hold covers no account that could publish, so there is nobody to stand in for. Nothing was published."));
        }

        var unfit = standIns.DistinctBy(s => s.Account.PlatformId, StringComparer.Ordinal).Select(Check).FirstOrDefault(r => r is not null);
        return unfit is not null ? new ExerciseLineDecision.Refused(unfit) : new ExerciseLineDecision.Accepted(standIns, accounts.Count - standIns.Length);
    }

    private static Refusal? CheckShadow(ShadowOfExercise shadow) => shadow switch
    {
        { Exercise: false } => new Refusal(
            "line-not-of-exercise", "This is no exercise: an exercise line is for the shadow hold of one. Nothing was published. A real hold’s line is written from the incident’s page.", RefusalKind.Conflict),
        { Kind: not HoldKind.CentralCoordination } => new Refusal(
            "line-not-wanted", "The rule wanted a hold under which nobody publishes, not even Comms, so there is no line to write. Nothing was published.", RefusalKind.Conflict),
        { State: not TakeoverState.Shadow } => new Refusal(
            "exercise-over", shadow.State == TakeoverState.Pending ? "The shadow hold does not stand yet: the proposal still waits. Nothing was published." : "The shadow hold does not stand any more. Nothing was published.", RefusalKind.Conflict),
        _ => null,
    };

    private static Refusal? CheckActor(Actor actor, ShadowOfExercise shadow) => May(actor, shadow)
        ? null
        : new Refusal(
            "forbidden",
            $"{actor.Name} ({actor.Role.Name()}) may not write the line of this exercise. Nothing was published. Who may: {PermissionMatrix.WhoMayInWords(Permission.ApprovePost)}, and those whom the rule names.",
            RefusalKind.Forbidden);

    private static Refusal? CheckSize(ExerciseWords words) =>
        words.Variants.Values.Append(words.Text).Any(t => t.Length > LongestText)
            ? new Refusal("text-too-long", $"A text of the exercise line has more than {LongestText:#,0} characters. Nothing was published. Shorten it.")
            : StorableText.Check("exercise line", words.Variants.Values.Append(words.Text));

    private static Refusal? Check(PlannedStandIn standIn)
    {
        var platform = standIn.Account.Platform;
        if (!ExerciseMark.IsOn(standIn.Words) || TextLimits.Check(platform, standIn.Words[ExerciseMark.Words.Length..]) is TextCheck.Empty)
        {
            return new Refusal("text-empty", $"The exercise line says nothing on {platform.Name} but that it is an exercise. Nothing was published. Write something.");
        }

        return TextLimits.Check(platform, standIn.Words) switch
        {
            TextCheck.TooLong tooLong => new Refusal("text-too-long", $"{tooLong.Reason} The mark “{ExerciseMark.Words.Trim()}” counts. Nothing was published. Shorten it."),
            TextCheck.Unsendable unsendable => new Refusal("text-unsendable", $"{unsendable.Reason} Nothing was published."),
            _ => null,
        };
    }
}

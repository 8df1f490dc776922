using Coordination.Dashboard.Exercises.Publishing;
using Coordination.Dashboard.Live;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.Exercises;
using Coordination.Domain.People;
using Coordination.Storage.Exercises;
using Coordination.Storage.Incidents;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Exercises;

/// <summary>The line as it stands, or why there is none.</summary>
public sealed record ExerciseLineAnswer(ExerciseLine? Line, Refusal? Refusal);

/// <summary>Where people write the line of an exercise, and say that they have seen what is real. It reaches nothing that publishes on a real account.</summary>
public sealed class ExerciseDesk(IExerciseLines lines, ITakeoverStore takeovers, IBoard board, ExercisePublisher publisher, ExerciseScreen screen, IOptions<ExerciseOptions> options)
{
    /// <summary>Why the lines of exercises cannot go out here; null when they can.</summary>
    public string? Off => options.Value.IsOn
        ? null
        : "Exercises cannot be published here: no sandbox is set (Exercises:Sandbox and Exercises:Key), and nothing of an exercise goes anywhere else. Everything else of the drill works.";

    /// <summary>The accounts that a shadow covers and that could publish.</summary>
    public IReadOnlyList<CoveredAccount> Covered(Takeover shadow) =>
    [
        .. board.Accounts.Values
            .Where(r => r.Summary.Lifecycle == AccountLifecycle.Connected && shadow.Scope.Covers(r.Summary.Key, r.Summary.Labels))
            .Select(r => new CoveredAccount(r.Summary.Key, r.Summary.DisplayName)),
    ];

    /// <summary>Writes the line of a shadow: it goes out by itself, as stand-ins, on the exercise network.</summary>
    /// <param name="takeover">The shadow.</param>
    /// <param name="words">What to say; the mark is put before each text.</param>
    /// <param name="operation">The same again is the same line.</param>
    /// <param name="actor">Who writes it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<ExerciseLineAnswer> WriteAsync(Guid takeover, ExerciseWords words, Guid operation, Actor actor, CancellationToken cancellationToken)
    {
        if (await takeovers.FindAsync(takeover, cancellationToken) is not { } shadow)
        {
            return new ExerciseLineAnswer(null, Unknown(takeover.ToString()));
        }

        if (await lines.FindAsync(takeover, cancellationToken) is { } former)
        {
            return former.Id == operation ? new ExerciseLineAnswer(former, null) : new ExerciseLineAnswer(former, Written(former));
        }

        if (Off is { } off)
        {
            return new ExerciseLineAnswer(null, new Refusal("exercises-off", off, RefusalKind.Conflict));
        }

        switch (ExerciseLineDecider.Decide(Shadow(shadow), words, Covered(shadow), actor))
        {
            case ExerciseLineDecision.Accepted accepted:
                var line = new NewExerciseLine(operation, takeover, [.. accepted.StandIns.Select(s => new NewStandIn(s.Account.Value, s.Name, s.Words))], accepted.Beyond);
                return await AnswerAsync(await lines.WriteAsync(line, actor, cancellationToken), takeover, cancellationToken);
            case ExerciseLineDecision.Refused { Why: var why }:
                return new ExerciseLineAnswer(null, why);
            case var other:
                throw new InvalidOperationException($"No rule for {other.GetType().Name}.");
        }
    }

    /// <summary>Has what was given up tried again.</summary>
    public async Task<ExerciseLineAnswer> RetryAsync(Guid takeover, Actor actor, CancellationToken cancellationToken)
    {
        if (await takeovers.FindAsync(takeover, cancellationToken) is not { Exercise: true } shadow)
        {
            return new ExerciseLineAnswer(null, Unknown(takeover.ToString()));
        }

        if (!ExerciseLineDecider.May(actor, Shadow(shadow)))
        {
            return new ExerciseLineAnswer(null, new Refusal("forbidden", $"{actor.Name} ({actor.Role.Name()}) may not have it tried again. Who may: {PermissionMatrix.WhoMayInWords(Permission.ApprovePost)}.", RefusalKind.Forbidden));
        }

        var tried = await lines.RetryAsync(takeover, actor, cancellationToken);
        publisher.Knock();
        return tried is null
            ? new ExerciseLineAnswer(null, new Refusal("exercise-over", "The shadow hold does not stand any more, or it has no line. Nothing was sent.", RefusalKind.Conflict))
            : new ExerciseLineAnswer(await lines.FindAsync(takeover, cancellationToken), null);
    }

    /// <summary>Says that what is real was seen, so that the exercise may have the screen again. Anybody's word counts for all.</summary>
    /// <returns>Null when it is on record.</returns>
    public async Task<Refusal?> SeeAsync(Guid? takeover, string? holdId, Actor actor, CancellationToken cancellationToken)
    {
        if (!MaySee(actor))
        {
            return new Refusal("forbidden", $"{actor.Name} ({actor.Role.Name()}) may not say for all that it was seen. Nothing was changed. Who may: {PermissionMatrix.WhoMayInWords(Permission.DecideTakeover)}, or {PermissionMatrix.WhoMayInWords(Permission.ReportIncident)}.", RefusalKind.Forbidden);
        }

        var outcome = await lines.SeeAsync(takeover, holdId, actor, cancellationToken);
        await screen.LookAsync(cancellationToken);
        return outcome switch
        {
            SeenOutcome.Gone => new Refusal("real-unknown", "There is no such proposal or hold. Nothing was changed.", RefusalKind.NotFound),
            SeenOutcome.Calm => new Refusal("no-exercise", "No exercise stands, so nothing is kept from the screen. Nothing was changed.", RefusalKind.Conflict),
            _ => null,
        };
    }

    /// <summary>Whether somebody may say so: who decides about takeovers, and who reports incidents.</summary>
    public static bool MaySee(Actor actor) => actor.May(Permission.DecideTakeover) || actor.May(Permission.ReportIncident);

    /// <summary>A takeover as the rules of the line look at it.</summary>
    public static ShadowOfExercise Shadow(Takeover takeover) => new(takeover.Exercise, takeover.State, takeover.Kind, takeover.NamedPosters);

    /// <summary>There is no such shadow.</summary>
    public static Refusal Unknown(string id) =>
        new("takeover-unknown", $"There is no takeover {id}. Nothing was published. GET /api/takeovers lists those that are open.", RefusalKind.NotFound);

    private static Refusal Written(ExerciseLine former) =>
        new("line-written", $"{former.WrittenBy} has written the line of this exercise before. It is out once, or on its way; this one was not published.", RefusalKind.Conflict);

    private async Task<ExerciseLineAnswer> AnswerAsync(WriteOutcome outcome, Guid takeover, CancellationToken cancellationToken)
    {
        publisher.Knock();
        var line = await lines.FindAsync(takeover, cancellationToken);
        return outcome switch
        {
            WriteOutcome.Done or WriteOutcome.Already => new ExerciseLineAnswer(line, null),
            WriteOutcome.Other => new ExerciseLineAnswer(line, Written(line!)),
            WriteOutcome.Real => new ExerciseLineAnswer(null, new Refusal("line-not-of-exercise", "This is no exercise. Nothing was published.", RefusalKind.Conflict)),
            WriteOutcome.Gone => new ExerciseLineAnswer(null, Unknown(takeover.ToString())),
            _ => new ExerciseLineAnswer(null, new Refusal("exercise-over", "The shadow hold does not stand any more. Nothing was published.", RefusalKind.Conflict)),
        };
    }
}

using Coordination.Domain.Accounts;
using Coordination.Domain.Exercises;
using Coordination.Domain.Holds;
using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.People;
using Coordination.Domain.Platforms;
using CsCheck;
using Xunit;

namespace Coordination.Domain.Tests.Exercises;

/// <summary>The line of an exercise: whatever goes in, what comes out is marked stand-ins of a shadow, or a refusal.</summary>
public sealed class ExerciseLineTests
{
    private const int Iterations = 2000;
    private static readonly Actor Comms = new("okafor", "R. Okafor", Role.CommsOfficer);
    private static readonly ShadowOfExercise Shadow = new(true, TakeoverState.Shadow, HoldKind.CentralCoordination, ["begum"]);
    private static readonly CoveredAccount[] Accounts = [.. Platform.All.Select(p => new CoveredAccount(AccountKey.Parse($"{p.Id}/demo_wmfs_aston"), "Aston"))];

    // Words as people type them, marks in all places, and what could make a mark look like none.
    private static readonly Gen<string> s_texts = Gen.OneOf(
        Gen.String[0, 300], Gen.String[Gen.Char.AlphaNumeric, 0, 400], Gen.String[0, 20].Select(t => ExerciseMark.Words + t), Gen.Const(ExerciseMark.Words), Gen.Const("EXERCISE - no"), Gen.Const("\u202E\u200B "),
        Gen.String[0, 20].Select(t => "\u0338" + t), Gen.String[0, 20].Select(t => " \n" + ExerciseMark.Words + ExerciseMark.Words + t));

    private static readonly Gen<(string Platform, string Text)> s_variant = Gen.Select(Gen.OneOf(Platform.All.Select(p => p.Id).ToArray()), s_texts, (platform, text) => (platform, text));

    private static readonly Gen<ExerciseWords> s_words = Gen.Select(s_texts, s_variant.Array[0, 3], (text, variants) =>
        new ExerciseWords(text, variants.DistinctBy(v => v.Platform, StringComparer.Ordinal).ToDictionary(v => v.Platform, v => v.Text, StringComparer.Ordinal)));

    private static readonly Gen<ShadowOfExercise> s_shadows = Gen.Select(Gen.Bool, Gen.Enum<TakeoverState>(), Gen.Enum<HoldKind>(), (exercise, state, kind) => new ShadowOfExercise(exercise, state, kind, ["begum"]));

    private static readonly Gen<Actor> s_actors = Gen.Select(Gen.Enum<Role>(), Gen.Bool, (role, named) => new Actor(named ? "begum" : "smith", "N.", role));

    [Fact]
    public void Decide_MarksEveryText_WhateverIsTyped()
    {
        var accepted = 0;
        s_words.SampleSeeded(
            words =>
            {
                if (ExerciseLineDecider.Decide(Shadow, words, Accounts, Comms) is not ExerciseLineDecision.Accepted line)
                {
                    return true;
                }

                accepted++;
                return line.StandIns.All(s => s.Words.StartsWith("EXERCISE – ", StringComparison.Ordinal) && ExerciseMark.IsOn(s.Words)
                    && TextLimits.Check(s.Account.Platform, s.Words) is TextCheck.Fits);
            },
            Iterations);
        Assert.InRange(accepted, Iterations / 50, Iterations);
    }

    [Fact]
    public void Decide_AcceptsNothing_ButForAShadowThatStands_AndFromWhomItLetsThrough() => Gen.Select(s_shadows, s_words, s_actors).SampleSeeded(
        (shadow, words, actor) => ExerciseLineDecider.Decide(shadow, words, Accounts, actor) is not ExerciseLineDecision.Accepted
            || (shadow is { Exercise: true, State: TakeoverState.Shadow, Kind: HoldKind.CentralCoordination }
                && actor.May(Permission.PublishLocal) && (actor.May(Permission.ApprovePost) || string.Equals(actor.Id, "begum", StringComparison.Ordinal))),
        Iterations);

    [Fact]
    public void Mark_CountsInTheLimit()
    {
        var fits = new string('a', 280 - ExerciseMark.Words.Length);
        CoveredAccount[] x = [new(AccountKey.Parse("x/demo_wmfs_aston"), "Aston")];
        Assert.IsType<ExerciseLineDecision.Accepted>(ExerciseLineDecider.Decide(Shadow, Words(fits), x, Comms));
        var refused = Assert.IsType<ExerciseLineDecision.Refused>(ExerciseLineDecider.Decide(Shadow, Words(fits + "a"), x, Comms));
        Assert.Equal("text-too-long", refused.Why.Code);
        Assert.Contains("1 too many", refused.Why.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "text-empty")]
    [InlineData("  ", "text-empty")]
    [InlineData("EXERCISE –", "text-empty")]
    [InlineData("EXERCISE – ", "text-empty")]
    [InlineData("\u200B", "text-empty")]
    [InlineData("a\0b", "text-not-storable")]
    [InlineData("a\u0007b", "text-unsendable")]
    public void Decide_RefusesWhatSaysNothing_OrCannotBeSent(string text, string? code) =>
        Assert.Equal(code, (ExerciseLineDecider.Decide(Shadow, Words(text), Accounts, Comms) as ExerciseLineDecision.Refused)?.Why.Code);

    [Theory]
    [InlineData(false, TakeoverState.Placed, HoldKind.CentralCoordination, "line-not-of-exercise")]
    [InlineData(true, TakeoverState.Pending, HoldKind.CentralCoordination, "exercise-over")]
    [InlineData(true, TakeoverState.Ended, HoldKind.CentralCoordination, "exercise-over")]
    [InlineData(true, TakeoverState.Shadow, HoldKind.Freeze, "line-not-wanted")]
    public void Decide_SaysWhyNot(bool exercise, TakeoverState state, HoldKind kind, string code) =>
        Assert.Equal(code, Assert.IsType<ExerciseLineDecision.Refused>(ExerciseLineDecider.Decide(new ShadowOfExercise(exercise, state, kind, []), Words("We are dealing with it."), Accounts, Comms)).Why.Code);

    [Fact]
    public void Decide_HasOnlySoManyStandIns_AndSaysHowManyHaveNone()
    {
        CoveredAccount[] many = [.. Enumerable.Range(0, ExerciseLineDecider.MostStandIns + 7).Select(i => new CoveredAccount(AccountKey.Parse($"x/demo_{i}"), "N"))];
        var line = Assert.IsType<ExerciseLineDecision.Accepted>(ExerciseLineDecider.Decide(Shadow, Words("We are dealing with it."), many, Comms));
        Assert.Equal((ExerciseLineDecider.MostStandIns, 7), (line.StandIns.Count, line.Beyond));
        Assert.Equal("accounts-missing", Assert.IsType<ExerciseLineDecision.Refused>(ExerciseLineDecider.Decide(Shadow, Words("a"), [], Comms)).Why.Code);
    }

    [Fact]
    public void Variant_IsMarkedToo_AndAnEmptyOneIsTheCommonText()
    {
        var words = new ExerciseWords("Common", new Dictionary<string, string>(StringComparer.Ordinal) { ["x"] = "Short", ["facebook"] = " " });
        var line = Assert.IsType<ExerciseLineDecision.Accepted>(ExerciseLineDecider.Decide(Shadow, words, Accounts, Comms));
        Assert.Equal("EXERCISE – Short", line.StandIns.Single(s => s.Account.PlatformId == "x").Words);
        Assert.Equal("EXERCISE – Common", line.StandIns.Single(s => s.Account.PlatformId == "facebook").Words);
    }

    private static ExerciseWords Words(string text) => new(text, new Dictionary<string, string>(StringComparer.Ordinal));
}

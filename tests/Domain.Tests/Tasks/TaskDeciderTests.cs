using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Tasks;
using Coordination.Domain.Tests.Accounts;
using Xunit;

namespace Coordination.Domain.Tests.Tasks;

/// <summary>What people do on the platforms themselves: who asks for it, who confirms it, and that nothing closes it by itself.</summary>
public sealed class TaskDeciderTests
{
    private static readonly AccountLabels Corporate = Given.Labels with { Kind = AccountKind.Corporate, Area = null, Station = null };
    private static readonly TaskWish Picture = new(TaskKind.Profile, " New picture ", "https://example.org/aston", Given.Now.AddDays(1));

    public static TheoryData<string, bool, bool> Tending() => new()
    {
        { "comms-manager", true, true }, { "comms-officer", true, true }, { "account-holder", true, false }, { "account-holder-of-another", false, false },
        { "account-holder-of-none", false, false }, { "fds-officer", false, false }, { "fire-control", false, false }, { "auditor", false, false },
    };

    [Theory]
    [MemberData(nameof(Tending))]
    public void Task_IsOpenedAndConfirmed_ByWhoLooksAfterTheAccount(string who, bool local, bool corporate)
    {
        var actor = Given.People.First(p => p.Name == who).Actor;
        foreach (var (labels, may) in new[] { (Given.Labels, local), (Corporate, corporate) })
        {
            var opened = TaskDecider.Open(Given.Key, labels, Picture, actor, Given.Now);
            var done = TaskDecider.Confirm(AnOpenOne(), labels, "Done", actor, Given.Now);
            Assert.Equal(may, opened is Decision<Change<StaffTask>>.Accepted);
            Assert.Equal(may, done is Decision<Change<StaffTask>>.Accepted);
            if (!may)
            {
                Assert.Equal((RefusalKind.Forbidden, RefusalKind.Forbidden), (Refused(opened).Kind, Refused(done).Kind));
                Assert.Equal(labels.Kind == AccountKind.Corporate, Refused(opened).Reason.Contains("3.1", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void Open_KeepsWhatWasAskedFor()
    {
        var task = Accepted(TaskDecider.Open(Given.Key, Given.Labels, Picture, Given.Manager, Given.Now)).After;
        Assert.Equal(("New picture", "https://example.org/aston", Picture.DueAt, true, Given.Manager.Id), (task.What, task.Link, task.DueAt, task.Open, task.AskedBy));
    }

    [Theory]
    [InlineData("words-missing", " ", null, 1)]
    [InlineData("words-missing", null, null, 1)]
    [InlineData("text-not-storable", "a\0", null, 1)]
    [InlineData("link-invalid", "Do it", "javascript:alert(1)", 1)]
    [InlineData("link-invalid", "Do it", "aston", 1)]
    [InlineData("time-in-past", "Do it", null, -1)]
    public void Open_Refuses_WhatNobodyCouldDo(string code, string? what, string? link, int hours) =>
        Assert.Equal(code, Refused(TaskDecider.Open(Given.Key, Given.Labels, new TaskWish(TaskKind.Other, what, link, Given.Now.AddHours(hours)), Given.Manager, Given.Now)).Code);

    [Fact]
    public void Words_AreNeverTooLong()
    {
        Assert.Equal("words-too-long", Refused(TaskDecider.Open(Given.Key, Given.Labels, Picture with { What = new string('a', TaskDecider.LongestWords + 1) }, Given.Manager, Given.Now)).Code);
        Assert.Equal("words-too-long", Refused(TaskDecider.Confirm(AnOpenOne(), Given.Labels, new string('a', TaskDecider.LongestWords + 1), Given.Manager, Given.Now)).Code);
        Assert.Equal("words-missing", Refused(TaskDecider.Confirm(AnOpenOne(), Given.Labels, "  ", Given.Manager, Given.Now)).Code);
    }

    [Fact]
    public void Deletion_IsAskedForOnce_AndAgainAfterItWasDone()
    {
        var opened = Accepted(TaskDecider.AskDelete(null, Given.Key, Given.Post, null, new string('x', 5000), Given.Now));
        Assert.Equal((TaskDecider.Opened, true, Actor.System.Id, Given.Post), (opened.Event, opened.After.Open, opened.After.AskedBy, opened.After.Post!.Value));
        Assert.True(opened.After.What.Length <= TaskDecider.LongestWords);
        Assert.IsType<Decision<Change<StaffTask>>.AlreadyDone>(TaskDecider.AskDelete(opened.After, Given.Key, Given.Post, null, "Again", Given.Now));

        var done = Accepted(TaskDecider.Confirm(opened.After, Given.Labels, " Gone ", Given.Manager, Given.Now));
        Assert.Equal((TaskDecider.Done, false, "Gone", Given.Manager.Name), (done.Event, done.After.Open, done.After.Note, done.After.DoneByName));
        Assert.IsType<Decision<Change<StaffTask>>.AlreadyDone>(TaskDecider.Confirm(done.After, Given.Labels, "Gone", Given.Manager, Given.Now));

        var again = Accepted(TaskDecider.AskDelete(done.After, Given.Key, Given.Post, null, "It is back", Given.Now));
        Assert.Equal((TaskDecider.Reopened, true, (string?)null), (again.Event, again.After.Open, again.After.DoneBy));
    }

    [Fact]
    public void Kinds_HaveAnIdThatParses() => Assert.All(Enum.GetValues<TaskKind>(), kind =>
    {
        Assert.True(TaskKinds.TryParse(kind.Id(), out var parsed));
        Assert.Equal(kind, parsed);
        Assert.NotEmpty(kind.Name());
    });

    private static StaffTask AnOpenOne() => Accepted(TaskDecider.Open(Given.Key, Given.Labels, Picture, Given.Manager, Given.Now)).After;

    private static Change<StaffTask> Accepted(Decision<Change<StaffTask>> decision) => Assert.Single(Assert.IsType<Decision<Change<StaffTask>>.Accepted>(decision).Events);

    private static Refusal Refused(Decision<Change<StaffTask>> decision) => Assert.IsType<Decision<Change<StaffTask>>.Refused>(decision).Why;
}

using Coordination.Dashboard.Components.Drafts;
using Coordination.Dashboard.Desks;
using Coordination.Domain;
using Coordination.Domain.Drafts;
using Coordination.Domain.People;
using Coordination.Domain.Review;

namespace Coordination.Pages.Tests;

/// <summary>What is typed is kept a moment later, and never over somebody else's words.</summary>
public sealed class DraftKeeperTests : IDisposable
{
    private readonly StubDraftDesk _desk = new();
    private readonly DraftKeeper _keeper;

    public DraftKeeperTests() => _keeper = new DraftKeeper(_desk);

    [Fact]
    public async Task Rest_IsKept_AndTypingIsNot()
    {
        await BeatAsync("");
        await BeatAsync("");
        Assert.Null(_keeper.Id);
        await BeatAsync("O");
        await BeatAsync("Op");
        await BeatAsync("Open");
        Assert.Empty(_desk.Saved);
        await BeatAsync("Open");
        await BeatAsync("Open");
        Assert.Equal(["Open"], _desk.Saved);
        Assert.False(_keeper.Unkept);
        await BeatAsync("");
        await BeatAsync("");
        Assert.Equal(["Open", ""], _desk.Saved);
    }

    [Fact]
    public async Task Other_IsShownBesideMine_AndNeitherIsWrittenOver()
    {
        await TypeAsync("Open day");
        _desk.Change("Open day, with cake", "Kim");
        await TypeAsync("Open day at ten");
        Assert.Equal("Open day, with cake", _keeper.Theirs!.Content.Text);
        await TypeAsync("Open day at eleven");
        Assert.Equal(["Open day"], _desk.Saved);

        _keeper.GoOn();
        await TypeAsync("Open day at eleven");
        Assert.Equal(["Open day", "Open day at eleven"], _desk.Saved);
        Assert.Null(_keeper.Theirs);
    }

    [Fact]
    public async Task Other_IsTaken_WhenNothingWasTypedHere()
    {
        await TypeAsync("Open day");
        _desk.Change("Open day, with cake", "Kim");
        DraftContent? theirs = null;
        for (var i = 0; i < DraftKeeper.LookEvery && theirs is null; i++)
        {
            theirs = await BeatAsync("Open day");
        }

        Assert.Equal("Open day, with cake", theirs!.Text);
        await TypeAsync("Open day, with cake and tea");
        Assert.Equal(["Open day", "Open day, with cake and tea"], _desk.Saved);
    }

    [Fact]
    public async Task Words_StayOnThePage_WhileTheDatabaseIsAway()
    {
        _desk.Away = true;
        await TypeAsync("Open day");
        Assert.Contains("tried again", _keeper.Problem, StringComparison.Ordinal);
        var id = _keeper.Id;
        _desk.Away = false;
        await BeatAsync("Open day");
        Assert.Equal(["Open day"], _desk.Saved);
        Assert.Equal((id, (string?)null), (_keeper.Id, _keeper.Problem));
    }

    [Fact]
    public async Task Draft_ThatIsGone_BecomesANewOne()
    {
        await TypeAsync("Open day");
        var former = _keeper.Id;
        _desk.Remove();
        await TypeAsync("Open day at ten");
        Assert.Null(_keeper.Id);
        await BeatAsync("Open day at ten");
        Assert.NotEqual(former, _keeper.Id);
        Assert.Equal("Open day at ten", _desk.Saved[^1]);
    }

    [Fact]
    public async Task Sent_TakesTheDraftOut_ButNotWhatAnotherWroteMeanwhile()
    {
        await TypeAsync("Open day");
        _desk.Change("Open day, with cake", "Kim");
        await _keeper.SentAsync(Some.Manager, CancellationToken.None);
        Assert.NotNull(_desk.Kept);
        Assert.Null(_keeper.Id);

        _desk.Remove();
        await TypeAsync("Another");
        Assert.NotNull(_desk.Kept);
        await _keeper.SentAsync(Some.Manager, CancellationToken.None);
        Assert.Null(_desk.Kept);
    }

    [Fact]
    public async Task Leaving_KeepsWhatWasTypedLast()
    {
        await BeatAsync("Open");
        await _keeper.LeaveAsync(Content("Open day"), Some.Manager, CancellationToken.None);
        Assert.Equal(["Open day"], _desk.Saved);
        await _keeper.LeaveAsync(Content(""), Some.Manager, CancellationToken.None);
        Assert.Equal(["Open day"], _desk.Saved);
    }

    [Fact]
    public async Task Saving_ThatTakesLongerThanABeat_DoesNotMeetItself()
    {
        _desk.Gate = new TaskCompletionSource();
        await BeatAsync("Open day");
        var slow = BeatAsync("Open day");
        await BeatAsync("Open day at ten");
        await BeatAsync("Open day at ten");
        Assert.Empty(_desk.Saved);
        _desk.Gate.SetResult();
        await slow;
        await TypeAsync("Open day at ten");
        Assert.Equal(["Open day", "Open day at ten"], _desk.Saved);
        Assert.Null(_keeper.Theirs);
    }

    [Fact]
    public async Task Look_WritesNothingOver_ThatWasTypedWhileItRead()
    {
        await TypeAsync("Open day");
        _desk.Change("Open day, with cake", "Kim");
        var text = "Open day";
        _desk.OnFind = () => text = "Open day at ten";
        for (var i = 0; i < DraftKeeper.LookEvery; i++)
        {
            Assert.Null(await _keeper.BeatAsync(() => Content(text), Some.Manager, CancellationToken.None));
        }

        await TypeAsync(text);
        Assert.Equal("Open day, with cake", _keeper.Theirs!.Content.Text);
    }

    [Fact]
    public async Task Leaving_BeforeOneHasChosen_KeepsBoth()
    {
        await TypeAsync("Open day");
        _desk.Change("Open day, with cake", "Kim");
        await TypeAsync("Open day at ten");
        Assert.NotNull(_keeper.Theirs);
        _desk.Remove();
        await _keeper.LeaveAsync(Content("Open day at ten"), Some.Manager, CancellationToken.None);
        Assert.Equal(["Open day", "Open day at ten"], _desk.Saved);
        Assert.Equal(1, _desk.Kept!.Revision);
    }

    [Fact]
    public async Task WhatThePageCannotShow_IsNoChange()
    {
        await TypeAsync("Open day");
        _keeper.Take(_desk.Kept! with { Content = Content("Open day") with { DueAt = Some.Now } });
        _keeper.Shown(Content("Open day"));
        await TypeAsync("Open day");
        Assert.Equal(["Open day"], _desk.Saved);
    }

    public void Dispose() => _keeper.Dispose();

    private async Task TypeAsync(string text)
    {
        await BeatAsync(text);
        await BeatAsync(text);
    }

    private Task<DraftContent?> BeatAsync(string text) => _keeper.BeatAsync(() => Content(text), Some.Manager, CancellationToken.None);

    private static DraftContent Content(string text) => new(text, [], null, PostAbout.Nothing);

    private sealed class StubDraftDesk : IDraftDesk
    {
        public List<string> Saved { get; } = [];

        public Draft? Kept { get; private set; }

        public bool Away { get; set; }

        public TaskCompletionSource? Gate { get; set; }

        public Action? OnFind { get; set; }

        public void Change(string text, string by) => Kept = Kept! with { Content = Kept.Content with { Text = text }, Revision = Kept.Revision + 1, SavedById = by, SavedByName = by };

        public void Remove() => Kept = null;

        public Task<IReadOnlyList<Draft>> ListAsync(Actor actor, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<DraftResult> FindAsync(Guid id, Actor actor, CancellationToken cancellationToken)
        {
            OnFind?.Invoke();
            return Task.FromResult(new DraftResult(null, Kept));
        }

        public async Task<DraftResult> SaveAsync(Guid id, int revision, DraftContent content, Actor actor, CancellationToken cancellationToken)
        {
            await (Gate?.Task ?? Task.CompletedTask);
            if (Away)
            {
                throw new TimeoutException("no answer");
            }

            if (revision != (Kept?.Revision ?? 0))
            {
                return Kept is null
                    ? new DraftResult(new Refusal("draft-unknown", "Gone.", RefusalKind.NotFound), null)
                    : new DraftResult(new Refusal("draft-changed", "Changed.", RefusalKind.Conflict), Kept);
            }

            Saved.Add(content.Text);
            Kept = new Draft { Id = id, Revision = revision + 1, Content = content, WriterId = actor.Id, WriterName = actor.Name, SavedById = actor.Id, SavedByName = actor.Name, SavedAt = default };
            return new DraftResult(null, Kept);
        }

        public Task<DraftResult> DiscardAsync(Guid id, int revision, Actor actor, CancellationToken cancellationToken)
        {
            Kept = Kept?.Revision == revision ? null : Kept;
            return Task.FromResult(new DraftResult(null, Kept));
        }
    }
}

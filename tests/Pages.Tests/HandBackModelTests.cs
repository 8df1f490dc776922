using Coordination.Dashboard.Components.HandBack;
using Coordination.Dashboard.Desks;
using Coordination.Domain;
using Coordination.Storage.ReadModel;

namespace Coordination.Pages.Tests;

public sealed class HandBackModelTests
{
    private static readonly HandBackDecision Release = new(HandBackAct.Release, "Still true");

    private readonly StubPostDesk _desk = new();
    private readonly HandBackModel _model;

    public HandBackModelTests()
    {
        _desk.Waiting.Add(Some.Post());
        _model = new HandBackModel(_desk, new HandBackDesk(_desk, TimeProvider.System));
    }

    [Fact]
    public async Task DecideAsync_KeepsTheOperationId_WhenTheAnswerDidNotCome()
    {
        await _model.DecideAsync(_desk.Waiting, Release, Some.Manager, TestContext.Current.CancellationToken);
        await _model.DecideAsync(_desk.Waiting, Release, Some.Manager, TestContext.Current.CancellationToken);

        Assert.Equal(2, _desk.Operations.Count);
        Assert.Single(_desk.Operations.Distinct());
        Assert.Contains("not known", _model.Refusals[_desk.Waiting[0].Id], StringComparison.Ordinal);
    }

    [Fact]
    public async Task DecideAsync_TakesANewOperationId_OnceItWasAnswered()
    {
        _desk.Answer = _ => new PostAnswer(null, new Refusal("forbidden", "No."));
        await _model.DecideAsync(_desk.Waiting, Release, Some.Manager, TestContext.Current.CancellationToken);
        await _model.DecideAsync(_desk.Waiting, Release, Some.Manager, TestContext.Current.CancellationToken);

        Assert.Equal(2, _desk.Operations.Distinct().Count());
        Assert.Equal("No.", _model.Refusals[_desk.Waiting[0].Id]);
    }

    [Fact]
    public async Task DecideAsync_SaysThatItIsStillHeld_WhenAHoldStillStands()
    {
        _desk.Answer = _ => new PostAnswer(Some.Post() with { HeldBy = ["H-000231"] }, null);
        await _model.DecideAsync(_desk.Waiting, Release, Some.Manager, TestContext.Current.CancellationToken);

        Assert.Contains("H-000231", _model.Refusals[_desk.Waiting[0].Id], StringComparison.Ordinal);
        Assert.Contains("1 post still held", _model.Said, StringComparison.Ordinal);
        Assert.False(_model.AllDone);
    }

    [Fact]
    public async Task DecideAsync_DecidesPostByPost_AndCountsThem()
    {
        _desk.Waiting.Add(Some.Post("missed"));
        var posts = _desk.Waiting.ToArray();
        _desk.Answer = id =>
        {
            _desk.Waiting.RemoveAll(p => p.Id == id.Value);
            return new PostAnswer(posts[0] with { State = "cancelled" }, null);
        };
        await _model.DecideAsync(posts, new HandBackDecision(HandBackAct.Discard, "Out of date"), Some.Manager, TestContext.Current.CancellationToken);

        Assert.Equal(("2 posts discarded.", true), (_model.Said, _model.AllDone));
        Assert.Empty(_model.Rows);
    }

    [Fact]
    public async Task LoadAsync_UnticksWhatIsGone_FromTheList()
    {
        await _model.LoadAsync(TestContext.Current.CancellationToken);
        _model.ChooseAll(true);
        Assert.Single(_model.Chosen);
        _desk.Waiting.Clear();
        await _model.LoadAsync(TestContext.Current.CancellationToken);

        Assert.Empty(_model.Chosen);
    }

    [Fact]
    public async Task DecideAsync_GivesEachPostItsTimeAndTheReason_WhenTheyAreReleasedApart()
    {
        _desk.Waiting.Add(Some.Post("missed"));
        await _model.DecideAsync(
            _desk.Waiting, new HandBackDecision(HandBackAct.Release, "Still true", Some.Now, TimeSpan.FromMinutes(5)), Some.Manager, TestContext.Current.CancellationToken);

        Assert.Equal([Some.Now, Some.Now.AddMinutes(5)], _desk.Waiting.Select(p => _desk.Releases.Single(r => r.PostId.Value == p.Id).DueAt));
        Assert.All(_desk.Releases, r => Assert.Equal("Still true", r.Reason));
    }

    [Fact]
    public async Task NarrowAsync_UnticksWhatIsNotShownAnyMore()
    {
        _desk.Waiting.Add(Some.Post("missed", "x/demo_wmfs_aston"));
        await _model.LoadAsync(TestContext.Current.CancellationToken);
        _model.ChooseAll(true);
        await _model.NarrowAsync(new HandBackFilter(Account: "x/demo_wmfs_aston"), TestContext.Current.CancellationToken);

        Assert.Equal("x/demo_wmfs_aston", Assert.Single(_model.Rows).Account);
        Assert.Equal(_model.Rows[0].Id, Assert.Single(_model.Chosen));
    }

    [Theory]
    [InlineData("held", true)]
    [InlineData("missed", true)]
    [InlineData("unknown", false)]
    public void MayRelease_IsForWhatCertainlyDidNotGoOut_Alone(string state, bool may) => Assert.Equal(may, HandBackModel.MayRelease(Some.Post(state)));
}

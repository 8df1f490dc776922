using Coordination.Dashboard.Components.HandBack;
using Coordination.Dashboard.Desks;
using Coordination.Domain;

namespace Coordination.Pages.Tests;

public sealed class HandBackModelTests
{
    private readonly StubPostDesk _desk = new();
    private readonly HandBackModel _model;

    public HandBackModelTests()
    {
        _desk.Waiting.Add(Some.Post());
        _model = new HandBackModel(_desk, _desk);
    }

    [Fact]
    public async Task ReleaseAsync_KeepsTheOperationId_WhenTheAnswerDidNotCome()
    {
        await _model.ReleaseAsync(_desk.Waiting, null, Some.Manager, TestContext.Current.CancellationToken);
        await _model.ReleaseAsync(_desk.Waiting, null, Some.Manager, TestContext.Current.CancellationToken);

        Assert.Equal(2, _desk.Operations.Count);
        Assert.Single(_desk.Operations.Distinct());
        Assert.Contains("not known", _model.Refusals[_desk.Waiting[0].Id], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReleaseAsync_TakesANewOperationId_OnceItWasAnswered()
    {
        _desk.Answer = _ => new PostAnswer(null, new Refusal("forbidden", "No."));
        await _model.ReleaseAsync(_desk.Waiting, null, Some.Manager, TestContext.Current.CancellationToken);
        await _model.ReleaseAsync(_desk.Waiting, null, Some.Manager, TestContext.Current.CancellationToken);

        Assert.Equal(2, _desk.Operations.Distinct().Count());
        Assert.Equal("No.", _model.Refusals[_desk.Waiting[0].Id]);
    }

    [Fact]
    public async Task ReleaseAsync_SaysThatItIsStillHeld_WhenAHoldStillStands()
    {
        _desk.Answer = _ => new PostAnswer(Some.Post() with { HeldBy = ["H-000231"] }, null);
        await _model.ReleaseAsync(_desk.Waiting, null, Some.Manager, TestContext.Current.CancellationToken);

        Assert.Contains("H-000231", _model.Refusals[_desk.Waiting[0].Id], StringComparison.Ordinal);
        Assert.Contains("1 post still held", _model.Said, StringComparison.Ordinal);
        Assert.False(_model.AllDone);
    }

    [Fact]
    public async Task DiscardAsync_DecidesPostByPost_AndCountsThem()
    {
        _desk.Waiting.Add(Some.Post("missed"));
        var posts = _desk.Waiting.ToArray();
        _desk.Answer = id =>
        {
            _desk.Waiting.RemoveAll(p => p.Id == id.Value);
            return new PostAnswer(posts[0] with { State = "cancelled" }, null);
        };
        await _model.DiscardAsync(posts, "Out of date", Some.Manager, TestContext.Current.CancellationToken);

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

    [Theory]
    [InlineData("held", true)]
    [InlineData("missed", true)]
    [InlineData("unknown", false)]
    public void MayRelease_IsForWhatCertainlyDidNotGoOut_Alone(string state, bool may) => Assert.Equal(may, HandBackModel.MayRelease(Some.Post(state)));
}

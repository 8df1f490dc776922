using Coordination.Dashboard.Components.Compose;
using Coordination.Dashboard.Desks;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Microsoft.Extensions.Time.Testing;

namespace Coordination.Pages.Tests;

public sealed class ComposeModelTests
{
    private static readonly AccountKey Binley = AccountKey.Parse("x/demo_wmfs_binley");
    private static readonly AccountKey Canley = AccountKey.Parse("x/demo_wmfs_canley");
    private readonly StubPostDesk _desk = new();
    private readonly ComposeModel _model;

    public ComposeModelTests()
    {
        _model = new ComposeModel(_desk, new FakeTimeProvider(Some.Now)) { Text = "Test your smoke alarm." };
        _model.Toggle(Binley);
        _model.Toggle(Canley);
    }

    [Fact]
    public async Task SendAsync_KeepsTextAndAccounts_WhenNothingIsKnown()
    {
        await _model.SendAsync(Some.Manager, TestContext.Current.CancellationToken);

        Assert.NotNull(_model.Problem);
        Assert.Equal(("Test your smoke alarm.", 2), (_model.Text, _model.Chosen.Count));
    }

    [Fact]
    public async Task ChangeInPlace_TakesOutWhereNothingCanBeChanged_AndTheOtherChoiceBringsItBack()
    {
        var mastodon = AccountKey.Parse("mastodon/demo_wmfs_binley");
        _model.Toggle(mastodon);
        (_model.Text, _model.Corrects) = ("", new PostId(Guid.NewGuid()));
        _model.ChangeInPlace(true, "Doors open at ten.");
        Assert.Equal([mastodon], _model.Chosen);
        Assert.Equal(("Doors open at ten.", true), (_model.Text, _model.About.InPlace));
        Assert.Equal([Binley, Canley], _model.NotInPlace);
        Assert.Equal("Change it now on 1 account", _model.ButtonFor(0, false));

        // A draft keeps the choice.
        var draft = _model.Content;
        _model.Show(draft, _ => true);
        Assert.True(_model.InPlace);

        _model.Thread.Add("More.");
        await _model.SendAsync(Some.Manager, TestContext.Current.CancellationToken);
        Assert.StartsWith("A change in place changes the words alone.", _model.Missing, StringComparison.Ordinal);
        Assert.Empty(_desk.Operations);

        _model.Text = "Written anew.";
        _model.Toggle(Binley);
        _model.ChangeInPlace(true, "Doors open at ten.");
        Assert.Equal("Written anew.", _model.Text);
        _model.ChangeInPlace(false, null);
        Assert.Equal([mastodon, Binley], _model.Chosen);
        Assert.False(_model.About.InPlace);
    }

    [Fact]
    public async Task SendAsync_KeepsTheOperationId_WhenTheSameIsSentAgain()
    {
        await _model.SendAsync(Some.Manager, TestContext.Current.CancellationToken);
        await _model.SendAsync(Some.Manager, TestContext.Current.CancellationToken);

        Assert.Equal(2, _desk.Operations.Count);
        Assert.Single(_desk.Operations.Distinct());
    }

    [Fact]
    public async Task SendAsync_TakesANewOperationId_WhenTheTextIsAnother()
    {
        await _model.SendAsync(Some.Manager, TestContext.Current.CancellationToken);
        _model.Text += " Every Monday.";
        await _model.SendAsync(Some.Manager, TestContext.Current.CancellationToken);

        Assert.Equal(2, _desk.Operations.Distinct().Count());
    }

    [Fact]
    public async Task SendAsync_KeepsTheTextForTheAccountsThatRefused_WhenSomeDid()
    {
        _desk.Message = accounts => new MessageAnswer(Guid.NewGuid(),
            [new MessagePart(Binley.Value, Some.Post("scheduled"), null), new MessagePart(Canley.Value, null, new Refusal("text-too-long", "Too long."))]);
        await _model.SendAsync(Some.Manager, TestContext.Current.CancellationToken);

        Assert.Equal([Canley], _model.Chosen);
        Assert.NotEmpty(_model.Text);
    }

    [Fact]
    public async Task SendAsync_ClearsThePage_WhenEveryAccountTookIt()
    {
        _desk.Message = accounts => new MessageAnswer(Guid.NewGuid(), [.. accounts.Select(a => new MessagePart(a.Value, Some.Post("scheduled"), null))]);
        await _model.SendAsync(Some.Manager, TestContext.Current.CancellationToken);

        Assert.Equal(("", 0), (_model.Text, _model.Chosen.Count));
    }

    [Fact]
    public async Task SendAsync_SendsNoThread_WhileAPartIsEmpty()
    {
        _desk.Message = _ => new MessageAnswer(Guid.NewGuid(), []);
        _model.Thread.AddRange(["Press the button.", " "]);
        await _model.SendAsync(Some.Manager, TestContext.Current.CancellationToken);
        Assert.Equal("Part 3 of the thread is empty. Write it, or take it out.", _model.Missing);
        Assert.Empty(_desk.Operations);

        _model.Thread.RemoveAt(1);
        await _model.SendAsync(Some.Manager, TestContext.Current.CancellationToken);
        Assert.Single(_desk.Operations);
        Assert.Empty(_model.Thread);
    }

    [Fact]
    public void Content_HasTheThread_AndShowsItAgain()
    {
        _model.Thread.Add("Press the button.");
        var draft = _model.Content;
        Assert.Contains("Press the button.", _model.Words, StringComparison.Ordinal);
        _model.Clear();
        Assert.Empty(_model.Thread);
        _model.Show(draft, _ => true);
        Assert.Equal(["Press the button."], _model.Thread);
    }

    [Theory]
    [InlineData("2026-11-23T09:59")]
    [InlineData("")]
    public async Task SendAsync_SendsNothing_WhenTheTimeIsNotToCome(string at)
    {
        (_model.Later, _model.At) = (true, at);
        await _model.SendAsync(Some.Manager, TestContext.Current.CancellationToken);

        Assert.NotEmpty(_model.Missing);
        Assert.Empty(_desk.Operations);
    }

    [Fact]
    public void MayPublish_FollowsRoleAndScope_OfTheAccountHolder()
    {
        var marsh = new Actor("marsh", "J. Marsh", Role.AccountHolder, new Scope { Stations = ["binley"] });

        Assert.True(ComposeModel.MayPublish(marsh, Some.Account("x/a")));
        Assert.False(ComposeModel.MayPublish(marsh, Some.Account("x/a", station: "canley")));
        Assert.False(ComposeModel.MayPublish(marsh, Some.Account("x/a", kind: AccountKind.Corporate)));
        Assert.False(ComposeModel.MayPublish(Some.Control, Some.Account("x/a")));
        Assert.True(ComposeModel.MayPublish(Some.Control, Some.Account("x/a", kind: AccountKind.Corporate)));
    }

    [Fact]
    public void WouldBeHeld_LetsNamedPostersThrough_UnderCentralCoordinationAlone()
    {
        var coordination = Some.Hold("H-1", HoldKind.CentralCoordination, Scope.Everything) with { NamedPosters = ["okafor"] };
        var freeze = Some.Hold("H-2", HoldKind.Freeze, Scope.Everything, 2);

        Assert.False(ComposeModel.WouldBeHeld(Some.Manager, Some.Account("x/a", holds: coordination), [coordination]));
        Assert.True(ComposeModel.WouldBeHeld(Some.Control, Some.Account("x/a", holds: coordination), [coordination]));
        Assert.True(ComposeModel.WouldBeHeld(Some.Manager, Some.Account("x/a", holds: [coordination, freeze]), [coordination, freeze]));
    }
}

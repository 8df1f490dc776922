using Coordination.Dashboard.Components.Compose;
using Coordination.Dashboard.Components.Repeats;
using Coordination.Dashboard.Components.Templates;
using Coordination.Dashboard.Desks;
using Coordination.Domain.Accounts;
using Coordination.Domain.Drafts;
using Coordination.Domain.Review;
using Coordination.Domain.Templates;
using Microsoft.Extensions.Time.Testing;

namespace Coordination.Pages.Tests;

/// <summary>A post that is begun with a template: what its fields make of the text, and what they leave alone.</summary>
public sealed class TemplateChoiceTests
{
    private static readonly PostTemplate Road = Some.Template("road", "{road} is closed at {place}.");
    private static readonly PostTemplate Open = Some.Template("open", "Open again: {PLACE}.");
    private readonly TemplateChoice _choice = new();

    [Fact]
    public void Choose_PutsTheTemplateIn_AndItsFieldsFillIt()
    {
        var text = _choice.Choose(Road, " ");
        Assert.Equal("{road} is closed at {place}.", text);
        Assert.Equal(["road", "place"], _choice.Fields);

        text = _choice.Set("place", "Aston", text);
        text = _choice.Set("road", "High Street", text);
        Assert.Equal("High Street is closed at Aston.", text);
        Assert.Equal("High Street is closed at {place}.", _choice.Set("place", "", text));
        Assert.Equal("", _choice.Value("place"));
    }

    [Fact]
    public void Choose_AsksFirst_WhenSomethingIsTyped()
    {
        Assert.Equal("My words", _choice.Choose(Road, "My words"));
        Assert.Equal((null, Road), (_choice.Chosen, _choice.Asked));
        Assert.Null(_choice.Missing("My words", []));

        _choice.Leave();
        Assert.Equal("My words", _choice.Replace("My words"));
        Assert.Null(_choice.Chosen);

        _choice.Choose(Road, "My words");
        Assert.Equal(Road.Text, _choice.Replace("My words, longer"));
        Assert.Equal((Road, null, "My words, longer"), (_choice.Chosen, _choice.Asked, _choice.Former));
    }

    [Fact]
    public void Choose_TakesAnother_AndKeepsWhatWasFilledIn()
    {
        var text = _choice.Set("place", "Aston", _choice.Choose(Road, ""));
        Assert.Equal("Open again: Aston.", _choice.Choose(Open, text));
        Assert.Null(_choice.Asked);

        // What was changed by hand is asked about, and none leaves the text as it is.
        _choice.Choose(Road, "Open again: Aston!");
        Assert.Equal((Open, Road), (_choice.Chosen, _choice.Asked));
        Assert.Equal("Open again: Aston!", _choice.Choose(null, "Open again: Aston!"));
        Assert.Equal((null, null), (_choice.Chosen, _choice.Asked));
        Assert.Empty(_choice.Fields);
    }

    [Fact]
    public void Set_LeavesTheTextAlone_OnceItWasChangedByHand()
    {
        var text = _choice.Choose(Road, "") + " Thank you.";
        Assert.True(_choice.Edited(text));
        Assert.Equal(text, _choice.Set("place", "Aston", text));

        Assert.Equal("{road} is closed at Aston.", _choice.PutIn(text));
        Assert.False(_choice.Edited("{road} is closed at Aston."));
        Assert.Equal("High Street is closed at Aston.", _choice.Set("road", "High Street", "{road} is closed at Aston."));
    }

    [Fact]
    public void TakeBack_BringsTheWordsBack_AndLosesNeither()
    {
        _choice.Choose(Road, "My words");
        var text = _choice.Replace("My words");
        Assert.Equal("My words", _choice.TakeBack(text));
        Assert.True(_choice.Edited("My words"));
        Assert.Equal(text, _choice.TakeBack("My words"));
        Assert.Equal("mine", _choice.TakeBack(_choice.PutIn("mine")));
    }

    [Fact]
    public void Set_TakesNoMore_ThanFits()
    {
        var text = _choice.Choose(Road, "");
        Assert.Equal(text, _choice.Set("place", new string('a', TemplateText.LongestValue + 1), text));
        Assert.Equal("", _choice.Value("place"));
    }

    [Fact]
    public void Missing_NamesTheFields_ThatStandInTheText()
    {
        var text = _choice.Choose(Road, "");
        Assert.Equal("Fill in 'road' and 'place' first.", _choice.Missing(text, []));
        text = _choice.Set("road", "High Street", text);
        Assert.Equal("Fill in 'place' first.", _choice.Missing(text, []));
        Assert.Equal("Fill in 'place' first: {place} still stands in the text.", _choice.Missing("Closed at {place}", []));
        Assert.Null(_choice.Missing("Closed at Aston", []));

        // Other words for one platform go out, too; and a value is no field, whatever it looks like.
        text = _choice.Set("place", "{road}", text);
        Assert.Null(_choice.Missing(text, ["Closed"]));
        Assert.Equal("Fill in 'place' first.", _choice.Missing(text, ["Closed at {place}"]));
    }

    [Fact]
    public void Missing_IsNothing_WithoutATemplate() => Assert.Null(_choice.Missing("{place}", ["{place}"]));

    [Fact]
    public void LeftOver_NamesTheFields_OfATextThatIsReadAgain()
    {
        Assert.Equal(["place"], TemplateChoice.LeftOver("Closed at {place}", ["road", "place"]));
        Assert.Empty(TemplateChoice.LeftOver("Closed at place", ["road", "place"]));
    }

    [Fact]
    public void Choose_TakesATextThatNobodyCanTakeApart_AsItStands()
    {
        var text = _choice.Choose(Some.Template("odd", "Half a {place"), "");
        Assert.Equal("Half a {place", text);
        Assert.False(_choice.Edited(text));
        Assert.Null(_choice.Missing(text, []));
    }

    [Fact]
    public async Task Compose_SendsNothing_WhileAFieldIsOpen_AndForgetsTheTemplateWhenItIsOut()
    {
        var desk = new StubPostDesk { Message = accounts => new MessageAnswer(Guid.NewGuid(), [.. accounts.Select(a => new MessagePart(a.Value, Some.Post("scheduled"), null))]) };
        var model = new ComposeModel(desk, new FakeTimeProvider(Some.Now));
        model.Toggle(AccountKey.Parse("x/demo_wmfs_binley"));
        model.Text = model.Template.Choose(Road, "");
        model.Variants["x"] = "Closed: {place}";
        foreach (var (field, value, missing) in new[] { ("road", "High Street", "Fill in 'place' first."), ("place", "Aston", "Fill in 'place' first.") })
        {
            model.Text = model.Template.Set(field, value, model.Text);
            await model.SendAsync(Some.Manager, TestContext.Current.CancellationToken);
            Assert.Equal((missing, 0), (model.Missing, desk.Operations.Count));
        }

        model.Variants.Clear();
        await model.SendAsync(Some.Manager, TestContext.Current.CancellationToken);
        Assert.Equal(("", "High Street is closed at Aston."), (model.Missing, Assert.Single(desk.Words).Text));
        Assert.Null(model.Template.Chosen);
        Assert.Equal("", model.Template.Value("place"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Compose_ForgetsTheTemplate_WhenAnotherDraftIsShown(bool clear)
    {
        var model = new ComposeModel(new StubPostDesk(), new FakeTimeProvider(Some.Now));
        model.Template.Choose(Road, "mine");
        model.Template.Set("place", "Aston", model.Template.Replace("mine"));
        model.Template.Choose(Open, "else");
        if (clear)
        {
            model.Clear();
        }
        else
        {
            model.Show(new DraftContent("At {place}", [], null, PostAbout.Nothing), _ => true);
        }

        Assert.Equal((null, null, null, ""), (model.Template.Chosen, model.Template.Asked, model.Template.Former, model.Template.Value("place")));
        Assert.Empty(model.Template.Fields);
        Assert.Null(model.Template.Missing(model.Text, []));
    }

    [Fact]
    public async Task Repeat_IsNotStarted_WhileAFieldIsOpen()
    {
        var model = new ComposeModel(new StubPostDesk(), new FakeTimeProvider(Some.Now)) { Later = true, At = "2026-12-01T09:00" };
        model.Toggle(AccountKey.Parse("x/demo_wmfs_binley"));
        model.Text = model.Template.Choose(Road, "");
        var repeat = new RepeatStart(null!);

        Assert.False(await repeat.StartAsync(model, Some.Manager, TestContext.Current.CancellationToken));
        Assert.Equal("Fill in 'road' and 'place' first.", repeat.Wrong);
    }
}

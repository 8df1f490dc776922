using Coordination.Dashboard.Components.Templates;
using Coordination.Dashboard.Desks;
using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Domain.Templates;
using Coordination.Storage.Templates;

namespace Coordination.Pages.Tests;

/// <summary>The page of templates: what is typed, what comes of it, and what is said when nothing does.</summary>
public sealed class TemplatesModelTests
{
    private readonly StubDesk _desk = new();
    private readonly TemplatesModel _model;

    public TemplatesModelTests() => _model = new TemplatesModel(_desk);

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SaveAsync_AsksForANewOne_UnderAnIdOfItsName()
    {
        Assert.True(await _model.SaveAsync(new TemplateForm(null) { Name = " Road closed ", Text = "At {place}", Hint = "Until it is open" }, Some.Manager, None));

        Assert.Equal((new TemplateWish("road-closed", " Road closed ", "At {place}", "Until it is open"), null), Assert.Single(_desk.Wishes));
        Assert.Null(_model.Wrong);
        Assert.Empty(_model.Rows!);
    }

    [Fact]
    public async Task SaveAsync_NamesTheVersionThatWasRead_AndKeepsTheId()
    {
        var former = Some.Template("road", "At {place}") with { Version = 7 };
        var form = new TemplateForm(former);
        Assert.Equal((former.Name, former.Text, ""), (form.Name, form.Text, form.Hint));
        form.Name = "Another name";
        await _model.SaveAsync(form, Some.Manager, None);

        Assert.Equal((new TemplateWish("road", "Another name", "At {place}", ""), 7), Assert.Single(_desk.Wishes));
    }

    [Theory]
    [InlineData("消防", "template")]
    [InlineData("Road (closed)", "road-closed-2")]
    [InlineData("Road closed", "road-closed")]
    public async Task SaveAsync_TakesAnIdThatNoOtherHas(string name, string id)
    {
        // One that has the very name is not hidden by another id: the desk says that the name is taken.
        _desk.Rows = [Some.Template("road-closed", "x") with { Name = "Road closed" }];
        await _model.LoadAsync(None);
        await _model.SaveAsync(new TemplateForm(null) { Name = name, Text = "x" }, Some.Manager, None);

        Assert.Equal(id, Assert.Single(_desk.Wishes).Wish.Id);
    }

    [Theory]
    [InlineData(" ", "At {place}", "Give it the name")]
    [InlineData("Road", " ", "Write the words")]
    public async Task SaveAsync_AsksForWhatIsMissing_AndNobodyElse(string name, string text, string says)
    {
        Assert.False(await _model.SaveAsync(new TemplateForm(null) { Name = name, Text = text }, Some.Manager, None));

        Assert.Contains(says, _model.Wrong, StringComparison.Ordinal);
        Assert.Empty(_desk.Wishes);
    }

    [Theory]
    [InlineData("template-changed", "Somebody has saved it otherwise since you opened it.")]
    [InlineData("template-unknown", "Somebody has removed it.")]
    [InlineData("template-name-taken", "The desk's words.")]
    public async Task Refusals_AreSaidInWordsForPeople(string code, string says)
    {
        _desk.Answer = () => new TemplateAnswer(new Refusal(code, "The desk's words."), null);
        Assert.False(await _model.SaveAsync(new TemplateForm(null) { Name = "Road", Text = "x" }, Some.Manager, None));
        Assert.StartsWith(says, _model.Wrong, StringComparison.Ordinal);
        _model.Calm();
        Assert.False(await _model.RemoveAsync(Some.Template("road", "x"), Some.Manager, None));
        Assert.StartsWith(says, _model.Wrong, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_IsNotKnown_AndTheListStays()
    {
        _desk.Rows = [Some.Template("road", "x")];
        await _model.LoadAsync(None);
        (_desk.Answer, _desk.Rows) = (() => throw new TimeoutException("no answer"), null);
        Assert.False(await _model.SaveAsync(new TemplateForm(null) { Name = "Road", Text = "x" }, Some.Manager, None));

        Assert.Contains("not known", _model.Wrong, StringComparison.Ordinal);
        Assert.True(_model.Problem);
        Assert.Single(_model.Rows!);
    }

    [Fact]
    public void Form_ShowsTheTextSoFar_OrWhereItIsWrong()
    {
        var form = new TemplateForm(null);
        Assert.Null(form.Fault);
        Assert.Empty(form.Parts);
        form.Text = "At {place";
        Assert.Equal("A field begins here and does not end: line 1, character 4, at “{place”. Put a } after its name, or write {{ for a brace in the post.", form.Fault);
        Assert.Empty(form.Parts);
        form.Text = "At {place}";
        Assert.Null(form.Fault);
        Assert.Equal([new TemplatePart("At ", false), new TemplatePart("place", true)], form.Parts);
    }

    private sealed class StubDesk : ITemplateDesk
    {
        public List<(TemplateWish Wish, long? Version)> Wishes { get; } = [];

        public IReadOnlyList<PostTemplate>? Rows { get; set; } = [];

        public Func<TemplateAnswer> Answer { get; set; } = () => new TemplateAnswer(null, null);

        public Task<IReadOnlyList<PostTemplate>> AllAsync(CancellationToken cancellationToken) => Task.FromResult(Rows ?? throw new TimeoutException("no answer"));

        public Task<PostTemplate?> FindAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<TemplateAnswer> SaveAsync(TemplateWish wish, long? version, Actor actor, CancellationToken cancellationToken)
        {
            Wishes.Add((wish, version));
            return Task.FromResult(Answer());
        }

        public Task<TemplateAnswer> RemoveAsync(string id, long version, Actor actor, CancellationToken cancellationToken) => Task.FromResult(Answer());
    }
}

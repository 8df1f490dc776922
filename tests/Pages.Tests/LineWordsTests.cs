using Coordination.Dashboard.Components.Compose;
using Coordination.Dashboard.Components.Incidents;
using Coordination.Dashboard.Desks;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.Incidents.Lines;
using Coordination.Domain.People;
using Coordination.Domain.Review;
using Coordination.Storage.ReadModel;
using Microsoft.Extensions.Time.Testing;

namespace Coordination.Pages.Tests;

/// <summary>What is read of an agreed line, and that the composer keeps it one.</summary>
public sealed class LineWordsTests
{
    private static readonly Actor Me = new("me", "Me", Role.CommsManager);

    [Theory]
    [InlineData("out on 3 of 3 accounts", 3, "published 3")]
    [InlineData("out on 3 of 3 accounts", 3, "published 2", "removed 1")]
    [InlineData("out on 1 of 9 accounts; 1 waiting for approval, 1 on the way or at a later time, 2 not sent, 1 not known, 1 missed, 1 held, 1 not taken", 9, "published 1", "submitted 1", "scheduled 1", "failed 1", "rejected 1", "unknown 1", "missed 1", "held 1")]
    [InlineData("none of its 2 accounts took it", 2)]
    [InlineData("its account did not take it", 1)]
    public void Sum_SaysWhatIsOut_AndNamesTheRest(string words, int accounts, params string[] states)
    {
        var line = Line(accounts, states);
        Assert.Equal(words, LineWords.Sum(line));
        Assert.Equal(words.Contains("on the way", StringComparison.Ordinal), LineWords.Moves(line));
    }

    [Fact]
    public void Texts_StandOnce_WithThePlatformsThatReadSo_AndWhoDidNotTakeItIsNamed()
    {
        PostRow[] posts = [Post("x/a0", "Short"), Post("bluesky/a1", "Short"), Post("facebook/a2", "Long")];
        Assert.Equal([("Bluesky and X", "Short"), ("Facebook", "Long")], LineWords.Texts(posts));
        var line = Line(4, "published 3") with { };
        Assert.Equal(["x/a1", "x/a2", "x/a3"], LineWords.NotTaken(line, [posts[0], posts[0], posts[0]]));
        Assert.Empty(LineWords.NotTaken(line, []));
        Assert.Equal(["a", "b", "c", "d", "e", "2 more"], LineWords.First(["a", "b", "c", "d", "e", "f", "g"]));
    }

    [Theory]
    [InlineData("solihull,walsall", null, "We are in Solihull and Walsall.")]
    [InlineData(null, "aston", "We are in Aston.")]
    [InlineData(null, null, "We are in the West Midlands.")]
    public void Begin_FillsInTheAreas_AndNamesTheHold(string? areas, string? stations, string words)
    {
        var hold = new Hold
        {
            Id = "H-000007", Kind = HoldKind.CentralCoordination, Reason = "r", PlacedBy = "me", PlacedByName = "Me", PlacedByRole = Role.CommsManager, PlacedAt = Some.Now, Sequence = 1, Incident = "A",
            Scope = new Scope { Areas = areas?.Split(','), Stations = stations?.Split(',') },
        };
        var draft = AgreedLine.Of(hold, "We are in {areas}.", [AccountKey.Parse("x/a")]);
        Assert.Equal((words, "H-000007", PostTopic.Incident, "A"), (draft.Text, draft.Line, draft.About.Topic, draft.About.Incident));
        Assert.Empty(AgreedLine.Of(hold, null, []).Text);
    }

    [Fact]
    public async Task Composer_SendsTheLine_KeepsItForThoseThatRefused_AndForgetsItAfterwards()
    {
        var desk = new StubPostDesk();
        var model = new ComposeModel(desk, new FakeTimeProvider(Some.Now));
        model.Show(new("Keep away.", [AccountKey.Parse("x/a"), AccountKey.Parse("x/b")], null, PostAbout.Nothing) { Line = "H-000007" }, _ => true);
        Assert.Equal("H-000007", model.Content.Line);
        desk.Message = accounts => new MessageAnswer(Guid.NewGuid(), [new MessagePart(accounts[0].Value, Post("x/a", "Keep away."), null), new MessagePart("x/b", null, new Refusal("text-too-long", "Too long"))]);
        await model.SendAsync(Me, TestContext.Current.CancellationToken);
        Assert.Equal("H-000007", model.LineOf);
        desk.Message = accounts => new MessageAnswer(Guid.NewGuid(), [.. accounts.Select(a => new MessagePart(a.Value, Post(a.Value, "Keep away."), null))]);
        await model.SendAsync(Me, TestContext.Current.CancellationToken);
        Assert.Null(model.LineOf);
        Assert.Equal(["H-000007", "H-000007"], desk.Words.Select(w => w.LineOf));
        Assert.Equal(2, desk.Operations.Distinct().Count());
    }

    private static LineStanding Line(int accounts, params string[] states) => LineStanding.Of([new LineMessage
    {
        MessageId = Guid.NewGuid(), HoldId = "H-1", Incident = "A", Line = 1, SaidBy = "me", SaidByName = "Me", SaidAt = Some.Now,
        Accounts = [.. Enumerable.Range(0, accounts).Select(i => $"x/a{i}")],
        States = states.Select(s => s.Split(' ')).ToDictionary(s => s[0], s => int.Parse(s[1], System.Globalization.CultureInfo.InvariantCulture), StringComparer.Ordinal),
    }])[0];

    private static PostRow Post(string account, string text) => new()
    {
        Id = Guid.NewGuid(), Account = account, Text = text, State = "published", DueAt = Some.Now, ToleranceSeconds = 300, PosterId = "me", PosterName = "Me", CreatedAt = Some.Now,
    };
}

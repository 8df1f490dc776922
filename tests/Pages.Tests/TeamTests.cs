using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Coordination.Contracts;
using Coordination.Dashboard.Components.Kit;
using Coordination.Dashboard.Desks;
using Coordination.Dashboard.Register;
using Coordination.Dashboard.Team;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.Media;
using Coordination.Domain.Review;
using Coordination.Storage.Register;

namespace Coordination.Pages.Tests;

/// <summary>What Comms' desk shows and does, without a page: the evidence, wishes that are repeated, a register with a person's own account.</summary>
public sealed class TeamTests
{
    [Fact]
    public void Evidence_HasTheWordsThatWentOut_AndEachStepOfTheRemoval()
    {
        var image = new PostImage(new string('a', 64), "An engine", ImageRights.Own, null, ImagePeople.Nobody, null);
        var post = Some.Post("removed") with { PublishedAt = Some.Now, About = new PostAbout { Images = [image] } };
        PostMoment[] life =
        [
            Moment(1, "post-scheduled") with { Text = "Doors open at nine." },
            Moment(2, "post-rescheduled") with { Text = "Doors open at ten.", ActorName = "Kim" },
            Moment(4, "post-published") with { Url = "https://example.org/1" },
            Moment(5, "post-removal-asked") with { Why = "The wrong street" },
            Moment(6, "post-not-removed") with { Why = "It refused." },
            Moment(7, "post-removed") with { Why = "By hand" },
        ];
        var evidence = EvidenceMaking.Of(post, "Binley", life, [], null)!;

        Assert.Equal(("Doors open at ten.", "Kim", "https://example.org/1"), (evidence.Text, evidence.WrittenBy, evidence.Url));
        Assert.Equal([new EvidenceMedia(image.Hash, "An engine")], evidence.Media);
        Assert.Equal(["asked", "refused", "removed"], evidence.Removal.Select(s => s.Result));
        Assert.Equal(life.Select(m => m.Hash), evidence.Entries.Select(e => e.Hash));
        Assert.Null(EvidenceMaking.Of(post, "Binley", life[..3], [], null));

        var file = EvidenceFile.Bytes(evidence);
        Assert.Equal(file, EvidenceFile.Bytes(evidence));
        var text = Encoding.UTF8.GetString(file);
        var record = text["{\"record\":".Length..text.LastIndexOf(",\"sha256\"", StringComparison.Ordinal)];
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(record))), JsonDocument.Parse(file).RootElement.GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task Wish_KeepsItsId_UntilItIsAnswered()
    {
        var runner = new WishRunner();
        var ids = new List<Guid>();
        Assert.False(await runner.RunAsync("a", id => Ask(id, new StoreUnavailableException("away"))));
        Assert.Contains("cannot count twice", runner.Wrong, StringComparison.Ordinal);
        Assert.False(await runner.RunAsync("a", id => Ask(id, new TimeoutException())));
        Assert.True(await runner.RunAsync("a", id => Ask(id, null)));
        Assert.True(await runner.RunAsync("a", id => Ask(id, null)));
        Assert.False(await runner.RunAsync("b", _ => Task.FromResult<Refusal?>(new Refusal("no", "Not so."))));
        Assert.Equal("Not so.", runner.Wrong);

        Assert.Equal((ids[0], ids[0]), (ids[1], ids[2]));
        Assert.NotEqual(ids[0], ids[3]);

        Task<Refusal?> Ask(Guid id, Exception? fault)
        {
            ids.Add(id);
            return fault is null ? Task.FromResult<Refusal?>(null) : Task.FromException<Refusal?>(fault);
        }
    }

    [Theory]
    [InlineData("x/alex_example", "Binley", true)]
    [InlineData("x/binley", "Alex Example", true)]
    [InlineData("x/demo_wmfs_binley", "Alex Example", false)]
    [InlineData("x/binley", "Binley", false)]
    public void Register_TakesNoAccountThatIsNamedAfterAMemberOfStaff(string key, string name, bool refused)
    {
        var known = Some.Account("x/demo_wmfs_canley").Summary;
        var row = new RegisterRow(AccountKey.Parse(key), known.Labels, name, known.Contact!);
        var plan = RowPlan.Of(row, null, []).WithoutPersonal(row, ["Alex Example"], ["Binley"]);
        Assert.Equal(refused ? "personal-account" : null, plan.Refusal?.Code);
        Assert.Equal(refused, plan.Steps.Count == 0);
    }

    private static PostMoment Moment(long number, string name) => new()
    {
        Number = number, At = Some.Now.AddMinutes(number), Event = name, ActorId = "jo", ActorName = "Jo", ActorRole = "comms-officer", Hash = $"{number:x64}",
    };
}

using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Storage.Journal;
using Coordination.Storage.People;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.People;

/// <summary>Who stands in for whom, by the database's clock, and never without both of them.</summary>
public sealed class DeputyRegisterTests(FastPostgresFixture server)
{
    private static readonly StaffMember Rowan = new("rowan", "Rowan One", Role.CommsManager, null);
    private static readonly StaffMember Quinn = new("quinn", "Quinn Two", Role.CommsManager, null);
    private static readonly StaffMember Robin = new("robin", "Robin", Role.AccountHolder, new Scope { Kinds = ["local"], Stations = ["aston"] });
    private static readonly StaffMember Dee = new("dee", "Dee", Role.AccountHolder, new Scope { Kinds = ["local"], Stations = ["bilston"] });
    private static readonly StaffMember Kim = new("kim", "Kim", Role.AccountHolder, null);

    private static CancellationToken None => TestContext.Current.CancellationToken;

    private static DateOnly Today => StaffTerm.FirstDay(TimeProvider.System.GetUtcNow())!.Value;

    private static DeputyWish Wish => new("robin", "dee", null, Today.AddDays(14), " Leave ");

    [Fact]
    public async Task Deputy_StandsIn_FromTheDatabasesMoment_UntilItIsEnded_AndItIsOnRecord()
    {
        await using var ground = await MakeAsync();
        var (register, staff, id) = (new DeputyRegister(ground.Database), new StaffStore(ground.Database), Guid.NewGuid());
        Assert.Null((await staff.FindAsync("dee", None))!.StandsIn);
        Assert.Equal(DeputyAnswer.Saved, await register.NameAsync(id, Wish, Rowan.AsActor(), None));
        Assert.Equal(DeputyAnswer.Same, await register.NameAsync(id, Wish, Rowan.AsActor(), None));
        Assert.Equal(DeputyAnswer.Another, await register.NameAsync(id, Wish with { DeputyId = "kim" }, Rowan.AsActor(), None));
        Assert.Equal(DeputyAnswer.Twice, await register.NameAsync(Guid.NewGuid(), Wish, Rowan.AsActor(), None));

        var dee = (await staff.FindAsync("dee", None))!;
        Assert.Equal(["aston"], Assert.Single(dee.StandsIn!).Stations!);
        Assert.Equal(["bilston"], dee.PublishesOn!.Stations!);
        Assert.Equal(dee.StandsIn!.Count, (await staff.AllAsync(None)).Single(s => s.Id == "dee").StandsIn!.Count);
        var one = Assert.Single(await register.ListAsync("robin", None));
        Assert.Equal((id, "Robin", "Dee", DeputyState.Current, "Leave", "Rowan One", null), (one.Id, one.HolderName, one.DeputyName, one.State, one.Reason, one.MadeBy, one.EndedBy));
        Assert.Equal(one, Assert.Single(await register.ListAsync("dee", None)));

        // What was given for a time is not given on.
        Assert.Equal(DeputyAnswer.Saved, await register.NameAsync(Guid.NewGuid(), new DeputyWish("dee", "kim", null, Today, "Ill"), Rowan.AsActor(), None));
        Assert.Equal(["bilston"], Assert.Single((await staff.FindAsync("kim", None))!.StandsIn!).Stations!);

        Assert.Equal(DeputyAnswer.Saved, await register.EndAsync(id, "Back", Rowan.AsActor(), None));
        Assert.Equal(DeputyAnswer.Same, await register.EndAsync(id, "Back", Rowan.AsActor(), None));
        Assert.Null((await staff.FindAsync("dee", None))!.StandsIn);
        Assert.Equal((DeputyState.Ended, "Rowan One"), ((await register.FindAsync(id, None))!.State, (await register.FindAsync(id, None))!.EndedBy));
        Assert.Equal("deputy-named: Leave, deputy-ended: Back", await ground.ScalarAsync<string>("select string_agg(event || ': ' || reason, ', ' order by number) from journal where stream = 'staff/dee'"));
        Assert.True((await new JournalReader(ground.Database).VerifyAsync("staff/dee", None)).Intact);
    }

    [Fact]
    public async Task Token_OfTheDeputy_HasTheSameAccounts()
    {
        await using var ground = await MakeAsync();
        var staff = new StaffStore(ground.Database);
        await staff.SetTokenAsync("dee", "demo", "token", None);
        await new DeputyRegister(ground.Database).NameAsync(Guid.NewGuid(), Wish, Rowan.AsActor(), None);
        Assert.Single((await staff.FindByTokenAsync("token", None))!.StandsIn!);
        var found = Assert.IsType<TokenFinding.Counts>(await new ApiClientStore(ground.Database).FindTokenAsync("token", None));
        Assert.Single(found.Holder.AsActor().StandsIn!);
    }

    [Theory]
    [InlineData("update staff_deputy set starts_at = starts_at - interval '3 days', ends_at = clock_timestamp()", DeputyState.Over)]
    [InlineData("update staff_deputy set starts_at = clock_timestamp() + interval '1 day'", DeputyState.Coming)]
    [InlineData("update staff set active = false where id = 'robin'", DeputyState.Resting)]
    [InlineData("update staff set starts_at = now() - interval '1 day', ends_at = clock_timestamp() where id = 'robin'", DeputyState.Resting)]
    [InlineData("update staff set role = 'auditor', publishes_on = null where id = 'robin'", DeputyState.Resting)]
    [InlineData("update staff set role = 'auditor', publishes_on = null where id = 'dee'", DeputyState.Resting)]
    public async Task Deputising_CountsForNothing_OutsideItsTime_OrWithoutEitherOfThem(string change, DeputyState state)
    {
        await using var ground = await MakeAsync();
        var (register, id) = (new DeputyRegister(ground.Database), Guid.NewGuid());
        await register.NameAsync(id, Wish, Rowan.AsActor(), None);
        Assert.NotNull((await new StaffStore(ground.Database).FindAsync("dee", None))!.StandsIn);
        await ground.ExecuteAsync(change);
        Assert.Null((await new StaffStore(ground.Database).FindAsync("dee", None))!.StandsIn);
        Assert.Equal(state, (await register.FindAsync(id, None))!.State);
    }

    [Fact]
    public async Task Wish_IsRefused_ByWhoIsNotWhatTheyWere_ForWhoIsGone_AndBeyondTen()
    {
        await using var ground = await MakeAsync();
        var register = new DeputyRegister(ground.Database);
        Task<DeputyAnswer> Name(DeputyWish wish, Actor actor) => register.NameAsync(Guid.NewGuid(), wish, actor, None);
        Assert.Equal(DeputyAnswer.ActorGone, await Name(Wish, Rowan.AsActor() with { Role = Role.CommsOfficer }));
        Assert.Equal(DeputyAnswer.Own, await Name(Wish, Dee.AsActor()));
        Assert.Equal(DeputyAnswer.Own, await Name(Wish, Robin.AsActor()));
        Assert.Equal(DeputyAnswer.Over, await Name(Wish with { LastDay = Today.AddDays(-1) }, Rowan.AsActor()));
        Assert.Equal(DeputyAnswer.Gone, await Name(Wish with { DeputyId = "rowan" }, Quinn.AsActor()));
        await ground.ExecuteAsync("update staff set active = false where id = 'robin'");
        Assert.Equal(DeputyAnswer.Gone, await Name(Wish, Rowan.AsActor()));
        Assert.Equal(DeputyAnswer.Unknown, await register.EndAsync(Guid.NewGuid(), "Back", Rowan.AsActor(), None));

        for (var n = 0; n < 10; n++)
        {
            await new StaffStore(ground.Database).SaveAsync([Robin with { Id = $"holder-{n}" }], None);
            Assert.Equal(DeputyAnswer.Saved, await Name(Wish with { HolderId = $"holder-{n}" }, Rowan.AsActor()));
        }

        await ground.ExecuteAsync("update staff set active = true where id = 'robin'");
        Assert.Equal(DeputyAnswer.TooMany, await Name(Wish, Rowan.AsActor()));
        Assert.Equal(10, (await new StaffStore(ground.Database).FindAsync("dee", None))!.StandsIn!.Count);
    }

    // Of two who say the same in the same moment one is told that it stands already.
    [Fact]
    public async Task TwoWishes_AtOnce_MakeOne()
    {
        await using var ground = await MakeAsync();
        var register = new DeputyRegister(ground.Database);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => register.NameAsync(Guid.NewGuid(), Wish, Rowan.AsActor(), None)));
        Assert.Single(answers, a => a == DeputyAnswer.Saved);
        Assert.Equal(7, answers.Count(a => a == DeputyAnswer.Twice));
    }

    private async Task<Ground> MakeAsync()
    {
        var ground = await Ground.MakeAsync(server);
        await new StaffStore(ground.Database).SaveAsync([Rowan, Quinn, Robin, Dee, Kim], None);
        return ground;
    }
}

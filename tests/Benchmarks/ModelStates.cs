using Coordination.Contracts;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;

namespace Coordination.Benchmarks;

/// <summary>Gives every account of a benchmark's database a real state, with three posts to come.</summary>
internal static class ModelStates
{
    private static readonly Actor Manager = new("rowan", "Rowan", Role.CommsManager);

    /// <summary>One account's state is made by the product; the others get the same.</summary>
    public static async Task WriteAsync(BenchDatabase database, IGrainFactory grains)
    {
        var key = AccountKey.Parse("x/model_account");
        var grain = grains.GetGrain<IAccountGrain>(GrainKeys.Of(key));
        await grain.Register(
            new RegisterAccount(
                key,
                new AccountLabels("x", AccountKind.Local, "birmingham", "aston", null),
                "Demo WMFS Aston",
                new NamedContact("Alex Example", "alex.example@example.org", "0121 496 0001", [new NamedContact("Pat Example")])),
            new CommandContext(Guid.NewGuid(), Actor.System));
        await grain.Manage(new ConnectAccount(), new CommandContext(Guid.NewGuid(), Actor.System));
        for (var i = 1; i <= 3; i++)
        {
            await grain.Schedule(
                new NewPost(new PostId(Guid.CreateVersion7()), "Open day on Saturday, 10:00 to 14:00. Bring the children.", TimeProvider.System.GetUtcNow().AddDays(i), null),
                new CommandContext(Guid.NewGuid(), Manager));
        }

        await database.ExecuteAsync(
            """
            update grain_state g set payload = convert_to(replace(convert_from(m.payload, 'UTF8'), 'x/model_account', substr(g.grain_key, 9)), 'UTF8')
            from grain_state m
            where m.grain_key = 'account/x/model_account' and g.grain_key like 'account/x/bench%' and @accounts + @posts >= 0
            """);
    }
}

using System.Globalization;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.Posts;
using Coordination.FaultTests.Clients;
using Coordination.FaultTests.World;
using Coordination.Storage;

namespace Coordination.FaultTests.Checker;

/// <summary>A small run in which all is right, for the checker's own tests: one post published before a hold, one held by it, one on the wire when it came, one by a named poster under another hold.</summary>
internal sealed class SoundRun
{
    public const string Account = "x/fault_0";
    public static readonly Guid Before = Id(1);
    public static readonly Guid Held = Id(2);
    public static readonly Guid OnTheWire = Id(3);
    public static readonly Guid ByNamed = Id(4);
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 14, 0, 0, TimeSpan.Zero);

    private readonly List<EntryRow> _journal = [];
    private readonly List<AccountEvent> _events = [];
    private long _seq;

    /// <summary>The record.</summary>
    public static RunRecord Make()
    {
        var run = new SoundRun();
        var labels = new AccountLabels("x", AccountKind.Local, "birmingham", "aston", null);
        run.Tell(new AccountRequested(AccountKey.Parse(Account), labels, "Aston", new NamedContact("Alex Example", null, "0121 496 0001")));
        run.Tell(new AccountApproved());
        run.Tell(new AccountConnected());
        var label = new LabelRow(Account, run.Draw(), labels);

        run.Schedule(Before, 10);
        run.Schedule(Held, 60);
        run.Schedule(OnTheWire, 29);
        var first = run.Permit(Before, 10);
        run.Tell(new PostPublished(new PostId(Before), "1", null, At(10.5)));
        var second = run.Permit(OnTheWire, 29);
        var freeze = run.Place("H-000001", HoldKind.Freeze, 30, [second.Id], []);
        run.Tell(new PostPublished(new PostId(OnTheWire), "3", null, At(31)));
        run.Tell(new PostHeld(new PostId(Held), ["H-000001"]));
        freeze = run.Lift(freeze, 90);
        var central = run.Place("H-000002", HoldKind.CentralCoordination, 100, [], ["manager"]);
        run.Schedule(ByNamed, 110, "manager");
        var third = run.Permit(ByNamed, 110, "manager");
        run.Tell(new PostPublished(new PostId(ByNamed), "4", null, At(110.5)));
        central = run.Lift(central, 130);

        var state = AccountFold.Fold(AccountState.None, run._events);
        return new RunRecord
        {
            Permits = [first, second, third],
            Holds = [freeze, central],
            Labels = [label],
            Posts = [.. state.Posts.Select(p => new PostRow(p.Id.Value, Account, p.State.ToString().ToLower(CultureInfo.InvariantCulture), p.Text, p.DueAt, p.Revision, p.PosterId))],
            Journal = run._journal,
            States = new Dictionary<string, string>(StringComparer.Ordinal) { [Account] = JsonSerializer.Serialize(state, StorageJson.Options) },
            Arrivals = [Arrived(Before, 10.3), Arrived(OnTheWire, 30.2), Arrived(ByNamed, 110.3)],
            Calls = [Placed(freeze, 30), Placed(central, 100), .. state.Posts.Select(p => Scheduled(p.Id.Value))],
            Outages = [(At(200), At(210))],
        };
    }

    /// <summary>An instant of the run.</summary>
    public static DateTimeOffset At(double seconds) => Start + TimeSpan.FromSeconds(seconds);

    /// <summary>An arrival of a post.</summary>
    public static Arrival Arrived(Guid post, double seconds) => new("publish", "x_fault_0", post, TextOf(post), At(seconds));

    /// <summary>The journal with its hashes made anew from some entry on: a forger who can write, and knows how.</summary>
    public static IReadOnlyList<EntryRow> Chain(IEnumerable<EntryRow> entries)
    {
        var chained = new List<EntryRow>();
        foreach (var stream in entries.GroupBy(e => e.Stream, StringComparer.Ordinal))
        {
            byte[] former = [];
            foreach (var entry in stream)
            {
                chained.Add(entry with { Number = chained.Count(c => c.Stream == stream.Key) + 1 });
                chained[^1] = chained[^1] with { Hash = former = Accountable.Hash(chained[^1], former) };
            }
        }

        return chained;
    }

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    private static string TextOf(Guid post) => $"Post {post:D}";

    private static Call Scheduled(Guid post) => new()
    {
        Kind = "schedule", Staff = "holder", Path = $"/api/accounts/{Account}/posts", Told = Told.Took, Ended = At(1),
        Body = new JsonObject { ["text"] = TextOf(post) }, Answer = new JsonObject { ["id"] = post },
    };

    private static Call Placed(HoldRow hold, double seconds) => new()
    {
        Kind = "hold", Operation = hold.OperationId, Staff = "manager", Path = "/api/holds", Told = Told.Took,
        LastBegan = At(seconds - 0.01), Ended = At(seconds + 0.01), Answer = new JsonObject { ["id"] = hold.Id },
    };

    private long Draw() => ++_seq;

    private void Schedule(Guid post, double due, string poster = "holder") =>
        Tell(new PostScheduled(new PostId(post), TextOf(post), At(due), TimeSpan.FromMinutes(1), poster, poster, null, Start), Draw());

    private PermitRow Permit(Guid post, double at, string poster = "holder")
    {
        var permit = new PermitRow(Guid.NewGuid(), Draw(), Account, post, 1, poster, 1, At(at), At(at + 10), "sent");
        Enter("account/" + Account, "permit-issued", new JsonObject { ["permitId"] = permit.Id, ["postId"] = post }, permit.Seq);
        return permit;
    }

    private HoldRow Place(string id, HoldKind kind, double at, Guid[] inFlight, string[] named)
    {
        var hold = new HoldRow(id, Guid.NewGuid(), kind, new Scope { Areas = ["birmingham"] }, At(at), Draw(), null, null, inFlight);
        Enter("hold/" + id, "hold-placed", new JsonObject { ["id"] = id, ["namedPosters"] = new JsonArray([.. named.Select(n => JsonValue.Create(n))]) }, hold.PlacedSeq, hold.OperationId);
        return hold;
    }

    private HoldRow Lift(HoldRow hold, double at)
    {
        var lifted = hold with { LiftedAt = At(at), LiftedSeq = Draw() };
        Enter("hold/" + hold.Id, "hold-lifted", new JsonObject { ["id"] = hold.Id }, lifted.LiftedSeq);
        return lifted;
    }

    private void Tell(AccountEvent change, long? seq = null)
    {
        _events.Add(change);
        var payload = JsonSerializer.SerializeToNode(change, StorageJson.Options)!;
        Enter("account/" + Account, payload["event"]!.GetValue<string>(), payload, seq);
    }

    private void Enter(string stream, string name, JsonNode payload, long? seq, Guid? operation = null)
    {
        var former = _journal.LastOrDefault(e => string.Equals(e.Stream, stream, StringComparison.Ordinal));
        var entry = new EntryRow(
            stream, (former?.Number ?? 0) + 1, Start, name, "alex", "Alex", "account-holder", operation, seq, null, payload.ToJsonString(), new byte[16], [], []);
        _journal.Add(entry with { Hash = Accountable.Hash(entry, former?.Hash ?? []) });
    }
}

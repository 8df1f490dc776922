using System.Collections.Concurrent;
using System.Globalization;
using Coordination.Domain.Accounts;
using Coordination.FaultTests.World;

namespace Coordination.FaultTests.Clients;

/// <summary>Many clients at once, each doing what the brigade does, in an order that follows from the seed.</summary>
internal sealed class Generator(Caller caller, int seed)
{
    private const int Clients = 12;

    // More, and hardly anything would be published.
    private const int MostHolds = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Rethinking = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Thinking = TimeSpan.FromMilliseconds(60);
    private readonly ConcurrentQueue<Call> _calls = new();
    private readonly ConcurrentDictionary<Guid, string> _posts = new();
    private readonly ConcurrentDictionary<string, byte> _holds = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<AccountKey> _late = new(Estate.Late);
    private readonly ConcurrentQueue<AccountKey> _registered = new();
    private int _texts;

    /// <summary>All wishes so far.</summary>
    public IReadOnlyCollection<Call> Calls => _calls;

    /// <summary>Runs until it is told to stop.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(
        Enumerable.Range(0, Clients).Select(client => Task.Run(() => RunAsync(client, stop), CancellationToken.None)).Append(Task.Run(() => RuleAsync(stop), CancellationToken.None)));

    /// <summary>After the faults: asks on until each wish has a certain answer, and lifts what still stands.</summary>
    public async Task SettleAsync(TimeSpan patience)
    {
        await Parallel.ForEachAsync(_calls.Where(c => c.Told == Told.Nothing), async (call, _) => await FinishAsync(call, 0, patience));
        foreach (var hold in _holds.Keys)
        {
            await SendAsync(Lift(hold), 0, patience);
        }
    }

    private async Task RunAsync(int client, CancellationToken stop)
    {
        var random = new Random(HashCode.Combine(seed, client));
        while (!stop.IsCancellationRequested)
        {
            var dashboard = random.Next(2);
            await SendAsync(Next(random) ?? (random.Next(2) == 0 ? await ReadFirstAsync(random, dashboard) : null) ?? await HandBackAsync(random, dashboard), dashboard, Patience);
            await Task.Delay(Thinking * (0.5 + random.NextDouble()), CancellationToken.None);
        }
    }

    // Comms changes now and then whose posts somebody else reads first.
    private async Task RuleAsync(CancellationToken stop)
    {
        var random = new Random(HashCode.Combine(seed, Clients));
        while (!stop.IsCancellationRequested)
        {
            JsonArray approvals = random.Next(4) switch
            {
                0 => [],
                1 => [Asks("local", random)],
                _ => [.. Estate.Open.Where((_, i) => i % 3 == random.Next(3)).Take(6).Select(a => Asks(a.Value, random))],
            };
            await caller.SetRulesAsync(Staff.Manager, random.Next(2), approvals);
            await Task.Delay(Rethinking * (0.5 + random.NextDouble()), CancellationToken.None);
        }
    }

    private static JsonObject Asks(string whom, Random random) => new()
    {
        ["for"] = whom, ["need"] = random.Next(3) == 0 ? "two" : "one", ["approvers"] = random.Next(2) == 0 ? new JsonArray(Staff.OtherHolder) : [],
    };

    private Task SendAsync(Call? call, int dashboard, TimeSpan patience)
    {
        if (call is null)
        {
            return Task.CompletedTask;
        }

        _calls.Enqueue(call);
        return FinishAsync(call, dashboard, patience);
    }

    private async Task FinishAsync(Call call, int dashboard, TimeSpan patience)
    {
        await caller.SendAsync(call, dashboard, patience);
        if (call.Told != Told.Took)
        {
            return;
        }

        if (call.Registers is { } registered)
        {
            _registered.Enqueue(registered);
        }
        else if (call.Kind is "schedule" && call.Answer?["id"]?.GetValue<Guid>() is { } post)
        {
            _posts.TryAdd(post, call.Path);
        }
        else if (call.Kind is "hold" && call.Answer?["id"]?.GetValue<string>() is { } hold)
        {
            _holds.TryAdd(hold, 0);
        }
        else if (call.Kind is "lift" && call.Answer?["liftedAt"] is not null)
        {
            _holds.TryRemove(call.Path.Split('/')[3], out _);
        }
        else if (call.Kind is "lift")
        {
            // It was asked for; whoever asks next is another person, mostly, and confirms it.
            await SendAsync(Lift(call.Path.Split('/')[3], Staff.OtherManager), dashboard + 1, patience);
        }
    }

    private Call? Next(Random random) => random.Next(100) switch
    {
        < 44 => Schedule(random),
        < 50 => Change(random) ?? Schedule(random),
        < 53 => Approve(random),
        < 57 => Edit(random),
        < 59 => Post(random, "cancel", null),
        < 62 => Post(random, "remove", new JsonObject { ["reason"] = "It names the wrong street" }),
        < 67 => Post(random, "reschedule", new JsonObject { ["dueAt"] = Time(random, 8) }),
        < 71 => Post(random, "release", Release(random)),
        < 78 => null,
        < 83 => _holds.Count < MostHolds ? Hold(random) : Lift(random),
        < 94 => Lift(random),
        < 97 => Relabel(random),
        < 99 => Newcomer() ?? Schedule(random),
        _ => random.Next(3) == 0 ? Manage(Pick(random, Estate.Open), "retire", new JsonObject { ["reason"] = "The station closes its account" }) : Schedule(random),
    };

    // As an approver does it: reads what was submitted, and approves it, or sends it back. Sometimes for another time, or when it is another revision by now.
    private async Task<Call?> ReadFirstAsync(Random random, int dashboard)
    {
        var staff = Pick(random, [Staff.Officer, Staff.Manager, Staff.OtherHolder]);
        var submitted = await caller.SubmittedAsync(staff, dashboard);
        if (submitted.Count == 0)
        {
            return null;
        }

        var (id, revision) = Pick(random, submitted);
        var body = new JsonObject { ["revision"] = revision };
        if (random.Next(5) == 0)
        {
            body["comment"] = "Which street?";
            return New("return", staff, $"/api/posts/{id}/return", body);
        }

        if (random.Next(3) == 0)
        {
            body["dueAt"] = Time(random, 5);
        }

        return New("approve", staff, $"/api/posts/{id}/approve", body);
    }

    // As a person does it: reads what waits, and decides about some of it at once.
    private async Task<Call?> HandBackAsync(Random random, int dashboard)
    {
        var waiting = (await caller.WaitingAsync(Staff.Officer, dashboard)).ToArray();
        if (waiting.Length == 0)
        {
            return null;
        }

        random.Shuffle(waiting);
        var body = new JsonObject
        {
            ["act"] = random.Next(5) == 0 ? "discard" : "release",
            ["posts"] = new JsonArray([.. waiting.Take(1 + random.Next(6)).Select(id => JsonValue.Create(id.ToString()))]),
            ["reason"] = "Read again",
        };
        if (body["act"]!.GetValue<string>() is "release" && random.Next(2) == 0)
        {
            (body["dueAt"], body["spacingSeconds"]) = (Time(random, 4), 1);
        }

        return New("handback", Staff.Officer, "/api/handback", body);
    }

    private JsonObject Release(Random random)
    {
        var body = new JsonObject { ["reason"] = "It is still true" };
        if (random.Next(3) == 0)
        {
            body["text"] = Text("Test your smoke alarm each Monday");
        }

        if (random.Next(2) != 0)
        {
            body["dueAt"] = Time(random, 6);
        }

        return body;
    }

    private Call Schedule(Random random)
    {
        var body = new JsonObject
        {
            ["text"] = Text("Test your smoke alarm every Monday"),
            ["toleranceSeconds"] = random.Next(3) == 0 ? 5 : 60,
        };
        if (random.Next(4) != 0)
        {
            body["dueAt"] = Time(random, 7);
        }

        return New("schedule", Pick(random, Staff.Writers), $"/api/accounts/{Pick(random, Estate.All)}/posts", body);
    }

    // Over a post that may be out, where the platform has that; mostly one that has just been.
    private Call? Change(Random random)
    {
        var known = _posts.Where(p => p.Value.Contains("/mastodon/", StringComparison.Ordinal)).ToArray();
        if (known.Length == 0)
        {
            return null;
        }

        var (post, path) = Pick(random, known);
        var body = new JsonObject { ["text"] = Text("Test your smoke alarm every Friday"), ["corrects"] = post.ToString(), ["inPlace"] = true };
        if (random.Next(3) == 0)
        {
            body["dueAt"] = Time(random, 4);
        }

        return New("schedule", Pick(random, Staff.Writers), path, body);
    }

    // No two are the same, so that what arrives is known by it.
    private string Text(string words) => string.Create(CultureInfo.InvariantCulture, $"{words} ({Interlocked.Increment(ref _texts)}).");

    private Call? Post(Random random, string verb, JsonObject? body)
    {
        var known = _posts.Keys.ToArray();
        return known.Length == 0 ? null : New(verb, Staff.Officer, $"/api/posts/{known[^(1 + random.Next(Math.Min(known.Length, 60)))]}/{verb}", body ?? []);
    }

    // Other words, and mostly the revision that most posts have.
    private Call? Edit(Random random) => Post(random, "edit", new JsonObject
    {
        ["revision"] = random.Next(4) == 0 ? 2 : 1, ["text"] = Text("Test your smoke alarm each Tuesday"), ["dueAt"] = Time(random, 8),
    });

    // Of the revision that most posts have; the others' answer is that they were changed.
    private Call? Approve(Random random) => Post(random, "approve", new JsonObject { ["revision"] = random.Next(4) == 0 ? 2 : 1 });

    private static Call Hold(Random random)
    {
        var kind = random.Next(10) switch { < 5 => "freeze", < 8 => "centralCoordination", _ => "approvalRequired" };
        JsonObject scope = random.Next(6) switch
        {
            0 => new() { ["all"] = true, ["except"] = new JsonObject { ["areas"] = new JsonArray(Pick(random, Estate.Areas)) } },
            1 => new() { ["platforms"] = new JsonArray(Pick(random, Estate.Platforms)), ["areas"] = new JsonArray(Pick(random, Estate.Areas)) },
            2 => new() { ["accounts"] = new JsonArray(Pick(random, Estate.Open).Value, Pick(random, Estate.Open).Value) },
            3 => new() { ["stations"] = new JsonArray(Pick(random, Estate.Stations).Station) },
            _ => new() { ["areas"] = new JsonArray(Pick(random, Estate.Areas)), ["kinds"] = new JsonArray("local") },
        };
        var body = new JsonObject { ["kind"] = kind, ["scope"] = scope, ["reason"] = "Large fire", ["incident"] = "1204" };
        if (kind is "centralCoordination" && random.Next(2) == 0)
        {
            body["namedPosters"] = new JsonArray(Staff.Holder);
        }

        return New("hold", Pick(random, Staff.Placers), "/api/holds", body);
    }

    private Call? Lift(Random random)
    {
        var standing = _holds.Keys.ToArray();
        return standing.Length == 0 ? null : Lift(Pick(random, standing));
    }

    private static Call Lift(string hold, string staff = Staff.Manager) => New("lift", staff, $"/api/holds/{hold}/lift", new JsonObject { ["reason"] = "The incident is over" });

    private static Call Relabel(Random random)
    {
        var station = Pick(random, Estate.Stations).Station;
        return Manage(Pick(random, Estate.Open), "labels", new JsonObject { ["kind"] = "local", ["station"] = station });
    }

    // Registered under whatever holds stand, and connected later.
    private Call? Newcomer() =>
        _registered.TryDequeue(out var registered) ? Manage(registered, "connect", null)
        : _late.TryDequeue(out var late) ? new Call { Kind = "register", Staff = Staff.Manager, Path = "/api/accounts/import", Registers = late }
        : null;

    private static Call Manage(AccountKey account, string verb, JsonObject? body) => New(verb, Staff.Manager, $"/api/accounts/{account}/{verb}", body ?? []);

    private static Call New(string kind, string staff, string path, JsonObject body) => new() { Kind = kind, Staff = staff, Path = path, Body = body };

    private static string Time(Random random, int within) =>
        (TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(0.3 + (random.NextDouble() * within))).ToString("O", CultureInfo.InvariantCulture);

    private static T Pick<T>(Random random, IReadOnlyList<T> some) => some[random.Next(some.Count)];
}

using System.Reflection;
using System.Text;
using System.Text.Json;
using Coordination.Contracts;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Domain.Review;
using Coordination.Grains.Accounts;
using Coordination.Silo.Hosting;
using Coordination.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Serialization;
using Xunit;

namespace Coordination.Grains.Tests;

/// <summary>What travels and what is stored keeps its names.</summary>
public sealed class ContractTests
{
    private static readonly Assembly Contracts = typeof(IAccountGrain).Assembly;
    private static readonly DateTimeOffset At = new(2026, 5, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly AccountKey Key = AccountKey.Parse("x/demo_wmfs_aston");
    private static readonly PostId Id = new(new Guid(1, 0, 7, [8, 0, 0, 0, 0, 0, 0, 1]));
    private static readonly AccountLabels Labels = new("x", AccountKind.Local, "birmingham", "aston", null);
    private static readonly NamedContact Contact = new("Sam Example", "sam@example.org", "0121 496 0000", [new("Alex Example")]);

    private static readonly Actor Holder = new("holder", "Holder", Role.AccountHolder, new Scope { Stations = ["aston"], Except = new Scope { Accounts = ["x/other"] } });

    private static readonly PostAbout About = new()
    {
        Topic = PostTopic.Incident,
        Incident = "INC-1",
        Answers = new Dictionary<string, string>(StringComparer.Ordinal) { ["person"] = "She asked for it." },
        Settled = new Dictionary<string, ContentAct>(StringComparer.Ordinal) { ["person"] = ContentAct.Reason, ["legal"] = ContentAct.Comms },
    };

    private static readonly PostReview Review = new([new ReviewCause("content/legal", "A court case.")], true);

    private static readonly Post APost = new()
    {
        Id = Id,
        Text = "Caf\u00e9 \U0001F692 \"quoted\" <b>",
        DueAt = At,
        Tolerance = TimeSpan.FromMinutes(5),
        PosterId = "holder",
        PosterName = "Holder",
        Revision = 2,
        Attempt = 3,
        State = PostState.Published,
        MessageId = new Guid(2, 0, 7, [8, 0, 0, 0, 0, 0, 0, 2]),
        CreatedAt = At.AddDays(-1),
        HeldBy = ["H-000001"],
        PublishedAt = At.AddSeconds(1),
        RemoteId = "1",
        Url = "https://example.org/1",
        Note = "A note.",
        Approval = new PostApproval(2, "holder", "Holder", At, ["H-000002"]),
        About = About,
        Review = Review,
        Return = new PostReturn("rowan", "Rowan", "Which street?", At),
        Removal = new PostRemoval("holder", "Holder", "Why.", At),
        RemovedAt = At.AddSeconds(2),
    };

    private static readonly PostFailure Failure = new(FailureClass.NeedsYou, FailureCause.SignIn, At, "The access token was revoked");

    private static readonly AccountState State = new()
    {
        Key = Key,
        Lifecycle = AccountLifecycle.Connected,
        Labels = Labels,
        DisplayName = "Aston",
        Contact = Contact,
        Attention = "The sign-in was refused.",
        Posts = [APost, APost with { About = new PostAbout { Thread = ["Second part"], PartsOut = [new PartOut("1", "https://example.org/1", At)] } }, APost with { About = new PostAbout { Corrects = Id, InPlace = true, Target = "1" } }, APost with { State = PostState.Scheduled, MessageId = null, PublishedAt = null, RemoteId = null, Url = null, Note = null, HeldBy = [], Approval = null, About = null, Review = null, Return = null, Removal = null, RemovedAt = null }],
        Counters = new AccountCounters(10, 20, 30, At),
        LastPostAt = At,
    };

    private static readonly AccountEvent[] Events =
    [
        new AccountRequested(Key, Labels, "Aston", Contact), new AccountApproved(), new AccountConnected(), new AccountNeedsAttention("Why."),
        new AccountRetired("Why."), new AccountRelabelled(Labels), new AccountRenamed("Aston and Nechells"), new ContactChanged(Contact), new CountersRead(1, 2, At), new HoldAcknowledged("H-000001", 1),
        new PostScheduled(Id, "Text", At, TimeSpan.FromMinutes(5), "holder", "Holder", null, At), new PostRescheduled(Id, At, "holder", "Holder"),
        new PostRescheduled(Id, At, "holder", "Holder", "Why.", "Other text"),
        new PostScheduled(Id, "Text", At, TimeSpan.FromMinutes(5), "holder", "Holder", null, At, About), new PostRescheduled(Id, At, "holder", "Holder", null, null, About),
        new PostSubmitted(Id, "Text", At, TimeSpan.FromMinutes(5), "holder", "Holder", null, At, Review, About), new PostReturned(Id, 1, "Which street?", "rowan", "Rowan", At),
        new PostApproved(Id, 1, [], "rowan", "Rowan", At, At, About),
        new PostCancelled(Id, "Why."), new PostHeld(Id, ["H-000001"]), new PostMissed(Id, "Why."), new PostPublished(Id, "1", "https://example.org/1", At),
        new PostNotSent(Id, "Why."), new PostRejected(Id, "Why."), new PostFailed(Id, "Why."), new PostUnknown(Id, "Why."), new PostRemoved(Id, "Why."),
        new PostNotSent(Id, "Why.", Failure with { Class = FailureClass.WillRetry, RetryAt = At }), new PostRejected(Id, "Why.", Failure), new PostFailed(Id, "Why.", Failure, 2),
        new PostRetried(Id, At, "holder", "Holder"), new PostRetried(Id, At, "holder", "Holder", About),
        new PostScheduled(Id, "Text", At, TimeSpan.FromMinutes(5), "holder", "Holder", null, At, new PostAbout { Thread = ["Second part"] }), new PostScheduled(Id, "Text", At, TimeSpan.FromMinutes(5), "holder", "Holder", null, At, new PostAbout { Corrects = Id, InPlace = true, Target = "1" }), new PostPartPublished(Id, 0, "1", "https://example.org/1", At),
        new PostRemovalAsked(Id, "Why.", "holder", "Holder", At), new PostNotRemoved(Id, "Why."), new PostRemoved(Id, "Why.", At), new PostApproved(Id, 2, ["H-000002"], "holder", "Holder", At),
        new PostRedacted(Id, "R-000001", At),
    ];

    private static readonly object[] Travellers =
    [
        new AccountView(State, 7),
        new NewPost(Id, "Text", null, TimeSpan.FromMinutes(1), Guid.Empty, About, [At, At.AddDays(7)]),
        new NewPost(Id, "Text", null, About: new PostAbout { Thread = ["Second part"] }),
        new NewPost(Id, "Text", null, About: new PostAbout { Corrects = Id, InPlace = true }),
        new PostEdit(Id, 2, "Other text", At, About),
        new PostRelease(Id, At, "Why.", "Other text"),
        new PostOutcome(Id, PostOutcomeKind.Published, Guid.Empty, Guid.Empty, "Why.", "1", "https://example.org/1", At, ["H-000001"], "Attention.", 2, 3, new FailedTry(FailureCause.RateLimit, "Slow down", TimeSpan.FromMinutes(1)), 1),
        new CommandAnswer(CommandOutcome.Refused, 3, new Refusal("code", "Reason.", RefusalKind.Conflict), APost),
        new CommandContext(Guid.Empty, Holder),
        Key,
        Id,
        Holder,
        AccountSummary.Of(State, 7),
        new RegisterAccount(Key, Labels, "Aston", Contact),
    ];

    private static readonly AccountCommand[] Managing =
        [new ApproveAccount(), new ConnectAccount(), new RetireAccount("Why."), new RelabelAccount(Labels), new RenameAccount("Aston and Nechells"), new ChangeContact(Contact)];

    [Fact]
    public void Serializer_RoundTrips_EveryContract()
    {
        using var services = new ServiceCollection().AddContractsSerialization().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();
        Assert.All(Travellers, value =>
        {
            var back = serializer.Deserialize<object>(serializer.SerializeToArray<object>(value));
            Assert.IsType(value.GetType(), back);
            Assert.Equal(JsonSerializer.Serialize(value, value.GetType()), JsonSerializer.Serialize(back, back!.GetType()));
        });
    }

    [Fact]
    public void Serializer_RoundTrips_EveryCommandOfManage()
    {
        using var services = new ServiceCollection().AddContractsSerialization().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();
        Assert.All(Managing, command =>
        {
            var back = serializer.Deserialize<AccountCommand>(serializer.SerializeToArray<AccountCommand>(command));
            Assert.IsType(command.GetType(), back);
            Assert.Equal(JsonSerializer.Serialize<object>(command), JsonSerializer.Serialize<object>(back!));
        });
    }

    public static TheoryData<Exception> Causes() =>
        [new NpgsqlException("Away", new TimeoutException()), new PostgresException("Stopping", "FATAL", "FATAL", PostgresErrorCodes.AdminShutdown), new CommitUnconfirmedException()];

    [Theory]
    [MemberData(nameof(Causes))]
    public void Serializer_RoundTrips_TheException_WithWhatTheDatabaseSaid(Exception cause)
    {
        using var services = new ServiceCollection().AddContractsSerialization().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();
        var back = serializer.Deserialize<Exception>(serializer.SerializeToArray<Exception>(new StoreUnavailableException("Words.", cause)));
        Assert.Equal("Words.", Assert.IsType<StoreUnavailableException>(back).Message);
        Assert.IsType(cause.GetType(), back.InnerException);
    }

    [Fact]
    public void Contracts_AreAllTried() => Assert.Empty(
        Contracts.GetTypes().Where(t => t.IsDefined(typeof(GenerateSerializerAttribute)) && !t.IsSubclassOf(typeof(Exception)))
            .Except(Travellers.Select(v => v.GetType())));

    [Fact]
    public void Names_AreFrozen()
    {
        var text = new StringBuilder();
        foreach (var type in Contracts.GetTypes().Where(t => t.GetCustomAttribute<AliasAttribute>() is not null).OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{type.Name} = {type.GetCustomAttribute<AliasAttribute>()!.Alias}\n");
            foreach (var member in type.GetMembers().Where(m => m.IsDefined(typeof(IdAttribute))).OrderBy(m => m.GetCustomAttribute<IdAttribute>()!.Id))
            {
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"  {member.GetCustomAttribute<IdAttribute>()!.Id} {member.Name} {Shown(((PropertyInfo)member).PropertyType)}\n");
            }

            foreach (var method in type.GetMethods().Where(m => m.IsDefined(typeof(AliasAttribute))).OrderBy(m => m.Name, StringComparer.Ordinal))
            {
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"  {method.GetCustomAttribute<AliasAttribute>()!.Alias}({string.Join(", ", method.GetParameters().Select(p => Shown(p.ParameterType)))})\n");
            }
        }

        GoldenFile.Matches("contracts.txt", text.ToString());
    }

    [Fact]
    public void GrainMethods_HaveAnAlias_AndSayWhoMayCallThem() => Assert.All(
        Contracts.GetTypes().Where(t => t.IsInterface && typeof(IAddressable).IsAssignableFrom(t)).SelectMany(t => t.GetMethods()),
        method =>
        {
            Assert.True(method.IsDefined(typeof(AliasAttribute)), $"{method.DeclaringType!.Name}.{method.Name} has no alias");
            Assert.True(
                method.IsDefined(typeof(RequiresAttribute)) ^ method.IsDefined(typeof(InternalCallAttribute)),
                $"{method.DeclaringType!.Name}.{method.Name} says neither who may call it nor that it is internal, or both");
            Assert.True(
                !method.IsDefined(typeof(RequiresAttribute)) || method.GetParameters().Any(p => p.ParameterType == typeof(CommandContext)),
                $"{method.DeclaringType!.Name}.{method.Name} requires a permission and carries no actor");
        });

    [Fact]
    public void StateNames_AreUnique()
    {
        var names = typeof(AccountGrain).Assembly.GetTypes()
            .SelectMany(t => t.GetConstructors()).SelectMany(c => c.GetParameters())
            .Select(p => p.GetCustomAttribute<PersistentStateAttribute>()).OfType<PersistentStateAttribute>().Select(a => a.StateName).ToArray();
        Assert.Contains(AccountGrain.StateName, names);
        Assert.Equal(names.Distinct(StringComparer.Ordinal), names);
    }

    [Fact]
    public void StoredState_IsAsWritten_AndReadsBack()
    {
        var serializer = new GrainStateSerializer();
        var stored = serializer.Serialize(State);
        GoldenFile.Matches("account-state-v1.json", stored.ToString() + "\n");
        Assert.Equal(stored.ToString(), serializer.Serialize(serializer.Deserialize<AccountState>(stored)).ToString());
    }

    [Fact]
    public void StoredEvents_AreAsWritten_AndReadBack()
    {
        Assert.Empty(typeof(AccountEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(AccountEvent)) && !t.IsAbstract).Except(Events.Select(e => e.GetType())));
        GoldenFile.Matches("account-events-v1.jsonl", string.Concat(Events.Select(e => JsonSerializer.Serialize(e, StorageJson.Options) + "\n")));
        Assert.All(Events, e =>
        {
            var json = JsonSerializer.Serialize(e, StorageJson.Options);
            Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<AccountEvent>(json, StorageJson.Options), StorageJson.Options));
        });
    }

    private static string Shown(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Shown))}>"
        : type.Name;
}

using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Domain.Review;

namespace Coordination.Domain.Tests.Accounts;

/// <summary>Accounts, posts and people for the tests of this folder.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Now = new(2026, 5, 1, 9, 0, 0, TimeSpan.Zero);
    public static readonly AccountKey Key = AccountKey.Parse("x/demo_wmfs_aston");
    public static readonly AccountLabels Labels = new("x", AccountKind.Local, "birmingham", "aston", null);
    public static readonly NamedContact Contact = new("Sam Example", "sam@example.org", "0121 496 0000", [new("Alex Example")]);
    public static readonly PostId Post = Id(1);

    public static readonly IReadOnlyList<(string Name, Actor Actor)> People =
    [
        .. Roles.People.Append(Role.System).Where(r => r != Role.AccountHolder).Select(r => (r.Id(), new Actor(r.Id(), r.Name(), r))),
        ("account-holder", new Actor("holder", "Holder", Role.AccountHolder, new Scope { Stations = ["aston"] })),
        ("account-holder-of-another", new Actor("other", "Other", Role.AccountHolder, new Scope { Stations = ["bilston"] })),
        ("account-holder-of-none", new Actor("none", "None", Role.AccountHolder)),
    ];

    public static Actor Manager => People.First(p => p.Name == "comms-manager").Actor;

    public static PostId Id(int n) => new(new Guid(n, 0, 7, [8, 0, 0, 0, 0, 0, 0, 0]));

    public static AccountState Account(AccountLifecycle lifecycle, PostState? post = null) => lifecycle == AccountLifecycle.None
        ? AccountState.None
        : new AccountState
        {
            Key = Key,
            Labels = Labels,
            DisplayName = "Aston",
            Contact = Contact,
            Lifecycle = lifecycle,
            Posts = post is { } state ? [APost(Post, state)] : [],
        };

    public static Post APost(PostId id, PostState state) => new()
    {
        Id = id,
        Text = "Smoke alarms save lives",
        DueAt = Now + TimeSpan.FromHours(1),
        Tolerance = PostRules.DefaultTolerance,
        PosterId = "holder",
        PosterName = "Holder",
        CreatedAt = Now - TimeSpan.FromDays(1),
        State = state,
        Review = state is PostState.Submitted or PostState.Returned ? new PostReview([new ReviewCause("content/legal", "A court case.")], true) : null,
    };

    /// <summary>One of each command that there is.</summary>
    public static IReadOnlyList<AccountCommand> Commands { get; } =
    [
        new RequestAccount(Key, Labels, "Aston", Contact),
        new RegisterAccount(Key, Labels, "Aston", Contact),
        new ApproveAccount(),
        new ConnectAccount(),
        new ReportAttention("The sign-in was refused."),
        new RetireAccount("The station closed."),
        new RelabelAccount(Labels with { Station = "bilston" }),
        new RenameAccount("Aston and Nechells"),
        new ChangeContact(new NamedContact("Kim Example", Phone: "0121 496 0001")),
        new RecordCounters(10, 20),
        new AcknowledgeHold("H-000001", [Post]),
        new SchedulePost(Id(2), "Test your alarm", Now + TimeSpan.FromHours(2), PostRules.DefaultTolerance, null, HoldsMet.None),
        new EditPost(Post, 1, "Test your alarm today", Now + TimeSpan.FromHours(2), HoldsMet.None),
        new ReturnPost(Post, 1, "Which street?", PublishingRules.Default),
        new ReschedulePost(Post, Now + TimeSpan.FromHours(3), HoldsMet.None),
        new ConfirmPost(Post, HoldsMet.None),
        new RetryPost(Post, HoldsMet.None),
        new ReleasePost(Post, Now + TimeSpan.FromHours(3), "It still holds true.", HoldsMet.None),
        new ApprovePost(Post, 1, new HoldsMet([], ["H-000002"])),
        new CancelPost(Post, "Not now."),
        new HoldPost(Post, ["H-000001"]),
        new MissPost(Post, "Too late."),
        new RecordPublished(Post, "1", "https://example.org/1", Now),
        new RecordNotSent(Post, "Refused to connect."),
        new RecordRejected(Post, "Too long."),
        new RecordFailed(Post, "No sign-in."),
        new RecordUnknown(Post, "No answer."),
        new RemovePost(Post, "Wrong picture."),
        new RecordRemoved(Post, "Wrong picture."),
        new RecordNotRemoved(Post, "The platform refused."),
        new RedactPost(Post, "R-000001"),
    ];
}

using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;

namespace Coordination.Domain.Tasks;

/// <summary>Who may open and confirm tasks, and what they may say. Pure.</summary>
public static class TaskDecider
{
    /// <summary>Longest words of what to do, and of a note, in characters.</summary>
    public const int LongestWords = 1000;

    /// <summary>A task was asked for.</summary>
    public const string Opened = "task-opened";

    /// <summary>One that was done is asked for again.</summary>
    public const string Reopened = "task-reopened";

    /// <summary>A person confirmed it.</summary>
    public const string Done = "task-done";

    /// <summary>Whether the actor looks after an account's tasks: Comms every account's (order 01/25, 3.1), an account's holder a local one's.</summary>
    public static bool MayTend(AccountKey account, AccountLabels labels, Actor actor) =>
        actor.May(Permission.ManageAccounts) || (labels.Kind == AccountKind.Local && AccountAuthority.MayPublish(account, labels, actor));

    /// <summary>A person asks for something to be done.</summary>
    public static Decision<Change<StaffTask>> Open(AccountKey account, AccountLabels labels, TaskWish wish, Actor actor, DateTimeOffset now)
    {
        if ((MayNot(account, labels, actor, "open tasks of") ?? CheckWords(wish.What, "What to do is missing. Nothing was opened. Say in a few words what a person has to do.") ?? CheckLink(wish.Link)) is { } refusal)
        {
            return new Decision<Change<StaffTask>>.Refused(refusal);
        }

        if (wish.DueAt < now)
        {
            return Refuse("time-in-past", "The time by which the task should be done has passed. Nothing was opened. Choose a later one, or none.");
        }

        return Accept(Opened, new StaffTask
        {
            Kind = wish.Kind,
            Account = account,
            What = wish.What!.Trim(),
            Link = PublicLink.Of(wish.Link?.Trim()),
            AskedBy = actor.Id,
            AskedByName = actor.Name,
            AskedAt = now,
            DueAt = wish.DueAt,
            Open = true,
        });
    }

    /// <summary>The service could not take a post off its platform: a person has to.</summary>
    /// <param name="known">The task about that post; null when there is none yet.</param>
    /// <param name="account">The account.</param>
    /// <param name="post">The post.</param>
    /// <param name="link">Where it can be seen; null when that is not known.</param>
    /// <param name="why">Why the service could not, as the platform said.</param>
    /// <param name="now">The time (UTC).</param>
    public static Decision<Change<StaffTask>> AskDelete(StaffTask? known, AccountKey account, PostId post, string? link, string why, DateTimeOffset now)
    {
        if (known is { Open: true })
        {
            return new Decision<Change<StaffTask>>.AlreadyDone("The task is open.");
        }

        // The platform's words can be longer than anybody reads, and what cannot be kept must not keep the task from being opened.
        return Accept(
            known is null ? Opened : Reopened,
            new StaffTask
            {
                Kind = TaskKind.DeletePost,
                Account = account,
                What = StorableText.Clean($"Delete this post on the platform itself. {why}", LongestWords),
                Link = link,
                Post = post,
                AskedBy = Actor.System.Id,
                AskedByName = Actor.System.Name,
                AskedAt = now,
                Open = true,
            });
    }

    /// <summary>A person confirms that it is done.</summary>
    public static Decision<Change<StaffTask>> Confirm(StaffTask task, AccountLabels labels, string? note, Actor actor, DateTimeOffset now)
    {
        if ((MayNot(task.Account, labels, actor, "confirm tasks of") ?? CheckWords(note, "A note is missing. Nothing was confirmed. Say in a few words what you did and saw.")) is { } refusal)
        {
            return new Decision<Change<StaffTask>>.Refused(refusal);
        }

        return task.Open
            ? Accept(Done, task with { Open = false, DoneBy = actor.Id, DoneByName = actor.Name, DoneAt = now, Note = note!.Trim() }, note.Trim())
            : new Decision<Change<StaffTask>>.AlreadyDone($"{task.DoneByName} confirmed it.");
    }

    private static Refusal? MayNot(AccountKey account, AccountLabels labels, Actor actor, string doing) => MayTend(account, labels, actor)
        ? null
        : new Refusal(
            "forbidden",
            labels.Kind == AccountKind.Corporate
                ? $"{actor.Name} ({actor.Role.Name()}) may not {doing} the corporate account {account}: following, liking, pictures and biographical details of corporate accounts are Comms' (order 01/25, 3.1). Nothing was changed. Who may: {PermissionMatrix.WhoMayInWords(Permission.ManageAccounts)}."
                : $"{actor.Name} ({actor.Role.Name()}) may not {doing} the account {account}. Nothing was changed. Who may: {PermissionMatrix.WhoMayInWords(Permission.ManageAccounts)}, and whoever holds the account.",
            RefusalKind.Forbidden);

    private static Refusal? CheckWords(string? words, string missing) => string.IsNullOrWhiteSpace(words)
        ? new Refusal("words-missing", missing)
        : words.Length > LongestWords
            ? new Refusal("words-too-long", $"The words have {words.Length} characters; {LongestWords} fit. Nothing was changed.")
            : StorableText.Check("task", words);

    private static Refusal? CheckLink(string? link) => string.IsNullOrWhiteSpace(link) || PublicLink.Of(link.Trim()) is not null
        ? null
        : new Refusal("link-invalid", "The link is no web address. Nothing was opened. Write it whole, beginning with https://, or leave it out.");

    private static Decision<Change<StaffTask>> Accept(string name, StaffTask after, string? why = null) => new Decision<Change<StaffTask>>.Accepted([new Change<StaffTask>(name, after, why)]);

    private static Decision<Change<StaffTask>> Refuse(string code, string reason) => new Decision<Change<StaffTask>>.Refused(new Refusal(code, reason));
}

using System.Text.Json;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Domain.Review;
using Coordination.Storage.Accounts;
using Coordination.Storage.Fence;
using Npgsql;
using NpgsqlTypes;

namespace Coordination.Storage.Tests.Fence;

/// <summary>Commits on an account just as its grain does: the state row by Orleans' own statement, then the committer, in one ambient transaction.</summary>
internal sealed class AccountDesk(CoordinationDatabase database, AccountKey key)
{
    private readonly AccountCommitter _committer = new(database);
    private string? _write;

    public AccountKey Key => key;

    public AccountState State { get; private set; } = AccountState.None;

    public long Version { get; private set; }

    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public Task RegisterAsync(AccountLabels labels) => CommitAsync(
        new AccountRequested(key, labels, "Station " + key.Handle, new NamedContact("Pat Contact", "pat@example.org")), new AccountApproved(), new AccountConnected());

    public Task CommitAsync(params AccountEvent[] events) => CommitAsync(new Wish(events));

    /// <summary>Either all of it is committed and this desk knows, or none of it.</summary>
    public async Task CommitAsync(Wish wish)
    {
        var state = AccountFold.Fold(State, wish.Events);
        long version = 0;
        await _committer.CommitAsync(
            async () =>
            {
                version = await WriteStateAsync(state);
                return new AccountCommit(key, version, state, wish.Events, wish.Actor ?? Staff.Holder, wish.Operation, wish.Guard, wish.Permits, wish.Redaction);
            },
            wish.BeforeCommit);
        (State, Version) = (state, version);
    }

    /// <summary>Schedules a post that fell due a moment ago, unless told otherwise.</summary>
    public async Task<PostId> ScheduleAsync(TimeSpan? dueIn = null, TimeSpan? tolerance = null, Actor? poster = null, string text = "Test your smoke alarm.", PostAbout? about = null)
    {
        var (id, who) = (new PostId(Guid.CreateVersion7()), poster ?? Staff.Holder);
        await CommitAsync(new Wish(
            [new PostScheduled(id, text, Now + (dueIn ?? TimeSpan.FromSeconds(-1)), tolerance ?? TimeSpan.FromMinutes(5), who.Id, who.Name, null, Now, about)], who));
        return id;
    }

    /// <summary>Sends a failed post again, as it stands.</summary>
    public Task RetryAsync(PostId post, Actor? actor = null)
    {
        var who = actor ?? Staff.Holder;
        return CommitAsync(new Wish([new PostRetried(post, Now.AddSeconds(-1), who.Id, who.Name)], who, Guard: [post]));
    }

    public Task RescheduleAsync(PostId post, TimeSpan? dueIn = null, Actor? poster = null)
    {
        var who = poster ?? Staff.Holder;
        return CommitAsync(new Wish([new PostRescheduled(post, Now + (dueIn ?? TimeSpan.FromSeconds(-1)), who.Id, who.Name)], who, Guard: [post]));
    }

    /// <summary>Submits a post that Comms alone approves; due in an hour unless told otherwise.</summary>
    public async Task<PostId> SubmitAsync(TimeSpan? dueIn = null, bool commsOnly = true, string text = "The court case.")
    {
        var id = new PostId(Guid.CreateVersion7());
        var review = new PostReview([new ReviewCause(commsOnly ? "content/legal" : "approval", "Read first.")], commsOnly);
        var about = new PostAbout { Topic = PostTopic.Incident, Incident = "INC-1" };
        await CommitAsync(new Wish(
            [new PostSubmitted(id, text, Now + (dueIn ?? TimeSpan.FromHours(1)), TimeSpan.FromMinutes(5), Staff.Holder.Id, Staff.Holder.Name, null, Now, review, about)], Staff.Holder));
        return id;
    }

    /// <summary>Erases what a post said, as somebody else asked.</summary>
    public Task RedactAsync(PostId post, string redaction, Actor? actor = null) =>
        CommitAsync(new Wish([new PostRedacted(post, redaction, Now)], actor ?? Staff.Second, Guard: [post], Redaction: redaction));

    /// <summary>Approves a post as it stands, for these holds.</summary>
    public Task ApproveAsync(PostId post, params string[] holds) => CommitAsync(new Wish(
        [new PostApproved(post, State.Find(post)!.Revision, holds, Staff.Comms.Id, Staff.Comms.Name, Now)], Staff.Comms, Guard: [post]));

    public Task CloseAsync(PermitAnswer.Issued permit, string outcome, AccountEvent change, bool withToken = true, Guid? token = null) =>
        CommitAsync(new Wish([change], Actor.System, Permits: [new PermitClosing(permit.PermitId, token ?? (withToken ? permit.Token : null), outcome)]));

    public Task NotSentAsync(PostId post, PermitAnswer.Issued permit) => CloseAsync(permit, "not-sent", new PostNotSent(post, "The platform was busy."));

    public PermitWish WishFor(PostId post, int? attempt = null, TimeSpan? keyLifetime = null)
    {
        var found = State.Find(post)!;
        return new PermitWish(key, post.Value, 0, found.Action, attempt ?? found.Attempt, found.PosterId, found.Revision, Version, keyLifetime);
    }

    private async Task<long> WriteStateAsync(AccountState state)
    {
        await using var connection = await database.Main.OpenConnectionAsync();
        if (_write is null)
        {
            await using var find = new NpgsqlCommand("select querytext from orleansquery where querykey = 'WriteToStorageKey'", connection);
            _write = (string)(await find.ExecuteScalarAsync())!;
        }

#pragma warning disable CA2100 // The database's own text.
        await using var write = new NpgsqlCommand(_write, connection);
#pragma warning restore CA2100
        write.Parameters.AddWithValue("ServiceId", "coordination");
        write.Parameters.AddWithValue("GrainTypeString", "account");
        write.Parameters.AddWithValue("GrainIdExtensionString", "account/" + key.Value);
        write.Parameters.AddWithValue("GrainStateVersion", NpgsqlDbType.Integer, Version == 0 ? DBNull.Value : (int)Version);
        write.Parameters.AddWithValue("PayloadBinary", NpgsqlDbType.Bytea, JsonSerializer.SerializeToUtf8Bytes(state, StorageJson.Options));
        return await write.ExecuteScalarAsync() is int version ? version : throw new LostRaceException();
    }

    /// <summary>What to commit.</summary>
    internal sealed record Wish(
        IReadOnlyList<AccountEvent> Events,
        Actor? Actor = null,
        Operation? Operation = null,
        IReadOnlyList<PostId>? Guard = null,
        IReadOnlyList<PermitClosing>? Permits = null,
        Func<Task>? BeforeCommit = null,
        string? Redaction = null);
}

/// <summary>Another commit was faster.</summary>
#pragma warning disable CA1032 // Nobody else throws it.
internal sealed class LostRaceException() : Exception("The state row has another version.");
#pragma warning restore CA1032

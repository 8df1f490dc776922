using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.Media;
using Coordination.Domain.Posts;
using Coordination.Domain.Redactions;
using Coordination.Domain.Review;
using Coordination.Storage.Fence;
using Coordination.Storage.Journal;
using Coordination.Storage.Media;
using Coordination.Storage.Redactions;
using Coordination.Storage.Tests.Fence;
using Coordination.Storage.Tests.Media;
using Coordination.Storage.Tests.Verification;
using Coordination.Storage.Verification;
using Coordination.Testing;
using Npgsql;
using Xunit;

namespace Coordination.Storage.Tests.Redactions;

/// <summary>Content that two people erase: gone everywhere, and the record still holds.</summary>
public sealed class RedactionTests(FastPostgresFixture server)
{
    private const string Secret = "Xylophone Ambrosius Quill";
    private const string Case = "Case 12 of the data protection officer";

    [Fact]
    public async Task Post_IsErasedEverywhere_AndEverythingStillVerifies()
    {
        await using var ground = await Worked.MakeAsync(server);
        var account = await ground.AccountAsync("erased", "rugby");
        var image = MediaStoreTests.Image(7);
        await new MediaStore(ground.Database).SaveAsync(image, Staff.Holder.Id, Staff.Holder.Name, CancellationToken.None);
        var post = await WriteAsync(ground, account, image);
        await ground.ExecuteAsync(
            "insert into draft (id, revision, text, accounts, about, writer_id, writer_name, saved_by, saved_by_name) values (gen_random_uuid(), 1, $1, '{}', '{}', 'a', 'A', 'a', 'A')", Secret);
        Assert.NotEmpty(await WhereAsync(ground, Secret));

        var redaction = await AskAsync(ground, account.Key, post);
        Assert.NotEmpty(await WhereAsync(ground, Secret));
        await account.RedactAsync(post, redaction);

        Assert.Equal([], await WhereAsync(ground, Secret));
        Assert.Equal([], await WhereAsync(ground, image.Hash));
        Assert.Equal(PostErasure.Mark(redaction), account.State.Find(post)!.Text);
        Assert.Equal(PostErasure.Mark(redaction), await ground.ScalarAsync<string>("select text from post where id = $1", post.Value));
        Assert.Equal("https://example.org/1", await ground.ScalarAsync<string>("select url from post where id = $1", post.Value));
        var report = await VerifyAsync(ground);
        Assert.Equal("", Text(report));
        Assert.True(Of(report, CheckKind.Redactions).Looked >= 5, "Fewer entries were erased than had words.");
        Assert.Contains(Of(report, CheckKind.States).Notes, n => n.EndsWith("entries were folded from what redactions left of them.", StringComparison.Ordinal));
        Assert.DoesNotContain(report.Checks.SelectMany(c => c.Notes), n => n.Contains("x/erased", StringComparison.Ordinal));
        Assert.True((await new JournalReader(ground.Database).VerifyAsync("account/x/erased", CancellationToken.None)).Intact);
    }

    [Fact]
    public async Task Post_ThatTheStateKeepsNoMore_IsErasedInItsRow()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        var post = await account.ScheduleAsync(text: Secret);
        await account.CommitAsync(new PostCancelled(post, Secret));
        for (var i = 0; i <= AccountState.FinishedPostsKept; i++)
        {
            await account.CommitAsync(new PostCancelled(await account.ScheduleAsync(), "Not needed"));
        }

        await account.ScheduleAsync();
        Assert.Null(account.State.Find(post));
        await account.RedactAsync(post, await AskAsync(ground, account.Key, post));

        Assert.Equal([], await WhereAsync(ground, Secret));
        Assert.Equal("", Text(await VerifyAsync(ground)));
    }

    [Fact]
    public async Task Post_CanBeErasedAgain_OnceMoreWasWrittenOfIt()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        var post = await account.ScheduleAsync(text: Secret);
        await account.CommitAsync(new PostCancelled(post, "Not needed"));
        await account.RedactAsync(post, await AskAsync(ground, account.Key, post));
        var empty = await Refused(() => account.RedactAsync(post, "R-000002"), () => AskAsync(ground, account.Key, post));
        Assert.Equal("entry-empty", empty);

        await account.CommitAsync(new PostCancelled(post, Secret));
        await account.RedactAsync(post, "R-000002");
        Assert.Equal([], await WhereAsync(ground, Secret));
        var report = await VerifyAsync(ground);
        Assert.Equal(["account/x/aston entry 7: post-cancelled cannot follow: the post " + post + " was cancelled."], Text(report).Split('\n'));
    }

    [Fact]
    public async Task Content_IsErasedByTwo()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        var post = await CancelledAsync(account);
        var redaction = await AskAsync(ground, account.Key, post);
        Assert.Equal("redaction-needs-second", await Refused(() => account.RedactAsync(post, redaction, Staff.Comms)));
        Assert.NotEmpty(await WhereAsync(ground, Secret));

        await Store(ground).DeclineAsync(redaction, "It is evidence.", Staff.Officer, CancellationToken.None);
        Assert.Equal("redaction-over", await Refused(() => account.RedactAsync(post, redaction)));
        Assert.Equal("redaction-over", (await Store(ground).DeclineAsync(redaction, "Again.", Staff.Officer, CancellationToken.None)).Refusal!.Code);
        Assert.Equal("redaction-unknown", await Refused(() => account.RedactAsync(post, "R-999999")));
        Assert.NotEmpty(await WhereAsync(ground, Secret));
        Assert.Equal("", Text(await VerifyAsync(ground)));
    }

    [Fact]
    public async Task Ask_IsRefused_WithoutTheRight_OrWithoutAReason()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        var wish = new RedactionWish(new RedactionTarget.Post(account.Key, await CancelledAsync(account)), RedactionGround.Erasure, Case);
        Assert.Equal("forbidden", (await Store(ground).AskAsync(wish, Staff.Officer, CancellationToken.None)).Refusal!.Code);
        Assert.Equal("redaction-reason-missing", (await Store(ground).AskAsync(wish with { Reason = "short" }, Staff.Comms, CancellationToken.None)).Refusal!.Code);
        Assert.Null((await Store(ground).AskAsync(wish, Staff.Comms, CancellationToken.None)).Refusal);
        Assert.Equal("redaction-asked", (await Store(ground).AskAsync(wish, Staff.Second, CancellationToken.None)).Refusal!.Code);
        Assert.Equal("forbidden", (await Store(ground).DeclineAsync("R-000001", "No.", Staff.Holder, CancellationToken.None)).Refusal!.Code);
        Assert.Equal(RedactionState.Declined, (await Store(ground).DeclineAsync("R-000001", "Taken back.", Staff.Comms, CancellationToken.None)).Redaction!.State);
    }

    [Fact]
    public async Task TwoWhoConfirmAtOnce_EraseOnce()
    {
        await using var ground = await Ground.MakeAsync(server);
        await ground.ExecuteAsync("select journal_append('export/' || gen_random_uuid(), 'export-made', 'a', 'A', 'comms-manager', null, null, $1, '{}')", Secret);
        var stream = await ground.ScalarAsync<string>("select stream from journal where event = 'export-made'");
        var asked = (await Store(ground).AskAsync(new RedactionWish(new RedactionTarget.Entry(stream, 1), RedactionGround.Excessive, Case), Staff.Comms, CancellationToken.None)).Redaction!;

        // The first has the redaction, and has not committed; the second waits for it and then finds that it is over.
        await using var paused = await ground.BeginAsync();
        await paused.RunAsync("select count(*) from begin_redaction($1, null, null, 'kim-comms')", asked.Id);
        var second = Store(ground).EraseEntryAsync(asked.Id, Staff.Officer, CancellationToken.None);
        await ground.UntilBlockedOrDoneAsync(second);
        Assert.False(second.IsCompleted);
        await paused.RunAsync("select decline_redaction($1, 'No', 'kim-comms', 'Kim', 'comms-manager')", asked.Id);
        await paused.CommitAsync();
        Assert.Equal("redaction-over", (await second).Refusal!.Code);
        Assert.Equal(["journal"], await WhereAsync(ground, Secret));

        asked = (await Store(ground).AskAsync(new RedactionWish(new RedactionTarget.Entry(stream, 1), RedactionGround.Excessive, Case), Staff.Comms, CancellationToken.None)).Redaction!;
        var both = await Task.WhenAll(
            Task.Run(() => Store(ground).EraseEntryAsync(asked.Id, Staff.Officer, CancellationToken.None)), Task.Run(() => Store(ground).EraseEntryAsync(asked.Id, Staff.Second, CancellationToken.None)));
        Assert.Single(both, b => b.Refusal is null);
        Assert.Single(both, b => b.Refusal?.Code is "redaction-over");
        Assert.Equal([], await WhereAsync(ground, Secret));
        Assert.Equal((asked.Id, 1), ((await Store(ground).OfEntriesAsync([(stream, 1)], CancellationToken.None))[(stream, 1)].Id, both.Single(b => b.Refusal is null).Redaction!.Entries));
        Assert.Equal("", Text(await VerifyAsync(ground)));
    }

    [Fact]
    public async Task Message_AboutAnIncident_IsErasedWithWhatWasMadeOfIt()
    {
        await using var ground = await Ground.MakeAsync(server);
        var id = Guid.NewGuid();
        await ground.ExecuteAsync("insert into incident_message (id, content_type, received_by, raw) values ($1, 'text/plain', 'a', convert_to($2, 'UTF8'))", id, Secret);
        await ground.ExecuteAsync("select journal_append('incident/' || $1::text, 'message-received', 'a', 'A', 'fire-control', null, null, null, '{}')", id);
        var target = new RedactionTarget.Entry("incident/" + id, 1);
        Assert.Equal("message-open", (await Store(ground).AskAsync(new RedactionWish(target, RedactionGround.Excessive, Case), Staff.Comms, CancellationToken.None)).Refusal!.Code);
        await ground.ExecuteAsync("insert into incident_decision (message_id, refs, decision, reason, hold_areas, whole_brigade) values ($1, '[]', 'ignored', $2, '{}', false)", id, Secret);
        await ground.ExecuteAsync("select journal_append('incident/' || $1::text, 'message-decided', 'system', 'The service', 'system', null, null, $2, '{}')", id, Secret);

        var asked = await Store(ground).AskAsync(new RedactionWish(target, RedactionGround.Excessive, Case), Staff.Comms, CancellationToken.None);
        var erased = await Store(ground).EraseEntryAsync(asked.Redaction!.Id, Staff.Officer, CancellationToken.None);
        Assert.Equal(2, erased.Redaction!.Entries);
        Assert.Equal([], await WhereAsync(ground, Secret));
        Assert.Equal(0, await ground.ScalarAsync<int>("select octet_length(raw) from incident_message where id = $1", id));
        Assert.Equal("", Text(await VerifyAsync(ground)));
    }

    public static TheoryData<string, string> Obstacles => new()
    {
        { "scheduled", "post-not-finished" }, { "held", "post-not-finished" }, { "missed", "post-not-finished" }, { "unknown", "post-not-finished" }, { "published", "post-is-out" },
        { "permit", "post-in-flight" }, { "repeat", "post-of-repeat" }, { "hold", "hold-stands" }, { "keep", "kept" }, { "incident", "incident-open" }, { "incident-keep", "kept" },
    };

    [Theory]
    [MemberData(nameof(Obstacles))]
    public async Task Post_IsNotErased_WhileItMatters(string what, string code)
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        var post = await account.ScheduleAsync(text: Secret, about: new PostAbout { Topic = PostTopic.Incident, Incident = "INC-7" });
        string? former = null;
        if (what is not ("scheduled" or "held" or "missed" or "unknown" or "published" or "permit"))
        {
            // Asked for while nothing stands in the way: it is looked at again when somebody confirms.
            await account.CommitAsync(new PostCancelled(post, "No"));
            former = await AskAsync(ground, account.Key, post);
        }

        switch (what)
        {
            case "held": await account.CommitAsync(new PostHeld(post, ["H-000001"])); break;
            case "missed": await account.CommitAsync(new PostMissed(post, "Late")); break;
            case "unknown": await account.CommitAsync(new PostUnknown(post, "No answer")); break;
            case "published": await account.CommitAsync(new PostPublished(post, "1", null, AccountDesk.Now)); break;
            case "permit":
                await ground.PermitAsync(account.WishFor(post));
                await ground.ExecuteAsync("update post set state = 'cancelled' where id = $1", post.Value);
                break;
            case "repeat":
                await ground.ExecuteAsync("insert into repeat (id, wish, owner_id, owner_name, state, started_at, version) values ($1, '{}', 'a', 'A', 'active', now(), 1)", post.Value);
                await ground.ExecuteAsync("insert into repeat_date (repeat_id, account, local, due_at, post_id) values ($1, 'x/aston', now()::timestamp, now(), $1)", post.Value);
                break;
            case "hold":
                var hold = (await ground.PlaceAsync(new Scope { Areas = ["birmingham"] })).Hold.Id;
                await ground.ExecuteAsync("insert into hold_post values ($1, 'x/aston', $2)", hold, post.Value);
                break;
            case "keep": await ground.ExecuteAsync("select set_keep('account', 'x/aston', 'Inquest 4', 'jo-comms', 'Jo', 'comms-manager')"); break;
            case "incident": await ground.PlaceAsync(Ground.Order(new Scope { Areas = ["dudley"] }) with { Incident = "INC-7" }); break;
            case "incident-keep": await ground.ExecuteAsync("insert into record_keep values ('incident', 'INC-7', 'Inquest 4', now(), 'jo-comms', 'Jo')"); break;
            default: break;
        }

        var asked = await Store(ground).AskAsync(new RedactionWish(new RedactionTarget.Post(account.Key, post), RedactionGround.Erasure, Case), Staff.Comms, CancellationToken.None);
        Assert.Equal(code, asked.Refusal!.Code);
        if (former is not null)
        {
            Assert.Equal(code, await Refused(() => account.RedactAsync(post, former)));
        }

        Assert.NotEmpty(await WhereAsync(ground, Secret));
    }

    [Theory]
    [InlineData("account/x/aston", 4, "entry-not-redactable")]
    [InlineData("hold/H-000001", 1, "entry-not-redactable")]
    [InlineData("redaction/R-000001", 1, "entry-not-redactable")]
    [InlineData("export/none", 1, "entry-unknown")]
    public async Task Entry_ThatHasAStateBesideIt_IsNotErasedAlone(string stream, long number, string code)
    {
        await using var ground = await Worked.MakeAsync(server);
        Assert.Equal(code, (await Store(ground).AskAsync(new RedactionWish(new RedactionTarget.Entry(stream, number), RedactionGround.Erasure, Case), Staff.Comms, CancellationToken.None)).Refusal!.Code);
        Assert.NotNull(await ground.ScalarAsync<string>("select redaction_refused(null, null, $1, $2)", stream, number));
    }

    public static TheoryData<string> Frauds => [.. RedactionFraud.All.Keys];

    [Theory]
    [MemberData(nameof(Frauds))]
    public async Task Verify_TellsLawfulErasureFromAnyOther(string what)
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        var post = await CancelledAsync(account);
        await account.RedactAsync(post, await AskAsync(ground, account.Key, post));
        await CancelledAsync(account);
        Assert.Equal("", Text(await VerifyAsync(ground)));

        var (sql, kind, says) = RedactionFraud.All[what];
        await ground.ExecuteAsync("alter table journal disable trigger all; alter table redaction drop constraint redaction_check2");
        await ground.ExecuteAsync(sql);
        var report = await VerifyAsync(ground);
        Assert.True(Of(report, kind).Differences.Any(d => d.ToString().Contains(says, StringComparison.Ordinal)), $"No line of {kind.Id()} says '{says}':\n{Text(report)}");
    }

    [Theory]
    [InlineData("update journal set payload = null, reason = null, salt = null where number = 6")]
    [InlineData("insert into redacted_entry select stream, number, 'R-000001', sha256('x') from journal where stream like 'account/%' and number = 6; update journal set payload = null, reason = null, salt = null where stream like 'account/%' and number = 6")]
    [InlineData("insert into redacted_entry select stream, number, 'R-000001', payload_hash from journal where stream like 'redaction/%' and number = 1; update journal set payload = null, reason = null, salt = null where stream like 'redaction/%' and number = 1")]
    public async Task Database_ErasesNothing_ThatNoRedactionLists(string sql)
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        var post = await CancelledAsync(account);
        await account.RedactAsync(post, await AskAsync(ground, account.Key, post));
        await CancelledAsync(account);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => ground.ExecuteAsync(sql));
        Assert.Equal("WM100", refused.SqlState);
    }

    private static async Task<PostId> CancelledAsync(AccountDesk account)
    {
        var post = await account.ScheduleAsync(text: Secret);
        await account.CommitAsync(new PostCancelled(post, Secret));
        return post;
    }

    // One whose words are in every place that a post's words can be.
    private static async Task<PostId> WriteAsync(Ground ground, AccountDesk account, StoredMedia image)
    {
        var about = new PostAbout
        {
            Topic = PostTopic.Incident, Incident = Secret, Answers = new Dictionary<string, string>(StringComparer.Ordinal) { ["legal"] = Secret },
            Images = [MediaStoreTests.Shown(image) with { Alt = Secret, Credit = Secret, Consent = Secret }],
        };
        var post = await account.SubmitAsync(text: Secret);
        await account.CommitAsync(new PostReturned(post, 1, Secret, Staff.Comms.Id, Staff.Comms.Name, AccountDesk.Now));
        await account.CommitAsync(new PostRescheduled(post, AccountDesk.Now.AddSeconds(-1), Staff.Holder.Id, Staff.Holder.Name, Secret, Secret + ".", about));
        var permit = await ground.PermitAsync(account.WishFor(post));
        await account.CloseAsync(permit, "not-sent", new PostNotSent(post, Secret, new PostFailure(FailureClass.WillRetry, FailureCause.Unreachable, AccountDesk.Now, Secret)));
        await account.CloseAsync(await ground.PermitAsync(account.WishFor(post)), "sent", new PostPublished(post, "1", "https://example.org/1", AccountDesk.Now));
        await account.CommitAsync(new PostRemovalAsked(post, Secret, Staff.Comms.Id, Staff.Comms.Name, AccountDesk.Now));
        await account.CommitAsync(new PostRemoved(post, Secret, AccountDesk.Now));
        return post;
    }

    private static async Task<string> AskAsync(Ground ground, AccountKey account, PostId post)
    {
        var answer = await Store(ground).AskAsync(new RedactionWish(new RedactionTarget.Post(account, post), RedactionGround.Erasure, Case), Staff.Comms, CancellationToken.None);
        Assert.Null(answer.Refusal);
        return answer.Redaction!.Id;
    }

    private static async Task<string> Refused(Func<Task> erase, Func<Task>? before = null)
    {
        await (before?.Invoke() ?? Task.CompletedTask);
        var refused = await Assert.ThrowsAsync<PostgresException>(erase);
        return FenceRefusals.Find(refused)!.Code;
    }

    private static RedactionStore Store(Ground ground) => new(ground.Database);

    // Whatever kind of column it could have got into.
    private static async Task<List<string>> WhereAsync(Ground ground, string words)
    {
        var found = new List<string>();
        var tables = await ground.ScalarAsync<string[]>("select array_agg(table_name::text order by 1) from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'");
        Assert.Contains("grain_state", tables);
        foreach (var table in tables)
        {
            if (await ground.ScalarAsync<bool>($"select exists (select from {table} t where position($1 in t::text) > 0 or position(encode(convert_to($1, 'UTF8'), 'hex') in t::text) > 0)", words))
            {
                found.Add(table);
            }
        }

        return found;
    }

    private static Task<VerificationReport> VerifyAsync(Ground ground) => new Verifier(ground.ConnectionString, TimeProvider.System).RunAsync(null, CancellationToken.None);

    private static VerificationCheck Of(VerificationReport report, CheckKind kind) => report.Checks.Single(c => c.Kind == kind);

    private static string Text(VerificationReport report) => string.Join('\n', report.Checks.SelectMany(c => c.Differences));
}

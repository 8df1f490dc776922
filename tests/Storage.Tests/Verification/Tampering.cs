using Coordination.Storage.Verification;

namespace Coordination.Storage.Tests.Verification;

/// <summary>One thing changed behind the service's back, and how a verification must name it.</summary>
/// <param name="What">Its name.</param>
/// <param name="Sql">What the intruder does, with triggers out of the way.</param>
/// <param name="Kind">The check that must find it.</param>
/// <param name="Says">What its line holds.</param>
internal sealed record Tampering(string What, string Sql, CheckKind Kind, params string[] Says)
{
    private const string Aston = "account/x/aston";
    private const string Walsall = "hold/H-000001";
    private const string Standing = "hold/H-000002";

    private const string Slip = """
        insert into permit (id, seq, account, post_id, part, action, attempt, poster_id, revision, state_version, token, issued_at, expires_at)
        select gen_random_uuid(), nextval('fence_seq'), account, id, 0, 'publish', 1, poster_id, revision, 1, gen_random_uuid(), now(), now() + interval '10 s'
        from post
        """;

    public static IReadOnlyDictionary<string, Tampering> All { get; } = Journal().Concat(Accounts()).Concat(Posts()).Concat(Repeats()).Concat(Holds()).Concat(Permits())
        .ToDictionary(t => t.What, StringComparer.Ordinal);

    private static Tampering[] Journal() =>
    [
        new("a changed payload", "update journal set payload = replace(payload, 'smoke', 'sm0ke') where stream = 'account/x/aston' and number = 4", CheckKind.Chains, Aston + " entry 4", "is not what was hashed"),
        new("a changed payload, by the state", "update journal set payload = replace(payload, 'smoke', 'sm0ke') where stream = 'account/x/mover' and event = 'post-scheduled'", CheckKind.States, "account/x/mover", ".text is another"),
        new("a deleted entry", "delete from journal where stream = 'account/x/aston' and number = 5", CheckKind.Chains, Aston + " entry 6", "Entry 5 is missing"),
        new("a deleted last entry", "delete from journal where stream = 'account/x/aston' and number = (select max(number) from journal where stream = 'account/x/aston')", CheckKind.States, Aston, "state is published", "scheduled"),
        new("a changed hash", "update journal set hash = sha256('x') where stream = 'account/x/aston' and number = 3", CheckKind.Chains, Aston + " entry 3", "was changed"),
        new("a changed actor", "update journal set actor_name = 'Somebody' where stream = 'hold/H-000001' and number = 1", CheckKind.Chains, Walsall + " entry 1", "was changed"),
        new("content that is no JSON", "update journal set payload = 'x' where stream = 'account/x/aston' and number = 2", CheckKind.States, Aston + " entry 2", "cannot be read"),
        new("an entry of an old sequence number", "select journal_append('account/x/aston', 'account-renamed', 'a', 'A', 'system', null, 1, null, '{\"event\":\"account-renamed\",\"displayName\":\"Aston\"}')", CheckKind.Chains, Aston, "sequence number 1 is not greater"),
        new("an entry that cannot follow", "select journal_append('account/x/aston', 'post-missed', 'a', 'A', 'system', null, null, 'w', '{\"event\":\"post-missed\",\"why\":\"w\",\"postId\":\"' || id || '\"}') from post where account = 'x/aston' and state = 'cancelled'", CheckKind.Ends, Aston, "post-missed cannot follow", "was cancelled"),
        new("an entry of a post that never was", "select journal_append('account/x/aston', 'post-missed', 'a', 'A', 'system', null, null, 'w', '{\"event\":\"post-missed\",\"why\":\"w\",\"postId\":\"00000000-0000-7000-8000-000000000001\"}')", CheckKind.Ends, Aston, "00000000-0000-7000-8000-000000000001", "never scheduled"),
        new("an entry under another name", "select journal_append('account/x/aston', 'account-approved', 'a', 'A', 'system', null, null, null, '{\"event\":\"account-connected\"}')", CheckKind.States, Aston, "called account-approved", "account-connected"),
    ];

    private static Tampering[] Accounts() =>
    [
        new("a changed state", "update grain_state set payload = convert_to(replace(convert_from(payload, 'UTF8'), 'Station aston', 'Elsewhere'), 'UTF8') where grain_key = 'account/x/aston'", CheckKind.States, Aston, "displayName is Elsewhere", "Station aston"),
        new("a post taken out of a state", "update grain_state set payload = convert_to(jsonb_set(convert_from(payload, 'UTF8')::jsonb, '{posts}', (convert_from(payload, 'UTF8')::jsonb -> 'posts') - 0)::text, 'UTF8') where grain_key = 'account/x/aston'", CheckKind.States, Aston, "posts[", "is nothing"),
        new("a state that cannot be read", "update grain_state set payload = 'x' where grain_key = 'account/x/aston'", CheckKind.States, Aston, "cannot be read"),
        new("a state that is gone", "delete from grain_state where grain_key = 'account/x/aston'", CheckKind.States, Aston, "no stored state"),
        new("a state of nobody", "insert into grain_state values ('coordination', 'account', 'account/x/nobody', 1, '{}')", CheckKind.States, "account/x/nobody", "has nothing of the account"),
        new("a changed lifecycle on the board", "update account set lifecycle = 'retired' where key = 'x/aston'", CheckKind.Accounts, Aston, "lifecycle is retired", "connected"),
        new("a changed version on the board", "update account set version = version + 1 where key = 'x/aston'", CheckKind.Accounts, Aston, "version"),
        new("a changed contact on the board", "update account set contact = jsonb_set(contact, '{phone}', '\"999\"') where key = 'x/aston'", CheckKind.Accounts, Aston, "named contact"),
        new("a changed area on the board", "update account set area = 'dudley' where key = 'x/foleshill'", CheckKind.Accounts, "account/x/foleshill", "area is dudley", "coventry"),
        new("a changed time on the board", "update account set last_post_at = last_post_at + interval '1 s' where key = 'x/aston'", CheckKind.Accounts, Aston, "last post"),
        new("an account that is not on the board", "delete from account where key = 'x/aston'", CheckKind.Accounts, Aston, "lacks the account"),
        new("other labels in the history", "update label_history set area = 'dudley' where account = 'x/foleshill'", CheckKind.Labels, "account/x/foleshill entry 1", "other labels"),
        new("labels of another time", "update label_history set seq = seq + 1000 where account = 'x/mover' and area = 'solihull'", CheckKind.Labels, "account/x/mover", "puts this change at"),
        new("labels without an entry", "insert into label_history values ('x/aston', nextval('fence_seq'), 'x', 'local', 'dudley', null, null)", CheckKind.Labels, Aston, "the journal has not"),
        new("labels that are gone", "delete from label_history where account = 'x/aston'", CheckKind.Labels, Aston + " entry 1", "lacks this change"),
    ];

    private static Tampering[] Posts() =>
    [
        new("a changed post state", "update post set state = 'published' where account = 'x/aston' and state = 'cancelled'", CheckKind.Posts, Aston, "state of the post", "is published", "cancelled"),
        new("a changed post state of long ago", "update post set state = 'published' where id = (select id from post where account = 'x/busy' order by created_at limit 1)", CheckKind.Posts, "account/x/busy", "is published"),
        new("a changed text", "update post set text = 'Something else' where account = 'x/aston' and state = 'missed'", CheckKind.Posts, Aston, "text of the post", "not shown"),
        new("a changed revision", "update post set revision = 7 where account = 'x/aston' and state = 'missed'", CheckKind.Posts, Aston, "revision", "is 7"),
        new("a changed confirmation", "update post set confirmed_seq = confirmed_seq + 1000 where account = 'x/aston' and state = 'missed'", CheckKind.Posts, Aston, "confirmed sequence"),
        new("an approval that nobody gave", "update post set approved_revision = 2, approved_seq = nextval('fence_seq'), approved_by = 'Jo', approved_at = now(), approved_for = '{H-000004}' where account = 'x/tettenhall' and revision = 2", CheckKind.Posts, "account/x/tettenhall", "approved revision", "is 2"),
        new("an approval of another place", "update post set approved_seq = approved_seq + 1000 where account = 'x/tettenhall' and state = 'published'", CheckKind.Posts, "account/x/tettenhall", "approval's sequence"),
        new("an approval by somebody else", "update post set approved_by = 'Somebody' where account = 'x/tettenhall' and state = 'published'", CheckKind.Posts, "account/x/tettenhall", "approver's name", "is Somebody"),
        new("an approval of another time", "update post set approved_at = approved_at - interval '1 h' where account = 'x/tettenhall' and state = 'published'", CheckKind.Posts, "account/x/tettenhall", "approval time"),
        new("an approval for another hold", "update post set approved_for = '{H-000001}' where account = 'x/tettenhall' and state = 'published'", CheckKind.Posts, "account/x/tettenhall", "approval's holds", "is H-000001"),
        new("a review that nobody asked for", "update post set review = null where account = 'x/tipton' and state = 'submitted'", CheckKind.Posts, "account/x/tipton", "review of the post"),
        new("other details of a post", "update post set about = jsonb_set(about, '{incident}', '\"INC-2\"') where account = 'x/tipton' and state = 'submitted'", CheckKind.Posts, "account/x/tipton", "details of the post"),
        new("a comment that nobody gave", "update post set returned = jsonb_set(returned, '{comment}', '\"Never.\"') where account = 'x/tipton' and state = 'returned'", CheckKind.Posts, "account/x/tipton", "return of the post"),
        new("a submitted post without its approval", "update post set state = 'scheduled' where account = 'x/tipton' and state = 'submitted'", CheckKind.Posts, "account/x/tipton", "state of the post", "scheduled"),
        new("an image of other bytes", "alter table media disable trigger all; update media set bytes = 'x'", CheckKind.Images, "media/", "not those it was named for"),
        new("an image that is gone", "delete from media", CheckKind.Images, "account/x/tipton", "is not there"),
        new("rules that nobody set", "update publishing_rules set rules = jsonb_set(rules, '{clashMinutes}', '0')", CheckKind.Rules, "rules/publishing entry 2", "not what was set last"),
        new("rules by somebody else", "update publishing_rules set saved_by = 'sam-aston'", CheckKind.Rules, "rules/publishing entry 2", "not what was set last"),
        new("rules that are gone", "delete from publishing_rules", CheckKind.Rules, "rules/publishing entry 2", "not in force"),
        new("an entry that is no rules'", "select journal_append('rules/publishing', 'rules-lost', 'a', 'A', 'system', null, null, null, '{}')", CheckKind.Rules, "rules/publishing entry 3", "does not belong"),
        new("a changed due time", "update post set due_at = due_at + interval '1 h' where account = 'x/aston' and state = 'missed'", CheckKind.Posts, Aston, "due time"),
        new("a post that is gone", "delete from post where account = 'x/aston' and state = 'missed'", CheckKind.Posts, Aston, "lacks the post"),
        new("a post that nobody wrote", "insert into post select gen_random_uuid(), account, state, text, due_at, tolerance, poster_id, poster_name, revision, attempt, confirmed_seq, null, null, null, created_at from post where account = 'x/aston' and state = 'missed'", CheckKind.Posts, Aston, "never scheduled"),
        new("a post that was never stopped", "delete from hold_post", CheckKind.Posts, "account/x/walsall", "was stopped by H-000001"),
        new("a post on a retired account", "select journal_append('account/x/walsall', 'account-retired', 'a', 'A', 'system', null, null, 'w', '{\"event\":\"account-retired\",\"reason\":\"w\"}')", CheckKind.Ends, "account/x/walsall", "is scheduled on a retired account"),
    ];

    private static Tampering[] Repeats() =>
    [
        new("a repeat that says something else", "update repeat set wish = jsonb_set(wish, '{text}', '\"Something else\"') where state = 'active'", CheckKind.Repeats, Repeat(1), "not what was started"),
        new("a repeat of somebody else", "update repeat set owner_id = 'lee-comms' where state = 'active'", CheckKind.Repeats, Repeat(1), "not what was started"),
        new("a repeat that goes on again", "update repeat set state = 'active', ended_at = null, ended_by = null, ended_by_name = null, why = null where state = 'halted'", CheckKind.Repeats, Repeat(2), "does not go on"),
        new("a repeat that ended for another reason", "update repeat set why = 'Another' where state = 'stopped'", CheckKind.Repeats, Repeat(3), "does not go on"),
        new("a date that was never made", "update repeat_date set state = 'made' where state = 'planned' and repeat_id = (select id from repeat where state = 'active')", CheckKind.Repeats, Repeat(1), "2027-05-17T09:00:00 on x/aston"),
        new("a refusal of another kind", "update repeat_date set why = 'Because' where state = 'refused' and repeat_id = (select id from repeat where state = 'active')", CheckKind.Repeats, Repeat(1), "2027-05-10T09:00:00 on x/aston"),
        new("a date that is gone", "delete from repeat_date where state = 'planned' and repeat_id = (select id from repeat where state = 'active')", CheckKind.Repeats, Repeat(1), "2027-05-17T09:00:00 on x/aston"),
        new("a repeat that is gone", "with d as (delete from repeat_date where repeat_id = (select id from repeat where state = 'halted')) delete from repeat where state = 'halted'", CheckKind.Repeats, Repeat(2), "is not kept"),
        new("a repeat that nobody started", "insert into repeat select gen_random_uuid(), wish, owner_id, owner_name, state, started_at, null, null, null, null, 1 from repeat where state = 'active'", CheckKind.Repeats, "repeat/", "does not have it"),
        new("an entry that is no repeat's", $"select journal_append('{Repeat(1)}', 'repeat-lost', 'a', 'A', 'system', null, null, null, '{{}}')", CheckKind.Repeats, Repeat(1), "does not belong"),
    ];

    private static string Repeat(int n) => $"repeat/{Worked.RepeatId(n)}";

    private static Tampering[] Holds() =>
    [
        new("a proof without its mark", "select journal_append('hold/H-000002', 'proof-taken', 'a', 'A', 'auditor', null, null, null, '{}')", CheckKind.Holds, Standing, "mark of a proof"),
        new("a lift of another place", "update hold set lifted_seq = lifted_seq + 1000 where id = 'H-000001'", CheckKind.Holds, Walsall, "lift's place in the order"),
        new("a lift of another time", "update hold set lifted_at = lifted_at - interval '1 h' where id = 'H-000001'", CheckKind.Holds, Walsall, "time of the lift"),
        new("a lift that nobody made", "update hold set lifted_seq = nextval('fence_seq'), lifted_at = now() where id = 'H-000002'", CheckKind.Holds, Standing, "says that it was lifted"),
        new("a lift taken back", "update hold set lifted_seq = null, lifted_at = null where id = 'H-000001'", CheckKind.Holds, Walsall, "its row does not"),
        new("another scope", "update hold set scope = '{\"areas\": [\"dudley\"]}' where id = 'H-000002'", CheckKind.Holds, Standing, "scope", "dudley", "coventry"),
        new("another kind", "update hold set kind = 'approvalRequired' where id = 'H-000002'", CheckKind.Holds, Standing, "kind is approvalRequired", "freeze"),
        new("a named poster more", "update hold set named_posters = named_posters || '{sam-aston}' where id = 'H-000001'", CheckKind.Holds, Walsall, "named posters", "sam-aston"),
        new("a removed poster who is back", "update hold set named_posters = named_posters || '{pat-gone}' where id = 'H-000001'", CheckKind.Holds, Walsall, "named posters", "pat-gone"),
        new("another placing", "update hold set placed_seq = placed_seq + 1000 where id = 'H-000002'", CheckKind.Holds, Standing, "place in the order"),
        new("a lift that needs two", "update hold set lift_needs_second = true where id = 'H-000002'", CheckKind.Holds, Standing, "lift by two"),
        new("an end that nobody chose", "update hold set ends_at = now() + interval '1 h' where id = 'H-000004'", CheckKind.Holds, "hold/H-000004", "chosen end"),
        new("a request to lift by somebody else", "update hold set lift_asked_by = 'sam-aston' where id = 'H-000005'", CheckKind.Holds, "hold/H-000005", "asker for the lift", "sam-aston"),
        new("a request to lift of another place", "update hold set lift_asked_seq = lift_asked_seq + 1000 where id = 'H-000005'", CheckKind.Holds, "hold/H-000005", "request to lift's place"),
        new("a request to lift for another reason", "update hold set lift_asked_reason = 'Never mind' where id = 'H-000005'", CheckKind.Holds, "hold/H-000005", "request to lift's reason"),
        new("a request to lift that is gone", "update hold set lift_asked_seq = null, lift_asked_at = null, lift_asked_by = null, lift_asked_by_name = null, lift_asked_by_role = null, lift_asked_reason = null where id = 'H-000005'", CheckKind.Holds, "hold/H-000005", "request to lift's place", "is nothing"),
        new("a request to lift that nobody made", "update hold set lift_needs_second = true, lift_asked_seq = nextval('fence_seq'), lift_asked_at = now(), lift_asked_by = 'jo', lift_asked_by_name = 'Jo', lift_asked_by_role = 'comms-manager' where id = 'H-000002'", CheckKind.Holds, Standing, "has a request to lift it"),
        new("a hold that is gone", "delete from hold where id = 'H-000002'", CheckKind.Holds, Standing, "no hold of this id"),
        new("a hold that nobody placed", "insert into hold select 'H-000009', gen_random_uuid(), fingerprint, kind, scope, reason, placed_by, placed_by_name, placed_by_role, now(), nextval('fence_seq'), named_posters from hold where id = 'H-000002'", CheckKind.Holds, "hold/H-000009", "does not say that it was placed"),
        new("a receipt of what never covered", "insert into hold_receipt values ('H-000002', 'x/aston')", CheckKind.Receipts, Aston, "H-000002", "never covered"),
        new("a receipt of no hold", "insert into hold_receipt values ('H-000077', 'x/aston')", CheckKind.Receipts, Aston, "H-000077", "does not have"),
        new("a receipt without an entry", "insert into hold_receipt values ('H-000002', 'x/canley')", CheckKind.Receipts, "account/x/canley", "has no entry"),
        new("a receipt that is gone", "delete from hold_receipt where account = 'x/foleshill'", CheckKind.Receipts, "account/x/foleshill", "there is no receipt"),
    ];

    private static Tampering[] Permits() =>
    [
        new("a permit inside a hold", Slip + " where account = 'x/foleshill'", CheckKind.Permits, "account/x/foleshill sequence", "inside H-000002"),
        new("a permit after what stopped its post", Slip + " where account = 'x/walsall' and state = 'scheduled'", CheckKind.Permits, "account/x/walsall sequence", "fell due under H-000001"),
        new("a permit without the approval that its hold asks for", Slip + " where account = 'x/tettenhall' and state = 'scheduled' and revision = 2", CheckKind.Permits, "account/x/tettenhall sequence", "inside H-000004"),
        new("a permit without an entry", Slip + " where account = 'x/aston' and state = 'missed'", CheckKind.PermitEntries, Aston + " sequence", "has no entry"),
        new("an entry without a permit", "delete from permit where seq = (select min(seq) from permit where account = 'x/aston')", CheckKind.PermitEntries, Aston, "in the journal and nowhere else"),
        new("a permit of another poster", "update permit set poster_id = 'jo-comms' where seq = (select min(seq) from permit where account = 'x/aston')", CheckKind.PermitEntries, Aston, "another poster"),
        new("a permit of no post", "update permit set post_id = gen_random_uuid() where seq = (select min(seq) from permit where account = 'x/aston')", CheckKind.PermitEntries, Aston, "no such post"),
        new("two sent permits of one post", "update permit set outcome = 'sent' where outcome = 'not-sent' and post_id in (select post_id from permit where outcome = 'sent')", CheckKind.SentOnce, Aston, "was sent twice"),
        new("an outcome taken back", "update permit set outcome = null where seq = (select min(seq) from permit where account = 'x/aston')", CheckKind.PermitEntries, Aston, "none of its permits was sent"),
        new("an outcome that nobody recorded", "update permit set outcome = 'sent' where outcome = 'unknown'", CheckKind.PermitEntries, Aston, "no entry says that it was published"),
        new("a part of a thread that went out on nobody's record", "insert into permit (id, seq, account, post_id, part, action, attempt, poster_id, revision, state_version, token, issued_at, expires_at, outcome) select gen_random_uuid(), nextval('fence_seq'), account, post_id, 1, action, 1, poster_id, revision, state_version, gen_random_uuid(), issued_at, expires_at, 'sent' from permit p where account = 'x/erdington' and not exists (select from permit q where q.post_id = p.post_id and q.part = 1)", CheckKind.PermitEntries, "account/x/erdington", "no entry says that it was published"),
        new("a change that went out under a permit to publish", "update permit set action = 'publish' where action = 'edit'", CheckKind.PermitEntries, "account/mastodon/canley sequence", "allowed the post"),
        new("a permit that was not sent after all", "update permit set outcome = 'unknown' where outcome = 'not-sent'", CheckKind.PermitEntries, Aston, "permits that were not sent"),
        new("a hold that the database's view does not see", Slip + " where account = 'x/foleshill'; delete from hold where id = 'H-000002'", CheckKind.DatabaseView, "by the database's tables it does not"),
        new("a hold that only the database's view sees", "update hold set lifted_seq = 1000000 where id = 'H-000003'", CheckKind.DatabaseView, "account/x/mover", "by the journal it is not"),
    ];
}

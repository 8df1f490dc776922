using System.Text.Json;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Storage;
using Coordination.Storage.Accounts;
using Coordination.Storage.Fence;
using Npgsql;

namespace Coordination.Benchmarks;

/// <summary>A long journal of many accounts: one account's life by the product's own commits and fence, and the same life under other names, hashed by the database's own function.</summary>
internal static class JournalModel
{
    private const int Posts = 100;
    private const int AtOnce = 200;

    // A plan that was made while a table was small would read all of it for every entry.
    private const string Session = "set statement_timeout = 0; set enable_seqscan = off; ";
    private static readonly AccountKey Key = AccountKey.Parse("x/model_account");
    private static readonly Actor Manager = new("rowan", "Rowan", Role.CommsManager);

    private const string Clone = """
        create function clone_text(p text, i integer) returns text language sql immutable as $f$
            select replace(replace(p, '00000000-0000-0000-0000-', lpad(to_hex(i), 8, '0') || '-0000-0000-0000-'), 'x/model_account', 'x/bench_' || i) $f$;
        create table model_span as select last_value + 1 as span from fence_seq;
        create function clone_life(p_from integer, p_to integer) returns void language plpgsql as $f$
        declare
            v_span bigint := (select span from model_span);
            j journal;
        begin
            for i in p_from .. p_to loop
                for j in select * from journal where stream = 'account/x/model_account' order by number loop
                    perform journal_append(clone_text(j.stream, i), j.event, j.actor_id, j.actor_name, j.actor_role, null, j.fence_seq + i * v_span, j.reason,
                        case when j.event = 'permit-issued'
                             then clone_text(replace(j.payload, j.payload::jsonb ->> 'permitId', md5((j.payload::jsonb ->> 'permitId') || i)::uuid::text), i)
                             else clone_text(j.payload, i) end);
                end loop;
            end loop;
            insert into grain_state select service_id, state_name, clone_text(grain_key, i), version, convert_to(clone_text(convert_from(payload, 'UTF8'), i), 'UTF8')
            from generate_series(p_from, p_to) i, grain_state where grain_key = 'account/x/model_account';
            insert into account select (jsonb_populate_record(a, jsonb_build_object('key', clone_text(a.key, i)))).* from generate_series(p_from, p_to) i, account a where a.key = 'x/model_account';
            insert into label_history select clone_text(account, i), seq + i * v_span, platform, kind, area, station, department
            from generate_series(p_from, p_to) i, label_history where account = 'x/model_account';
            insert into post select (jsonb_populate_record(p, jsonb_build_object(
                'id', clone_text(p.id::text, i), 'account', clone_text(p.account, i), 'confirmed_seq', p.confirmed_seq + i * v_span))).*
            from generate_series(p_from, p_to) i, post p where p.account = 'x/model_account';
            insert into permit select (jsonb_populate_record(p, jsonb_build_object(
                'id', md5(p.id::text || i)::uuid, 'seq', p.seq + i * v_span, 'account', clone_text(p.account, i), 'post_id', clone_text(p.post_id::text, i)))).*
            from generate_series(p_from, p_to) i, permit p where p.account = 'x/model_account';
            perform setval('fence_seq', (p_to + 2) * v_span);
        end $f$;
        """;

    // Holds that came and went, and one that stands, with everybody's receipt.
    private const string Hold = """
        do $d$
        declare
            v_hold hold;
        begin
            for i in 1 .. 20 loop
                select (placed).* into v_hold from place_hold(gen_random_uuid(), '\x00', 'freeze', '{"areas": ["birmingham"]}', 'Fire', 'jo', 'Jo', 'comms-manager', '{}', null, null, null);
                perform lift_hold(gen_random_uuid(), v_hold.id, 'Out', 'jo', 'Jo', 'comms-manager', true, true, null);
            end loop;
            select (placed).* into v_hold from place_hold(gen_random_uuid(), '\x00', 'freeze', '{"all": true}', 'Fire', 'jo', 'Jo', 'comms-manager', '{}', null, null, null);
            perform journal_append('account/' || key, 'hold-acknowledged', 'system', 'The service', 'system', null, null, null,
                '{"event":"hold-acknowledged","holdId":"' || v_hold.id || '","postsHeld":0}') from account;
            insert into hold_receipt (hold_id, account) select v_hold.id, key from account;
        end $d$;
        analyze;
        """;

    /// <summary>Writes at least so many entries.</summary>
    public static async Task WriteAsync(BenchDatabase database, int entries)
    {
        var each = await LiveAsync(database);
        await database.ExecuteAsync(Clone);
        var copies = (int)Math.Ceiling((double)entries / each) - 1;
        for (var from = 1; from <= copies; from += AtOnce)
        {
            await database.ExecuteAsync(Session + FormattableString.Invariant($"select clone_life({from}, {Math.Min(from + AtOnce - 1, copies)})"));
        }

        await database.ExecuteAsync(Session + Hold);
    }

    // Registered, connected, posts confirmed, permitted and published. Answers how many entries that made, its receipt to come included.
    private static async Task<int> LiveAsync(BenchDatabase database)
    {
        using var fence = new FenceClient(database.Pools, TimeProvider.System);
        var account = new Account(database.Pools);
        await account.CommitAsync(
            null,
            new AccountRequested(Key, new AccountLabels("x", AccountKind.Local, "birmingham", "aston", null), "Demo WMFS Aston", new NamedContact("Alex Example", "alex.example@example.org")),
            new AccountApproved(),
            new AccountConnected());
        for (var i = 1; i <= Posts; i++)
        {
            var (id, now) = (new PostId(new Guid(0, 0, 0, [0, 0, 0, 0, 0, 0, 0, (byte)i])), TimeProvider.System.GetUtcNow());
            await account.CommitAsync(null, new PostScheduled(
                id, "Open day on Saturday, 10:00 to 14:00. Bring the children.", now.AddSeconds(-1), PostRules.DefaultTolerance, Manager.Id, Manager.Name, null, now));
            var permit = await fence.TakePermitAsync(new PermitWish(Key, id.Value, 0, "publish", 1, Manager.Id, 1, account.Version), CancellationToken.None) as PermitAnswer.Issued
                ?? throw new InvalidOperationException("The model's post got no permit.");
            await account.CommitAsync(new PermitClosing(permit.PermitId, permit.Token, "sent"), new PostPublished(id, "1", "https://example.org/1", now));
        }

        return 3 + (3 * Posts) + 1;
    }

    // The account's state row and what goes with it, in one transaction, as its grain commits.
    private sealed class Account(CoordinationDatabase database)
    {
        private readonly AccountCommitter _committer = new(database);
        private AccountState _state = AccountState.None;

        public long Version { get; private set; }

        public async Task CommitAsync(PermitClosing? permit, params AccountEvent[] events)
        {
            _state = AccountFold.Fold(_state, events);
            await _committer.CommitAsync(async () =>
            {
                await using (var connection = await database.Main.OpenConnectionAsync())
                {
                    await using var write = new NpgsqlCommand(
                        """
                        insert into grain_state as s values ('coordination', 'account', $1, 1, $2)
                        on conflict (service_id, state_name, grain_key) do update set version = s.version + 1, payload = excluded.payload returning version
                        """,
                        connection);
                    write.Parameters.Add(new NpgsqlParameter<string> { TypedValue = "account/" + Key.Value });
                    write.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = JsonSerializer.SerializeToUtf8Bytes(_state, StorageJson.Options) });
                    Version = (int)(await write.ExecuteScalarAsync())!;
                }

                return new AccountCommit(Key, Version, _state, events, Manager, Permits: permit is null ? null : [permit]);
            });
        }
    }
}

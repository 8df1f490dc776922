-- The last statement of an account's commit: everything beside its state row, in one round trip.
-- The state row is written (and so locked) before this runs; what looks at permits is a statement after it (fence rule 8).
create function commit_account(p_account text, p_version bigint, p_commit jsonb) returns bigint
language plpgsql volatile as $$
declare
    v_old account;
    v_new jsonb := p_commit -> 'account';
    v_event jsonb;
    v_seq bigint;
    v_last_seq bigint;
    v_relabel boolean;
    v_confirmed jsonb := '{}';
    v_close jsonb;
    v_broken text;
    v_written integer;
begin
    perform fence_check_isolation();

    -- A process that stalls from here on loses its transaction, so that a hold never waits long for it (fence rule 7).
    set local idle_in_transaction_session_timeout = '500ms';

    -- Rule 8: a post whose permit is open is being sent; nobody changes it now.
    if exists (select from permit p where p.outcome is null
               and p.post_id in (select x::uuid from jsonb_array_elements_text(p_commit -> 'guard') x)) then
        raise exception 'a permit is open' using errcode = 'WM008';
    end if;

    if p_commit ? 'operation' then
        insert into operation (id, stream, fingerprint)
        values ((p_commit #>> '{operation,id}')::uuid, 'account/' || p_account, decode(p_commit #>> '{operation,fingerprint}', 'hex'));
    end if;

    -- Rule 10: only the holder of a permit closes it as not sent; what was unknown may turn out to have been sent.
    for v_close in select x from jsonb_array_elements(p_commit -> 'permits') x loop
        update permit set outcome = v_close ->> 'outcome', closed_at = clock_timestamp()
        where id = (v_close ->> 'id')::uuid
          and (outcome is null or (outcome = 'unknown' and v_close ->> 'outcome' = 'sent'))
          and (v_close ->> 'outcome' <> 'not-sent' or token = (v_close ->> 'token')::uuid);
        if not found and not exists (select from permit where id = (v_close ->> 'id')::uuid and outcome = v_close ->> 'outcome') then
            raise exception 'the permit % cannot be closed as %', v_close ->> 'id', v_close ->> 'outcome' using errcode = 'WM010';
        end if;

        -- Every attempt at one part goes under one idempotency key, so what is known of one call is known of all of them.
        if v_close ->> 'outcome' in ('sent', 'unknown') then
            update permit set outcome = v_close ->> 'outcome', closed_at = clock_timestamp()
            where (post_id, part, action) = (select p.post_id, p.part, p.action from permit p where p.id = (v_close ->> 'id')::uuid)
              and outcome is null;
        end if;
    end loop;

    select * into v_old from account where key = p_account;
    v_relabel := v_old.key is null
        or (v_old.platform, v_old.kind) is distinct from (v_new ->> 'platform', v_new ->> 'kind')
        or v_old.area is distinct from v_new ->> 'area' or v_old.station is distinct from v_new ->> 'station'
        or v_old.department is distinct from v_new ->> 'department';

    if v_relabel or (p_commit -> 'events') @? '$[*] ? (@.confirms == true)' then
        perform fence_shared();
    end if;

    if v_relabel then
        -- Rule 7: nobody walks out of a standing hold by moving.
        if v_old.key is not null then
            select h.id into v_broken from hold h
            where h.lifted_seq is null
              and scope_covers(h.scope, v_old.key, v_old.platform, v_old.kind, v_old.area, v_old.station, v_old.department)
              and not scope_covers(h.scope, v_old.key, v_new ->> 'platform', v_new ->> 'kind', v_new ->> 'area', v_new ->> 'station', v_new ->> 'department')
            order by h.placed_seq limit 1;
            if v_broken is not null then
                raise exception '%', v_broken using errcode = 'WM007';
            end if;
        end if;

        insert into label_history (account, seq, platform, kind, area, station, department)
        values (p_account, nextval('fence_seq'), v_new ->> 'platform', v_new ->> 'kind', v_new ->> 'area', v_new ->> 'station', v_new ->> 'department');
    end if;

    for v_event in select x from jsonb_array_elements(p_commit -> 'events') with ordinality as e(x, n) order by n loop
        v_seq := null;
        if (v_event ->> 'confirms')::boolean then
            v_seq := nextval('fence_seq');
            v_last_seq := v_seq;
            v_confirmed := v_confirmed || jsonb_build_object(v_event ->> 'postId', v_seq);
        end if;
        perform journal_append('account/' || p_account, v_event ->> 'event', p_commit #>> '{actor,id}', p_commit #>> '{actor,name}',
            p_commit #>> '{actor,role}', (p_commit #>> '{operation,id}')::uuid, v_seq, v_event ->> 'reason', v_event ->> 'payload');
    end loop;

    insert into account as a (key, platform, kind, area, station, department, display_name, lifecycle, attention, contact, version,
                              next_post_at, last_post_at, scheduled, awaiting, followers, remote_posts, published, counters_at)
    values (p_account, v_new ->> 'platform', v_new ->> 'kind', v_new ->> 'area', v_new ->> 'station', v_new ->> 'department',
            v_new ->> 'displayName', v_new ->> 'lifecycle', v_new ->> 'attention', v_new -> 'contact', p_version,
            (v_new ->> 'nextPostAt')::timestamptz, (v_new ->> 'lastPostAt')::timestamptz, (v_new ->> 'scheduled')::integer,
            (v_new ->> 'awaiting')::integer, (v_new ->> 'followers')::bigint, (v_new ->> 'remotePosts')::bigint,
            (v_new ->> 'published')::bigint, (v_new ->> 'countersAt')::timestamptz)
    on conflict (key) do update set
        platform = excluded.platform, kind = excluded.kind, area = excluded.area, station = excluded.station,
        department = excluded.department, display_name = excluded.display_name, lifecycle = excluded.lifecycle,
        attention = excluded.attention, contact = excluded.contact, version = excluded.version,
        next_post_at = excluded.next_post_at, last_post_at = excluded.last_post_at, scheduled = excluded.scheduled,
        awaiting = excluded.awaiting, followers = excluded.followers, remote_posts = excluded.remote_posts,
        published = excluded.published, counters_at = excluded.counters_at;

    insert into post as p (id, account, state, text, due_at, tolerance, poster_id, poster_name, revision, attempt, confirmed_seq,
                           message_id, created_at, published_at, remote_id, url, held_by, note)
    select x.id, p_account, x.state, x.text, x.due_at, make_interval(secs => x.tolerance_seconds), x.poster_id, x.poster_name,
           x.revision, x.attempt, coalesce((v_confirmed ->> x.id::text)::bigint, 0), x.message_id, x.created_at, x.published_at,
           x.remote_id, x.url, x.held_by, x.note
    from jsonb_to_recordset(p_commit -> 'posts') as x(
        id uuid, state text, text text, due_at timestamptz, tolerance_seconds double precision, poster_id text, poster_name text,
        revision integer, attempt integer, message_id uuid, created_at timestamptz, published_at timestamptz, remote_id text,
        url text, held_by text[], note text)
    on conflict (id) do update set
        state = excluded.state, text = excluded.text, due_at = excluded.due_at, tolerance = excluded.tolerance,
        poster_id = excluded.poster_id, poster_name = excluded.poster_name, revision = excluded.revision, attempt = excluded.attempt,
        confirmed_seq = greatest(excluded.confirmed_seq, p.confirmed_seq), published_at = excluded.published_at,
        remote_id = excluded.remote_id, url = excluded.url, held_by = excluded.held_by, note = excluded.note, leased_until = null
        where p.account = excluded.account;
    get diagnostics v_written = row_count;
    if v_written <> jsonb_array_length(p_commit -> 'posts') then
        raise exception 'a post of this id is on another account' using errcode = 'WM011';
    end if;

    insert into hold_receipt (hold_id, account)
    select x, p_account from jsonb_array_elements_text(p_commit -> 'receipts') x
    on conflict do nothing;

    insert into hold_post (hold_id, account, post_id)
    select h, p_account, (x ->> 'postId')::uuid
    from jsonb_array_elements(p_commit -> 'held') x, jsonb_array_elements_text(x -> 'holdIds') h
    on conflict do nothing;

    return v_last_seq;
end $$;

-- Posts that somebody else reads before they go out, and the rules by which they do.

alter table post
    add column about    jsonb, -- what is said of it besides its text
    add column review   jsonb, -- why somebody else reads it
    add column returned jsonb; -- who sent it back, and with which comment

-- A submitted post has a time too, at which it is missed; it never gets a permit.
drop index post_due;
create index post_due on post (due_at) where state in ('scheduled', 'submitted');
create index post_review on post (due_at, id) where state = 'submitted';
create index post_returned on post (poster_id, due_at, id) where state = 'returned';

-- What Comms has set. Its stream in the journal is rules/publishing, and its version is the number of its latest entry there.
create table publishing_rules (
    one           boolean primary key default true check (one),
    rules         jsonb       not null,
    version       bigint      not null,
    saved_at      timestamptz not null,
    saved_by      text        not null,
    saved_by_name text        not null
);

-- p_version is the one that was read, 0 before the first. What is there already as it is wished stays as it is: a repeat changes nothing.
create function save_rules(p_rules jsonb, p_version bigint, p_actor_id text, p_actor_name text, p_actor_role text)
returns text language plpgsql volatile as $$
declare
    v_old publishing_rules;
    v_number bigint;
begin
    -- Writers one after the other; readers are not kept waiting.
    lock table publishing_rules in share row exclusive mode;
    select * into v_old from publishing_rules;
    if v_old.rules = p_rules then
        return 'saved';
    elsif coalesce(v_old.version, 0) <> p_version then
        return 'changed';
    end if;

    v_number := journal_append('rules/publishing', 'rules-changed', p_actor_id, p_actor_name, p_actor_role, null, null, null, p_rules::text);
    insert into publishing_rules as r (rules, version, saved_at, saved_by, saved_by_name)
    select p_rules, v_number, j.at, p_actor_id, p_actor_name from journal j where (j.stream, j.number) = ('rules/publishing', v_number)
    on conflict (one) do update set rules = excluded.rules, version = excluded.version,
        saved_at = excluded.saved_at, saved_by = excluded.saved_by, saved_by_name = excluded.saved_by_name;
    return 'saved';
end $$;

-- As before, with what is said of a post, why somebody else reads it, and who sent it back.
create or replace function commit_account(p_account text, p_version bigint, p_commit jsonb) returns bigint
language plpgsql volatile as $$
declare
    v_old account;
    v_new jsonb := p_commit -> 'account';
    v_event jsonb;
    v_seq bigint;
    v_last_seq bigint;
    v_relabel boolean;
    v_confirmed jsonb := '{}';
    v_approved jsonb := '{}';
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
            if (v_event ->> 'approves')::boolean then
                v_approved := v_approved || jsonb_build_object(v_event ->> 'postId', v_seq);
            end if;
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
                           approved_revision, approved_seq, approved_by, approved_at, approved_for, message_id, created_at, published_at, remote_id, url, held_by, note, removal_asked_at, removal_asked_by, removed_at,
                           about, review, returned)
    select x.id, p_account, x.state, x.text, x.due_at, make_interval(secs => x.tolerance_seconds), x.poster_id, x.poster_name,
           x.revision, x.attempt, coalesce((v_confirmed ->> x.id::text)::bigint, 0), x.approved_revision,
           (v_approved ->> x.id::text)::bigint, x.approved_by, x.approved_at, coalesce(x.approved_for, '{}'), x.message_id, x.created_at, x.published_at,
           x.remote_id, x.url, x.held_by, x.note, x.removal_asked_at, x.removal_asked_by, x.removed_at,
           x.about, x.review, x.returned
    from jsonb_to_recordset(p_commit -> 'posts') as x(
        id uuid, state text, text text, due_at timestamptz, tolerance_seconds double precision, poster_id text, poster_name text,
        revision integer, attempt integer, approved_revision integer, approved_by text, approved_at timestamptz,
        approved_for text[], message_id uuid, created_at timestamptz, published_at timestamptz, remote_id text, url text, held_by text[], note text, removal_asked_at timestamptz, removal_asked_by text, removed_at timestamptz,
        about jsonb, review jsonb, returned jsonb)
    on conflict (id) do update set
        state = excluded.state, text = excluded.text, due_at = excluded.due_at, tolerance = excluded.tolerance,
        poster_id = excluded.poster_id, poster_name = excluded.poster_name, revision = excluded.revision, attempt = excluded.attempt,
        confirmed_seq = greatest(excluded.confirmed_seq, p.confirmed_seq),
        -- The present approval keeps its number until there is a newer one; with the approval it goes.
        approved_revision = excluded.approved_revision, approved_by = excluded.approved_by, approved_at = excluded.approved_at,
        approved_for = excluded.approved_for,
        approved_seq = case when excluded.approved_revision is not null then coalesce(excluded.approved_seq, p.approved_seq) end,
        published_at = excluded.published_at,
        remote_id = excluded.remote_id, url = excluded.url, held_by = excluded.held_by, note = excluded.note,
        removal_asked_at = excluded.removal_asked_at, removal_asked_by = excluded.removal_asked_by, removed_at = excluded.removed_at,
        about = excluded.about, review = excluded.review, returned = excluded.returned,
        leased_until = null
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

-- A replaced function loses its settings: rows are looked up by their keys alone (0006).
alter function commit_account(text, bigint, jsonb) set enable_seqscan = off;

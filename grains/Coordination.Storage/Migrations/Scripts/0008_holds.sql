-- The whole hold: a second person at the lift, an end that its placer chose, another time of review; and taking off what got out.

alter table hold
    add column lift_needs_second  boolean not null default false,
    add column lift_asked_seq     bigint unique,
    add column lift_asked_at      timestamptz,
    add column lift_asked_by      text,
    add column lift_asked_by_name text,
    add column lift_asked_by_role text,
    add column lift_asked_reason  text,
    add column ends_at            timestamptz,
    add constraint hold_end check (ends_at is null or (kind = 'approvalRequired' and not lift_needs_second)),
    add constraint hold_lift_asked check ((lift_asked_seq is null) = (lift_asked_by is null) and (lift_asked_seq is null or lift_needs_second));

-- What stands from a declared major incident needs a second person from now on.
update hold set lift_needs_second = true
where lifted_seq is null and (rule is not null or placed_by_role in ('fds-officer', 'fire-control'));

create index hold_ending on hold (ends_at) where lifted_seq is null and ends_at is not null;

-- Orders about a hold that stands, by operation id: a repeat is known, and never takes the next step.
create table hold_operation (
    id       uuid  primary key,
    hold_id  text  not null,
    wish     text  not null check (wish in ('lift', 'decline', 'review')),
    actor_id text  not null,
    content  bytea not null,
    ask_seq  bigint
);

-- Whether the order is a first one. The caller has the fence, so two of one id never run at once.
create function claim_hold_operation(p_operation uuid, p_hold text, p_wish text, p_actor_id text, p_content text) returns boolean
language plpgsql volatile as $$
declare
    v_content bytea := sha256(convert_to(p_content, 'UTF8'));
begin
    insert into hold_operation (id, hold_id, wish, actor_id, content) values (p_operation, p_hold, p_wish, p_actor_id, v_content)
    on conflict (id) do nothing;
    if found then
        return true;
    end if;

    if not exists (select from hold_operation o
                   where o.id = p_operation and (o.hold_id, o.wish, o.actor_id, o.content) = (p_hold, p_wish, p_actor_id, v_content)) then
        raise exception 'operation % was another order', p_operation using errcode = 'WM009';
    end if;
    return false;
end $$;

insert into hold_operation (id, hold_id, wish, actor_id, content)
select h.lift_operation_id, h.id, 'lift', h.lifted_by, sha256(convert_to(journal_field(h.lift_reason) || '-', 'UTF8'))
from hold h
where h.lift_operation_id is not null;

-- Rule 5: placing, with the end that the placer chose and whether the lift needs two. A host of the version before says neither:
-- then it ends by nobody but people, and by two of them.
drop function place_hold(uuid, bytea, text, jsonb, text, text, text, text, text[], text, timestamptz, text);

create function place_hold(
    p_operation uuid, p_fingerprint bytea, p_kind text, p_scope jsonb, p_reason text,
    p_actor_id text, p_actor_name text, p_actor_role text,
    p_named text[], p_incident text, p_review_at timestamptz, p_rule text,
    p_ends_at timestamptz default null, p_lift_needs_second boolean default true,
    out placed hold, out in_flight jsonb, out repeated boolean)
language plpgsql volatile as $$
begin
    perform fence_check_isolation();
    perform fence_exclusive();
    select * into placed from hold where operation_id = p_operation;
    repeated := found;
    if repeated and placed.fingerprint <> p_fingerprint then
        raise exception 'operation % placed another hold', p_operation using errcode = 'WM009';
    end if;

    if not repeated then
        insert into hold (id, operation_id, fingerprint, kind, scope, reason, placed_by, placed_by_name, placed_by_role,
                          placed_at, placed_seq, named_posters, incident, review_at, rule, in_flight, ends_at, lift_needs_second)
        values ('H-' || lpad(nextval('hold_number')::text, 6, '0'), p_operation, p_fingerprint, p_kind, p_scope, p_reason,
                p_actor_id, p_actor_name, p_actor_role, clock_timestamp(), nextval('fence_seq'), p_named, p_incident, p_review_at, p_rule,
                open_permits(p_scope), p_ends_at, p_lift_needs_second)
        returning * into placed;
        perform journal_append('hold/' || placed.id, 'hold-placed', p_actor_id, p_actor_name, p_actor_role, p_operation,
            placed.placed_seq, p_reason,
            json_build_object('id', placed.id, 'kind', p_kind, 'scope', p_scope, 'namedPosters', p_named, 'incident', p_incident,
                              'reviewAt', p_review_at, 'rule', p_rule, 'endsAt', p_ends_at, 'liftNeedsSecond', p_lift_needs_second)::text);
        perform pg_notify('coordination_holds', placed.id);
    end if;

    -- Those that were open then, whenever it is asked: a permit that the hold let through later is not one of them.
    in_flight := describe_permits(placed.in_flight);
end $$;

-- Rule 5: lifting, by one, or by two: then the first of them asks, and the hold stands until another one does the same.
-- The caller says what the actor's role may; which step that makes is settled here, under the lock.
drop function lift_hold(uuid, text, text, text, text, text);

create function lift_hold(
    p_operation uuid, p_hold text, p_reason text, p_actor_id text, p_actor_name text, p_actor_role text,
    p_may_lift boolean, p_may_confirm boolean, p_confirms bigint,
    out lifted hold, out answer text)
language plpgsql volatile as $$
declare
    v_first boolean;
    v_asked bigint;
begin
    perform fence_check_isolation();
    perform fence_exclusive();
    select * into lifted from hold where id = p_hold;
    if not found then
        raise exception 'there is no hold %', p_hold using errcode = 'WM404';
    end if;

    v_first := claim_hold_operation(p_operation, p_hold, 'lift', p_actor_id, journal_field(p_reason) || journal_field(p_confirms::text));
    if lifted.lifted_seq is not null then
        answer := case when lifted.lift_operation_id = p_operation then 'lifted' else 'already' end;
        return;
    end if;

    -- A repeat tells what became of its request; it neither asks again nor confirms another's.
    if not v_first then
        select o.ask_seq into v_asked from hold_operation o where o.id = p_operation;
    end if;

    if not v_first and (v_asked is null or v_asked is distinct from lifted.lift_asked_seq)
       or p_confirms is not null and p_confirms is distinct from lifted.lift_asked_seq then
        raise exception 'the request to lift % does not wait any more', p_hold using errcode = 'WM013';
    end if;

    -- Who has lost the role in which they asked has asked for nothing, whenever that came to be known here.
    if v_first and lifted.lift_asked_by <> p_actor_id
       and exists (select from staff s where s.id = lifted.lift_asked_by and (not s.active or s.role <> lifted.lift_asked_by_role)) then
        lifted := end_lift_ask(lifted, 'lift-lapsed', 'system', 'The service', 'system', null, null);
        answer := 'lapsed';
        return;
    end if;

    if lifted.lift_needs_second and (lifted.lift_asked_seq is null or lifted.lift_asked_by = p_actor_id or not v_first) then
        if not p_may_lift then
            raise exception 'nobody asked for the lift of %', p_hold using errcode = 'WM012';
        end if;

        if lifted.lift_asked_seq is null then
            update hold set lift_asked_seq = nextval('fence_seq'), lift_asked_at = clock_timestamp(), lift_asked_by = p_actor_id,
                            lift_asked_by_name = p_actor_name, lift_asked_by_role = p_actor_role, lift_asked_reason = p_reason
            where id = p_hold
            returning * into lifted;
            perform journal_append('hold/' || p_hold, 'lift-asked', p_actor_id, p_actor_name, p_actor_role, p_operation,
                lifted.lift_asked_seq, p_reason, json_build_object('id', p_hold)::text);
            perform pg_notify('coordination_holds', p_hold);
        end if;

        update hold_operation set ask_seq = lifted.lift_asked_seq where id = p_operation;
        answer := 'awaiting';
        return;
    end if;

    if not (p_may_lift or (lifted.lift_needs_second and p_may_confirm)) then
        raise exception 'nobody asked for the lift of %', p_hold using errcode = 'WM012';
    end if;

    update hold set lifted_at = clock_timestamp(), lifted_seq = nextval('fence_seq'), lifted_by = p_actor_id,
                    lifted_by_name = p_actor_name, lift_reason = coalesce(p_reason, lift_asked_reason), lift_operation_id = p_operation
    where id = p_hold
    returning * into lifted;
    perform journal_append('hold/' || p_hold, 'hold-lifted', p_actor_id, p_actor_name, p_actor_role, p_operation,
        lifted.lifted_seq, lifted.lift_reason,
        json_build_object('id', p_hold, 'askedBy', lifted.lift_asked_by, 'askedByName', lifted.lift_asked_by_name,
                          'askedSequence', lifted.lift_asked_seq)::text);
    perform pg_notify('coordination_holds', p_hold);
    answer := 'lifted';
end $$;

-- Takes a request to lift off a hold, which stands all the same. The caller has the fence.
create function end_lift_ask(
    p_hold hold, p_event text, p_actor_id text, p_actor_name text, p_actor_role text, p_operation uuid, p_reason text) returns hold
language plpgsql volatile as $$
declare
    v_hold hold;
begin
    update hold set lift_asked_seq = null, lift_asked_at = null, lift_asked_by = null, lift_asked_by_name = null,
                    lift_asked_by_role = null, lift_asked_reason = null
    where id = p_hold.id
    returning * into v_hold;
    perform journal_append('hold/' || p_hold.id, p_event, p_actor_id, p_actor_name, p_actor_role, p_operation, nextval('fence_seq'), p_reason,
        json_build_object('id', p_hold.id, 'askedBy', p_hold.lift_asked_by, 'askedByName', p_hold.lift_asked_by_name,
                          'askedSequence', p_hold.lift_asked_seq)::text);
    perform pg_notify('coordination_holds', p_hold.id);
    return v_hold;
end $$;

-- A hold that an order is about: there, and standing.
create function standing_hold(p_hold text) returns hold language plpgsql volatile as $$
declare
    v_hold hold;
begin
    select * into v_hold from hold where id = p_hold;
    if not found then
        raise exception 'there is no hold %', p_hold using errcode = 'WM404';
    end if;

    if v_hold.lifted_seq is not null then
        raise exception 'the hold % was lifted', p_hold using errcode = 'WM014';
    end if;
    return v_hold;
end $$;

-- The asker withdraws, or another declines.
create function decline_lift(
    p_operation uuid, p_hold text, p_reason text, p_actor_id text, p_actor_name text, p_actor_role text, out declined hold)
language plpgsql volatile as $$
begin
    perform fence_check_isolation();
    perform fence_exclusive();
    if not claim_hold_operation(p_operation, p_hold, 'decline', p_actor_id, journal_field(p_reason)) then
        select * into declined from hold where id = p_hold;
        return;
    end if;

    declined := standing_hold(p_hold);
    if declined.lift_asked_seq is null then
        raise exception 'nobody asked for the lift of %', p_hold using errcode = 'WM015';
    end if;

    declined := end_lift_ask(declined, 'lift-declined', p_actor_id, p_actor_name, p_actor_role, p_operation, p_reason);
end $$;

-- Somebody looks again at another time. Nothing is lifted by it.
create function review_hold(
    p_operation uuid, p_hold text, p_review_at timestamptz, p_reason text, p_actor_id text, p_actor_name text, p_actor_role text,
    out reviewed hold)
language plpgsql volatile as $$
declare
    v_was timestamptz;
begin
    perform fence_check_isolation();
    perform fence_exclusive();
    if not claim_hold_operation(p_operation, p_hold, 'review', p_actor_id,
                                journal_field(extract(epoch from p_review_at)::text) || journal_field(p_reason)) then
        select * into reviewed from hold where id = p_hold;
        return;
    end if;

    reviewed := standing_hold(p_hold);
    v_was := reviewed.review_at;
    update hold set review_at = p_review_at where id = p_hold returning * into reviewed;
    perform journal_append('hold/' || p_hold, 'review-moved', p_actor_id, p_actor_name, p_actor_role, p_operation, nextval('fence_seq'),
        p_reason, json_build_object('id', p_hold, 'reviewAt', p_review_at, 'was', v_was)::text);
    perform pg_notify('coordination_holds', p_hold);
end $$;

-- Ends what its placer wanted to end by now, by this clock. It is a lift in all that rule 4 asks for: the numbers are drawn when it
-- happens, and what fell due until then waits for a person. Any host may ask at any time.
create function end_due_holds() returns text[] language plpgsql volatile as $$
declare
    v_hold hold;
    v_ended text[] := '{}';
begin
    perform fence_check_isolation();
    if not exists (select from hold where lifted_seq is null and ends_at <= clock_timestamp()) then
        return v_ended;
    end if;

    perform fence_exclusive();
    for v_hold in
        update hold set lifted_at = clock_timestamp(), lifted_seq = nextval('fence_seq'), lifted_by = 'system', lifted_by_name = 'The service',
                        lift_reason = 'It ended at its time, as ' || placed_by_name || ' chose when placing it.'
        where lifted_seq is null and ends_at <= clock_timestamp()
        returning *
    loop
        perform journal_append('hold/' || v_hold.id, 'hold-ended', 'system', 'The service', 'system', null, v_hold.lifted_seq, v_hold.lift_reason,
            json_build_object('id', v_hold.id, 'endsAt', v_hold.ends_at, 'chosenBy', v_hold.placed_by, 'chosenByName', v_hold.placed_by_name)::text);
        perform pg_notify('coordination_holds', v_hold.id);
        v_ended := v_ended || v_hold.id;
    end loop;
    return v_ended;
end $$;

-- Requests to lift lapse when their asker loses the role in which they asked.
create function lapse_lift_asks(p_staff text, p_role text) returns void language plpgsql volatile as $$
declare
    v_hold hold;
begin
    perform fence_check_isolation();
    perform fence_exclusive();
    for v_hold in
        select * from hold
        where lifted_seq is null and lift_asked_by = p_staff and lift_asked_by_role is distinct from p_role
        order by placed_seq
    loop
        perform end_lift_ask(v_hold, 'lift-lapsed', 'system', 'The service', 'system', null, null);
    end loop;
end $$;

-- Staff, in one round trip: from this commit on, who is no longer active or no longer in Comms is let through by no hold, and who
-- has lost the role in which they asked for a lift has asked for nothing. (What is asked in this very moment meets the look at the
-- role when another confirms it.)
create or replace function save_staff(p_staff jsonb) returns void language plpgsql volatile as $$
declare
    v_gone text;
    v_role text;
begin
    perform fence_check_isolation();
    for v_gone in
        select s.id
        from staff s join jsonb_to_recordset(p_staff) as x(id text, role text, active boolean) on x.id = s.id
        where s.active and (not x.active or (s.role in ('comms-manager', 'comms-officer') and x.role not in ('comms-manager', 'comms-officer')))
        order by s.id
    loop
        perform remove_named_poster(v_gone, 'system', 'The service', 'system');
    end loop;

    for v_gone, v_role in
        select distinct x.id, case when x.active then x.role end
        from jsonb_to_recordset(p_staff) as x(id text, role text, active boolean)
        join hold h on h.lifted_seq is null and h.lift_asked_by = x.id and (not x.active or h.lift_asked_by_role <> x.role)
        order by x.id
    loop
        perform lapse_lift_asks(v_gone, v_role);
    end loop;

    insert into staff (id, name, role, publishes_on, active)
    select x.id, x.name, x.role, x.publishes_on, x.active
    from jsonb_to_recordset(p_staff) as x(id text, name text, role text, publishes_on jsonb, active boolean)
    on conflict (id) do update set name = excluded.name, role = excluded.role, publishes_on = excluded.publishes_on, active = excluded.active;
end $$;

-- Taking a published post off its platform again: who asked and when, and when it was known to be gone. It needs no permit (rule 1).
alter table post
    add column removal_asked_at timestamptz,
    add column removal_asked_by text,
    add column removed_at       timestamptz;

create index post_removal on post (removal_asked_at) where removal_asked_at is not null and state = 'published';

-- What is known of some permits now: of a post that was sent, when, and whether it was taken off again.
create or replace function describe_permits(p_ids uuid[]) returns jsonb language sql volatile as $$
    select coalesce(jsonb_agg(jsonb_build_object('postId', p.post_id, 'account', p.account, 'permitSequence', p.seq, 'issuedAt', p.issued_at,
                                                 'outcome', coalesce(p.outcome, 'open'), 'url', q.url, 'sentAt', q.published_at,
                                                 'removalAskedAt', q.removal_asked_at, 'removalAskedBy', q.removal_asked_by,
                                                 'removedAt', q.removed_at, 'note', q.note) order by p.seq), '[]'::jsonb)
    from permit p left join post q on q.id = p.post_id
    where p.id = any (p_ids)
$$;

-- As before, with the removal of a post.
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
                           message_id, created_at, published_at, remote_id, url, held_by, note, removal_asked_at, removal_asked_by, removed_at)
    select x.id, p_account, x.state, x.text, x.due_at, make_interval(secs => x.tolerance_seconds), x.poster_id, x.poster_name,
           x.revision, x.attempt, coalesce((v_confirmed ->> x.id::text)::bigint, 0), x.message_id, x.created_at, x.published_at,
           x.remote_id, x.url, x.held_by, x.note, x.removal_asked_at, x.removal_asked_by, x.removed_at
    from jsonb_to_recordset(p_commit -> 'posts') as x(
        id uuid, state text, text text, due_at timestamptz, tolerance_seconds double precision, poster_id text, poster_name text,
        revision integer, attempt integer, message_id uuid, created_at timestamptz, published_at timestamptz, remote_id text,
        url text, held_by text[], note text, removal_asked_at timestamptz, removal_asked_by text, removed_at timestamptz)
    on conflict (id) do update set
        state = excluded.state, text = excluded.text, due_at = excluded.due_at, tolerance = excluded.tolerance,
        poster_id = excluded.poster_id, poster_name = excluded.poster_name, revision = excluded.revision, attempt = excluded.attempt,
        confirmed_seq = greatest(excluded.confirmed_seq, p.confirmed_seq), published_at = excluded.published_at,
        remote_id = excluded.remote_id, url = excluded.url, held_by = excluded.held_by, note = excluded.note,
        removal_asked_at = excluded.removal_asked_at, removal_asked_by = excluded.removal_asked_by, removed_at = excluded.removed_at,
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

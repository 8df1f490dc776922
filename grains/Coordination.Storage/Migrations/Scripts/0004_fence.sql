-- The fence: holds, permits and the one order they stand in. FENCE.md's twelve rules, in their numbers.

-- Rule 12: drawn under the lock, one at a time.
create sequence fence_seq cache 1;
create sequence hold_number cache 1;

create table hold (
    id                text primary key,
    operation_id      uuid        not null unique,
    fingerprint       bytea       not null,
    kind              text        not null check (kind in ('freeze', 'centralCoordination', 'approvalRequired')),
    scope             jsonb       not null,
    reason            text        not null,
    placed_by         text        not null,
    placed_by_name    text        not null,
    placed_by_role    text        not null,
    placed_at         timestamptz not null,
    placed_seq        bigint      not null unique,
    named_posters     text[]      not null,
    incident          text,
    review_at         timestamptz,
    rule              text,
    in_flight         uuid[]      not null default '{}',
    lifted_at         timestamptz,
    lifted_seq        bigint unique,
    lifted_by         text,
    lifted_by_name    text,
    lift_reason       text,
    lift_operation_id uuid unique
);

create index hold_standing on hold (placed_seq) where lifted_seq is null;
create index hold_lifted_at on hold (lifted_at) where lifted_seq is not null;

-- Rule 3: the key of a permit; no foreign keys (one brought a wait of seconds back).
create table permit (
    id            uuid primary key,
    seq           bigint      not null unique,
    account       text        not null,
    post_id       uuid        not null,
    part          integer     not null,
    action        text        not null,
    attempt       integer     not null,
    poster_id     text        not null,
    revision      integer     not null,
    state_version bigint      not null,
    token         uuid        not null,
    issued_at     timestamptz not null,
    expires_at    timestamptz not null,
    outcome       text check (outcome in ('sent', 'not-sent', 'unknown')),
    closed_at     timestamptz,
    leased_until  timestamptz,
    unique (post_id, part, action, attempt)
);

create index permit_open on permit (account) where outcome is null;

-- The one lock of the fence. 125 is the number of the order.
create function fence_shared() returns void language sql as $$ select pg_advisory_xact_lock_shared(125, 1) $$;
create function fence_exclusive() returns void language sql as $$ select pg_advisory_xact_lock(125, 1) $$;

-- In a snapshot older than the lock, looking after locking shows the past (FENCE.md, "why the order matters").
create function fence_check_isolation() returns void language plpgsql as $$
begin
    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception 'the fence works in read committed alone' using errcode = 'WM002';
    end if;
end $$;

-- Scope: OR within a dimension, AND across dimensions, except likewise. Matched with the domain's Scope by a property test.
create function scope_admits(p_dimension jsonb, p_label text) returns boolean
language sql immutable parallel safe as $$
    select p_dimension is null or jsonb_typeof(p_dimension) <> 'array' or jsonb_array_length(p_dimension) = 0
        or coalesce(p_dimension ? p_label, false)
$$;

create function scope_names_nothing(p_dimension jsonb) returns boolean
language sql immutable parallel safe as $$
    select p_dimension is null or jsonb_typeof(p_dimension) <> 'array' or jsonb_array_length(p_dimension) = 0
$$;

create function scope_includes(p_scope jsonb, p_key text, p_platform text, p_kind text, p_area text, p_station text, p_department text)
returns boolean language sql immutable parallel safe as $$
    select (coalesce((p_scope ->> 'all')::boolean, false)
            or not (scope_names_nothing(p_scope -> 'areas') and scope_names_nothing(p_scope -> 'stations')
                and scope_names_nothing(p_scope -> 'platforms') and scope_names_nothing(p_scope -> 'kinds')
                and scope_names_nothing(p_scope -> 'departments') and scope_names_nothing(p_scope -> 'accounts')))
       and scope_admits(p_scope -> 'areas', p_area)
       and scope_admits(p_scope -> 'stations', p_station)
       and scope_admits(p_scope -> 'platforms', p_platform)
       and scope_admits(p_scope -> 'kinds', p_kind)
       and scope_admits(p_scope -> 'departments', p_department)
       and scope_admits(p_scope -> 'accounts', p_key)
$$;

create function scope_covers(p_scope jsonb, p_key text, p_platform text, p_kind text, p_area text, p_station text, p_department text)
returns boolean language sql immutable parallel safe as $$
    select scope_includes(p_scope, p_key, p_platform, p_kind, p_area, p_station, p_department)
       and not (jsonb_typeof(p_scope -> 'except') = 'object'
                and scope_includes(p_scope -> 'except', p_key, p_platform, p_kind, p_area, p_station, p_department))
$$;

-- Rule 4: which holds refuse a post.
create function holds_refusing(p_account account, p_post post) returns text[]
language sql volatile as $$
    select array_agg(h.id order by h.placed_seq)
    from hold h
    -- What a lifted hold stopped stays stopped wherever the account moved since: its labels at the lift count.
    cross join lateral (
        select p_account.platform, p_account.kind, p_account.area, p_account.station, p_account.department
        where h.lifted_seq is null
        union all
        (select l.platform, l.kind, l.area, l.station, l.department
         from label_history l
         where h.lifted_seq is not null and l.account = p_account.key and l.seq < h.lifted_seq
         order by l.seq desc limit 1)) l
    where (h.lifted_seq is null or (h.lifted_at > p_post.due_at and h.placed_seq > p_post.confirmed_seq))
      and scope_covers(h.scope, p_account.key, l.platform, l.kind, l.area, l.station, l.department)
      and not (h.kind = 'centralCoordination' and p_post.poster_id = any (h.named_posters) and p_post.confirmed_seq > h.placed_seq)
      and not (h.kind = 'approvalRequired' and p_post.approved_revision is not distinct from p_post.revision
               and p_post.approved_seq > h.placed_seq)
$$;

-- Rule 2: the permit, taken last, in one round trip. Separate statements of a volatile function: lock, then look.
create function take_permit(
    p_account text, p_post uuid, p_part integer, p_action text, p_attempt integer, p_poster text, p_revision integer,
    p_version bigint, p_lifetime interval, p_key_lifetime interval,
    out answer text, out permit_id uuid, out token uuid, out seq bigint, out hold_ids text[], out wait interval)
language plpgsql volatile as $$
declare
    v_version bigint;
    v_account account;
    v_post post;
    v_former permit;
    v_now timestamptz;
begin
    perform fence_check_isolation();

    -- a. The account's state row, before the fence: a commit that hangs on it must not keep a hold waiting.
    select s.version into v_version from grain_state s
    where s.service_id = 'coordination' and s.state_name = 'account' and s.grain_key = 'account/' || p_account
    for no key update;
    if v_version is distinct from p_version then
        answer := 'stale';
        return;
    end if;

    -- b. The fence.
    perform fence_shared();

    -- c. Only now look.
    select * into v_account from account where key = p_account;
    select * into v_post from post where id = p_post and account = p_account;
    if v_account.lifecycle is distinct from 'connected' or v_post.state is distinct from 'scheduled'
       or v_post.revision is distinct from p_revision or v_post.poster_id is distinct from p_poster then
        answer := 'stale';
        return;
    end if;

    v_now := clock_timestamp();
    if v_now < v_post.due_at then
        answer := 'early';
        wait := v_post.due_at - v_now;
        return;
    end if;

    hold_ids := holds_refusing(v_account, v_post);
    if hold_ids is not null then
        answer := 'held';
        return;
    end if;

    if v_now > v_post.due_at + v_post.tolerance then
        answer := 'missed';
        return;
    end if;

    -- Rules 3 and 10: a new attempt needs the former one closed as not sent, or the same idempotency key within its life,
    -- which began with the first call that may have used it.
    select * into v_former from permit p
    where p.post_id = p_post and p.part = p_part and p.action = p_action
    order by p.attempt desc limit 1;
    if found then
        if p_attempt <> v_former.attempt + 1
           or not (v_former.outcome is not distinct from 'not-sent'
                   or (p_key_lifetime is not null and v_former.expires_at < v_now
                       and v_former.outcome is null
                       and v_now < p_key_lifetime + (select min(p.issued_at) from permit p
                                                     where p.post_id = p_post and p.part = p_part and p.action = p_action
                                                       and p.outcome is distinct from 'not-sent'))) then
            answer := 'taken';
            return;
        end if;
    elsif p_attempt <> 1 then
        answer := 'stale';
        return;
    end if;

    -- d. The permit and its journal entry.
    permit_id := gen_random_uuid();
    token := gen_random_uuid();
    seq := nextval('fence_seq');
    insert into permit (id, seq, account, post_id, part, action, attempt, poster_id, revision, state_version, token, issued_at, expires_at)
    values (permit_id, seq, p_account, p_post, p_part, p_action, p_attempt, p_poster, p_revision, p_version, token, v_now, v_now + p_lifetime);
    perform journal_append('account/' || p_account, 'permit-issued', 'system', 'The service', 'system', null, seq, null,
        json_build_object('permitId', permit_id, 'postId', p_post, 'part', p_part, 'action', p_action, 'attempt', p_attempt,
                          'revision', p_revision, 'posterId', p_poster)::text);
    answer := 'issued';
end $$;

-- Permits without a known outcome in a scope, expired or not.
create function open_permits(p_scope jsonb) returns uuid[] language sql volatile as $$
    select coalesce(array_agg(p.id order by p.seq), '{}')
    from permit p join account a on a.key = p.account
    where p.outcome is null
      and scope_covers(p_scope, a.key, a.platform, a.kind, a.area, a.station, a.department)
$$;

-- What is known of some permits now.
create function describe_permits(p_ids uuid[]) returns jsonb language sql volatile as $$
    select coalesce(jsonb_agg(jsonb_build_object('postId', p.post_id, 'account', p.account, 'permitSequence', p.seq, 'issuedAt', p.issued_at,
                                                 'outcome', coalesce(p.outcome, 'open'), 'url', q.url) order by p.seq), '[]'::jsonb)
    from permit p left join post q on q.id = p.post_id
    where p.id = any (p_ids)
$$;

-- Rule 5: placing.
create function place_hold(
    p_operation uuid, p_fingerprint bytea, p_kind text, p_scope jsonb, p_reason text,
    p_actor_id text, p_actor_name text, p_actor_role text,
    p_named text[], p_incident text, p_review_at timestamptz, p_rule text,
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
                          placed_at, placed_seq, named_posters, incident, review_at, rule, in_flight)
        values ('H-' || lpad(nextval('hold_number')::text, 6, '0'), p_operation, p_fingerprint, p_kind, p_scope, p_reason,
                p_actor_id, p_actor_name, p_actor_role, clock_timestamp(), nextval('fence_seq'), p_named, p_incident, p_review_at, p_rule,
                open_permits(p_scope))
        returning * into placed;
        perform journal_append('hold/' || placed.id, 'hold-placed', p_actor_id, p_actor_name, p_actor_role, p_operation,
            placed.placed_seq, p_reason,
            json_build_object('id', placed.id, 'kind', p_kind, 'scope', p_scope, 'namedPosters', p_named, 'incident', p_incident,
                              'reviewAt', p_review_at, 'rule', p_rule)::text);
        perform pg_notify('coordination_holds', placed.id);
    end if;

    -- Those that were open then, whenever it is asked: a permit that the hold let through later is not one of them.
    in_flight := describe_permits(placed.in_flight);
end $$;

-- Rule 5: lifting.
create function lift_hold(
    p_operation uuid, p_hold text, p_reason text, p_actor_id text, p_actor_name text, p_actor_role text,
    out lifted hold, out already boolean)
language plpgsql volatile as $$
begin
    perform fence_check_isolation();
    perform fence_exclusive();
    if exists (select from hold h where h.lift_operation_id = p_operation
               and (h.id <> p_hold or h.lift_reason is distinct from p_reason or h.lifted_by is distinct from p_actor_id)) then
        raise exception 'operation % lifted otherwise', p_operation using errcode = 'WM009';
    end if;

    select * into lifted from hold where id = p_hold;
    if not found then
        raise exception 'there is no hold %', p_hold using errcode = 'WM404';
    end if;

    already := lifted.lifted_seq is not null and lifted.lift_operation_id is distinct from p_operation;
    if lifted.lifted_seq is null then
        update hold set lifted_at = clock_timestamp(), lifted_seq = nextval('fence_seq'), lifted_by = p_actor_id,
                        lifted_by_name = p_actor_name, lift_reason = p_reason, lift_operation_id = p_operation
        where id = p_hold
        returning * into lifted;
        perform journal_append('hold/' || p_hold, 'hold-lifted', p_actor_id, p_actor_name, p_actor_role, p_operation,
            lifted.lifted_seq, p_reason, json_build_object('id', p_hold)::text);
        perform pg_notify('coordination_holds', p_hold);
    end if;
end $$;

-- Rule 4, last sentence: a person who loses the role is let through no more.
create function remove_named_poster(p_staff text, p_actor_id text, p_actor_name text, p_actor_role text) returns integer
language plpgsql volatile as $$
declare
    v_hold hold;
    v_count integer := 0;
begin
    perform fence_check_isolation();
    perform fence_exclusive();
    for v_hold in
        update hold set named_posters = array_remove(named_posters, p_staff)
        where lifted_seq is null and p_staff = any (named_posters)
        returning *
    loop
        perform journal_append('hold/' || v_hold.id, 'named-poster-removed', p_actor_id, p_actor_name, p_actor_role, null,
            nextval('fence_seq'), null, json_build_object('id', v_hold.id, 'staffId', p_staff)::text);
        perform pg_notify('coordination_holds', v_hold.id);
        v_count := v_count + 1;
    end loop;
    return v_count;
end $$;

-- Staff, in one round trip: who is no longer active, or no longer in Comms, is let through by no hold from this commit on.
create function save_staff(p_staff jsonb) returns void language plpgsql volatile as $$
declare
    v_gone text;
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

    insert into staff (id, name, role, publishes_on, active)
    select x.id, x.name, x.role, x.publishes_on, x.active
    from jsonb_to_recordset(p_staff) as x(id text, name text, role text, publishes_on jsonb, active boolean)
    on conflict (id) do update set name = excluded.name, role = excluded.role, publishes_on = excluded.publishes_on, active = excluded.active;
end $$;

-- Rule 12: permits inside a hold that covered their account, by sequence and label history, and that it did not let through.
create view permit_inside_hold as
select p.seq as permit_seq, p.account, p.post_id, h.id as hold_id, h.placed_seq, h.lifted_seq
from permit p
join hold h on p.seq > h.placed_seq and (h.lifted_seq is null or p.seq < h.lifted_seq)
join lateral (select l.* from label_history l where l.account = p.account and l.seq < p.seq order by l.seq desc limit 1) l on true
left join lateral (
    select j.fence_seq from journal j
    where j.stream = 'account/' || p.account and j.fence_seq < p.seq
      and j.event in ('post-scheduled', 'post-rescheduled') and (j.payload::jsonb ->> 'postId')::uuid = p.post_id
    order by j.number desc limit 1) confirmed on true
where scope_covers(h.scope, p.account, l.platform, l.kind, l.area, l.station, l.department)
  and not (h.kind = 'centralCoordination' and confirmed.fence_seq > h.placed_seq
           and exists (select from journal j where j.stream = 'hold/' || h.id and j.event = 'hold-placed'
                       and (j.payload::jsonb -> 'namedPosters') ? p.poster_id)
           and not exists (select from journal j where j.stream = 'hold/' || h.id and j.event = 'named-poster-removed'
                           and j.fence_seq < p.seq and j.payload::jsonb ->> 'staffId' = p.poster_id));

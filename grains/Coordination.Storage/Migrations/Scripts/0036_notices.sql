-- Who is told of a hold, and what became of each message. A hold and what happened to it (placed, lifted) make one round; a round is queued once, by whichever
-- host comes first, and whatever had stopped before.
create table notice_round (
    hold_id   text        not null,
    kind      text        not null check (kind in ('placed', 'lifted')),
    queued_at timestamptz not null,
    people    integer     not null, -- with those who cannot be reached
    beyond    integer     not null, -- people who are not told, because only so many are
    primary key (hold_id, kind)
);

-- One message to one person. Who has no address has a row, too, so that somebody can ring them.
create table notice (
    id           uuid primary key,
    hold_id      text        not null,
    kind         text        not null,
    place        integer     not null, -- their order in the round
    address      text,
    name         text        not null,
    subject      text,
    body         text,
    state        text        not null check (state in ('queued', 'sent', 'failed', 'gave-up', 'overtaken', 'no-address')),
    attempts     integer     not null default 0,
    doubts       integer     not null default 0, -- attempts of which it is not known whether the mail server took the message
    next_at      timestamptz not null,
    lease        uuid,
    leased_until timestamptz,
    sent_at      timestamptz,
    last_error   text,
    foreign key (hold_id, kind) references notice_round (hold_id, kind),
    unique (hold_id, kind, address),
    check ((address is null) = (state = 'no-address')),
    check (address is null or (subject is not null and body is not null)),
    check ((lease is null) = (leased_until is null))
);
create index notice_due on notice (next_at, place) where state = 'queued';
create index notice_of_hold on notice (hold_id, kind, place);

-- When a service of this database first had a mail server: nobody is told of what was before.
create table notice_start (
    only_one boolean     primary key default true check (only_one),
    at       timestamptz not null
);

create index hold_placed_at on hold (placed_at);

create function start_notices() returns timestamptz language plpgsql volatile as $$
begin
    insert into notice_start (at) values (clock_timestamp()) on conflict do nothing;
    return (select s.at from notice_start s);
end $$;

-- Rounds that are not queued: of the last day, and after the first start. A hold that was lifted meanwhile has one round, about its lift.
create function due_notice_rounds(p_limit integer) returns table (hold_id text, kind text) language sql stable as $$
    with since as (select greatest(s.at, clock_timestamp() - interval '24 hours') as at from notice_start s)
    select d.id, d.kind
    from (
        select h.id, 'placed' as kind, h.placed_at as at from since, hold h where h.placed_at > since.at and h.lifted_seq is null
        union all
        select h.id, 'lifted', h.lifted_at from since, hold h where h.lifted_at > since.at) d
    where not exists (select from notice_round r where (r.hold_id, r.kind) = (d.id, d.kind))
    order by d.at, d.id
    limit p_limit
$$;

-- The writers of one hold's stream come one after the other. Whoever has a row of a notice asks for this afterwards, never before.
create function notice_journal(p_hold text, p_event text, p_payload text) returns void language plpgsql volatile as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('notice/' || p_hold, 0));
    perform journal_append('notice/' || p_hold, p_event, 'system', 'The service', 'system', null, null, null, p_payload);
end $$;

-- Queues a round; false when somebody has done so before. What was to tell of the placing and is not out yet is not sent any more once the lift is told of.
create function queue_notices(p_hold text, p_kind text, p_beyond integer, p_notices jsonb) returns boolean language plpgsql volatile as $$
declare
    v_now timestamptz := clock_timestamp();
    v_late integer := 0;
begin
    insert into notice_round (hold_id, kind, queued_at, people, beyond)
    values (p_hold, p_kind, v_now, jsonb_array_length(p_notices), p_beyond)
    on conflict do nothing;
    if not found then
        return false;
    end if;

    insert into notice (id, hold_id, kind, place, address, name, subject, body, state, next_at)
    select n.id, p_hold, p_kind, n.place, n.address, n.name, n.subject, n.body, case when n.address is null then 'no-address' else 'queued' end, v_now
    from jsonb_to_recordset(p_notices) as n(id uuid, place integer, address text, name text, subject text, body text);
    if p_kind = 'lifted' then
        -- All are locked: whoever settles one of them meanwhile sees this round afterwards. What a host is sending now is left to it.
        perform from notice n where (n.hold_id, n.kind, n.state) = (p_hold, 'placed', 'queued') order by n.id for update;
        update notice n set state = 'overtaken' where (n.hold_id, n.kind, n.state) = (p_hold, 'placed', 'queued') and n.lease is null;
        get diagnostics v_late = row_count;
    end if;

    perform notice_journal(p_hold, 'notices-queued', json_build_object(
        'kind', p_kind, 'people', jsonb_array_length(p_notices), 'beyond', p_beyond,
        'unreachable', (select count(*) from notice n where (n.hold_id, n.kind, n.state) = (p_hold, p_kind, 'no-address')),
        'overtaken', v_late)::text);
    return true;
end $$;

-- Takes messages whose time has come; nobody else gets them before the lease is over. Nobody is told of a lift while a message of the placing is under way to them.
create function claim_notices(p_lease uuid, p_for interval, p_limit integer)
returns table (id uuid, hold_id text, kind text, address text, name text, subject text, body text, attempts integer) language plpgsql volatile as $$
begin
    return query
    with due as (
        select n.id from notice n
        where n.state = 'queued' and n.next_at <= clock_timestamp() and n.lease is null
          and not (n.kind = 'lifted' and exists (
              select from notice p where (p.hold_id, p.kind, p.address, p.state) = (n.hold_id, 'placed', n.address, 'queued')))
        order by n.next_at, n.place
        limit p_limit
        for update skip locked)
    update notice n set lease = p_lease, leased_until = clock_timestamp() + p_for
    from due where n.id = due.id
    returning n.id, n.hold_id, n.kind, n.address, n.name, n.subject, n.body, n.attempts;
end $$;

-- Where a message stands after an attempt. p_wait null: it is not tried again.
create function end_notice_attempt(p_notice notice, p_doubt boolean, p_error text, p_wait interval) returns void language plpgsql volatile as $$
declare
    v_doubts integer := p_notice.doubts + case when p_doubt then 1 else 0 end;
    v_state text := case
        when p_notice.kind = 'placed' and exists (select from notice_round r where (r.hold_id, r.kind) = (p_notice.hold_id, 'lifted')) then 'overtaken'
        -- Twice not known is the end: the person may have two already.
        when p_wait is null or v_doubts > 1 then 'gave-up'
        else 'queued' end;
begin
    update notice n
    set state = v_state, attempts = n.attempts + 1, doubts = v_doubts, last_error = p_error, lease = null, leased_until = null,
        next_at = clock_timestamp() + coalesce(p_wait, interval '0')
    where n.id = p_notice.id;
    if v_state <> 'queued' then
        perform notice_journal(p_notice.hold_id, 'notice-' || v_state, json_build_object(
            'kind', p_notice.kind, 'name', p_notice.name, 'attempts', p_notice.attempts + 1, 'why', p_error)::text);
    end if;
end $$;

-- What came of an attempt: 'sent', 'failed' (refused for good), 'later' (nothing went out) or 'doubt' (it may have).
-- That it was sent counts from whomever and whenever; anything else only from who has the lease. Answers the state; null when it does not count any more.
create function settle_notice(p_id uuid, p_lease uuid, p_outcome text, p_error text, p_wait interval) returns text language plpgsql volatile as $$
declare
    v notice;
begin
    select * into v from notice n where n.id = p_id for update;
    if not found
       or (p_outcome = 'sent' and v.state not in ('queued', 'gave-up', 'overtaken'))
       or (p_outcome <> 'sent' and (v.state <> 'queued' or v.lease is distinct from p_lease)) then
        return null;
    end if;

    if p_outcome in ('sent', 'failed') then
        update notice n
        set state = p_outcome, attempts = n.attempts + 1, sent_at = case when p_outcome = 'sent' then clock_timestamp() end, last_error = p_error,
            lease = null, leased_until = null
        where n.id = p_id;
        perform notice_journal(v.hold_id, 'notice-' || p_outcome, json_build_object('kind', v.kind, 'name', v.name, 'attempts', v.attempts + 1, 'why', p_error)::text);
    elsif p_outcome in ('later', 'doubt') then
        perform end_notice_attempt(v, p_outcome = 'doubt', p_error, p_wait);
    else
        raise exception 'a notice has no outcome %', p_outcome;
    end if;

    return (select n.state from notice n where n.id = p_id);
end $$;

-- A lease that ended without a word: its host stopped, and whether the mail server took the message is not known. One a call, so that no two streams are locked at once.
create function take_over_notice() returns boolean language plpgsql volatile as $$
declare
    v notice;
begin
    select * into v from notice n where n.state = 'queued' and n.leased_until <= clock_timestamp() order by n.leased_until limit 1 for update skip locked;
    if not found then
        return false;
    end if;

    perform end_notice_attempt(v, true, 'The service stopped while it was sent.', interval '0');
    return true;
end $$;

-- What an exercise says, and what became of it. None of these rows leads to a post, a permit or an account: a stand-in has an account's name and nothing else of it,
-- and what goes out goes out on the exercise network alone.
alter table takeover add constraint takeover_of_exercise unique (id, exercise);

-- One line for each shadow. Who works at it has the lease: one worker at a time.
create table exercise_line (
    id           uuid primary key,
    takeover_id  uuid        not null unique,
    exercise     boolean     not null default true check (exercise),
    number       text        not null,
    written_at   timestamptz not null,
    written_by   text        not null,
    written_name text        not null,
    beyond       integer     not null check (beyond >= 0), -- covered accounts without a stand-in, because only so many have one
    lease        uuid,
    leased_until timestamptz,
    foreign key (takeover_id, exercise) references takeover (id, exercise),
    check ((lease is null) = (leased_until is null))
);

-- One stand-in. Its key is the idempotency key of everything that is ever sent for it.
create table exercise_stand_in (
    line_id    uuid        not null references exercise_line (id),
    account    text        not null,
    name       text        not null,
    words      text        not null check (starts_with(words, 'EXERCISE – ') and btrim(substr(words, 12)) <> ''),
    key        uuid        not null unique default gen_random_uuid(),
    state      text        not null check (state in ('queued', 'out', 'failed')),
    attempts   integer     not null default 0,
    next_at    timestamptz not null,
    out_at     timestamptz,
    address    text,
    last_error text,
    primary key (line_id, account),
    check ((state = 'out') = (out_at is not null)),
    check (address is null or state = 'out')
);
create index exercise_stand_in_due on exercise_stand_in (next_at, line_id) where state = 'queued';

-- That a person has seen what is real, so that an exercise may have the screen again. It is about a takeover, or about a hold that no takeover placed.
create table real_seen (
    id          bigint      generated always as identity primary key,
    takeover_id uuid        unique,
    exercise    boolean     not null default false check (not exercise),
    hold_id     text        unique,
    seen_at     timestamptz not null,
    seen_by     text        not null,
    seen_name   text        not null,
    foreign key (takeover_id, exercise) references takeover (id, exercise),
    check ((takeover_id is null) <> (hold_id is null))
);
create index real_seen_at on real_seen (seen_at);

-- Answers 'done', 'already' (this very line), 'other' (the shadow has another line), 'over' (no shadow stands), 'real' (it is no exercise) or 'gone'.
create function write_exercise_line(
    p_id uuid, p_takeover uuid, p_actor_id text, p_actor_name text, p_actor_role text, p_beyond integer, p_stand_ins jsonb)
returns text language plpgsql volatile as $$
declare
    v takeover;
    v_former uuid;
    v_now timestamptz;
begin
    select * into v from takeover t where t.id = p_takeover;
    if not found then
        return 'gone';
    elsif not v.exercise then
        return 'real';
    end if;

    perform from incident i where (i.number, i.exercise) = (v.number, true) for update;
    select l.id into v_former from exercise_line l where l.takeover_id = p_takeover;
    if found then
        return case when v_former = p_id then 'already' else 'other' end;
    end if;

    select * into v from takeover t where t.id = p_takeover;
    if v.state <> 'shadow' or v.kind <> 'centralCoordination' then
        return 'over';
    end if;

    v_now := clock_timestamp();
    insert into exercise_line (id, takeover_id, number, written_at, written_by, written_name, beyond)
    values (p_id, p_takeover, v.number, v_now, p_actor_id, p_actor_name, p_beyond);
    insert into exercise_stand_in (line_id, account, name, words, state, next_at)
    select p_id, s.account, s.name, s.words, 'queued', v_now
    from jsonb_to_recordset(p_stand_ins) as s(account text, name text, words text);
    perform journal_append(incident_stream(v.number, true), 'exercise-line-written', p_actor_id, p_actor_name, p_actor_role, null, null, null,
        json_build_object('line', p_id, 'takeover', p_takeover, 'standIns', jsonb_array_length(p_stand_ins), 'beyond', p_beyond,
            'words', (select json_agg(distinct s.words) from exercise_stand_in s where s.line_id = p_id))::text);
    update incident i set changed_at = clock_timestamp() where (i.number, i.exercise) = (v.number, true);
    return 'done';
end $$;

-- A line whose time has come and that nobody works at: the worker has it until the lease is over. Of an exercise that was ended nothing more goes out.
create function claim_exercise_line(p_lease uuid, p_for interval) returns uuid language plpgsql volatile as $$
declare
    v_id uuid;
begin
    select l.id into v_id
    from exercise_line l
    join takeover t on t.id = l.takeover_id
    where t.state = 'shadow' and (l.leased_until is null or l.leased_until <= clock_timestamp())
      and l.id in (select s.line_id from exercise_stand_in s where s.state = 'queued' and s.next_at <= clock_timestamp())
    order by l.written_at limit 1
    for update of l skip locked;
    update exercise_line l set lease = p_lease, leased_until = clock_timestamp() + p_for where l.id = v_id;
    return v_id;
end $$;

-- What of it is due, for who has the lease, while the shadow stands.
create function due_stand_ins(p_line uuid, p_lease uuid, p_limit integer)
returns table (account text, name text, words text, key uuid, attempts integer) language sql volatile as $$
    select s.account, s.name, s.words, s.key, s.attempts
    from exercise_stand_in s
    join exercise_line l on l.id = s.line_id
    join takeover t on t.id = l.takeover_id
    where s.line_id = p_line and s.state = 'queued' and s.next_at <= clock_timestamp()
      and l.lease = p_lease and l.leased_until > clock_timestamp() and t.state = 'shadow'
    order by s.account limit p_limit
$$;

create function exercise_line_journal(p_number text, p_event text, p_payload text) returns void language sql volatile as $$
    select journal_append(incident_stream(p_number, true), p_event, 'system', 'The service', 'system', null, null, null, p_payload)
$$;

-- What came of an attempt: 'out', 'later' or 'failed' (not tried again by itself). That it is out counts from whomever and whenever; anything else only from who has the lease,
-- which goes on for p_for. Answers the state; null when the attempt does not count any more.
create function settle_stand_in(
    p_line uuid, p_account text, p_lease uuid, p_outcome text, p_address text, p_error text, p_wait interval, p_for interval)
returns text language plpgsql volatile as $$
declare
    v exercise_stand_in;
    v_line exercise_line;
    v_out integer;
    v_failed integer;
    v_left integer;
begin
    if p_outcome not in ('out', 'later', 'failed') then
        raise exception 'a stand-in has no outcome %', p_outcome;
    end if;

    select * into v_line from exercise_line l where l.id = p_line;
    perform from incident i where (i.number, i.exercise) = (v_line.number, true) for update;
    select * into v_line from exercise_line l where l.id = p_line for update;
    select * into v from exercise_stand_in s where (s.line_id, s.account) = (p_line, p_account) for update;
    if not found or v.state = 'out' or (p_outcome <> 'out' and (v.state <> 'queued' or v_line.lease is distinct from p_lease)) then
        return null;
    end if;

    update exercise_stand_in s
    set state = case p_outcome when 'later' then 'queued' else p_outcome end, attempts = s.attempts + 1, last_error = p_error,
        out_at = case when p_outcome = 'out' then clock_timestamp() end, address = case when p_outcome = 'out' then p_address end,
        next_at = clock_timestamp() + coalesce(p_wait, interval '0')
    where (s.line_id, s.account) = (p_line, p_account);
    update exercise_line l set leased_until = clock_timestamp() + p_for where l.id = p_line and l.lease = p_lease;
    if p_outcome <> 'later' then
        select count(*) filter (where s.state = 'out'), count(*) filter (where s.state = 'failed'), count(*) filter (where s.state = 'queued')
        into v_out, v_failed, v_left from exercise_stand_in s where s.line_id = p_line;
        if p_outcome = 'out' and v_out = 1 then
            perform exercise_line_journal(v_line.number, 'exercise-line-first-out', json_build_object('line', p_line, 'account', p_account)::text);
        end if;

        if v_left = 0 then
            perform exercise_line_journal(v_line.number, case v_failed when 0 then 'exercise-line-out' else 'exercise-line-partly-out' end,
                json_build_object('line', p_line, 'out', v_out, 'failed', v_failed)::text);
        end if;
    end if;

    return (select s.state from exercise_stand_in s where (s.line_id, s.account) = (p_line, p_account));
end $$;

create function release_exercise_line(p_line uuid, p_lease uuid) returns void language sql volatile as $$
    update exercise_line l set lease = null, leased_until = null where l.id = p_line and l.lease = p_lease
$$;

-- A person wants what failed tried again. Answers how many that are; null when no shadow stands, or there is no such line.
create function retry_exercise_line(p_takeover uuid, p_actor_id text, p_actor_name text, p_actor_role text) returns integer language plpgsql volatile as $$
declare
    v_line exercise_line;
    v_count integer;
begin
    select * into v_line from exercise_line l where l.takeover_id = p_takeover;
    if not found then
        return null;
    end if;

    perform from incident i where (i.number, i.exercise) = (v_line.number, true) for update;
    if not exists (select from takeover t where t.id = p_takeover and t.state = 'shadow') then
        return null;
    end if;

    update exercise_stand_in s set state = 'queued', attempts = 0, next_at = clock_timestamp() where s.line_id = v_line.id and s.state = 'failed';
    get diagnostics v_count = row_count;
    if v_count > 0 then
        perform journal_append(incident_stream(v_line.number, true), 'exercise-line-retried', p_actor_id, p_actor_name, p_actor_role, null, null, null,
            json_build_object('line', v_line.id, 'standIns', v_count)::text);
    end if;

    return v_count;
end $$;

-- A person has seen a real proposal or hold. What is journaled stands in the incident's stream, where the hold names one that is on file, and in that of each exercise that stands.
-- Answers 'done', 'already', 'calm' (no exercise stands) or 'gone'.
create function see_real(p_takeover uuid, p_hold text, p_actor_id text, p_actor_name text, p_actor_role text) returns text language plpgsql volatile as $$
declare
    v_takeover uuid := p_takeover;
    v_hold text := p_hold;
    v_number text;
    v_said text;
    v_numbers text[];
    v_exercises boolean[];
begin
    if v_hold is not null then
        select h.incident, t.id into v_number, v_takeover
        from hold h left join takeover t on t.id = h.operation_id and not t.exercise where h.id = v_hold;
        if not found then
            return 'gone';
        end if;
    end if;

    if v_takeover is not null then
        select t.number, t.hold_id into v_number, v_hold from takeover t where t.id = v_takeover and not t.exercise;
        if not found then
            return 'gone';
        end if;
    end if;

    -- The streams' rows are locked in one order, whoever comes.
    select array_agg(l.number), array_agg(l.exercise) into v_numbers, v_exercises
    from (
        select i.number, i.exercise from incident i
        where (not i.exercise and i.number = v_number)
           or (i.exercise and exists (select from takeover t where t.exercise and t.number = i.number and t.state in ('pending', 'shadow')))
        order by i.exercise, i.number for update) as l;
    if v_exercises is null or not (true = any (v_exercises)) then
        return 'calm';
    end if;

    insert into real_seen (takeover_id, hold_id, seen_at, seen_by, seen_name)
    values (v_takeover, case when v_takeover is null then v_hold end, clock_timestamp(), p_actor_id, p_actor_name) on conflict do nothing;
    if not found then
        return 'already';
    end if;

    v_said := concat_ws(', ', coalesce(v_hold, p_hold), 'incident ' || v_number);
    for i in 1 .. array_length(v_numbers, 1) loop
        perform journal_append(incident_stream(v_numbers[i], v_exercises[i]), 'real-seen', p_actor_id, p_actor_name, p_actor_role, null, null, v_said,
            json_build_object('takeover', v_takeover, 'hold', case when v_takeover is null then v_hold end)::text);
    end loop;

    return 'done';
end $$;

-- What was seen of late, with the hold of each takeover that has one.
create view real_seen_now as
select s.takeover_id, coalesce(s.hold_id, h.id) as hold_id, s.seen_at, s.seen_by, s.seen_name
from real_seen s left join hold h on h.operation_id = s.takeover_id;

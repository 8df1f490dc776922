-- Recorded incidents that are replayed as exercises. Every report is made when the replay is started and kept here before anything is sent, so that whichever host goes on
-- sends the same bytes: what is sent twice counts once. The table itself keeps a report that is no exercise's from ever being one of them.
create table replay_file (
    hash  text  primary key, -- SHA-256
    bytes bytea not null
);

create table replay (
    id            uuid primary key,
    tag           text        not null unique,
    file_hash     text        not null references replay_file (hash),
    file_name     text        not null,
    label         text        not null,
    columns       jsonb       not null,
    speed         integer     not null check (speed between 1 and 3600),
    total         integer     not null check (total > 0),
    bad_rows      integer     not null,
    faults        jsonb       not null, -- the first ones
    lasts         interval    not null,
    recorded_from timestamptz not null,
    recorded_to   timestamptz not null,
    started_at    timestamptz not null,
    started_by    text        not null,
    started_name  text        not null,
    state         text        not null check (state in ('running', 'paused', 'finished', 'stopped')),
    state_at      timestamptz not null,
    state_by      text        not null,
    state_name    text        not null,
    pause         text, -- why it pauses
    about         text, -- what that is about
    clock_from    timestamptz not null, -- what is due is counted from here: each pause moves it
    watch_from    timestamptz not null, -- what is real and newer makes it pause
    sent          integer     not null default 0 check (sent between 0 and total), -- in their order, so this is where it goes on
    sent_at       timestamptz,
    sending       integer, -- what a host is about at this moment
    lease         uuid,
    leased_until  timestamptz,
    check ((lease is null) = (leased_until is null)),
    check ((state = 'paused') = (pause is not null))
);
-- One at a time.
create unique index replay_one on replay ((true)) where state in ('running', 'paused');
create index replay_started on replay (started_at desc);

create table replay_report (
    replay_id  uuid     not null references replay (id),
    n          integer  not null check (n > 0),
    line       integer  not null,
    due        interval not null,
    -- Of a check that is not known the table would think well: what is left out is no exercise.
    report     text     not null check (coalesce(report::jsonb -> 'exercise' = 'true'::jsonb and starts_with(report::jsonb ->> 'number', 'REPLAY-'), false)),
    message_id uuid,
    decision   text,
    primary key (replay_id, n)
);
create index replay_report_left on replay_report (replay_id) where decision in ('ask', 'refused');

-- What is real and was left to a person: found without a look at all that a replay has sent.
create index incident_decision_real_left on incident_decision (decided_at) where decision in ('ask', 'refused') and status is distinct from 'Exercise';

-- Whether a real proposal waits, or a real hold is being placed: nothing is started over that.
create function real_takeover_open() returns boolean language sql stable as $$
    select exists (select from takeover t where t.state in ('pending', 'running') and not t.exercise)
$$;

-- What is real and came after a moment, as ('real-...', what); null for nothing. A commit may come a little after the time that it names; who asks leaves room for that.
create function real_since(p_at timestamptz) returns text[] language sql stable as $$
    select array[found.kind, found.what]
    from (
        (select 'real-incident' as kind, i.number as what from incident i where not i.exercise and i.changed_at > p_at order by i.changed_at desc limit 1)
        union all
        (select 'real-hold', h.id from hold h where h.placed_at > p_at order by h.placed_at desc limit 1)
        union all
        (select 'real-message', d.message_id::text
         from incident_decision d
         where d.decided_at > p_at and d.decision in ('ask', 'refused') and d.status is distinct from 'Exercise'
         order by d.decided_at desc limit 1)) as found
    limit 1
$$;

-- Begins one. Answers 'done', 'already' (this very one), 'other' (another one is not over) or 'real' (something real is being decided). The reports come with their lines and when they are due.
create function begin_replay(
    p_id uuid, p_tag text, p_hash text, p_bytes bytea, p_name text, p_label text, p_columns jsonb, p_speed integer, p_bad integer, p_faults jsonb,
    p_from timestamptz, p_to timestamptz, p_lines integer[], p_due interval[], p_reports text[], p_actor_id text, p_actor_name text, p_actor_role text)
returns text language plpgsql volatile as $$
declare
    v_now timestamptz := clock_timestamp();
    v_total integer := cardinality(p_reports);
begin
    if exists (select from replay r where r.id = p_id) then
        return 'already';
    elsif real_takeover_open() then
        return 'real';
    end if;

    insert into replay_file (hash, bytes) values (p_hash, p_bytes) on conflict do nothing;
    insert into replay (id, tag, file_hash, file_name, label, columns, speed, total, bad_rows, faults, lasts, recorded_from, recorded_to, started_at, started_by, started_name,
                        state, state_at, state_by, state_name, clock_from, watch_from)
    values (p_id, p_tag, p_hash, p_name, p_label, p_columns, p_speed, v_total, p_bad, p_faults, p_due[v_total], p_from, p_to, v_now, p_actor_id, p_actor_name,
            'running', v_now, p_actor_id, p_actor_name, v_now, v_now - interval '2 seconds')
    on conflict do nothing;
    if not found then
        return case when exists (select from replay r where r.id = p_id) then 'already' else 'other' end;
    end if;

    insert into replay_report (replay_id, n, line, due, report)
    select p_id, o.n, o.line, o.due, o.report from unnest(p_lines, p_due, p_reports) with ordinality as o(line, due, report, n);
    perform journal_append('replay/' || p_id, 'replay-started', p_actor_id, p_actor_name, p_actor_role, p_id, null, null,
        json_build_object('id', p_id, 'tag', p_tag, 'file', p_hash, 'speed', p_speed, 'reports', v_total, 'badRows', p_bad)::text);
    return 'done';
end $$;

-- The replay that sends and that no host works at.
create function claim_replay(p_lease uuid, p_for interval) returns table (id uuid, started_name text) language plpgsql volatile as $$
begin
    return query
    with free as (
        select r.id from replay r where r.state = 'running' and (r.leased_until is null or r.leased_until <= clock_timestamp()) for update skip locked)
    update replay r set lease = p_lease, leased_until = clock_timestamp() + p_for, sending = null
    from free where r.id = free.id
    returning r.id, r.started_name;
end $$;

create function pause_replay(p_id uuid, p_pause text, p_about text, p_actor_id text, p_actor_name text, p_actor_role text) returns void language plpgsql volatile as $$
begin
    update replay r set state = 'paused', state_at = clock_timestamp(), state_by = p_actor_id, state_name = p_actor_name, pause = p_pause, about = p_about where r.id = p_id;
    perform journal_append('replay/' || p_id, 'replay-paused', p_actor_id, p_actor_name, p_actor_role, null, null, null, json_build_object('pause', p_pause, 'about', p_about)::text);
end $$;

-- What comes next, for who has the lease: ('send', n, report), ('wait', in how long), or 'over' (it is somebody else's by now, or sends nothing more).
-- Before anything is sent it looks for what is real, and for how much of it waits for people; either makes it pause. p_gap: the shortest time between two reports.
create function next_of_replay(p_id uuid, p_lease uuid, p_for interval, p_gap interval, p_most_shadows integer, p_most_waiting integer)
returns table (answer text, n integer, report text, wait interval) language plpgsql volatile as $$
declare
    v replay;
    v_report replay_report;
    v_now timestamptz := clock_timestamp();
    v_real text[];
    v_count integer;
    v_at timestamptz;
begin
    select * into v from replay r where r.id = p_id and r.lease = p_lease for update;
    if not found or v.state <> 'running' then
        return query select 'over', null::integer, null::text, null::interval;
        return;
    end if;

    update replay r set leased_until = v_now + p_for where r.id = p_id;
    v_real := real_since(v.watch_from);
    if v_real is not null then
        perform pause_replay(p_id, v_real[1], v_real[2], 'system', 'The service', 'system');
        return query select 'over', null::integer, null::text, null::interval;
        return;
    end if;

    select count(*) into v_count from takeover t where t.state in ('pending', 'shadow') and t.exercise and starts_with(t.number, 'REPLAY-' || v.tag || '-');
    if v_count >= p_most_shadows then
        perform pause_replay(p_id, 'shadows', v_count::text, 'system', 'The service', 'system');
        return query select 'over', null::integer, null::text, null::interval;
        return;
    end if;

    select count(*) into v_count from replay_report o
    where o.replay_id = p_id and o.decision in ('ask', 'refused') and not exists (select from incident_settlement s where s.message_id = o.message_id);
    if v_count >= p_most_waiting then
        perform pause_replay(p_id, 'waiting', v_count::text, 'system', 'The service', 'system');
        return query select 'over', null::integer, null::text, null::interval;
        return;
    end if;

    select * into v_report from replay_report o where o.replay_id = p_id and o.n = v.sent + 1;
    v_at := greatest(v.clock_from + v_report.due, v.sent_at + p_gap);
    if v_at > v_now then
        return query select 'wait', null::integer, null::text, v_at - v_now;
        return;
    end if;

    update replay r set sending = v_report.n where r.id = p_id;
    return query select 'send', v_report.n, v_report.report, null::interval;
end $$;

-- That a report was sent, and what was decided of it. False: the lease is somebody else's by now, and nothing was changed; whoever has it sends the same report again, which counts once.
create function note_replay_report(p_id uuid, p_lease uuid, p_for interval, p_n integer, p_message uuid, p_decision text) returns boolean language plpgsql volatile as $$
declare
    v replay;
begin
    update replay r set sent = p_n, sent_at = clock_timestamp(), sending = null, leased_until = clock_timestamp() + p_for
    where r.id = p_id and r.lease = p_lease and r.sent = p_n - 1
    returning * into v;
    if not found then
        return false;
    end if;

    update replay_report o set message_id = p_message, decision = p_decision where o.replay_id = p_id and o.n = p_n;
    if v.sent = v.total and v.state in ('running', 'paused') then
        update replay r set state = 'finished', state_at = clock_timestamp(), state_by = 'system', state_name = 'The service', pause = null, about = null where r.id = p_id;
        perform journal_append('replay/' || p_id, 'replay-finished', 'system', 'The service', 'system', null, null, null, json_build_object('sent', v.sent)::text);
    end if;

    return true;
end $$;

-- A host that stops, or could not go on, lets another one have it.
create function release_replay(p_id uuid, p_lease uuid) returns void language sql volatile as $$
    update replay r set lease = null, leased_until = null, sending = null where r.id = p_id and r.lease = p_lease
$$;

-- A person's step: 'stop', 'pause' or 'resume'. Answers 'done', 'already', 'over' (it has ended), 'real' (something real is being decided) or 'gone'.
create function step_replay(p_id uuid, p_step text, p_actor_id text, p_actor_name text, p_actor_role text) returns text language plpgsql volatile as $$
declare
    v replay;
    v_now timestamptz;
begin
    select * into v from replay r where r.id = p_id for update;
    if not found then
        return 'gone';
    end if;

    v_now := clock_timestamp();
    if v.state = (case p_step when 'stop' then 'stopped' when 'pause' then 'paused' when 'resume' then 'running' end) then
        return 'already';
    elsif v.state in ('finished', 'stopped') then
        return 'over';
    elsif p_step = 'pause' then
        perform pause_replay(p_id, 'person', null, p_actor_id, p_actor_name, p_actor_role);
    elsif p_step = 'resume' then
        if real_takeover_open() then
            return 'real';
        end if;

        -- What made it pause is older than the pause, and was seen by who lets it go on.
        update replay r
        set state = 'running', state_at = v_now, state_by = p_actor_id, state_name = p_actor_name, pause = null, about = null,
            clock_from = v.clock_from + (v_now - v.state_at), watch_from = greatest(v.state_at, v_now - interval '2 seconds')
        where r.id = p_id;
        perform journal_append('replay/' || p_id, 'replay-resumed', p_actor_id, p_actor_name, p_actor_role, null, null, null, json_build_object('sent', v.sent)::text);
    elsif p_step = 'stop' then
        update replay r set state = 'stopped', state_at = v_now, state_by = p_actor_id, state_name = p_actor_name, pause = null, about = null where r.id = p_id;
        perform journal_append('replay/' || p_id, 'replay-stopped', p_actor_id, p_actor_name, p_actor_role, null, null, null, json_build_object('sent', v.sent)::text);
    else
        raise exception 'a replay has no step %', p_step;
    end if;

    return 'done';
end $$;

-- Incidents and what they cause. An incident is its reports and nothing else: what is known of it is a function of them, whatever order they came in.
-- An exercise is an incident of its own, by its key: no statement that reads real ones can meet a report of it.
create table incident (
    number     text        not null,
    exercise   boolean     not null,
    filed_at   timestamptz not null,
    changed_at timestamptz not null,
    primary key (number, exercise)
);
create index incident_changed on incident (exercise, changed_at desc, number desc);

create table incident_report (
    number     text        not null,
    exercise   boolean     not null,
    source     text        not null,
    revision   bigint      not null,
    digest     text        not null,
    filed_at   timestamptz not null,
    filed_by   text        not null,
    message_id uuid        not null,
    report     text        not null,
    primary key (number, exercise, source, revision, digest),
    foreign key (number, exercise) references incident (number, exercise)
);
create index incident_report_message on incident_report (message_id);

-- Which incidents belong together, by any report of either; the other one may not be known yet.
create table incident_link (
    exercise boolean not null,
    number   text    not null,
    other    text    not null,
    primary key (exercise, number, other)
);
create index incident_link_other on incident_link (exercise, other, number);

-- What a rule wants for an incident: at first a proposal or a wish, then a hold. Its id is the operation id of its hold, so that whoever carries it out,
-- and however often, one hold comes of it. That of an exercise is a shadow: nothing here leads from it to place_hold.
create table takeover (
    id           uuid primary key,
    number       text        not null,
    exercise     boolean     not null,
    rule         text        not null,
    rule_version integer     not null,
    rule_words   text        not null,
    mode         text        not null check (mode in ('at-once', 'propose')),
    kind         text        not null,
    scope        jsonb       not null,
    posters      text[]      not null,
    statement    text,
    reason       text        not null,
    state        text        not null check (state in ('pending', 'running', 'placed', 'refused', 'vetoed', 'shadow', 'ended')),
    made_at      timestamptz not null,
    due_at       timestamptz not null,
    state_at     timestamptz not null,
    decided_by   text,
    decided_name text,
    note         text,
    hold_id      text,
    foreign key (number, exercise) references incident (number, exercise),
    check (not exercise or (hold_id is null and state in ('pending', 'vetoed', 'shadow', 'ended'))),
    check (exercise or state not in ('shadow', 'ended'))
);
create index takeover_incident on takeover (number, exercise);
create index takeover_open on takeover (due_at) where state in ('pending', 'running', 'shadow');
create unique index takeover_hold on takeover (hold_id) where hold_id is not null;

create view takeover_now as
select t.*, h.lifted_at, case when t.state = 'placed' and h.lifted_seq is not null then 'lifted' else t.state end as state_now
from takeover t left join hold h on h.id = t.hold_id;

-- The delivery ids of signed messages, for as long as their times are accepted: one is used for one message.
create table webhook_delivery (
    source     text        not null,
    id         text        not null,
    message_id uuid        not null,
    at         timestamptz not null default clock_timestamp(),
    primary key (source, id)
);
create index webhook_delivery_at on webhook_delivery (at);

create function incident_stream(p_number text, p_exercise boolean) returns text language sql immutable as $$
    select case when p_exercise then 'exercise-file/' else 'incident-file/' end || p_number
$$;

-- The numbers that belong together with this one, itself among them: at most 100.
create function incident_group(p_number text, p_exercise boolean) returns text[] language sql stable as $$
    with recursive members(number) as (
        select p_number
        union
        select n.number
        from members m
        cross join lateral (
            select l.other as number from incident_link l where (l.exercise, l.number) = (p_exercise, m.number)
            union
            select l.number from incident_link l where (l.exercise, l.other) = (p_exercise, m.number)) n)
    select array_agg(number) from (select number from members limit 100) as found
$$;

-- Answers false when the same report was filed before. The row of the incident is the lock of its stream.
create function file_incident_report(
    p_number text, p_exercise boolean, p_source text, p_revision bigint, p_digest text, p_report text, p_links text[], p_message uuid,
    p_actor_id text, p_actor_name text, p_actor_role text)
returns boolean language plpgsql volatile as $$
declare
    v_now timestamptz := clock_timestamp();
begin
    insert into incident (number, exercise, filed_at, changed_at) values (p_number, p_exercise, v_now, v_now) on conflict do nothing;
    perform from incident i where (i.number, i.exercise) = (p_number, p_exercise) for update;
    insert into incident_report (number, exercise, source, revision, digest, filed_at, filed_by, message_id, report)
    values (p_number, p_exercise, p_source, p_revision, p_digest, clock_timestamp(), p_actor_id, p_message, p_report)
    on conflict do nothing;
    if not found then
        return false;
    end if;

    insert into incident_link (exercise, number, other)
    select p_exercise, p_number, l.other from unnest(p_links) as l(other) order by l.other
    on conflict do nothing;
    perform journal_append(incident_stream(p_number, p_exercise), 'incident-reported', p_actor_id, p_actor_name, p_actor_role, null, null, null,
        json_build_object('source', p_source, 'revision', p_revision, 'digest', p_digest, 'messageId', p_message, 'report', p_report::json)::text);
    update incident i set changed_at = clock_timestamp() where (i.number, i.exercise) = (p_number, p_exercise);
    return true;
end $$;

-- Takes up what a rule wants, once for all incidents that belong together: answers the takeover that stands for it, this one or an earlier one.
-- The advisory lock makes two hosts that meet two incidents of one group at the same time do so one after the other.
create function claim_takeover(
    p_id uuid, p_number text, p_exercise boolean, p_rule text, p_rule_version integer, p_rule_words text, p_mode text, p_kind text, p_scope jsonb,
    p_posters text[], p_statement text, p_reason text, p_veto_seconds integer)
returns uuid language plpgsql volatile as $$
declare
    v_group text[];
    v_former uuid;
    v_now timestamptz;
    v_state text := case when p_mode = 'propose' then 'pending' when p_exercise then 'shadow' else 'running' end;
begin
    perform pg_advisory_xact_lock(hashtextextended('takeover', 0));
    v_group := incident_group(p_number, p_exercise);
    select t.id into v_former
    from takeover_now t
    where t.number = any (v_group) and t.exercise = p_exercise and t.rule = p_rule and t.kind = p_kind and t.scope = p_scope
      and t.state_now in ('pending', 'running', 'placed', 'shadow')
    order by t.made_at limit 1;
    if found then
        return v_former;
    end if;

    perform from incident i where (i.number, i.exercise) = (p_number, p_exercise) for update;
    v_now := clock_timestamp();
    insert into takeover (id, number, exercise, rule, rule_version, rule_words, mode, kind, scope, posters, statement, reason, state, made_at, due_at, state_at)
    values (p_id, p_number, p_exercise, p_rule, p_rule_version, p_rule_words, p_mode, p_kind, p_scope, p_posters, p_statement, p_reason, v_state, v_now,
            v_now + make_interval(secs => case when p_mode = 'propose' then p_veto_seconds else 0 end), v_now);
    perform journal_append(incident_stream(p_number, p_exercise),
        case v_state when 'pending' then 'takeover-proposed' when 'shadow' then 'shadow-placed' else 'takeover-started' end,
        'system', 'The service', 'system', null, null, p_reason,
        json_build_object('id', p_id, 'rule', p_rule, 'ruleVersion', p_rule_version, 'mode', p_mode, 'kind', p_kind, 'scope', p_scope, 'vetoSeconds', p_veto_seconds)::text);
    update incident i set changed_at = clock_timestamp() where (i.number, i.exercise) = (p_number, p_exercise);
    return p_id;
end $$;

-- One step of a takeover: 'due', 'forward' (a person brings it forward), 'veto', 'end' (a person ends a shadow), 'placed' and 'refused' (the fence's answer).
-- Answers 'done', 'already' (it is where this step leads), 'late' (it went another way first), 'early' or 'gone'. The incident's row decides races: one wins.
create function step_takeover(
    p_id uuid, p_step text, p_actor_id text, p_actor_name text, p_actor_role text, p_note text, p_hold text)
returns text language plpgsql volatile as $$
declare
    v takeover;
    v_next text;
    v_event text;
begin
    select * into v from takeover t where t.id = p_id;
    if not found then
        return 'gone';
    end if;

    perform from incident i where (i.number, i.exercise) = (v.number, v.exercise) for update;
    select * into v from takeover t where t.id = p_id for update;
    v_next := case p_step
        when 'veto' then 'vetoed'
        when 'end' then 'ended'
        when 'placed' then 'placed'
        when 'refused' then 'refused'
        when 'due' then case when v.exercise then 'shadow' else 'running' end
        when 'forward' then case when v.exercise then 'shadow' else 'running' end
    end;
    if v_next is null then
        raise exception 'a takeover has no step %', p_step;
    elsif v.state = v_next then
        return 'already';
    elsif p_step in ('due', 'forward') and v.state in ('placed', 'refused') then
        return 'already';
    elsif v.state <> (case when p_step = 'end' then 'shadow' when p_step in ('placed', 'refused') then 'running' else 'pending' end) then
        return 'late';
    elsif p_step = 'due' and v.due_at > clock_timestamp() then
        return 'early';
    end if;

    v_event := case v_next
        when 'vetoed' then 'takeover-vetoed'
        when 'ended' then 'shadow-ended'
        when 'placed' then 'takeover-placed'
        when 'refused' then 'takeover-refused'
        when 'shadow' then 'shadow-placed'
        else 'takeover-started'
    end;
    update takeover t
    set state = v_next, state_at = clock_timestamp(), hold_id = p_hold,
        decided_by = case when p_step in ('veto', 'forward', 'end') then p_actor_id else t.decided_by end,
        decided_name = case when p_step in ('veto', 'forward', 'end') then p_actor_name else t.decided_name end,
        note = coalesce(p_note, t.note)
    where t.id = p_id;
    perform journal_append(incident_stream(v.number, v.exercise), v_event, p_actor_id, p_actor_name, p_actor_role, null, null, p_note,
        json_build_object('id', p_id, 'step', p_step, 'holdId', p_hold)::text);
    update incident i set changed_at = clock_timestamp() where (i.number, i.exercise) = (v.number, v.exercise);
    return 'done';
end $$;

-- Answers 'new', 'same' (this message under this delivery id before) or 'other' (another message under it: a replay with a changed body, or a broken sender).
create function note_webhook_delivery(p_source text, p_id text, p_message uuid) returns text language plpgsql volatile as $$
declare
    v_message uuid;
begin
    delete from webhook_delivery w where w.at < clock_timestamp() - interval '1 day';
    insert into webhook_delivery (source, id, message_id) values (p_source, p_id, p_message) on conflict do nothing;
    if found then
        return 'new';
    end if;

    select w.message_id into v_message from webhook_delivery w where (w.source, w.id) = (p_source, p_id);
    return case when v_message = p_message then 'same' else 'other' end;
end $$;

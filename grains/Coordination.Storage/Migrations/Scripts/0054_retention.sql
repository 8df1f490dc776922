-- Erasing content (redaction) and how long data is kept (retention).

-- Somebody asks that content be erased, another confirms, and only then is it erased. Each has a stream of its own, redaction/<id>: redaction-asked, then
-- content-erased with a list of the entries, or redaction-declined. The row's lock serialises the stream's writers.
create sequence redaction_id;

create table redaction (
    id              text        primary key,
    account         text,
    post_id         uuid,
    stream          text,
    number          bigint,
    ground          text        not null check (ground in ('erasure', 'rectification', 'consent-withdrawn', 'excessive', 'order')),
    reason          text        not null,
    asked_at        timestamptz not null,
    asked_by        text        not null,
    asked_by_name   text        not null,
    state           text        not null default 'asked' check (state in ('asked', 'erased', 'declined')),
    decided_at      timestamptz,
    decided_by      text,
    decided_by_name text,
    words           text,
    entries         integer,
    check ((account is null) = (post_id is null) and (stream is null) = (number is null) and (post_id is null) <> (stream is null)),
    check ((state = 'asked') = (decided_at is null)),
    check (state <> 'erased' or asked_by <> decided_by)
);

create unique index redaction_waits on redaction (coalesce(post_id::text, stream || '#' || number)) where state = 'asked';
create index redaction_asked on redaction (asked_at desc, id desc);
create index redaction_post on redaction (post_id) where post_id is not null;

-- Which entries a redaction erased, and the hash that their content had.
create table redacted_entry (
    stream       text   not null,
    number       bigint not null,
    redaction    text   not null references redaction (id),
    payload_hash bytea  not null,
    primary key (stream, number)
);

-- As before, and more: content goes only with a redaction that lists it, and never that of a redaction itself.
create or replace function journal_guard() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE'
       and new.payload is null and new.reason is null and new.salt is null
       and (new.stream, new.number, new.at, new.event, new.actor_id, new.actor_name, new.actor_role, new.payload_hash, new.hash)
           = (old.stream, old.number, old.at, old.event, old.actor_id, old.actor_name, old.actor_role, old.payload_hash, old.hash)
       and new.operation_id is not distinct from old.operation_id
       and new.fence_seq is not distinct from old.fence_seq
       and not starts_with(old.stream, 'redaction/')
       and exists (select from redacted_entry r where (r.stream, r.number, r.payload_hash) = (old.stream, old.number, old.payload_hash)) then
        return new;
    end if;
    raise exception 'the journal is append-only' using errcode = 'WM100';
end $$;

-- What is kept whatever its age: an account's or an incident's record, because a court, an inquiry or a claim may ask for it.
-- Streams keep/account/<key> and keep/incident/<number>.
create table record_keep (
    kind         text        not null check (kind in ('account', 'incident')),
    key          text        not null,
    reason       text        not null,
    kept_at      timestamptz not null,
    kept_by      text        not null,
    kept_by_name text        not null,
    primary key (kind, key)
);

create function set_keep(p_kind text, p_key text, p_reason text, p_actor_id text, p_actor_name text, p_actor_role text) returns text language plpgsql volatile as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('keep/' || p_kind || '/' || p_key, 0));
    if exists (select from record_keep k where (k.kind, k.key) = (p_kind, p_key)) then
        return 'kept';
    elsif p_kind = 'account' and not exists (select from account a where a.key = p_key)
       or p_kind = 'incident' and not exists (select from incident i where i.number = p_key) and not exists (select from hold h where h.incident = p_key) then
        return 'unknown';
    end if;

    perform journal_append('keep/' || p_kind || '/' || p_key, 'keep-set', p_actor_id, p_actor_name, p_actor_role, null, null, p_reason, jsonb_build_object('kind', p_kind, 'key', p_key)::text);
    insert into record_keep (kind, key, reason, kept_at, kept_by, kept_by_name)
    values (p_kind, p_key, p_reason, clock_timestamp(), p_actor_id, p_actor_name);
    return 'set';
end $$;

create function end_keep(p_kind text, p_key text, p_reason text, p_actor_id text, p_actor_name text, p_actor_role text) returns text language plpgsql volatile as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('keep/' || p_kind || '/' || p_key, 0));
    delete from record_keep k where (k.kind, k.key) = (p_kind, p_key);
    if not found then
        return 'unknown';
    end if;

    perform journal_append('keep/' || p_kind || '/' || p_key, 'keep-ended', p_actor_id, p_actor_name, p_actor_role, null, null, p_reason, jsonb_build_object('kind', p_kind, 'key', p_key)::text);
    return 'ended';
end $$;

-- Why an incident's record cannot go now; null when it can.
create function incident_kept(p_number text) returns text language sql stable as $$
    select coalesce(
        (select 'kept:' || k.reason from record_keep k where (k.kind, k.key) = ('incident', p_number)),
        (select 'incident-open:' || p_number where exists (select from hold h where h.incident = p_number and h.lifted_seq is null)
            or exists (select from takeover_now t where (t.number, t.exercise) = (p_number, false) and t.state_now in ('pending', 'running', 'placed'))))
$$;

-- Why it cannot be erased now; null when it can.
create function redaction_refused(p_account text, p_post uuid, p_stream text, p_number bigint) returns text language plpgsql stable as $$
declare
    v_post post;
    v_entry journal;
    v_message uuid;
    v_why text;
begin
    if p_post is not null then
        select * into v_post from post p where (p.id, p.account) = (p_post, p_account);
        if v_post.id is null then
            return 'post-unknown';
        elsif v_post.state not in ('published', 'cancelled', 'rejected', 'failed', 'removed') then
            return 'post-not-finished';
        elsif v_post.state <> 'removed' and (v_post.state = 'published' or v_post.removal_asked_at is not null or coalesce(jsonb_array_length(v_post.about -> 'partsOut'), 0) > 0) then
            return 'post-is-out';
        elsif exists (select from permit q where q.post_id = p_post and q.outcome is null) then
            return 'post-in-flight';
        elsif exists (select from repeat_date d join repeat r on r.id = d.repeat_id where d.post_id = p_post and r.state = 'active') then
            return 'post-of-repeat';
        end if;

        return coalesce(
            (select 'hold-stands:' || h.id from hold_post s join hold h on h.id = s.hold_id where s.post_id = p_post and h.lifted_seq is null limit 1),
            (select 'kept:' || k.reason from record_keep k where (k.kind, k.key) = ('account', p_account)),
            incident_kept(v_post.about ->> 'incident'));
    end if;

    select * into v_entry from journal j where (j.stream, j.number) = (p_stream, p_number);
    if v_entry.stream is null then
        return 'entry-unknown';
    elsif v_entry.salt is null then
        return 'entry-erased';
    elsif not (p_stream like 'export/%' or p_stream like 'reading/%' or p_stream like 'incident/%') then
        return 'entry-not-redactable';
    elsif p_stream like 'incident/%' then
        v_message := substr(p_stream, 10)::uuid;
        select r.number into v_why from incident_report r where r.message_id = v_message limit 1;
        if v_why is not null then
            return 'message-filed:' || v_why;
        end if;

        if not exists (select from incident_decision d where d.message_id = v_message
                and (d.decision not in ('ask', 'refused') or exists (select from incident_settlement s where s.message_id = v_message))) then
            return 'message-open';
        end if;

        return (select incident_kept(d.incident) from incident_decision d where d.message_id = v_message);
    end if;

    return null;
end $$;

-- Answers the new id, or why not.
create function ask_redaction(
    p_account text, p_post uuid, p_stream text, p_number bigint, p_ground text, p_reason text, p_actor_id text, p_actor_name text, p_actor_role text)
returns text language plpgsql volatile as $$
declare
    v_id text;
    v_why text := redaction_refused(p_account, p_post, p_stream, p_number);
begin
    if v_why is not null then
        return v_why;
    end if;

    v_id := 'R-' || lpad(nextval('redaction_id')::text, 6, '0');
    insert into redaction (id, account, post_id, stream, number, ground, reason, asked_at, asked_by, asked_by_name)
    values (v_id, p_account, p_post, p_stream, p_number, p_ground, p_reason, clock_timestamp(), p_actor_id, p_actor_name)
    on conflict (coalesce(post_id::text, stream || '#' || number)) where state = 'asked' do nothing;
    if not found then
        return 'redaction-asked:' || coalesce((select r.asked_by_name from redaction r
            where r.state = 'asked' and coalesce(r.post_id::text, r.stream || '#' || r.number) = coalesce(p_post::text, p_stream || '#' || p_number)), 'somebody');
    end if;

    perform journal_append('redaction/' || v_id, 'redaction-asked', p_actor_id, p_actor_name, p_actor_role, null, null, p_reason,
        jsonb_strip_nulls(jsonb_build_object('id', v_id, 'ground', p_ground, 'account', p_account, 'postId', p_post, 'stream', p_stream, 'number', p_number))::text);
    return v_id;
end $$;

create function decline_redaction(p_id text, p_words text, p_actor_id text, p_actor_name text, p_actor_role text) returns text language plpgsql volatile as $$
declare
    v_row redaction;
begin
    select * into v_row from redaction r where r.id = p_id for update;
    if v_row.id is null then
        return 'redaction-unknown';
    elsif v_row.state <> 'asked' then
        return 'redaction-over';
    end if;

    update redaction set state = 'declined', decided_at = clock_timestamp(), decided_by = p_actor_id, decided_by_name = p_actor_name, words = p_words where id = p_id;
    perform journal_append('redaction/' || p_id, 'redaction-declined', p_actor_id, p_actor_name, p_actor_role, null, null, p_words,
        jsonb_build_object('id', p_id, 'askedBy', v_row.asked_by, 'askedByName', v_row.asked_by_name)::text);
    return 'declined';
end $$;

-- The first half of erasing: the redaction is this transaction's alone from here on. What stands in the way is raised, so that nothing else of the transaction takes.
create function begin_redaction(p_id text, p_account text, p_post uuid, p_actor_id text) returns redaction language plpgsql volatile as $$
declare
    v_row redaction;
    v_why text;
begin
    select * into v_row from redaction r where r.id = p_id for update;
    v_why := case
        when v_row.id is null or (v_row.account, v_row.post_id) is distinct from (p_account, p_post) then 'redaction-unknown'
        when v_row.state <> 'asked' then 'redaction-over'
        when v_row.asked_by = p_actor_id then 'redaction-needs-second'
        else redaction_refused(v_row.account, v_row.post_id, v_row.stream, v_row.number) end;
    if v_why is not null then
        raise exception '%', v_why using errcode = 'WM054';
    end if;
    return v_row;
end $$;

-- The second half: p_payload lists the entries, each with the hash of its content and what is left of it. p_words are the texts that went.
create function finish_redaction(p_id text, p_payload text, p_words text[], p_images text[], p_actor_id text, p_actor_name text, p_actor_role text) returns void language plpgsql volatile as $$
declare
    v_row redaction;
    v_entry jsonb;
    v_count integer := 0;
begin
    select * into v_row from redaction r where r.id = p_id and r.state = 'asked' for update;
    if v_row.id is null then
        raise exception 'redaction-over' using errcode = 'WM054';
    end if;

    perform journal_append('redaction/' || p_id, 'content-erased', p_actor_id, p_actor_name, p_actor_role, null, null, v_row.reason, p_payload);
    for v_entry in select x from jsonb_array_elements(p_payload::jsonb -> 'entries') x loop
        insert into redacted_entry (stream, number, redaction, payload_hash)
        values (v_entry ->> 'stream', (v_entry ->> 'number')::bigint, p_id, decode(v_entry ->> 'payloadHash', 'hex'));
        update journal set payload = null, reason = null, salt = null
        where (stream, number) = (v_entry ->> 'stream', (v_entry ->> 'number')::bigint) and payload_hash = decode(v_entry ->> 'payloadHash', 'hex') and salt is not null;
        if not found then
            raise exception 'entry-unknown' using errcode = 'WM054';
        end if;
        v_count := v_count + 1;
    end loop;

    if v_count = 0 then
        raise exception 'entry-empty' using errcode = 'WM054';
    end if;

    update redaction set state = 'erased', decided_at = clock_timestamp(), decided_by = p_actor_id, decided_by_name = p_actor_name, entries = v_count where id = p_id;

    -- Working papers with the very same words; what platforms were sent ahead; images that nothing else shows.
    delete from draft d where d.text = any (p_words);
    delete from draft_former f where f.text = any (p_words);
    delete from prepared q where q.post_id = v_row.post_id;
    delete from media m where m.hash = any (p_images)
        and not exists (select from post p where p.about ? 'images' and p.about -> 'images' @> jsonb_build_array(jsonb_build_object('hash', m.hash)))
        and not exists (select from draft d where d.about -> 'images' @> jsonb_build_array(jsonb_build_object('hash', m.hash)))
        and not exists (select from repeat r where r.state = 'active' and position(m.hash in r.wish::text) > 0);

    -- A message about an incident, as it came, and what was made of it in words.
    if v_row.stream like 'incident/%' then
        update incident_message set raw = ''::bytea where id = substr(v_row.stream, 10)::uuid;
        update incident_decision set reason = '[erased: ' || p_id || ']' where message_id = substr(v_row.stream, 10)::uuid;
        update incident_settlement set note = '[erased: ' || p_id || ']' where message_id = substr(v_row.stream, 10)::uuid;
    end if;
end $$;

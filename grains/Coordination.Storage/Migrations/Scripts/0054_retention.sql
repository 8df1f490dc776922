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
    elsif p_kind not in ('account', 'incident')
       or p_kind = 'account' and not exists (select from account a where a.key = p_key)
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

-- How long each kind of data is kept, from when on, by whose decision, and what happens then. days is null for what is kept for good.
-- action: take (the sweep takes it out), people (the sweep counts it, people decide: redaction), itself (what the service tidies by itself), keep.
create table retention_category (
    id              text    primary key,
    place           integer not null unique,
    title           text    not null,
    owner           text    not null check (owner in ('Comms', 'Fire Control', 'ICT', 'Information Governance')),
    counts_from     text    not null,
    action          text    not null check (action in ('take', 'people', 'itself', 'keep')),
    at_expiry       text    not null,
    ground          text    not null,
    days            integer,
    least           integer,
    most            integer,
    version         bigint  not null default 0,
    changed_at      timestamptz,
    changed_by_name text,
    reason          text,
    check ((action in ('take', 'people')) = (least is not null and most is not null)),
    check (days between least and most)
);

-- Which table is of which kind. A table that is in none fails a test: nobody forgets one.
create table retention_table (
    name     text primary key,
    category text not null references retention_category (id)
);

insert into retention_category (id, place, title, owner, counts_from, action, at_expiry, ground, days, least, most) values
('messages', 10, 'Messages about incidents, as they came', 'Fire Control', 'the day they were received', 'take', 'Their bytes go; what was made of them, when and by whom stays in the journal. Not while the incident is open or kept, or while the message waits for a person.',
    'They may name people who are hurt; needed to check what the service made of them (UK GDPR, article 5(1)(e))', 365, 90, 3650),
('sign-ins', 20, 'Sign-ins through the identity provider', 'ICT', 'the day of the sign-in', 'take', 'The row goes. Whatever is older than 13 months goes by itself in any case.',
    'Security of the service (UK GDPR, article 32)', 395, 30, 395),
('drafts', 30, 'Drafts of posts', 'Comms', 'the day they were last saved', 'take', 'The draft goes, with the words that others wrote over.',
    'Working papers: no record', 365, 30, 1825),
('operations', 40, 'Ids of commands that took', 'ICT', 'the day of the command', 'take', 'The row goes: a command that is repeated after that long is a new one.',
    'So that a repeat counts once; says nothing of anybody', 400, 90, 3650),
('posts', 50, 'Posts, and what was said of them', 'Comms', 'the day the post was written', 'people', 'People decide: what may not be kept is erased as a redaction, by two. The post, whose it was and when stays.',
    'Record of what the brigade told the public; limitation of claims (Limitation Act 1980)', 2555, 365, 9125),
('journal', 60, 'The journal', 'Information Governance', 'the day of the entry', 'people', 'Who, when, what and the hashes stay for good. What an entry says is erased as a redaction, by two, where it can be.',
    'Accountability (UK GDPR, article 5(2)); inquests and inquiries', 2555, 365, 9125),
('incidents', 70, 'Incidents, takeovers, exercises and what was said of them', 'Fire Control', 'the day the incident was first reported', 'people', 'People decide, with the retention schedule of the incident record itself.',
    'Inquests and inquiries; the incident record is kept elsewhere', 2555, 365, 9125),
('off-system', 80, 'Posts that did not come through here', 'Comms', 'the day they were found', 'people', 'People decide.',
    'Evidence that something went out past a hold', 2555, 365, 9125),
('notices', 90, 'Messages that told contacts and systems of a hold', 'Comms', 'the day they were made', 'people', 'People decide; they hold names and addresses of contacts.',
    'Evidence of who was told', 2555, 365, 9125),
('desk', 100, 'Tasks, the duty rota, requests, questions to contacts', 'Comms', 'the day they were last changed', 'people', 'People decide.',
    'Who was asked, and who was on duty', 2555, 365, 9125),
('staff', 110, 'The staff directory and ways to sign in', 'Information Governance', 'the last day of the person’s access', 'people', 'People decide; names in the journal stay, because they are the evidence.',
    'Who had which rights, and when (UK GDPR, articles 5(2) and 32)', 2555, 365, 9125),
('holds', 120, 'Holds, permits and receipts', 'Comms', 'the day they were made', 'keep', 'Kept for good: they prove that a hold held, and name staff alone.',
    'Accountability; order 01/25, 2.1', null, null, null),
('accounts', 130, 'Accounts, their labels, contacts and settings', 'Comms', 'the day the account is retired', 'keep', 'Kept for good: posts and holds refer to them. A contact who leaves is replaced.',
    'Record of the brigade’s accounts; order 01/25, 3.1', null, null, null),
('rules', 140, 'Publishing rules, rules about incidents, templates, scopes, repeats, slots', 'Comms', 'the day they are replaced', 'keep', 'Kept for good: what was in force when something was decided.',
    'Accountability', null, null, null),
('erased', 150, 'Redactions, keeps, and this policy', 'Information Governance', 'the day they were decided', 'keep', 'Kept for good: they show that content went lawfully.',
    'Accountability (UK GDPR, article 5(2))', null, null, null),
('images', 160, 'Images', 'Comms', 'the day nothing shows them any more', 'itself', 'Go by themselves 30 days later; with a redaction, at once.',
    'Only what a post or a draft shows is kept', null, null, null),
('service', 170, 'The service’s own state', 'ICT', 'the day it was written', 'itself', 'Replaced as the service runs; holds no content of its own.',
    'Running the service', null, null, null);

insert into retention_table (name, category) values
('incident_message', 'messages'), ('incident_decision', 'messages'), ('incident_settlement', 'messages'),
('sign_in_record', 'sign-ins'), ('draft', 'drafts'), ('draft_former', 'drafts'), ('operation', 'operations'), ('hold_operation', 'operations'),
('post', 'posts'), ('post_figures', 'posts'), ('journal', 'journal'),
('incident', 'incidents'), ('incident_report', 'incidents'), ('incident_link', 'incidents'), ('takeover', 'incidents'), ('agreed_line', 'incidents'), ('exercise_line', 'incidents'),
('exercise_stand_in', 'incidents'), ('real_seen', 'incidents'), ('replay', 'incidents'), ('replay_file', 'incidents'), ('replay_report', 'incidents'), ('alert_feed', 'incidents'), ('alert_feed_entry', 'incidents'),
('off_system_post', 'off-system'), ('off_system_look', 'off-system'), ('off_system_turn', 'off-system'),
('notice', 'notices'), ('notice_round', 'notices'), ('notice_start', 'notices'), ('webhook', 'notices'), ('webhook_event', 'notices'), ('webhook_message', 'notices'),
('desk_record', 'desk'),
('staff', 'staff'), ('staff_deputy', 'staff'), ('staff_identity', 'staff'), ('api_client', 'staff'), ('api_client_token', 'staff'), ('break_glass', 'staff'), ('break_glass_passkey', 'staff'), ('break_glass_alarm', 'staff'), ('calendar_feed', 'staff'),
('hold', 'holds'), ('hold_post', 'holds'), ('hold_receipt', 'holds'), ('permit', 'holds'),
('account', 'accounts'), ('label_history', 'accounts'), ('grain_state', 'accounts'), ('sign_in', 'accounts'), ('platform_sign_in', 'accounts'),
('publishing_rules', 'rules'), ('rule_book', 'rules'), ('rule_draft', 'rules'), ('post_template', 'rules'), ('saved_scope', 'rules'), ('repeat', 'rules'), ('repeat_date', 'rules'), ('queue_slots', 'rules'),
('redaction', 'erased'), ('redacted_entry', 'erased'), ('record_keep', 'erased'), ('retention_category', 'erased'), ('retention_table', 'erased'), ('retention_switch', 'erased'), ('retention_run', 'erased'),
('media', 'images'), ('prepared', 'service'), ('orleansquery', 'service'), ('silo_cluster', 'service'), ('silo_member', 'service'), ('silo_queue', 'service'), ('rate_wait', 'service'), ('webhook_delivery', 'service'), ('key_ring', 'service'), ('schema_migration', 'service');

-- Of a script of its own, which may not have run.
insert into retention_table (name, category) select 'sign_in_session', 'sign-ins' where to_regclass('sign_in_session') is not null;

create index operation_at on operation (at);

-- Whether the sweep acts, or only counts. On takes two people; off, one.
create table retention_switch (
    one             boolean     primary key default true check (one),
    acts            boolean     not null default false,
    changed_at      timestamptz,
    changed_by_name text,
    asked_at        timestamptz,
    asked_by        text,
    asked_by_name   text,
    check ((asked_by is null) = (asked_at is null)),
    check (not (acts and asked_by is not null))
);
insert into retention_switch default values;

create table retention_run (
    id          bigint      generated always as identity primary key,
    started_at  timestamptz not null default clock_timestamp(),
    finished_at timestamptz,
    acted       boolean     not null,
    by_itself   boolean     not null,
    by_name     text        not null,
    counts      jsonb       not null default '{}',
    taken       jsonb       not null default '{}'
);

-- The writers of the stream, one after the other.
create function retention_lock() returns void language sql as $$ select pg_advisory_xact_lock(hashtextextended('retention', 0)) $$;

create function set_retention(p_category text, p_days integer, p_version bigint, p_reason text, p_actor_id text, p_actor_name text, p_actor_role text) returns text language plpgsql volatile as $$
declare
    v_old retention_category;
begin
    perform retention_lock();
    select * into v_old from retention_category c where c.id = p_category;
    if v_old.id is null then
        return 'retention-unknown';
    elsif v_old.days is null then
        return 'retention-fixed';
    elsif p_days not between v_old.least and v_old.most then
        return 'retention-bounds:' || v_old.least || ' to ' || v_old.most;
    elsif v_old.version <> p_version then
        return 'retention-changed';
    elsif v_old.days = p_days then
        return 'set';
    end if;

    perform journal_append('retention', 'retention-set', p_actor_id, p_actor_name, p_actor_role, null, null, p_reason,
        jsonb_build_object('category', p_category, 'title', v_old.title, 'days', p_days, 'formerDays', v_old.days)::text);
    update retention_category set days = p_days, version = version + 1, changed_at = clock_timestamp(), changed_by_name = p_actor_name, reason = p_reason where id = p_category;

    -- What one person shortens takes nothing out before two have looked at it again.
    if p_days < v_old.days and (select s.acts from retention_switch s) then
        perform switch_retention(false, 'A period was shortened.', p_actor_id, p_actor_name, p_actor_role);
    end if;
    return 'set';
end $$;

create function switch_retention(p_acts boolean, p_reason text, p_actor_id text, p_actor_name text, p_actor_role text) returns text language plpgsql volatile as $$
declare
    v_old retention_switch;
begin
    perform retention_lock();
    select * into v_old from retention_switch for update;
    if not p_acts then
        if not v_old.acts and v_old.asked_by is null then
            return 'off';
        end if;

        perform journal_append('retention', 'retention-switched', p_actor_id, p_actor_name, p_actor_role, null, null, p_reason, jsonb_build_object('on', false)::text);
        update retention_switch set acts = false, changed_at = clock_timestamp(), changed_by_name = p_actor_name, asked_at = null, asked_by = null, asked_by_name = null;
        return 'off';
    elsif v_old.acts then
        return 'on';
    elsif v_old.asked_by = p_actor_id then
        return 'asked';
    elsif v_old.asked_by is null then
        perform journal_append('retention', 'retention-asked', p_actor_id, p_actor_name, p_actor_role, null, null, p_reason, jsonb_build_object('on', true)::text);
        update retention_switch set asked_at = clock_timestamp(), asked_by = p_actor_id, asked_by_name = p_actor_name;
        return 'asked';
    end if;

    perform journal_append('retention', 'retention-switched', p_actor_id, p_actor_name, p_actor_role, null, null, p_reason,
        jsonb_build_object('on', true, 'askedBy', v_old.asked_by, 'askedByName', v_old.asked_by_name)::text);
    update retention_switch set acts = true, changed_at = clock_timestamp(), changed_by_name = p_actor_name, asked_at = null, asked_by = null, asked_by_name = null;
    return 'on';
end $$;

-- From when on back a category's time is over; null when it never is.
create function retention_before(p_category text) returns timestamptz language sql stable as $$
    select clock_timestamp() - make_interval(days => c.days) from retention_category c where c.id = p_category
$$;

-- As before, and what the policy lets go earlier.
create or replace function sign_in_record_guard() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and (old.at < clock_timestamp() - interval '13 months' or old.at < retention_before('sign-ins')) then
        return old;
    end if;
    raise exception 'the record of sign-ins is append-only' using errcode = 'WM100';
end $$;

-- Messages whose bytes may go: somebody has decided, and neither a keep nor an open incident needs them.
create function retention_messages(p_before timestamptz, p_most integer) returns setof uuid language sql stable as $$
    select m.id from incident_message m join incident_decision d on d.message_id = m.id
    where m.received_at < p_before and octet_length(m.raw) > 0
      and (d.decision not in ('ask', 'refused') or exists (select from incident_settlement s where s.message_id = m.id))
      and incident_kept(d.incident) is null
      and not exists (select from incident_report r where r.message_id = m.id and incident_kept(r.number) is not null)
    order by m.received_at limit p_most
$$;

-- Drafts of an account that is kept stay with it.
create function retention_drafts(p_before timestamptz, p_most integer) returns setof uuid language sql stable as $$
    select d.id from draft d where d.saved_at < p_before
      and not exists (select from record_keep k where k.kind = 'account' and k.key = any (d.accounts))
    order by d.saved_at limit p_most
$$;

-- How much of a category is over its time now. The ids of posts hold the time at which they were made.
create function retention_due(p_category text) returns bigint language plpgsql stable as $$
declare
    v_before timestamptz := retention_before(p_category);
    v_post uuid := (lpad(to_hex((extract(epoch from v_before) * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid;
begin
    return case
        when v_before is null then 0
        when p_category = 'messages' then (select count(*) from retention_messages(v_before, null))
        when p_category = 'sign-ins' then (select count(*) from sign_in_record r where r.at < v_before)
        when p_category = 'drafts' then (select count(*) from retention_drafts(v_before, null))
        when p_category = 'operations' then (select count(*) from operation o where o.at < v_before)
        when p_category = 'posts' then (select count(*) from post p where p.id < v_post and not starts_with(p.text, '[erased: R-')
            and not exists (select from record_keep k where (k.kind, k.key) = ('account', p.account)))
        when p_category = 'journal' then (select count(*) from journal j where j.at < v_before and j.salt is not null and not starts_with(j.stream, 'redaction/'))
        when p_category = 'incidents' then (select count(*) from incident i where i.filed_at < v_before and incident_kept(i.number) is null)
        when p_category = 'off-system' then (select count(*) from off_system_post o where o.seen_at < v_before)
        when p_category = 'notices' then (select count(*) from notice_round n where n.queued_at < v_before)
        when p_category = 'desk' then (select count(*) from desk_record r where r.saved_at < v_before and not r.open)
        when p_category = 'staff' then (select count(*) from staff s where s.ends_at < v_before)
    end;
end $$;

-- Takes out the next rows of a category, at most so many; raises when the sweep does not act (any more), or the category's rows are never taken.
create function retention_take(p_category text, p_most integer) returns integer language plpgsql volatile as $$
declare
    v_before timestamptz := retention_before(p_category);
    v_taken integer;
begin
    perform from retention_switch s where s.acts for share;
    if not found then
        raise exception 'the sweep does not act' using errcode = 'WM055';
    end if;

    case p_category
        when 'messages' then
            update incident_message m set raw = ''::bytea where m.id in (select retention_messages(v_before, p_most));
        when 'sign-ins' then
            delete from sign_in_record r where r.id in (select s.id from sign_in_record s where s.at < v_before order by s.at limit p_most);
        when 'drafts' then
            delete from draft d where d.id in (select retention_drafts(v_before, p_most)) and d.saved_at < v_before;
        when 'operations' then
            delete from operation o where o.id in (select q.id from operation q where q.at < v_before order by q.at limit p_most);
        else
            raise exception 'nothing of % is taken out', p_category using errcode = 'WM055';
    end case;
    get diagnostics v_taken = row_count;
    return v_taken;
end $$;

-- The end of a run: its report, and where it acted an entry of the journal.
create function finish_retention_run(p_id bigint, p_counts jsonb, p_taken jsonb, p_actor_id text, p_actor_name text, p_actor_role text) returns void language plpgsql volatile as $$
declare
    v_run retention_run;
    v_rows bigint := (select coalesce(sum(value::bigint), 0) from jsonb_each_text(p_taken));
begin
    perform retention_lock();
    update retention_run set finished_at = clock_timestamp(), counts = p_counts, taken = p_taken where id = p_id and finished_at is null returning * into v_run;
    if v_run.acted then
        perform journal_append('retention', 'retention-swept', p_actor_id, p_actor_name, p_actor_role, null, null, null,
            jsonb_build_object('run', p_id, 'rows', v_rows, 'taken', p_taken)::text);
    end if;

    -- Counts alone are not kept for ever.
    delete from retention_run r where not r.acted and r.started_at < clock_timestamp() - interval '400 days';
end $$;

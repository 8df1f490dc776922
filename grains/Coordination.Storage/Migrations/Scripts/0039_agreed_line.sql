-- The agreed line: what Comms, and those whom a hold names, say on the accounts of a takeover or of a hold that people placed for an incident.
-- A line is one message, or several where accounts that did not take the first were sent it again. Which accounts it was meant for is written before they are asked,
-- so that one that answers nothing is missing for all to see. What became of each is in its post, and the words are there, too.
create table agreed_line (
    message_id  uuid primary key,
    hold_id     text        not null,
    takeover_id uuid references takeover (id), -- null where people placed the hold
    number      text        not null,          -- the incident's
    line        integer     not null,
    accounts    text[]      not null,
    said_by     text        not null,
    said_name   text        not null,
    said_at     timestamptz not null
);
create index agreed_line_hold on agreed_line (hold_id, line);
create index agreed_line_number on agreed_line (number);

-- The stream of a takeover's line is its incident's; a hold that people placed may name an incident that nobody has reported, so its lines have a stream of their own.
create function line_stream(p_hold text, p_takeover uuid, p_number text) returns text language sql immutable as $$
    select case when p_takeover is null then 'line/' || p_hold else incident_stream(p_number, false) end
$$;

-- Answers 'said', 'same' (this message before), 'other' (this message for another hold or other accounts), 'lifted' or 'gone'.
-- The fence decides about each post of it; this only keeps what belongs together. What took before is answered as before, also after the lift.
create function say_line(p_message uuid, p_hold text, p_accounts text[], p_actor_id text, p_actor_name text, p_actor_role text)
returns text language plpgsql volatile as $$
declare
    v_former agreed_line;
    v_hold hold;
    v_takeover uuid;
    v_line integer;
    v_number text;
begin
    perform pg_advisory_xact_lock(hashtextextended('line/' || p_hold, 0));
    select * into v_former from agreed_line l where l.message_id = p_message;
    if found then
        return case when (v_former.hold_id, v_former.accounts) = (p_hold, p_accounts) then 'same' else 'other' end;
    end if;

    select * into v_hold from hold h where h.id = p_hold;
    if not found then
        return 'gone';
    elsif v_hold.lifted_seq is not null then
        return 'lifted';
    end if;

    -- By the operation id: the takeover may not know its hold's id yet.
    select t.id, t.number into v_takeover, v_number from takeover t where t.id = v_hold.operation_id;
    v_number := coalesce(v_number, v_hold.incident);
    select coalesce(max(l.line), 0) into v_line from agreed_line l where l.hold_id = p_hold;

    -- Only accounts that the last line was meant for and that did not take it, while others did: that is still the same line. Anything else is the next one.
    if v_line = 0
        or exists (
            select from unnest(p_accounts) a(account)
            where not exists (select from agreed_line l where (l.hold_id, l.line) = (p_hold, v_line) and a.account = any (l.accounts)))
        or exists (
            select from agreed_line l join post p on p.message_id = l.message_id
            where (l.hold_id, l.line) = (p_hold, v_line) and p.account = any (p_accounts))
        or not exists (select from agreed_line l join post p on p.message_id = l.message_id where (l.hold_id, l.line) = (p_hold, v_line)) then
        v_line := v_line + 1;
    end if;

    if v_takeover is not null then
        perform from incident i where (i.number, i.exercise) = (v_number, false) for update;
    end if;

    insert into agreed_line (message_id, hold_id, takeover_id, number, line, accounts, said_by, said_name, said_at)
    values (p_message, p_hold, v_takeover, v_number, v_line, p_accounts, p_actor_id, p_actor_name, clock_timestamp())
    on conflict do nothing;
    if not found then
        return 'other';
    end if;

    perform journal_append(line_stream(p_hold, v_takeover, v_number), 'line-said', p_actor_id, p_actor_name, p_actor_role, null, null, null,
        json_build_object('messageId', p_message, 'holdId', p_hold, 'line', v_line, 'accounts', p_accounts)::text);
    if v_takeover is not null then
        update incident i set changed_at = clock_timestamp() where (i.number, i.exercise) = (v_number, false);
    end if;

    return 'said';
end $$;

-- A draft remembers the hold whose agreed line it is to become: whoever sends it, and wherever it is opened again.
alter table draft add column line text;

drop function save_draft(uuid, integer, text, text[], timestamptz, jsonb, jsonb, text, text, integer);

-- p_revision is the one that was read, 0 for a new one. What is there already as it is wished stays as it is: a repeat changes nothing.
create function save_draft(
    p_id uuid, p_revision integer, p_text text, p_accounts text[], p_due_at timestamptz, p_about jsonb, p_variants jsonb, p_line text,
    p_actor_id text, p_actor_name text, p_most integer)
returns text language plpgsql volatile as $$
declare
    v_old draft;
begin
    select * into v_old from draft where id = p_id for update;
    if v_old.id is null then
        if p_revision <> 0 then
            return 'gone';
        elsif (select count(*) from draft where writer_id = p_actor_id) >= p_most then
            return 'too-many';
        end if;

        insert into draft (id, revision, text, accounts, due_at, about, variants, line, writer_id, writer_name, saved_by, saved_by_name)
        values (p_id, 1, p_text, p_accounts, p_due_at, p_about, p_variants, p_line, p_actor_id, p_actor_name, p_actor_id, p_actor_name)
        on conflict (id) do nothing;
        return case when found then 'saved' else 'changed' end;
    elsif (v_old.text, v_old.accounts, v_old.about, v_old.variants) = (p_text, p_accounts, p_about, p_variants)
        and v_old.due_at is not distinct from p_due_at and v_old.line is not distinct from p_line then
        return 'saved';
    elsif v_old.revision <> p_revision then
        return 'changed';
    end if;

    if v_old.saved_by <> p_actor_id and v_old.text <> p_text then
        insert into draft_former (draft_id, revision, text, saved_by_name, saved_at)
        values (p_id, v_old.revision, v_old.text, v_old.saved_by_name, v_old.saved_at)
        on conflict do nothing;
        delete from draft_former f where f.draft_id = p_id
            and f.revision <= (select g.revision from draft_former g where g.draft_id = p_id order by g.revision desc offset 20 limit 1);
    end if;

    update draft set revision = v_old.revision + 1, text = p_text, accounts = p_accounts, due_at = p_due_at, about = p_about, variants = p_variants, line = p_line,
        saved_by = p_actor_id, saved_by_name = p_actor_name, saved_at = clock_timestamp()
    where id = p_id;
    return 'saved';
end $$;

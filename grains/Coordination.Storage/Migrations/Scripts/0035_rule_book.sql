-- The rules about incidents, as data: versions that were in force, and one draft. Two people make a draft the version in force; the shipped rules are version 1.
create table rule_book (
    version        integer     primary key check (version > 1),
    rules          text        not null,
    activated_at   timestamptz not null,
    asked_by       text        not null,
    asked_name     text        not null,
    reason         text        not null,
    confirmed_by   text        not null,
    confirmed_name text        not null,
    note           text,
    check (asked_by <> confirmed_by)
);

create table rule_draft (
    only_one   boolean     primary key default true check (only_one),
    revision   integer     not null,
    based_on   integer     not null,
    rules      text        not null,
    changed_at timestamptz not null,
    changed_by text        not null,
    changed_name text      not null,
    asked_at   timestamptz,
    asked_by   text,
    asked_name text,
    reason     text,
    declined   text
);

create function rule_book_version() returns integer language sql stable as $$
    select coalesce(max(version), 1) from rule_book
$$;

-- Answers the draft's new revision; 0 when it has changed since the revision that was read; -1 while it waits for a second person.
create function save_rule_draft(p_rules text, p_revision integer, p_actor_id text, p_actor_name text, p_actor_role text)
returns integer language plpgsql volatile as $$
declare
    v rule_draft;
    v_revision integer;
begin
    perform pg_advisory_xact_lock(hashtextextended('rule-book', 0));
    select * into v from rule_draft d;
    if coalesce(v.revision, 0) <> p_revision then
        return 0;
    elsif v.asked_at is not null then
        return -1;
    end if;

    v_revision := p_revision + 1;
    insert into rule_draft (revision, based_on, rules, changed_at, changed_by, changed_name)
    values (v_revision, rule_book_version(), p_rules, clock_timestamp(), p_actor_id, p_actor_name)
    on conflict (only_one) do update
    set revision = excluded.revision, rules = excluded.rules, changed_at = excluded.changed_at, changed_by = excluded.changed_by, changed_name = excluded.changed_name, declined = null;
    perform journal_append('rule-book', 'rules-drafted', p_actor_id, p_actor_name, p_actor_role, null, null, null,
        json_build_object('revision', v_revision, 'rules', p_rules::json)::text);
    return v_revision;
end $$;

-- 'ask' (make it the version in force), 'activate' (another person), 'decline' (another person, or who asked), 'discard'.
-- Answers 'done', 'gone' (there is no draft), 'stale' (another revision), 'own' (who asked cannot confirm), 'asked', 'not-asked', or 'overtaken' (another
-- version came into force since the draft was begun: what it would change is no longer what was read).
create function step_rule_draft(p_step text, p_revision integer, p_note text, p_actor_id text, p_actor_name text, p_actor_role text)
returns text language plpgsql volatile as $$
declare
    v rule_draft;
    v_version integer;
begin
    perform pg_advisory_xact_lock(hashtextextended('rule-book', 0));
    select * into v from rule_draft d;
    if not found then
        return 'gone';
    elsif v.revision <> p_revision then
        return 'stale';
    end if;

    if p_step = 'ask' then
        if v.asked_at is not null then
            return 'asked';
        elsif v.based_on <> rule_book_version() then
            return 'overtaken';
        end if;

        update rule_draft d set asked_at = clock_timestamp(), asked_by = p_actor_id, asked_name = p_actor_name, reason = p_note, declined = null;
        perform journal_append('rule-book', 'rules-asked', p_actor_id, p_actor_name, p_actor_role, null, null, p_note, json_build_object('revision', p_revision)::text);
    elsif p_step = 'activate' then
        if v.asked_at is null then
            return 'not-asked';
        elsif v.asked_by = p_actor_id then
            return 'own';
        elsif v.based_on <> rule_book_version() then
            return 'overtaken';
        end if;

        v_version := rule_book_version() + 1;
        insert into rule_book (version, rules, activated_at, asked_by, asked_name, reason, confirmed_by, confirmed_name, note)
        values (v_version, v.rules, clock_timestamp(), v.asked_by, v.asked_name, v.reason, p_actor_id, p_actor_name, p_note);
        delete from rule_draft;
        perform journal_append('rule-book', 'rules-activated', p_actor_id, p_actor_name, p_actor_role, null, null, p_note,
            json_build_object('revision', p_revision, 'version', v_version, 'askedBy', v.asked_by, 'rules', v.rules::json)::text);
    elsif p_step = 'decline' then
        if v.asked_at is null then
            return 'not-asked';
        end if;

        update rule_draft d set asked_at = null, asked_by = null, asked_name = null, reason = null, declined = p_actor_name || ': ' || p_note;
        perform journal_append('rule-book', 'rules-declined', p_actor_id, p_actor_name, p_actor_role, null, null, p_note, json_build_object('revision', p_revision)::text);
    elsif p_step = 'discard' then
        if v.asked_at is not null then
            return 'asked';
        end if;

        delete from rule_draft;
        perform journal_append('rule-book', 'rules-discarded', p_actor_id, p_actor_name, p_actor_role, null, null, p_note, json_build_object('revision', p_revision)::text);
    else
        raise exception 'a draft of the rules has no step %', p_step;
    end if;

    return 'done';
end $$;

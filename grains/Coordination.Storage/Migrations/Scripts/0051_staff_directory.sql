-- The staff directory: from when and until when somebody is let in, and a version for whoever changes them. Times are instants; the end is
-- the first at which they are let in no more.
alter table staff
    add column starts_at timestamptz,
    add column ends_at   timestamptz,
    add column version   bigint not null default 1,
    add constraint staff_term check (ends_at > starts_at);

create index staff_ending on staff (ends_at) where active and ends_at is not null;

create function staff_step() returns trigger language plpgsql as $$
begin
    new.version := old.version + 1;
    return new;
end $$;

create trigger staff_version before update on staff for each row when (old.* is distinct from new.*) execute function staff_step();

-- Whether somebody is let in now, by this clock. Whoever reads staff asks this, so that no date waits for anything.
create function staff_stands(p staff) returns boolean language sql volatile as $$
    select p.active and coalesce(p.starts_at <= clock_timestamp(), true) and coalesce(p.ends_at > clock_timestamp(), true)
$$;

create function staff_state(p staff) returns text language sql volatile as $$
    select case
        when not p.active and p.lapsed_at is not null then 'lapsed'
        when p.ends_at <= clock_timestamp() then 'ended'
        when not p.active then 'inactive'
        when p.starts_at > clock_timestamp() then 'starts'
        else 'active'
    end
$$;

-- A Comms manager who is there and stays: without one nobody could change the directory, or lift a hold.
create function staff_lasts(p staff) returns boolean language sql volatile as $$
    select p.role = 'comms-manager' and p.ends_at is null and staff_stands(p)
$$;

-- Adds or changes a member of staff, as somebody else decided. p_version is the one that was read, 0 for somebody new.
create function change_staff(
    p_id text, p_version bigint, p_name text, p_role text, p_publishes_on jsonb, p_active boolean, p_starts_at timestamptz, p_ends_at timestamptz,
    p_actor_id text, p_actor_name text, p_actor_role text, p_reason text)
returns text language plpgsql volatile as $$
declare
    v_old staff;
    v_before jsonb;
    v_after jsonb;
begin
    perform fence_check_isolation();
    perform admission_lock();
    if p_id = p_actor_id then
        return 'own';
    elsif not exists (select from staff s where s.id = p_actor_id and s.role = p_actor_role and staff_stands(s)) then
        return 'actor-gone';
    end if;

    select s.* into v_old from staff s where s.id = p_id;
    v_before := jsonb_build_object('name', v_old.name, 'role', v_old.role, 'publishesOn', v_old.publishes_on, 'active', v_old.active, 'startsAt', v_old.starts_at, 'endsAt', v_old.ends_at);
    v_after := jsonb_build_object('name', p_name, 'role', p_role, 'publishesOn', p_publishes_on, 'active', p_active, 'startsAt', p_starts_at, 'endsAt', p_ends_at);
    if v_old.id is not null and v_before = v_after then
        return 'same';
    elsif coalesce(v_old.version, 0) <> p_version then
        return 'changed';
    elsif staff_lasts(v_old) and (p_role <> 'comms-manager' or not p_active or p_ends_at is not null or coalesce(p_starts_at > clock_timestamp(), false))
          and not exists (select from staff s where s.id <> p_id and staff_lasts(s)) then
        return 'last-manager';
    end if;

    if v_old.id is null or (v_old.name, v_old.role, v_old.publishes_on, v_old.active) is distinct from (p_name, p_role, p_publishes_on, p_active) then
        perform save_staff_of(p_id, p_name, p_role, p_publishes_on, p_active);
    end if;

    -- Fence rule 4: a date takes somebody off the standing holds as well.
    if staff_stands(v_old) and p_active and (coalesce(p_starts_at > clock_timestamp(), false) or coalesce(p_ends_at <= clock_timestamp(), false)) then
        perform remove_named_poster(p_id, 'system', 'The service', 'system');
        perform lapse_lift_asks(p_id, null);
    end if;

    update staff s set starts_at = p_starts_at, ends_at = p_ends_at where s.id = p_id and (s.starts_at, s.ends_at) is distinct from (p_starts_at, p_ends_at);
    perform journal_append('staff/' || p_id, case when v_old.id is null then 'staff-added' else 'staff-changed' end, p_actor_id, p_actor_name, p_actor_role, null, null, p_reason,
        (v_after || case when v_old.id is null then '{}'::jsonb else jsonb_build_object('former', v_before) end)::text);
    return 'saved';
end $$;

-- Makes inactive whose end has come: from here on they are gone for the holds, too (fence rule 4), and it is on record. Any host may ask at any time.
create function end_staff_terms() returns text[] language plpgsql volatile as $$
declare
    v_staff staff;
    v_ended text[] := '{}';
begin
    perform fence_check_isolation();
    if not exists (select from staff where active and ends_at <= clock_timestamp()) then
        return v_ended;
    end if;

    perform admission_lock();
    for v_staff in select * from staff where active and ends_at <= clock_timestamp() order by id loop
        perform save_staff_of(v_staff.id, v_staff.name, v_staff.role, v_staff.publishes_on, false);
        perform journal_append('staff/' || v_staff.id, 'staff-ended', 'system', 'The service', 'system', null, null, null,
            jsonb_build_object('name', v_staff.name, 'role', v_staff.role, 'endsAt', v_staff.ends_at)::text);
        v_ended := v_ended || v_staff.id;
    end loop;
    return v_ended;
end $$;

-- Says that somebody at the provider is a member of staff no more.
create function unlink_identity(p_staff_id text, p_issuer text, p_subject text, p_actor_id text, p_actor_name text, p_actor_role text, p_reason text)
returns boolean language plpgsql volatile as $$
begin
    perform admission_lock();
    delete from staff_identity where issuer = p_issuer and subject = p_subject and staff_id = p_staff_id;
    if not found then
        return false;
    end if;
    perform journal_append('staff/' || p_staff_id, 'identity-unlinked', p_actor_id, p_actor_name, p_actor_role, null, null, p_reason,
                           jsonb_build_object('issuer', p_issuer, 'subject', p_subject)::text);
    return true;
end $$;

-- As before; whose first day is still to come, or whose last day is over, is not let in either.
create or replace function admit_known(p_issuer text, p_subject text) returns table (answer text, member text) language plpgsql volatile as $$
declare
    v_staff staff;
begin
    select s.* into v_staff from staff_identity i join staff s on s.id = i.staff_id where i.issuer = p_issuer and i.subject = p_subject;
    answer := case when v_staff.id is null then 'unknown' when not staff_stands(v_staff) then 'inactive' else 'admitted' end;
    member := v_staff.id;
    perform record_sign_in(case answer when 'admitted' then 'signed-in' else 'refused' end, p_issuer, p_subject, member, nullif(answer, 'admitted'));
    return next;
end $$;

-- As before; no group lets somebody in before their first day or after their last.
create or replace function admit_mapped(p_issuer text, p_subject text, p_new_id text, p_name text, p_role text, p_publishes_on jsonb)
returns table (answer text, member text) language plpgsql volatile as $$
declare
    v_staff staff;
    v_event text;
begin
    perform fence_check_isolation();
    perform admission_lock();
    select s.* into v_staff from staff_identity i join staff s on s.id = i.staff_id where i.issuer = p_issuer and i.subject = p_subject;
    if v_staff.id is not null and (not v_staff.active and v_staff.lapsed_at is null
                                   or v_staff.starts_at > clock_timestamp() or v_staff.ends_at <= clock_timestamp()) then
        answer := 'inactive';
        member := v_staff.id;
        perform record_sign_in('refused', p_issuer, p_subject, member, answer);
        return next;
        return;
    end if;

    if v_staff.id is null then
        if exists (select from staff s where s.id = p_new_id) then
            raise exception 'the staff id % is somebody else''s', p_new_id using errcode = 'WM101';
        end if;
        v_event := 'staff-admitted';
    elsif not v_staff.active then
        v_event := 'staff-returned';
    elsif (v_staff.role, v_staff.publishes_on) is distinct from (p_role, p_publishes_on) then
        v_event := 'staff-role-changed';
    elsif v_staff.name <> p_name then
        v_event := 'staff-renamed';
    end if;
    member := coalesce(v_staff.id, p_new_id);
    if v_event is not null then
        perform save_staff_of(member, p_name, p_role, p_publishes_on, true);
        insert into staff_identity (issuer, subject, staff_id) values (p_issuer, p_subject, member) on conflict do nothing;
        perform journal_append('staff/' || member, v_event, 'system', 'The service', 'system', null, null, 'By the groups that the sign-in said',
            jsonb_build_object('name', p_name, 'role', p_role, 'publishesOn', p_publishes_on, 'formerRole', v_staff.role, 'formerPublishesOn', v_staff.publishes_on)::text);
    end if;
    answer := 'admitted';
    perform record_sign_in('signed-in', p_issuer, p_subject, member, null);
    return next;
end $$;

-- Rule 4, as before; and whoever is not let in any more is let through by nothing, from the very moment their last day is over.
create or replace function holds_refusing(p_account account, p_post post) returns text[]
language plpgsql volatile as $$
declare
    v_candidates text[];
begin
    -- Mostly there is none, and the scopes need not be looked at.
    v_candidates := array(
        select h.id from hold h
        where (h.lifted_seq is null or (h.lifted_seq is not null and h.lifted_at > p_post.due_at and h.lifted_seq > p_post.confirmed_seq)));
    if v_candidates = '{}' then
        return null;
    end if;

    return (
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
        where h.id = any (v_candidates)
          and scope_covers(h.scope, p_account.key, l.platform, l.kind, l.area, l.station, l.department)
          and not (h.kind = 'centralCoordination' and p_post.poster_id = any (h.named_posters) and p_post.confirmed_seq > h.placed_seq
                   and not exists (select from staff s where s.id = p_post.poster_id and s.ends_at <= clock_timestamp()))
          and not (h.kind = 'approvalRequired' and p_post.approved_revision is not distinct from p_post.revision
                   and p_post.approved_seq > h.placed_seq and h.id = any (p_post.approved_for)));
end $$;

-- A request to lift counts no more once its asker's last day is over: lift_hold asks as everything else does. Its other lines stay as they are.
do $$
declare
    v_lift text := pg_get_functiondef('lift_hold'::regproc);
    v_asked constant text := 'and (not s.active or s.role <> lifted.lift_asked_by_role)';
begin
    if position(v_asked in v_lift) = 0 then
        raise exception 'lift_hold does not look at its asker as expected';
    end if;
    execute replace(v_lift, v_asked, 'and (not staff_stands(s) or s.role <> lifted.lift_asked_by_role)');
end $$;

-- Whether somebody is the named contact of an account: one record for each account, kept as Comms' desk keeps its other things.
alter table desk_record drop constraint desk_record_kind_check;
alter table desk_record add constraint desk_record_kind_check check (kind in ('task', 'shift', 'request', 'contact', 'handover'));

-- How each account stands with its contact, worst first. Who confirmed counts while the record still has their name and they are let in;
-- a contact whom nobody asked is told by the name, where everybody of that name in the directory has left.
create function contact_standings(p_patience interval) returns table (account text, standing text, staff_id text)
language sql volatile as $$
    select a.key,
        case
            when a.contact is null then 'missing'
            when r.body ->> 'answer' = 'waiting' and staff_stands(s) and r.saved_at > clock_timestamp() - p_patience then 'asked'
            when r.body ->> 'answer' = 'waiting' then 'unanswered'
            when r.body ->> 'answer' = 'declined' then 'declined'
            when r.body ->> 'answer' = 'confirmed' and r.body #>> '{contact,name}' = a.contact ->> 'name'
                then case when staff_stands(s) then 'confirmed' else 'ended' end
            when n.known and not n.here then 'ended'
            else 'unconfirmed'
        end,
        r.body ->> 'staffId'
    from account a
    left join desk_record r on r.kind = 'contact' and r.account = a.key
    left join staff s on s.id = r.body ->> 'staffId'
    left join (select lower(t.name) as name, true as known, bool_or(staff_stands(t)) as here from staff t group by lower(t.name)) n on n.name = lower(a.contact ->> 'name')
    where a.lifecycle <> 'retired'
$$;

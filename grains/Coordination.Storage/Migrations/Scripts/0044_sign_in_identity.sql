-- Who a person is at the provider that signs people in: its name and what it calls them. Never a token, never a password.
create table staff_identity (
    issuer   text        not null check (length(issuer) between 1 and 500),
    subject  text        not null check (length(subject) between 1 and 255),
    staff_id text        not null references staff (id),
    made_at  timestamptz not null default clock_timestamp(),
    primary key (issuer, subject)
);

create index staff_identity_of on staff_identity (staff_id);

-- Who was in no mapped group at their last sign-in is not active; only such a one comes back by a group. Whatever else is saved of
-- whether somebody is active is a person's decision, which no group undoes.
alter table staff add column lapsed_at timestamptz;

create function staff_forget_lapse() returns trigger language plpgsql as $$
begin
    new.lapsed_at := null;
    return new;
end $$;

create trigger staff_lapse before update of active on staff for each row execute function staff_forget_lapse();

-- Who signed in, was refused and signed out. It is no part of the journal: it says who was there and not what was done, and it ends after thirteen months.
create table sign_in_record (
    id       bigint      generated always as identity primary key,
    at       timestamptz not null default clock_timestamp(),
    what     text        not null check (what in ('signed-in', 'refused', 'signed-out')),
    issuer   text,
    subject  text,
    staff_id text,
    why      text        check (length(why) <= 100)
);

create index sign_in_record_at on sign_in_record (at);
create index sign_in_record_staff on sign_in_record (staff_id, at desc);

create function sign_in_record_guard() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and old.at < clock_timestamp() - interval '13 months' then
        return old;
    end if;
    raise exception 'the record of sign-ins is append-only' using errcode = 'WM100';
end $$;

create trigger sign_in_record_append_only before update or delete on sign_in_record
    for each row execute function sign_in_record_guard();
create trigger sign_in_record_no_truncate before truncate on sign_in_record
    for each statement execute function sign_in_record_guard();

create function record_sign_in(p_what text, p_issuer text, p_subject text, p_staff_id text, p_why text) returns void language plpgsql volatile as $$
begin
    delete from sign_in_record where id in (
        select id from sign_in_record where at < clock_timestamp() - interval '13 months' order by at limit 100 for update skip locked);
    insert into sign_in_record (what, issuer, subject, staff_id, why) values (p_what, p_issuer, p_subject, p_staff_id, p_why);
end $$;

-- Admissions are decided one after the other: two first sign-ins of one person make one member of staff. Always before the fence's lock.
create function admission_lock() returns void language sql as $$ select pg_advisory_xact_lock(127, 1) $$;

create function save_staff_of(p_id text, p_name text, p_role text, p_publishes_on jsonb, p_active boolean) returns void language sql as $$
    select save_staff(jsonb_build_array(jsonb_build_object('id', p_id, 'name', p_name, 'role', p_role, 'publishes_on', p_publishes_on, 'active', p_active)))
$$;

-- Says who at the provider a member of staff is. One identity is one person; the same again changes nothing.
create function link_identity(p_staff_id text, p_issuer text, p_subject text, p_actor_id text, p_actor_name text, p_actor_role text, p_reason text)
returns boolean language plpgsql volatile as $$
declare
    v_now text;
begin
    perform admission_lock();
    if not exists (select from staff s where s.id = p_staff_id) then
        raise exception 'there is no member of staff %', p_staff_id using errcode = 'WM101';
    end if;
    select i.staff_id into v_now from staff_identity i where i.issuer = p_issuer and i.subject = p_subject;
    if v_now = p_staff_id then
        return false;
    elsif v_now is not null then
        raise exception 'that identity is %', v_now using errcode = 'WM101';
    end if;
    insert into staff_identity (issuer, subject, staff_id) values (p_issuer, p_subject, p_staff_id);
    perform journal_append('staff/' || p_staff_id, 'identity-linked', p_actor_id, p_actor_name, p_actor_role, null, null, p_reason,
                           jsonb_build_object('issuer', p_issuer, 'subject', p_subject)::text);
    return true;
end $$;

-- Lets in whom the directory knows and has active.
create function admit_known(p_issuer text, p_subject text) returns table (answer text, member text) language plpgsql volatile as $$
declare
    v_staff staff;
begin
    select s.* into v_staff from staff_identity i join staff s on s.id = i.staff_id where i.issuer = p_issuer and i.subject = p_subject;
    answer := case when v_staff.id is null then 'unknown' when not v_staff.active then 'inactive' else 'admitted' end;
    member := v_staff.id;
    perform record_sign_in(case answer when 'admitted' then 'signed-in' else 'refused' end, p_issuer, p_subject, member, nullif(answer, 'admitted'));
    return next;
end $$;

-- Lets in whom a group gives a role: makes the member of staff at the first sign-in, changes role and accounts at a later one.
create function admit_mapped(p_issuer text, p_subject text, p_new_id text, p_name text, p_role text, p_publishes_on jsonb)
returns table (answer text, member text) language plpgsql volatile as $$
declare
    v_staff staff;
    v_event text;
begin
    perform fence_check_isolation();
    perform admission_lock();
    select s.* into v_staff from staff_identity i join staff s on s.id = i.staff_id where i.issuer = p_issuer and i.subject = p_subject;
    if v_staff.id is not null and not v_staff.active and v_staff.lapsed_at is null then
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

-- Records a refusal. Who is known and no longer in a group that gives one role is not active from then on: other open sign-ins end, too.
create function refuse_sign_in(p_issuer text, p_subject text, p_why text, p_lapse boolean) returns void language plpgsql volatile as $$
declare
    v_staff staff;
begin
    perform fence_check_isolation();
    perform admission_lock();
    select s.* into v_staff from staff_identity i join staff s on s.id = i.staff_id where i.issuer = p_issuer and i.subject = p_subject;
    if p_lapse and v_staff.active then
        perform save_staff_of(v_staff.id, v_staff.name, v_staff.role, v_staff.publishes_on, false);
        update staff s set lapsed_at = clock_timestamp() where s.id = v_staff.id;
        perform journal_append('staff/' || v_staff.id, 'staff-lapsed', 'system', 'The service', 'system', null, null, 'By the groups that the sign-in said',
            jsonb_build_object('why', p_why, 'formerRole', v_staff.role)::text);
    end if;
    perform record_sign_in('refused', p_issuer, p_subject, v_staff.id, p_why);
end $$;

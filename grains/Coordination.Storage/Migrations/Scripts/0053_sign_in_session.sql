-- Sign-ins of people that are open, and for a week those that were. A cookie names one by 256 random bits; here is their SHA-256 alone, as with
-- API tokens. Open pages and connections name it by its id, which lets nobody in. All times are this clock's.
create table sign_in_session (
    id               uuid        primary key,
    hash             bytea       not null unique check (length(hash) = 32),
    staff_id         text        not null references staff (id),
    way              text        not null check (way in ('demo', 'provider', 'break-glass')),
    browser          text        not null check (length(browser) between 1 and 60),
    signed_in_at     timestamptz not null,
    authenticated_at timestamptz,          -- when the person last proved who they are; null where the provider does not say
    ends_at          timestamptz not null check (ends_at > signed_in_at),
    last_seen_at     timestamptz not null,
    ended_at         timestamptz,
    ended_why        text check (ended_why in ('signed-out', 'ended-by-person', 'ended-by-comms', 'replaced', 'too-many', 'access-ended', 'factors-changed')),
    check ((ended_at is null) = (ended_why is null))
);

create index sign_in_session_of on sign_in_session (staff_id) where ended_at is null;
create index sign_in_session_over on sign_in_session ((coalesce(ended_at, ends_at)));

create function sign_in_open(p sign_in_session) returns boolean language sql volatile as $$
    select p.ended_at is null and p.ends_at > clock_timestamp()
$$;

-- Opens one. In a browser where the same person is signed in in the same way it is that sign-in, renewed: under a new secret, the former names nothing.
-- Another person's, or one by another way, ends. Of more than p_most the one that was used least lately ends. What is over for a week is forgotten.
create function open_sign_in(
    p_id uuid, p_hash bytea, p_former bytea, p_staff_id text, p_way text, p_browser text, p_authenticated_at timestamptz, p_seconds double precision, p_most integer)
returns table (id uuid, ends_at timestamptz) language plpgsql volatile as $$
declare
    v_now timestamptz;
    v_former sign_in_session;
    v_proved timestamptz;
begin
    delete from sign_in_session o where o.id in (
        select s.id from sign_in_session s where coalesce(s.ended_at, s.ends_at) < clock_timestamp() - interval '7 days' limit 100 for update skip locked);

    -- One after the other for each person: they are counted.
    perform pg_advisory_xact_lock(hashtextextended('sign-in-session/' || p_staff_id, 0));
    v_now := clock_timestamp();
    -- least() passes over nulls: a provider that says nothing has said nothing.
    v_proved := case when p_way <> 'provider' then v_now when p_authenticated_at is not null then least(p_authenticated_at, v_now) end;
    select s.* into v_former from sign_in_session s where s.hash = p_former and sign_in_open(s) for update;
    if v_former.staff_id = p_staff_id and v_former.way = p_way then
        id := v_former.id;
        update sign_in_session s
        set hash = p_hash, browser = p_browser, ends_at = v_now + make_interval(secs => p_seconds), last_seen_at = v_now, authenticated_at = v_proved
        where s.id = v_former.id returning s.ends_at into ends_at;
    else
        update sign_in_session s set ended_at = v_now, ended_why = 'replaced' where s.id = v_former.id;
        insert into sign_in_session (id, hash, staff_id, way, browser, signed_in_at, authenticated_at, ends_at, last_seen_at)
        values (p_id, p_hash, p_staff_id, p_way, p_browser, v_now, v_proved, v_now + make_interval(secs => p_seconds), v_now)
        returning sign_in_session.id, sign_in_session.ends_at into id, ends_at;
        update sign_in_session o set ended_at = v_now, ended_why = 'too-many' where o.id in (
            select s.id from sign_in_session s where s.staff_id = p_staff_id and sign_in_open(s) order by s.last_seen_at desc, s.signed_in_at desc offset p_most);
    end if;
    -- The other two ways are recorded where they are let in.
    if p_way = 'demo' then
        perform record_sign_in('signed-in', 'demo', null, p_staff_id, null);
    end if;
    return next;
end $$;

-- Looks one up, by its secret's hash or by its id; no row when it is not open. That it was seen is noted once a minute at most.
create function look_at_sign_in(p_hash bytea, p_id uuid) returns table (id uuid, staff_id text, way text, ends_at timestamptz, left_seconds double precision, age_seconds double precision)
language plpgsql volatile as $$
begin
    update sign_in_session s set last_seen_at = clock_timestamp()
    where (s.hash = p_hash or s.id = p_id) and sign_in_open(s) and s.last_seen_at < clock_timestamp() - interval '1 minute';
    return query
        select s.id, s.staff_id, s.way, s.ends_at, extract(epoch from s.ends_at - clock_timestamp())::double precision, extract(epoch from clock_timestamp() - s.authenticated_at)::double precision
        from sign_in_session s where (s.hash = p_hash or s.id = p_id) and sign_in_open(s);
end $$;

-- Ends a person's sign-ins: one, or all but one, or all. Answers how many.
create function end_sign_ins(p_staff_id text, p_only uuid, p_but uuid, p_why text) returns integer language plpgsql volatile as $$
declare
    v_ended integer;
begin
    update sign_in_session s set ended_at = clock_timestamp(), ended_why = p_why
    where s.staff_id = p_staff_id and sign_in_open(s) and (p_only is null or s.id = p_only) and s.id is distinct from p_but;
    get diagnostics v_ended = row_count;
    if v_ended > 0 then
        perform record_sign_in('signed-out', null, null, p_staff_id, nullif(p_why, 'signed-out'));
    end if;
    return v_ended;
end $$;

-- Somebody of Comms ends another person's sign-ins. Their access stays: they can sign in anew.
create function end_sign_ins_of(p_staff_id text, p_actor_id text, p_actor_name text, p_actor_role text, p_reason text) returns text language plpgsql volatile as $$
declare
    v_ended integer;
begin
    perform admission_lock();
    if p_staff_id = p_actor_id then
        return 'own';
    elsif not exists (select from staff s where s.id = p_actor_id and s.role = p_actor_role and staff_stands(s)) then
        return 'actor-gone';
    elsif not exists (select from staff s where s.id = p_staff_id) then
        return 'unknown';
    end if;
    v_ended := end_sign_ins(p_staff_id, null, null, 'ended-by-comms');
    if v_ended = 0 then
        return 'none';
    end if;
    perform journal_append('staff/' || p_staff_id, 'sign-ins-ended', p_actor_id, p_actor_name, p_actor_role, null, null, p_reason, jsonb_build_object('ended', v_ended)::text);
    return 'done';
end $$;

-- Whose access ends has no sign-in left that would count again if they came back.
create function staff_end_sign_ins() returns trigger language plpgsql as $$
begin
    update sign_in_session s set ended_at = clock_timestamp(), ended_why = 'access-ended' where s.staff_id = new.id and sign_in_open(s);
    return null;
end $$;

create trigger staff_sign_ins after update of active on staff for each row when (old.active and not new.active) execute function staff_end_sign_ins();

-- A break-glass account that is taken back, or that another password, app or fewer passkeys make another, has no sign-in that goes on.
create function break_glass_end_sign_ins() returns trigger language plpgsql as $$
begin
    update sign_in_session s set ended_at = clock_timestamp(), ended_why = case when tg_op = 'DELETE' and tg_table_name = 'break_glass' then 'access-ended' else 'factors-changed' end
    where s.staff_id = old.staff_id and s.way = 'break-glass' and sign_in_open(s);
    return null;
end $$;

create trigger break_glass_sign_ins after delete on break_glass for each row execute function break_glass_end_sign_ins();
create trigger break_glass_stamp_sign_ins after update of stamp on break_glass for each row when (old.stamp <> new.stamp) execute function break_glass_end_sign_ins();
create trigger break_glass_passkey_sign_ins after delete on break_glass_passkey for each row execute function break_glass_end_sign_ins();

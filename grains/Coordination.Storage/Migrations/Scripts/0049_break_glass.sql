-- Accounts of our own for the day on which the provider that signs people in is away. Each belongs to one member of staff: the record names a person, and what
-- they may do is in the staff list alone. One that is taken back is gone with all that it knew; the journal has what was.
create table break_glass (
    staff_id      text        primary key references staff (id),
    user_name     text        not null unique check (user_name ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(user_name) <= 60),
    grant_id      uuid        not null default gen_random_uuid(), -- a sign-in names it, so that one under a former grant is none
    granted_at    timestamptz not null default clock_timestamp(),
    granted_name  text        not null,
    version       bigint      not null default 1,
    stamp         text        not null check (length(stamp) between 1 and 100),
    password_hash text        check (length(password_hash) <= 500),
    app_key       text        check (length(app_key) <= 2000),    -- the authenticator app's key, encrypted by the service
    app_confirmed boolean     not null default false,
    codes_salt    bytea,
    codes         bytea[]     not null default '{}',              -- hashes of the recovery codes that are left
    codes_made_at timestamptz,
    failed        integer     not null default 0 check (failed >= 0),
    locked_until  timestamptz,
    used_at       timestamptz,
    check (not app_confirmed or app_key is not null)
);

create table break_glass_passkey (
    credential_id   bytea       primary key check (length(credential_id) between 1 and 1023),
    staff_id        text        not null references break_glass (staff_id) on delete cascade,
    name            text        not null check (length(name) between 1 and 100),
    public_key      bytea       not null,
    made_at         timestamptz not null,
    sign_count      bigint      not null,
    transports      text[]      not null default '{}',
    user_verified   boolean     not null,
    backup_eligible boolean     not null,
    backed_up       boolean     not null,
    attestation     bytea       not null,
    client_data     bytea       not null
);

create index break_glass_passkey_of on break_glass_passkey (staff_id);

-- What everybody of Comms sees until somebody else than the person has seen it. It outlives the account.
create table break_glass_alarm (
    id         bigint      generated always as identity primary key,
    kind       text        not null check (kind in ('used', 'locked')),
    at         timestamptz not null default clock_timestamp(),
    staff_id   text        not null references staff (id),
    staff_name text        not null,
    reason     text        check (length(reason) <= 1000),
    method     text        check (method in ('passkey', 'app', 'code')),
    proof      bytea,                                             -- the hash of what proved it, so that it proves nothing twice
    seen_at    timestamptz,
    seen_by    text,
    seen_name  text,
    check ((seen_at is null) = (seen_by is null) and (seen_at is null) = (seen_name is null)),
    check (seen_by <> staff_id),
    check ((kind = 'used') = (reason is not null and method is not null and proof is not null))
);

create index break_glass_alarm_unseen on break_glass_alarm (id) where seen_at is null;
create index break_glass_alarm_staff on break_glass_alarm (staff_id, at desc);

-- Changes are few: one after the other, all of them.
create function break_glass_lock() returns void language sql as $$ select pg_advisory_xact_lock(127, 2) $$;

-- Answers 'done', 'already' or 'gone' (no such active member of staff). Who has the user name of another gets a number behind it.
create function grant_break_glass(p_staff_id text, p_user_name text, p_stamp text, p_actor_id text, p_actor_name text, p_actor_role text, p_reason text)
returns text language plpgsql volatile as $$
declare
    v_name text := p_user_name;
    v_next integer := 1;
begin
    perform break_glass_lock();
    if not exists (select from staff s where s.id = p_staff_id and staff_stands(s)) then
        return 'gone';
    end if;
    if exists (select from break_glass b where b.staff_id = p_staff_id) then
        return 'already';
    end if;
    while exists (select from break_glass b where b.user_name = v_name) loop
        v_next := v_next + 1;
        v_name := p_user_name || '-' || v_next;
    end loop;
    insert into break_glass (staff_id, user_name, granted_name, stamp) values (p_staff_id, v_name, p_actor_name, p_stamp);
    perform journal_append('break-glass/' || p_staff_id, 'break-glass-granted', p_actor_id, p_actor_name, p_actor_role, null, null, p_reason, '{}');
    return 'done';
end $$;

-- Answers 'done' or 'already'.
create function revoke_break_glass(p_staff_id text, p_actor_id text, p_actor_name text, p_actor_role text, p_reason text)
returns text language plpgsql volatile as $$
begin
    perform break_glass_lock();
    delete from break_glass b where b.staff_id = p_staff_id;
    if not found then
        return 'already';
    end if;
    perform journal_append('break-glass/' || p_staff_id, 'break-glass-revoked', p_actor_id, p_actor_name, p_actor_role, null, null, p_reason, '{}');
    return 'done';
end $$;

-- Keeps an account as it is now, if it is still as it was read; with it what happened, in the journal, and the sign-in that it lets in. All or nothing.
-- With p_failure, 'failed' or 'locked', it is an attempt in vain. Answers 'done', 'conflict' (it was changed, or taken back, or its person is not active) or 'again' (what proves the sign-in has proved one already).
create function save_break_glass(
    p_staff_id text, p_grant_id uuid, p_version bigint, p_stamp text, p_password_hash text, p_app_key text, p_app_confirmed boolean,
    p_codes_salt bytea, p_codes bytea[], p_codes_made_at timestamptz, p_failed integer, p_locked_until timestamptz, p_passkeys jsonb,
    p_events jsonb, p_failure text, p_reason text, p_method text, p_proof bytea, p_until timestamptz)
returns text language plpgsql volatile as $$
declare
    v_staff staff;
    v_event jsonb;
begin
    perform break_glass_lock();
    select s.* into v_staff from staff s where s.id = p_staff_id and staff_stands(s);
    if v_staff.id is null then
        return 'conflict';
    end if;
    if p_proof is not null and exists (
        select from break_glass_alarm a where a.staff_id = p_staff_id and a.proof = p_proof and a.at > clock_timestamp() - interval '1 hour') then
        return 'again';
    end if;
    update break_glass b
    set version = b.version + 1, stamp = p_stamp, password_hash = p_password_hash, app_key = p_app_key, app_confirmed = p_app_confirmed,
        codes_salt = p_codes_salt, codes = p_codes, codes_made_at = p_codes_made_at, failed = p_failed, locked_until = p_locked_until,
        used_at = case when p_proof is null then b.used_at else clock_timestamp() end
    where b.staff_id = p_staff_id and b.grant_id = p_grant_id and b.version = p_version;
    if not found then
        return 'conflict';
    end if;

    delete from break_glass_passkey k where k.staff_id = p_staff_id
        and k.credential_id not in (select decode(x.id, 'base64') from jsonb_to_recordset(p_passkeys) as x (id text));
    insert into break_glass_passkey (credential_id, staff_id, name, public_key, made_at, sign_count, transports, user_verified, backup_eligible, backed_up, attestation, client_data)
    select decode(x.id, 'base64'), p_staff_id, x.name, decode(x.key, 'base64'), x.made, x.count, x.transports, x.verified, x.eligible, x.backed, decode(x.attestation, 'base64'), decode(x.client, 'base64')
    from jsonb_to_recordset(p_passkeys) as x (id text, name text, key text, made timestamptz, count bigint, transports text[], verified boolean, eligible boolean, backed boolean, attestation text, client text)
    on conflict (credential_id) do update
    set name = excluded.name, sign_count = excluded.sign_count, user_verified = excluded.user_verified, backed_up = excluded.backed_up
    where break_glass_passkey.staff_id = excluded.staff_id;

    for v_event in select * from jsonb_array_elements(p_events) loop
        perform journal_append('break-glass/' || p_staff_id, v_event ->> 'event', v_staff.id, v_staff.name, v_staff.role, null, null, null, (v_event -> 'what')::text);
    end loop;
    if p_failure = 'locked' then
        perform journal_append('break-glass/' || p_staff_id, 'break-glass-locked', 'system', 'The service', 'system', null, null, null,
                               jsonb_build_object('until', p_locked_until)::text);
        -- One alarm for all that follow before anybody has looked.
        insert into break_glass_alarm (kind, staff_id, staff_name)
        select 'locked', v_staff.id, v_staff.name
        where not exists (select from break_glass_alarm a where a.staff_id = v_staff.id and a.kind = 'locked' and a.seen_at is null);
    elsif p_failure = 'failed' then
        perform journal_append('break-glass/' || p_staff_id, 'break-glass-failed', 'system', 'The service', 'system', null, null, null,
                               jsonb_build_object('failed', p_failed)::text);
    end if;
    if p_proof is not null then
        insert into break_glass_alarm (kind, staff_id, staff_name, reason, method, proof) values ('used', v_staff.id, v_staff.name, p_reason, p_method, p_proof);
        perform journal_append('break-glass/' || p_staff_id, 'break-glass-used', v_staff.id, v_staff.name, v_staff.role, null, null, p_reason,
                               jsonb_build_object('method', p_method, 'until', p_until, 'codesLeft', cardinality(p_codes))::text);
        perform record_sign_in('signed-in', 'break-glass', null, v_staff.id, p_method);
    end if;
    return 'done';
end $$;

-- Answers 'done', 'already', 'own' (it is about whoever says so) or 'gone'.
create function see_break_glass(p_id bigint, p_actor_id text, p_actor_name text, p_actor_role text) returns text language plpgsql volatile as $$
declare
    v_alarm break_glass_alarm;
begin
    perform break_glass_lock();
    select a.* into v_alarm from break_glass_alarm a where a.id = p_id;
    if v_alarm.id is null then
        return 'gone';
    elsif v_alarm.seen_at is not null then
        return 'already';
    elsif v_alarm.staff_id = p_actor_id then
        return 'own';
    end if;
    update break_glass_alarm a set seen_at = clock_timestamp(), seen_by = p_actor_id, seen_name = p_actor_name where a.id = p_id;
    perform journal_append('break-glass/' || v_alarm.staff_id, 'break-glass-seen', p_actor_id, p_actor_name, p_actor_role, null, null, null,
                           jsonb_build_object('alarm', v_alarm.kind, 'at', v_alarm.at)::text);
    return 'done';
end $$;

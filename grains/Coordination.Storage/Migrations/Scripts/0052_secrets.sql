-- The keys that protect cookies, forms and sign-ins at platforms; each is encrypted with the operator's certificate before it comes here.
create table key_ring (
    id      bigint      generated always as identity primary key,
    name    text        not null check (length(name) between 1 and 200),
    xml     text        not null,
    made_at timestamptz not null default clock_timestamp(),
    -- What the library writes for a key that nothing encrypts.
    constraint key_ring_encrypted check (xml !~ '<([a-zA-Z0-9]+:)?masterKey')
);

-- Who asks, makes the first key; all others find it. Always alone, never inside another transaction.
create function key_ring_lock() returns void language sql as $$ select pg_advisory_xact_lock(127, 3) $$;

-- Sign-ins at platforms that were set on a page or through the API. What is sealed holds the server, too: a server that somebody writes over the one
-- here is shown, and never called. One that was removed stays as a row without its secret: it says since when another counts.
create table platform_sign_in (
    account     text        primary key references account (key),
    server      text        not null check (length(server) between 1 and 500),
    kind        text        not null check (kind in ('access-token', 'app-password', 'signed-requests')),
    sealed      text        check (length(sealed) between 1 and 20000),
    expires_at  timestamptz,
    set_at      timestamptz not null,
    set_by      text        not null,
    set_by_name text        not null
);

create function set_platform_sign_in(
    p_account text, p_server text, p_kind text, p_sealed text, p_expires_at timestamptz, p_actor_id text, p_actor_name text, p_actor_role text)
returns text language plpgsql volatile as $$
declare
    v_lifecycle text;
    v_former platform_sign_in;
    v_number bigint;
begin
    select a.lifecycle into v_lifecycle from account a where a.key = p_account for share;
    if v_lifecycle is null then
        return 'gone';
    elsif v_lifecycle = 'retired' then
        return 'retired';
    end if;
    select * into v_former from platform_sign_in s where s.account = p_account for update;
    v_number := journal_append('sign-in/' || p_account, 'sign-in-set', p_actor_id, p_actor_name, p_actor_role, null, null, null,
        jsonb_build_object('account', p_account, 'server', p_server, 'kind', p_kind, 'expiresAt', p_expires_at,
            'formerServer', case when v_former.sealed is not null then v_former.server end,
            'formerKind', case when v_former.sealed is not null then v_former.kind end)::text);
    insert into platform_sign_in as s (account, server, kind, sealed, expires_at, set_at, set_by, set_by_name)
    select p_account, p_server, p_kind, p_sealed, p_expires_at, j.at, p_actor_id, p_actor_name
    from journal j where (j.stream, j.number) = ('sign-in/' || p_account, v_number)
    on conflict (account) do update set server = excluded.server, kind = excluded.kind, sealed = excluded.sealed, expires_at = excluded.expires_at,
        set_at = excluded.set_at, set_by = excluded.set_by, set_by_name = excluded.set_by_name;
    return 'set';
end $$;

create function remove_platform_sign_in(p_account text, p_actor_id text, p_actor_name text, p_actor_role text, p_reason text)
returns boolean language plpgsql volatile as $$
declare
    v_former platform_sign_in;
    v_number bigint;
begin
    select * into v_former from platform_sign_in s where s.account = p_account and s.sealed is not null for update;
    if v_former.account is null then
        return false;
    end if;
    v_number := journal_append('sign-in/' || p_account, 'sign-in-removed', p_actor_id, p_actor_name, p_actor_role, null, null, p_reason,
        jsonb_build_object('account', p_account, 'server', v_former.server, 'kind', v_former.kind)::text);
    update platform_sign_in s set sealed = null, expires_at = null, set_at = j.at, set_by = p_actor_id, set_by_name = p_actor_name
    from journal j where s.account = p_account and (j.stream, j.number) = ('sign-in/' || p_account, v_number);
    return true;
end $$;

-- A retired account's secret has no further use.
create function platform_sign_in_retire() returns trigger language plpgsql as $$
begin
    perform remove_platform_sign_in(new.key, 'system', 'The service', 'system', 'The account was retired.');
    return null;
end $$;

create trigger account_retired_sign_in after update of lifecycle on account for each row
    when (new.lifecycle = 'retired' and old.lifecycle is distinct from new.lifecycle) execute function platform_sign_in_retire();

-- The same secret under another key; nothing if it was set anew meanwhile.
create function reseal_platform_sign_in(p_account text, p_former text, p_sealed text) returns boolean language sql volatile as $$
    with done as (update platform_sign_in s set sealed = p_sealed where s.account = p_account and s.sealed = p_former returning 1)
    select exists (select from done)
$$;

-- What was done to the keys on a host.
create function record_secrets(p_event text, p_payload text) returns void language sql volatile as $$
    select journal_append('secrets', p_event, 'system', 'The service', 'system', null, null, 'Asked for on a host by whoever runs the service.', p_payload)
$$;

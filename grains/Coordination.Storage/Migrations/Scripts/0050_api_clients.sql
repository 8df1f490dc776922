-- API clients: programs with a name, for each of which a member of staff answers. A client may do what its owner's role may, and of that
-- what was ticked when it was made. Without a list it is the person's own token, as it was before clients had names: it may all their role may.
create table api_client (
    id            uuid        primary key,
    name          text        not null check (length(name) between 1 and 60),
    owner_id      text        not null references staff (id),
    permissions   text[],
    purpose       text        check (length(purpose) between 1 and 60),
    made_at       timestamptz not null default clock_timestamp(),
    made_by       text        not null,
    made_by_name  text        not null,
    ended_at      timestamptz,
    ended_by      text,
    ended_by_name text,
    ended_why     text,
    check ((permissions is null) = (purpose is not null)),
    check ((ended_at is null) = (ended_by is null)),
    unique (owner_id, purpose)
);

-- In the journal a client is known by its name: of those that go on, no two have the same.
create unique index api_client_name on api_client (lower(name)) where ended_at is null and purpose is null;
create index api_client_owner on api_client (owner_id);

-- Never the token: its SHA-256 alone. It is 256 random bits, so that one plain hash is enough. None lives longer than 400 days.
create table api_client_token (
    id              uuid        primary key,
    client_id       uuid        not null references api_client (id),
    hash            bytea       not null unique check (length(hash) = 32),
    made_at         timestamptz not null,
    made_by         text        not null,
    made_by_name    text        not null,
    ends_at         timestamptz not null,
    last_used_at    timestamptz,
    revoked_at      timestamptz,
    revoked_by      text,
    revoked_by_name text,
    revoked_why     text,
    check (ends_at > made_at and ends_at <= made_at + interval '400 days'),
    check ((revoked_at is null) = (revoked_by is null))
);

create index api_client_token_of on api_client_token (client_id);

-- The tokens there were go on as their persons' own; from now on they end, too. Those of nobody on the staff list let nobody in before, either.
insert into api_client (id, name, owner_id, purpose, made_by, made_by_name)
select gen_random_uuid(), left('Own token: ' || t.purpose, 60), t.staff_id, left(coalesce(nullif(t.purpose, ''), 'token'), 60), 'system', 'The service'
  from api_token t join staff s on s.id = t.staff_id
on conflict do nothing;

insert into api_client_token (id, client_id, hash, made_at, made_by, made_by_name, ends_at)
select gen_random_uuid(), c.id, t.hash, v.now, 'system', 'The service', v.now + interval '400 days'
  from api_token t
  join api_client c on c.owner_id = t.staff_id and c.purpose = left(coalesce(nullif(t.purpose, ''), 'token'), 60)
 cross join (select clock_timestamp() as now) v
 where length(t.hash) = 32;

drop table api_token;

create function add_api_token(p_client_id uuid, p_id uuid, p_hash bytea, p_days integer, p_reason text, p_actor_id text, p_actor_name text, p_actor_role text)
returns void language plpgsql volatile as $$
declare
    v_now timestamptz := clock_timestamp();
    v_end timestamptz := v_now + make_interval(days => p_days);
begin
    insert into api_client_token (id, client_id, hash, made_at, made_by, made_by_name, ends_at)
    values (p_id, p_client_id, p_hash, v_now, p_actor_id, p_actor_name, v_end);
    perform journal_append('client/' || p_client_id, 'client-token-made', p_actor_id, p_actor_name, p_actor_role, null, null, p_reason,
        jsonb_build_object('token', p_id, 'endsAt', v_end)::text);
end $$;

-- Makes a client, with its first token if who makes it answers for it. The same id again is the same client: a token was shown once, and is not shown again.
create function make_api_client(p_id uuid, p_name text, p_owner_id text, p_permissions text[], p_token_id uuid, p_hash bytea, p_days integer, p_most integer,
                                p_reason text, p_actor_id text, p_actor_name text, p_actor_role text) returns text language plpgsql volatile as $$
begin
    -- One after the other: names and their number are looked at before they are taken.
    perform pg_advisory_xact_lock(128, 50);
    if exists (select from api_client where id = p_id) then
        return 'again';
    elsif not exists (select from staff s where s.id = p_owner_id and staff_stands(s)) then
        return 'owner-unknown';
    elsif exists (select from api_client where lower(name) = lower(p_name) and ended_at is null and purpose is null) then
        return 'name-taken';
    elsif (select count(*) from api_client where ended_at is null and purpose is null) >= p_most then
        return 'too-many';
    end if;
    insert into api_client (id, name, owner_id, permissions, made_by, made_by_name) values (p_id, p_name, p_owner_id, p_permissions, p_actor_id, p_actor_name);
    perform journal_append('client/' || p_id, 'client-made', p_actor_id, p_actor_name, p_actor_role, null, null, p_reason,
        jsonb_build_object('name', p_name, 'ownerId', p_owner_id, 'permissions', to_jsonb(p_permissions))::text);
    if p_hash is not null then
        perform add_api_token(p_id, p_token_id, p_hash, p_days, p_reason, p_actor_id, p_actor_name, p_actor_role);
    end if;
    return 'done';
end $$;

-- Gives a client one more token, so that the former can be exchanged without a gap.
create function make_api_token(p_client_id uuid, p_id uuid, p_hash bytea, p_days integer, p_most integer, p_reason text, p_actor_id text, p_actor_name text, p_actor_role text)
returns text language plpgsql volatile as $$
declare
    v_client api_client;
begin
    select * into v_client from api_client where id = p_client_id for update;
    if v_client.id is null then
        return 'unknown';
    elsif exists (select from api_client_token where id = p_id) then
        return 'again';
    elsif v_client.ended_at is not null or v_client.purpose is not null then
        return 'ended';
    elsif (select count(*) from api_client_token where client_id = p_client_id and revoked_at is null and ends_at > clock_timestamp()) >= p_most then
        return 'too-many';
    end if;
    perform add_api_token(p_client_id, p_id, p_hash, p_days, p_reason, p_actor_id, p_actor_name, p_actor_role);
    return 'done';
end $$;

create function revoke_api_token(p_id uuid, p_reason text, p_actor_id text, p_actor_name text, p_actor_role text) returns text language plpgsql volatile as $$
declare
    v_token api_client_token;
begin
    -- The client's row first: the writers of a stream come one after the other.
    perform from api_client where id = (select client_id from api_client_token where id = p_id) for update;
    select * into v_token from api_client_token where id = p_id for update;
    if v_token.id is null then
        return 'unknown';
    elsif v_token.revoked_at is not null then
        return 'again';
    end if;
    update api_client_token set revoked_at = clock_timestamp(), revoked_by = p_actor_id, revoked_by_name = p_actor_name, revoked_why = p_reason where id = p_id;
    perform journal_append('client/' || v_token.client_id, 'client-token-revoked', p_actor_id, p_actor_name, p_actor_role, null, null, p_reason,
        jsonb_build_object('token', p_id)::text);
    return 'done';
end $$;

-- Ends a client for good, and every token of it.
create function end_api_client(p_id uuid, p_reason text, p_actor_id text, p_actor_name text, p_actor_role text) returns text language plpgsql volatile as $$
declare
    v_client api_client;
    v_now    timestamptz := clock_timestamp();
    v_tokens uuid[];
begin
    select * into v_client from api_client where id = p_id for update;
    if v_client.id is null then
        return 'unknown';
    elsif v_client.ended_at is not null then
        return 'again';
    end if;
    update api_client set ended_at = v_now, ended_by = p_actor_id, ended_by_name = p_actor_name, ended_why = p_reason where id = p_id;
    with revoked as (
        update api_client_token set revoked_at = v_now, revoked_by = p_actor_id, revoked_by_name = p_actor_name, revoked_why = p_reason
         where client_id = p_id and revoked_at is null returning id)
    select array_agg(id order by id) into v_tokens from revoked;
    perform journal_append('client/' || p_id, 'client-ended', p_actor_id, p_actor_name, p_actor_role, null, null, p_reason,
        jsonb_build_object('name', v_client.name, 'tokens', to_jsonb(coalesce(v_tokens, '{}'::uuid[])))::text);
    return 'done';
end $$;

-- A person's own token, one for each purpose: a new one takes the place of the former. Set by code alone, for the demo and for tests.
create function set_own_token(p_staff_id text, p_purpose text, p_hash bytea) returns void language plpgsql volatile as $$
declare
    v_client uuid;
begin
    insert into api_client (id, name, owner_id, purpose, made_by, made_by_name)
    values (gen_random_uuid(), left('Own token: ' || p_purpose, 60), p_staff_id, p_purpose, 'system', 'The service')
    on conflict (owner_id, purpose) do update set ended_at = null, ended_by = null, ended_by_name = null, ended_why = null
    returning id into v_client;
    delete from api_client_token where client_id = v_client;
    perform add_api_token(v_client, gen_random_uuid(), p_hash, 400, 'Set by the service', 'system', 'The service', 'system');
end $$;

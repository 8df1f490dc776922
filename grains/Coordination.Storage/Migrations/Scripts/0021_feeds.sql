-- The address under which a person's calendar program reads what is planned. Whoever has it reads, so its token is kept as a hash, and is no API token.
create table calendar_feed (
    staff_id text primary key,
    hash     bytea       not null unique,
    made_at  timestamptz not null default clock_timestamp()
);

-- A new address takes the place of the former one.
create function make_calendar_feed(p_hash bytea, p_actor_id text, p_actor_name text, p_actor_role text) returns void language plpgsql volatile as $$
begin
    insert into calendar_feed (staff_id, hash) values (p_actor_id, p_hash)
    on conflict (staff_id) do update set hash = excluded.hash, made_at = clock_timestamp();
    perform journal_append('feed/' || p_actor_id, 'feed-made', p_actor_id, p_actor_name, p_actor_role, null, null, null, '{}');
end $$;

create function revoke_calendar_feed(p_actor_id text, p_actor_name text, p_actor_role text) returns boolean language plpgsql volatile as $$
begin
    delete from calendar_feed where staff_id = p_actor_id;
    if found then
        perform journal_append('feed/' || p_actor_id, 'feed-revoked', p_actor_id, p_actor_name, p_actor_role, null, null, null, '{}');
        return true;
    end if;
    return false;
end $$;

-- What Comms' desk keeps besides accounts, posts and holds: tasks, shifts of the duty rota, requests about accounts. Each has a stream of its own in
-- the journal, <kind>/<id>, whose entries hold all of it as it is from then on; its version is the number of its latest entry.
create table desk_record (
    kind     text        not null check (kind in ('task', 'shift', 'request')),
    id       uuid        not null,
    body     jsonb       not null,
    version  bigint      not null,
    saved_at timestamptz not null,
    open     boolean     generated always as (coalesce(body -> 'open' = 'true', false)) stored,
    account  text        generated always as (body ->> 'account') stored,
    until    text        generated always as (body ->> 'to') stored, -- a shift's end, in UTC and whole seconds: texts sort as their times
    primary key (kind, id)
);

create index desk_record_open on desk_record (kind, open, saved_at);
create index desk_record_account on desk_record (kind, account) where account is not null;

-- p_version is the one that was read, 0 for something new.
create function keep_record(
    p_kind text, p_id uuid, p_version bigint, p_event text, p_body text, p_reason text, p_operation uuid,
    p_actor_id text, p_actor_name text, p_actor_role text)
returns text language plpgsql volatile as $$
declare
    v_version bigint;
    v_number bigint;
    v_stream text := p_kind || '/' || p_id;
begin
    -- Writers one after the other; readers are not kept waiting.
    lock table desk_record in share row exclusive mode;
    select r.version into v_version from desk_record r where (r.kind, r.id) = (p_kind, p_id);
    if coalesce(v_version, 0) <> p_version then
        return 'changed';
    end if;

    v_number := journal_append(v_stream, p_event, p_actor_id, p_actor_name, p_actor_role, p_operation, null, p_reason, p_body);
    insert into desk_record as r (kind, id, body, version, saved_at)
    select p_kind, p_id, p_body::jsonb, v_number, j.at from journal j where (j.stream, j.number) = (v_stream, v_number)
    on conflict (kind, id) do update set body = excluded.body, version = excluded.version, saved_at = excluded.saved_at;
    return 'saved';
end $$;

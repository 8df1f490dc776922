-- Scopes that Comms keep under names. Each has a stream of its own in the journal, scope/<id>, and its version is the number of its latest
-- entry there: it goes on growing when an id is used again.
create table saved_scope (
    id            text primary key,
    name          text        not null,
    scope         jsonb       not null,
    version       bigint      not null,
    saved_at      timestamptz not null,
    saved_by      text        not null,
    saved_by_name text        not null
);

create unique index saved_scope_name on saved_scope (lower(name));

-- p_version is the one that was read; null for a scope that is new. What is there already as it is wished stays as it is: a repeat changes nothing.
create function save_scope(
    p_id text, p_name text, p_scope jsonb, p_version bigint, p_actor_id text, p_actor_name text, p_actor_role text, p_most integer)
returns text language plpgsql volatile as $$
declare
    v_old saved_scope;
    v_number bigint;
begin
    -- Writers one after the other; readers are not kept waiting.
    lock table saved_scope in share row exclusive mode;
    select * into v_old from saved_scope s where s.id = p_id;
    if v_old.name = p_name and v_old.scope = p_scope then
        return 'saved';
    elsif v_old.version is distinct from p_version then
        return case when v_old.id is null then 'gone' else 'changed' end;
    elsif exists (select from saved_scope s where lower(s.name) = lower(p_name) and s.id <> p_id) then
        return 'name-taken';
    elsif v_old.id is null and (select count(*) from saved_scope) >= p_most then
        return 'too-many';
    end if;

    v_number := journal_append('scope/' || p_id, 'scope-saved', p_actor_id, p_actor_name, p_actor_role, null, null, null,
        json_build_object('id', p_id, 'name', p_name, 'scope', p_scope)::text);
    insert into saved_scope as s (id, name, scope, version, saved_at, saved_by, saved_by_name)
    select p_id, p_name, p_scope, v_number, j.at, p_actor_id, p_actor_name from journal j where (j.stream, j.number) = ('scope/' || p_id, v_number)
    on conflict (id) do update set name = excluded.name, scope = excluded.scope, version = excluded.version,
        saved_at = excluded.saved_at, saved_by = excluded.saved_by, saved_by_name = excluded.saved_by_name;
    return 'saved';
end $$;

create function remove_scope(p_id text, p_version bigint, p_actor_id text, p_actor_name text, p_actor_role text)
returns text language plpgsql volatile as $$
declare
    v_version bigint;
begin
    lock table saved_scope in share row exclusive mode;
    select s.version into v_version from saved_scope s where s.id = p_id;
    if v_version is null then
        return 'gone';
    elsif v_version is distinct from p_version then
        return 'changed';
    end if;

    perform journal_append('scope/' || p_id, 'scope-removed', p_actor_id, p_actor_name, p_actor_role, null, null, null,
        json_build_object('id', p_id)::text);
    delete from saved_scope s where s.id = p_id;
    return 'removed';
end $$;

-- Templates that Comms keep, from which posts are begun. Each has a stream of its own in the journal, template/<id>, and its version is the number
-- of its latest entry there: it goes on growing when an id is used again.
create table post_template (
    id            text primary key,
    name          text        not null,
    text          text        not null,
    hint          text,
    version       bigint      not null,
    saved_at      timestamptz not null,
    saved_by      text        not null,
    saved_by_name text        not null
);

create unique index post_template_name on post_template (lower(name));

-- p_version is the one that was read; null for a template that is new. What is there already as it is wished stays as it is: a repeat changes nothing.
create function save_template(
    p_id text, p_name text, p_text text, p_hint text, p_version bigint, p_actor_id text, p_actor_name text, p_actor_role text, p_most integer)
returns text language plpgsql volatile as $$
declare
    v_old post_template;
    v_number bigint;
begin
    -- Writers one after the other; readers are not kept waiting.
    lock table post_template in share row exclusive mode;
    select * into v_old from post_template t where t.id = p_id;
    if v_old.name = p_name and v_old.text = p_text and v_old.hint is not distinct from p_hint then
        return 'saved';
    elsif v_old.version is distinct from p_version then
        return case when v_old.id is null then 'gone' else 'changed' end;
    elsif exists (select from post_template t where lower(t.name) = lower(p_name) and t.id <> p_id) then
        return 'name-taken';
    elsif v_old.id is null and (select count(*) from post_template) >= p_most then
        return 'too-many';
    end if;

    v_number := journal_append('template/' || p_id, 'template-saved', p_actor_id, p_actor_name, p_actor_role, null, null, null,
        json_build_object('id', p_id, 'name', p_name, 'text', p_text, 'hint', p_hint)::text);
    insert into post_template as t (id, name, text, hint, version, saved_at, saved_by, saved_by_name)
    select p_id, p_name, p_text, p_hint, v_number, j.at, p_actor_id, p_actor_name from journal j where (j.stream, j.number) = ('template/' || p_id, v_number)
    on conflict (id) do update set name = excluded.name, text = excluded.text, hint = excluded.hint, version = excluded.version,
        saved_at = excluded.saved_at, saved_by = excluded.saved_by, saved_by_name = excluded.saved_by_name;
    return 'saved';
end $$;

create function remove_template(p_id text, p_version bigint, p_actor_id text, p_actor_name text, p_actor_role text)
returns text language plpgsql volatile as $$
declare
    v_version bigint;
begin
    lock table post_template in share row exclusive mode;
    select t.version into v_version from post_template t where t.id = p_id;
    if v_version is null then
        return 'gone';
    elsif v_version is distinct from p_version then
        return 'changed';
    end if;

    perform journal_append('template/' || p_id, 'template-removed', p_actor_id, p_actor_name, p_actor_role, null, null, null,
        json_build_object('id', p_id)::text);
    delete from post_template t where t.id = p_id;
    return 'removed';
end $$;

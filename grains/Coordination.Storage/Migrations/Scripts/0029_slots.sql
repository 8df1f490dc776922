-- The queue slots of accounts: weekly wishes in local time. Each account has a stream of its own in the journal, slots/<account key>, with an
-- entry for each change, and its version is the number of its latest entry there.
create table queue_slots (
    account       text primary key,
    slots         jsonb       not null,
    version       bigint      not null,
    saved_at      timestamptz not null,
    saved_by      text        not null,
    saved_by_name text        not null
);

-- p_version is the one that was read, 0 before the first. What is there already as it is wished stays as it is: a repeat changes nothing.
create function set_slots(p_account text, p_slots jsonb, p_version bigint, p_actor_id text, p_actor_name text, p_actor_role text)
returns text language plpgsql volatile as $$
declare
    v_old queue_slots;
    v_number bigint;
begin
    -- Writers one after the other; readers are not kept waiting.
    lock table queue_slots in share row exclusive mode;
    select * into v_old from queue_slots s where s.account = p_account;
    if coalesce(v_old.slots, '[]'::jsonb) = p_slots then
        return 'set';
    elsif coalesce(v_old.version, 0) <> p_version then
        return 'changed';
    end if;

    v_number := journal_append('slots/' || p_account, 'slots-set', p_actor_id, p_actor_name, p_actor_role, null, null, null,
        json_build_object('slots', p_slots)::text);
    insert into queue_slots as s (account, slots, version, saved_at, saved_by, saved_by_name)
    select p_account, p_slots, v_number, j.at, p_actor_id, p_actor_name from journal j where (j.stream, j.number) = ('slots/' || p_account, v_number)
    on conflict (account) do update set slots = excluded.slots, version = excluded.version,
        saved_at = excluded.saved_at, saved_by = excluded.saved_by, saved_by_name = excluded.saved_by_name;
    return 'set';
end $$;

-- Exports of the journal. Each has a stream of its own, export/<id>: export-made before the first byte leaves, export-finished after the last one, with the
-- manifest's hash. A download that was cut short has no end there. There is no table beside it: the journal alone says what was exported, so nothing can differ.
create index journal_exports on journal (at desc) where event = 'export-made';

create function begin_export(p_id uuid, p_reason text, p_what text, p_actor_id text, p_actor_name text, p_actor_role text)
returns bigint language sql volatile as $$
    select journal_append('export/' || p_id, 'export-made', p_actor_id, p_actor_name, p_actor_role, null, null, p_reason, p_what)
$$;

-- Answers whether it was written: an export that was never begun, or that has its end, gets none.
create function finish_export(p_id uuid, p_what text, p_actor_id text, p_actor_name text, p_actor_role text)
returns boolean language plpgsql volatile as $$
declare
    v_stream text := 'export/' || p_id;
begin
    perform pg_advisory_xact_lock(hashtextextended(v_stream, 0));
    if (select count(*) from journal j where j.stream = v_stream) <> 1 then
        return false;
    end if;

    perform journal_append(v_stream, 'export-finished', p_actor_id, p_actor_name, p_actor_role, null, null, null, p_what);
    return true;
end $$;

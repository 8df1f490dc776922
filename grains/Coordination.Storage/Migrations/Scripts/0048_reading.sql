-- Who looked at the record or at evidence, and by which right. The same look again within ten minutes is the same look: pages read again by themselves.
create function record_reading(p_event text, p_what text, p_actor_id text, p_actor_name text, p_actor_role text) returns void language plpgsql volatile as $$
declare
    v_stream text := 'reading/' || p_actor_id;
begin
    perform pg_advisory_xact_lock(hashtextextended(v_stream, 0));
    if not exists (
        select from (select event, payload, at from journal where stream = v_stream order by number desc limit 100) j
        where j.event = p_event and j.payload = p_what and j.at > clock_timestamp() - interval '10 minutes') then
        perform journal_append(v_stream, p_event, p_actor_id, p_actor_name, p_actor_role, null, null, null, p_what);
    end if;
end $$;

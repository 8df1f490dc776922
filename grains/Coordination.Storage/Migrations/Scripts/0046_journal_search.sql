-- What an auditor looks the journal up by. Each index costs every entry that it holds: an ordinary post's life is the service's own work
-- and one of four events, so it enters the first alone, at its end.
create index journal_at on journal (at);
create index journal_person on journal (actor_id, at) where actor_role <> 'system';
create index journal_event on journal (event, at) where event not in ('permit-issued', 'post-scheduled', 'post-published', 'counters-read');

create index hold_incident on hold (incident) where incident is not null;

-- The streams that tell of an incident: its file (and, if asked for, its exercise's), its messages, and its holds with who was told and what was agreed to say.
create function incident_streams(p_number text, p_exercises boolean) returns setof text language sql stable as $$
    with held as (
        select h.id from hold h where h.incident = p_number
        union select t.hold_id from takeover t where (t.number, t.exercise) = (p_number, false) and t.hold_id is not null
        union select l.hold_id from agreed_line l where l.number = p_number)
    select incident_stream(p_number, false)
    union select incident_stream(p_number, true) where p_exercises
    union select kind || id from held cross join unnest(array['hold/', 'line/', 'notice/']) kind
    union select 'incident/' || r.message_id from incident_report r where r.number = p_number and (p_exercises or not r.exercise)
    union select 'incident/' || d.message_id from incident_decision d where d.incident = p_number
$$;

-- Staff by id or by a part of the name, also those who have left.
create function staff_called(p_words text, p_most integer) returns setof text language sql stable as $$
    select id from staff where id = p_words or position(lower(p_words) in lower(name)) > 0 order by id limit p_most
$$;

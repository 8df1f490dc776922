-- The messages that other systems sent are looked through by people. What asks for one of them stays open until somebody says what was done about it;
-- that is an entry of the message's own stream, and changes neither the message nor what was decided.
create table incident_settlement (
    message_id      uuid primary key,
    settled_at      timestamptz not null,
    settled_by      text        not null,
    settled_by_name text        not null,
    note            text        not null
);

-- What a person has to look at: what a rule left to them, what could not be understood, and what was received and never decided about.
create view incident_inbox as
select m.id, m.received_at, m.received_by, m.content_type, octet_length(m.raw) as bytes, d.decided_at, d.sender, d.identifier, d.sent, d.status, d.msg_type,
       d.decision, d.reason, d.incident, d.hold_id, h.lifted_seq is not null as hold_lifted,
       s.settled_at, s.settled_by, s.settled_by_name, s.note,
       s.message_id is null and (d.decision in ('ask', 'refused') or (d.message_id is null and m.received_at < clock_timestamp() - interval '1 minute')) as open
from incident_message m
left join incident_decision d on d.message_id = m.id
left join hold h on h.id = d.hold_id
left join incident_settlement s on s.message_id = m.id;

-- Answers 'settled', 'already' (the first settlement stands), 'gone' or 'not-open' (nothing was left to a person).
create function settle_incident_message(p_id uuid, p_note text, p_actor_id text, p_actor_name text, p_actor_role text)
returns text language plpgsql volatile as $$
declare
    v_number bigint;
begin
    -- Two who settle it one after the other: the second is told that it is done.
    perform from incident_message m where m.id = p_id for update;
    if not found then
        return 'gone';
    elsif exists (select from incident_settlement s where s.message_id = p_id) then
        return 'already';
    elsif exists (select from incident_decision d where d.message_id = p_id and d.decision not in ('ask', 'refused')) then
        return 'not-open';
    end if;

    v_number := journal_append('incident/' || p_id, 'message-settled', p_actor_id, p_actor_name, p_actor_role, null, null, p_note,
        json_build_object('id', p_id)::text);
    insert into incident_settlement (message_id, settled_at, settled_by, settled_by_name, note)
    select p_id, j.at, p_actor_id, p_actor_name, p_note from journal j where (j.stream, j.number) = ('incident/' || p_id, v_number);
    return 'settled';
end $$;

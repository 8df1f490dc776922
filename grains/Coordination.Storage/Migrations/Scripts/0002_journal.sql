-- The journal: append-only streams, one for each aggregate, hash-chained.
-- hash = sha256(former hash | header | payload hash); payload hash = sha256(salt | payload | reason).
-- Payload, reason and salt can be erased (redaction) and the chain still verifies.
-- A field enters as <octets>:<text>, a null as -; times as microseconds since 1970.
create table journal (
    stream       text        not null,
    number       bigint      not null,
    at           timestamptz not null,
    event        text        not null,
    actor_id     text        not null,
    actor_name   text        not null,
    actor_role   text        not null,
    operation_id uuid,
    fence_seq    bigint,
    reason       text,
    payload      text,
    salt         bytea,
    payload_hash bytea       not null,
    hash         bytea       not null,
    primary key (stream, number)
);

create index journal_operation on journal (operation_id) where operation_id is not null;

-- An entry is never changed or taken out; redaction may only erase payload, reason and salt, together.
create function journal_guard() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE'
       and new.payload is null and new.reason is null and new.salt is null
       and (new.stream, new.number, new.at, new.event, new.actor_id, new.actor_name, new.actor_role, new.payload_hash, new.hash)
           = (old.stream, old.number, old.at, old.event, old.actor_id, old.actor_name, old.actor_role, old.payload_hash, old.hash)
       and new.operation_id is not distinct from old.operation_id
       and new.fence_seq is not distinct from old.fence_seq then
        return new;
    end if;
    raise exception 'the journal is append-only' using errcode = 'WM100';
end $$;

create trigger journal_append_only before update or delete on journal
    for each row execute function journal_guard();
create trigger journal_no_truncate before truncate on journal
    for each statement execute function journal_guard();

create function journal_field(p text) returns text language sql immutable parallel safe as $$
    select coalesce(octet_length(p) || ':' || p, '-')
$$;

-- The caller has serialised the stream's writers: by the aggregate's state row, or by the fence.
create function journal_append(
    p_stream text, p_event text, p_actor_id text, p_actor_name text, p_actor_role text,
    p_operation uuid, p_fence_seq bigint, p_reason text, p_payload text) returns bigint
language plpgsql as $$
declare
    v_number bigint;
    v_former bytea;
    v_at timestamptz := clock_timestamp();
    v_salt bytea := uuid_send(gen_random_uuid());
    v_payload_hash bytea;
begin
    select number, hash into v_number, v_former from journal where stream = p_stream order by number desc limit 1;
    v_number := coalesce(v_number, 0) + 1;
    v_payload_hash := sha256(v_salt || convert_to(journal_field(p_payload) || journal_field(p_reason), 'UTF8'));
    insert into journal (stream, number, at, event, actor_id, actor_name, actor_role, operation_id, fence_seq,
                         reason, payload, salt, payload_hash, hash)
    values (p_stream, v_number, v_at, p_event, p_actor_id, p_actor_name, p_actor_role, p_operation, p_fence_seq,
            p_reason, p_payload, v_salt, v_payload_hash,
            sha256(coalesce(v_former, '\x'::bytea)
                || convert_to(journal_field(p_stream) || journal_field(v_number::text)
                    || journal_field((extract(epoch from v_at) * 1000000)::bigint::text)
                    || journal_field(p_event) || journal_field(p_actor_id) || journal_field(p_actor_name) || journal_field(p_actor_role)
                    || journal_field(p_operation::text) || journal_field(p_fence_seq::text), 'UTF8')
                || v_payload_hash));
    return v_number;
end $$;

-- Operations that took, so that a repeat is known for one and the same id with another body is refused.
create table operation (
    id          uuid primary key,
    stream      text        not null,
    fingerprint bytea       not null,
    at          timestamptz not null default clock_timestamp()
);

-- Which declared major incidents came after a post was last confirmed by a person: such a post is to be read again before it goes out.
-- Derived, never stored: holds come and go without touching posts, and the post's next confirmation ends it.
create index hold_major_incident on hold (placed_seq) where lift_needs_second;

create function written_before(p_account account, p_post post) returns jsonb
language sql stable as $$
    select jsonb_agg(jsonb_build_object('hold', h.id, 'incident', h.incident, 'at', h.placed_at) order by h.placed_seq)
    from hold h
    where h.lift_needs_second and h.placed_seq > p_post.confirmed_seq
      -- Covered by the labels of any moment that the hold stood, wherever the account moved since.
      and exists (
          select from label_history l
          where l.account = p_account.key and (h.lifted_seq is null or l.seq < h.lifted_seq)
            and scope_covers(h.scope, p_account.key, l.platform, l.kind, l.area, l.station, l.department)
            and not exists (select from label_history n where n.account = l.account and n.seq > l.seq and n.seq < h.placed_seq))
$$;

-- Whoever takes a hold's proof leaves an entry in the hold's own stream, with the proof's hash: the file can be checked against it for good.
create function record_proof(
    p_hold text, p_actor_id text, p_actor_name text, p_actor_role text, p_payload text, out number bigint, out at timestamptz)
language plpgsql volatile as $$
begin
    -- The row serialises the stream's writers: all others change it before they write, too. No permit waits for it.
    perform fence_check_isolation();
    perform from hold h where h.id = p_hold for update;
    if found then
        number := journal_append('hold/' || p_hold, 'proof-taken', p_actor_id, p_actor_name, p_actor_role, null, null, null, p_payload);
        select j.at into at from journal j where j.stream = 'hold/' || p_hold and j.number = record_proof.number;
    end if;
end $$;

create index journal_proof on journal ((payload::jsonb ->> 'sha256')) where event = 'proof-taken';
create index journal_proof_file on journal ((payload::jsonb ->> 'fileSha256')) where event = 'proof-taken';

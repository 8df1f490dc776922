-- The fence at a third of the cost, and one hole less. PostgreSQL parses and plans the body of a SQL function anew in every call that it
-- cannot inline: that was four fifths of a permit's time.

-- Immutable to the letter, so that it is inlined: integer || text is only stable, text || text is immutable.
create or replace function journal_field(p text) returns text language sql immutable parallel safe as $$
    select coalesce(octet_length(p)::text || ':' || p, '-')
$$;

-- Rule 4: which holds refuse a post. A lifted one does when the post fell due before the lift and nobody confirmed it after the
-- lift. (It was "confirmed before the placing": a post that was moved to a time under the hold, or written in the moment in which
-- the hold came, went out by itself after the lift when every silo had slept through the hold.) plpgsql keeps its plans; volatile, so that each statement looks anew, after the lock.
create or replace function holds_refusing(p_account account, p_post post) returns text[]
language plpgsql volatile as $$
declare
    v_candidates text[];
begin
    -- Mostly there is none, and the scopes need not be looked at.
    v_candidates := array(
        select h.id from hold h
        where (h.lifted_seq is null or (h.lifted_seq is not null and h.lifted_at > p_post.due_at and h.lifted_seq > p_post.confirmed_seq)));
    if v_candidates = '{}' then
        return null;
    end if;

    return (
        select array_agg(h.id order by h.placed_seq)
        from hold h
        -- What a lifted hold stopped stays stopped wherever the account moved since: its labels at the lift count.
        cross join lateral (
            select p_account.platform, p_account.kind, p_account.area, p_account.station, p_account.department
            where h.lifted_seq is null
            union all
            (select l.platform, l.kind, l.area, l.station, l.department
             from label_history l
             where h.lifted_seq is not null and l.account = p_account.key and l.seq < h.lifted_seq
             order by l.seq desc limit 1)) l
        where h.id = any (v_candidates)
          and scope_covers(h.scope, p_account.key, l.platform, l.kind, l.area, l.station, l.department)
          and not (h.kind = 'centralCoordination' and p_post.poster_id = any (h.named_posters) and p_post.confirmed_seq > h.placed_seq)
          and not (h.kind = 'approvalRequired' and p_post.approved_revision is not distinct from p_post.revision
                   and p_post.approved_seq > h.placed_seq));
end $$;

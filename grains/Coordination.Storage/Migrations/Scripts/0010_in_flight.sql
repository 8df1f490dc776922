-- Rule 5: in flight is every permit without a known outcome. One that recovery gave up as unknown has none either, and its request may
-- still be on the wire: a hold that did not list it could be followed by a post that nobody had announced. It is listed until a person
-- has decided about its post.
create index permit_unknown on permit (account) where outcome = 'unknown';

create or replace function open_permits(p_scope jsonb) returns uuid[] language sql volatile as $$
    select coalesce(array_agg(x.id order by x.seq), '{}')
    from (select p.id, p.seq, p.account from permit p where p.outcome is null
          union all
          select p.id, p.seq, p.account from permit p join post q on q.id = p.post_id
          where p.outcome = 'unknown' and q.state = 'unknown') x
    join account a on a.key = x.account
    where scope_covers(p_scope, a.key, a.platform, a.kind, a.area, a.station, a.department)
$$;

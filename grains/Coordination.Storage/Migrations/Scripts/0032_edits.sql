-- Changes in place: a post that goes out over one that is out already, under a permit with the action 'edit'. Which one stands in what is said of it.

-- As before, and what an edit changes has to stand.
create or replace function take_permit(
    p_account text, p_post uuid, p_part integer, p_action text, p_attempt integer, p_poster text, p_revision integer,
    p_version bigint, p_lifetime interval, p_key_lifetime interval,
    out answer text, out permit_id uuid, out token uuid, out seq bigint, out hold_ids text[], out wait interval)
language plpgsql volatile as $$
declare
    v_version bigint;
    v_account account;
    v_post post;
    v_former permit;
    v_now timestamptz;
    v_edits boolean;
begin
    perform fence_check_isolation();

    -- a. The account's state row, before the fence: a commit that hangs on it must not keep a hold waiting.
    select s.version into v_version from grain_state s
    where s.service_id = 'coordination' and s.state_name = 'account' and s.grain_key = 'account/' || p_account
    for no key update;
    if v_version is distinct from p_version then
        answer := 'stale';
        return;
    end if;

    -- b. The fence.
    perform fence_shared();

    -- c. Only now look.
    select * into v_account from account where key = p_account;
    select * into v_post from post where id = p_post and account = p_account;
    v_edits := coalesce((v_post.about ->> 'inPlace')::boolean, false);
    if v_account.lifecycle is distinct from 'connected' or v_post.state is distinct from 'scheduled' or (p_action = 'edit') is distinct from v_edits
       or v_post.revision is distinct from p_revision or v_post.poster_id is distinct from p_poster then
        answer := 'stale';
        return;
    end if;

    v_now := clock_timestamp();
    if v_now < v_post.due_at then
        answer := 'early';
        wait := v_post.due_at - v_now;
        return;
    end if;

    hold_ids := holds_refusing(v_account, v_post);
    if hold_ids is not null then
        answer := 'held';
        return;
    end if;

    if v_now > v_post.due_at + v_post.tolerance then
        answer := 'missed';
        return;
    end if;

    -- What is changed in place still stands, and nobody wants it off: else the call would bring back, or alter, what was decided upon.
    if v_edits and not exists (select from post p
                               where p.id = (v_post.about ->> 'corrects')::uuid and p.account = p_account and p.state = 'published'
                                 and p.removal_asked_at is null and p.remote_id = v_post.about ->> 'target') then
        answer := 'gone';
        return;
    end if;

    -- Rules 3 and 10: a new attempt needs the former one closed as not sent, or the same idempotency key within its life,
    -- which began with the first call that may have used it.
    select * into v_former from permit p
    where p.post_id = p_post and p.part = p_part and p.action = p_action
    order by p.attempt desc limit 1;
    if found then
        if p_attempt <> v_former.attempt + 1
           or not (v_former.outcome is not distinct from 'not-sent'
                   or (p_key_lifetime is not null and v_former.expires_at < v_now
                       and v_former.outcome is null
                       and v_now < p_key_lifetime + (select min(p.issued_at) from permit p
                                                     where p.post_id = p_post and p.part = p_part and p.action = p_action
                                                       and p.outcome is distinct from 'not-sent'))) then
            answer := 'taken';
            return;
        end if;
    elsif p_attempt <> 1 then
        answer := 'stale';
        return;
    end if;

    -- A part of a thread answers the one before it, which has to be out.
    if p_part > 0 and not exists (select from permit p where p.post_id = p_post and p.part = p_part - 1 and p.action = p_action and p.outcome = 'sent') then
        answer := 'stale';
        return;
    end if;

    -- d. The permit and its journal entry.
    permit_id := gen_random_uuid();
    token := gen_random_uuid();
    seq := nextval('fence_seq');
    insert into permit (id, seq, account, post_id, part, action, attempt, poster_id, revision, state_version, token, issued_at, expires_at)
    values (permit_id, seq, p_account, p_post, p_part, p_action, p_attempt, p_poster, p_revision, p_version, token, v_now, v_now + p_lifetime);
    perform journal_append('account/' || p_account, 'permit-issued', 'system', 'The service', 'system', null, seq, null,
        json_build_object('permitId', permit_id, 'postId', p_post, 'part', p_part, 'action', p_action, 'attempt', p_attempt,
                          'revision', p_revision, 'posterId', p_poster)::text);
    answer := 'issued';
end $$;

-- A replaced function loses its settings: rows are looked up by their keys alone (0006).
alter function take_permit(text, uuid, integer, text, integer, text, integer, bigint, interval, interval) set enable_seqscan = off;

-- As before; what has gone out over another post is removed with it.
create or replace function describe_permits(p_ids uuid[]) returns jsonb language sql volatile as $$
    select coalesce(jsonb_agg(jsonb_build_object('postId', p.post_id, 'account', p.account, 'permitSequence', p.seq, 'issuedAt', p.issued_at,
                                                 'outcome', coalesce(p.outcome, 'open'),
                                                 'url', coalesce(q.about #>> array['partsOut', p.part::text, 'url'], q.url),
                                                 'sentAt', coalesce((q.about #>> array['partsOut', p.part::text, 'at'])::timestamptz, q.published_at),
                                                 'removalAskedAt', coalesce(q.removal_asked_at, first.removal_asked_at),
                                                 'removalAskedBy', coalesce(q.removal_asked_by, first.removal_asked_by),
                                                 'removedAt', q.removed_at, 'note', q.note) order by p.seq), '[]'::jsonb)
    from permit p left join post q on q.id = p.post_id
    left join post first on q.about ->> 'inPlace' is not null and first.id = (q.about ->> 'corrects')::uuid
    where p.id = any (p_ids)
$$;

-- The off-system check: while a hold stands, the platforms are asked what each covered account shows, and what did not come through
-- here is kept. When an account was asked and what came of it is an observation, outside the account's state and its journal; a post that
-- was found is a fact, with its entry in the journal.

-- Whose turn it is, over all silos. Until not_before nobody asks: somebody is at it, or the platform wants to be left alone.
create table off_system_turn (
    account    text primary key,
    platform   text        not null,
    asked_at   timestamptz not null,
    not_before timestamptz
);

create index off_system_turn_rate on off_system_turn (platform, asked_at);

-- How far one account is looked through for one hold.
create table off_system_look (
    hold_id      text    not null,
    account      text    not null,
    checked_at   timestamptz, -- as of when the platform last answered
    clean_until  timestamptz, -- all that it shows up to then is judged
    failed_since timestamptz, -- when it first did not answer, or not completely, while it has not answered since
    why          text,
    undecided    integer not null default 0, -- posts that may be ours: what became of a call to the platform is not known yet
    primary key (hold_id, account)
);

-- What was found, once for each hold. No text: the link shows it.
create table off_system_post (
    id        bigint      not null unique generated always as identity,
    hold_id   text        not null,
    account   text        not null,
    remote_id text        not null,
    url       text,
    posted_at timestamptz not null, -- by the platform's clock
    seen_at   timestamptz not null default clock_timestamp(),
    entry     bigint      not null, -- in the stream off-system/<account>
    primary key (hold_id, account, remote_id)
);

-- Takes the turns of one platform's accounts that are due: asked longest ago first, and at once when a hold came since. Nobody else gets
-- them before the lease is over. Of callers at one moment one gets an answer, so that the rate holds over all silos.
create function claim_off_system(p_platform text, p_every interval, p_lease interval, p_limit integer, p_per_minute integer)
returns table (account text, asked_at timestamptz, holds jsonb)
language plpgsql volatile as $$
declare
    v_now timestamptz;
    v_left integer;
begin
    if not exists (select from hold h where h.lifted_seq is null)
       or not pg_try_advisory_xact_lock(126, hashtext(p_platform)) then
        return;
    end if;

    v_now := clock_timestamp();
    select least(p_limit, greatest(1, p_per_minute / 6) - count(*)) into v_left
    from off_system_turn t
    where t.platform = p_platform and t.asked_at > v_now - interval '10 seconds';
    if v_left <= 0 then
        return;
    end if;

    return query
    with due as (
        select a.key, jsonb_agg(jsonb_build_object('id', h.id, 'placedAt', h.placed_at, 'cleanUntil', l.clean_until) order by h.placed_seq) as holds
        from account a
        join hold h on h.lifted_seq is null and scope_covers(h.scope, a.key, a.platform, a.kind, a.area, a.station, a.department)
        left join off_system_look l on l.hold_id = h.id and l.account = a.key
        left join off_system_turn t on t.account = a.key
        where a.platform = p_platform and a.lifecycle = 'connected'
          and (t.not_before is null or t.not_before <= v_now)
        group by a.key, t.asked_at
        having t.asked_at is null or t.asked_at <= v_now - p_every or t.asked_at < max(h.placed_at)
        order by t.asked_at nulls first, a.key
        limit v_left),
    taken as (
        insert into off_system_turn as t (account, platform, asked_at, not_before)
        select d.key, p_platform, v_now, v_now + p_lease from due d
        on conflict on constraint off_system_turn_pkey do update set asked_at = excluded.asked_at, not_before = excluded.not_before
        returning t.account)
    select d.key, v_now, d.holds from due d join taken t on t.account = d.key;
end $$;

-- Keeps what came of one turn: p_read says whether the platform answered, p_why what is missing, p_posts what it shows that did not come
-- through here. The row of the turn serialises the writers of the account's stream.
create function record_off_system(
    p_account text, p_asked_at timestamptz, p_wait interval, p_holds text[], p_read boolean, p_why text, p_undecided integer, p_posts jsonb)
returns integer language plpgsql volatile as $$
declare
    v_post record;
    v_holds text[];
    v_entry bigint;
    v_found integer := 0;
begin
    perform from off_system_turn t where t.account = p_account for update;

    -- Whoever overran the lease does not end another's.
    update off_system_turn t set not_before = clock_timestamp() + p_wait where t.account = p_account and t.asked_at = p_asked_at;

    for v_post in
        select x.remote_id, x.url, x.posted_at, x.holds
        from jsonb_to_recordset(p_posts) as x(remote_id text, url text, posted_at timestamptz, holds text[])
        order by x.posted_at, x.remote_id
    loop
        select array_agg(h.id order by h.placed_seq) into v_holds
        from hold h
        where h.id = any (v_post.holds) and (h.lifted_at is null or v_post.posted_at <= h.lifted_at)
          and not exists (select from off_system_post p where (p.hold_id, p.account, p.remote_id) = (h.id, p_account, v_post.remote_id));
        continue when v_holds is null;

        v_entry := journal_append('off-system/' || p_account, 'off-system-post', 'system', 'The service', 'system', null, null, null,
            json_build_object('account', p_account, 'remoteId', v_post.remote_id, 'url', v_post.url, 'postedAt', v_post.posted_at, 'holdIds', v_holds)::text);
        insert into off_system_post (hold_id, account, remote_id, url, posted_at, entry)
        select h, p_account, v_post.remote_id, v_post.url, v_post.posted_at, v_entry from unnest(v_holds) h;
        v_found := v_found + 1;
    end loop;

    insert into off_system_look as l (hold_id, account, checked_at, clean_until, failed_since, why, undecided)
    select h, p_account,
           case when p_read then p_asked_at end,
           case when p_read and p_why is null and p_undecided = 0 then p_asked_at end,
           case when p_why is not null then clock_timestamp() end,
           p_why, p_undecided
    from unnest(p_holds) h
    on conflict (hold_id, account) do update set
        checked_at = greatest(l.checked_at, excluded.checked_at),
        clean_until = greatest(l.clean_until, excluded.clean_until),
        failed_since = case when p_why is not null then coalesce(l.failed_since, excluded.failed_since) end,
        why = excluded.why,
        undecided = case when p_read then excluded.undecided else l.undecided end;
    return v_found;
end $$;

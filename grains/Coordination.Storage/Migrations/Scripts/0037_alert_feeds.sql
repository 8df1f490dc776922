-- Feeds that alerts are pulled from. A feed is polled by one host at a time, by a lease; whoever does a step names the lease, and a host that lost it changes nothing.
create table alert_feed (
    id            text primary key,
    settings      uuid        not null, -- of its address and how it is fetched, which may hold secrets, only the digest
    etag          text,
    last_modified text,
    tried_at      timestamptz,
    success_at    timestamptz,
    message_at    timestamptz, -- when a message came that was not known yet
    failures      integer     not null default 0, -- in a row
    next_at       timestamptz not null,
    not_before    timestamptz, -- as its server asks
    problem       text,
    lease         uuid,
    leased_until  timestamptz,
    check ((lease is null) = (leased_until is null))
);

-- What a feed listed and what became of it. A row stays for as long as the feed lists its entry, and for a while after: an old entry is never new again.
create table alert_feed_entry (
    feed        text        not null references alert_feed (id),
    key         uuid        not null, -- of the entry's id and its 'updated'
    entry_id    text        not null,
    updated     timestamptz,
    state       text        not null check (state in ('taken', 'waiting', 'failed')),
    attempts    integer     not null,
    first_at    timestamptz not null,
    tried_at    timestamptz not null,
    words       text        not null,
    decision    text,
    message_id  uuid,
    unlisted_at timestamptz,
    primary key (feed, key),
    check ((state = 'taken') = (message_id is not null))
);
create index alert_feed_entry_trouble on alert_feed_entry (feed, tried_at desc) where state <> 'taken';
create index alert_feed_entry_unlisted on alert_feed_entry (feed, unlisted_at) where unlisted_at is not null;

-- Makes a configured feed known. With other settings it is read anew, and what could not be taken may be taken now; what was taken stays taken.
create function know_alert_feed(p_id text, p_settings uuid) returns void language plpgsql volatile as $$
begin
    insert into alert_feed (id, settings, next_at) values (p_id, p_settings, clock_timestamp()) on conflict do nothing;
    update alert_feed f
    set settings = p_settings, etag = null, last_modified = null, failures = 0, next_at = clock_timestamp(), not_before = null, problem = null
    where f.id = p_id and f.settings <> p_settings;
    if found then
        delete from alert_feed_entry e where e.feed = p_id and e.state = 'failed';
    end if;
end $$;

-- Takes feeds whose time has come, also from a host that stopped: its lease ends, and the time had come before.
create function claim_alert_feeds(p_ids text[], p_lease uuid, p_for interval, p_limit integer)
returns table (id text, settings uuid, etag text, last_modified text, failures integer) language plpgsql volatile as $$
begin
    return query
    with due as (
        select f.id from alert_feed f
        where f.id = any (p_ids) and f.next_at <= clock_timestamp() and (f.leased_until is null or f.leased_until <= clock_timestamp())
        order by f.next_at, f.id
        limit p_limit
        for update skip locked)
    update alert_feed f set lease = p_lease, leased_until = clock_timestamp() + p_for, tried_at = clock_timestamp()
    from due where f.id = due.id
    returning f.id, f.settings, f.etag, f.last_modified, f.failures;
end $$;

-- What became of an entry, and some more time for the rest. False: the lease is somebody else's by now, and nothing was changed.
create function note_alert_feed_entry(
    p_feed text, p_lease uuid, p_for interval, p_key uuid, p_entry_id text, p_updated timestamptz, p_state text, p_words text, p_decision text, p_message uuid, p_new boolean)
returns boolean language plpgsql volatile as $$
begin
    update alert_feed f
    set leased_until = clock_timestamp() + p_for, message_at = case when p_new then clock_timestamp() else f.message_at end
    where f.id = p_feed and f.lease = p_lease;
    if not found then
        return false;
    end if;

    insert into alert_feed_entry as e (feed, key, entry_id, updated, state, attempts, first_at, tried_at, words, decision, message_id)
    values (p_feed, p_key, p_entry_id, p_updated, p_state, 1, clock_timestamp(), clock_timestamp(), p_words, p_decision, p_message)
    on conflict (feed, key) do update
    set state = p_state, attempts = e.attempts + 1, tried_at = clock_timestamp(), words = p_words, decision = p_decision, message_id = p_message, unlisted_at = null
    where e.state <> 'taken';
    return true;
end $$;

-- Ends a poll. p_keys: the entries that the feed lists now; null when it was not read or has not changed. False as above.
-- Forgotten are entries that have not been listed for 30 days, and of those that are not listed any more all but the last 20,000.
create function settle_alert_feed(
    p_feed text, p_lease uuid, p_read boolean, p_etag text, p_last_modified text, p_wait interval, p_not_before interval, p_problem text, p_keys uuid[])
returns boolean language plpgsql volatile as $$
declare
    v_now timestamptz := clock_timestamp();
begin
    update alert_feed f
    set etag = p_etag, last_modified = p_last_modified, failures = case when p_read then 0 else f.failures + 1 end,
        success_at = case when p_read then v_now else f.success_at end,
        next_at = v_now + p_wait, not_before = v_now + p_not_before, problem = p_problem, lease = null, leased_until = null
    where f.id = p_feed and f.lease = p_lease;
    if not found then
        return false;
    end if;

    if p_keys is not null then
        update alert_feed_entry e set unlisted_at = null where e.feed = p_feed and e.unlisted_at is not null and e.key = any (p_keys);
        update alert_feed_entry e
        set unlisted_at = v_now,
            words = case when e.state = 'waiting' then e.words || ' The feed does not list it any more.' else e.words end,
            state = case when e.state = 'waiting' then 'failed' else e.state end
        where e.feed = p_feed and e.unlisted_at is null and e.key <> all (p_keys);
        delete from alert_feed_entry e where e.feed = p_feed and e.unlisted_at < v_now - interval '30 days';
        delete from alert_feed_entry e
        using (select o.key from alert_feed_entry o where o.feed = p_feed and o.unlisted_at is not null order by o.unlisted_at desc, o.key offset 20000) as old
        where e.feed = p_feed and e.key = old.key;
    end if;

    return true;
end $$;

-- A host that stops, or could not go on, lets another one have it.
create function release_alert_feed(p_feed text, p_lease uuid, p_wait interval) returns void language sql volatile as $$
    update alert_feed f set lease = null, leased_until = null, next_at = clock_timestamp() + p_wait where f.id = p_feed and f.lease = p_lease
$$;

-- Somebody wants it looked at now. Not before its server allows, and not again within five seconds of a look. False: it is not known.
create function hasten_alert_feed(p_feed text) returns boolean language plpgsql volatile as $$
begin
    update alert_feed f
    set next_at = least(f.next_at, greatest(clock_timestamp(), f.not_before, f.tried_at + interval '5 seconds'))
    where f.id = p_feed;
    return found;
end $$;

-- What systems outside are told of holds: one message for each webhook when a hold is placed, and one when it is lifted. A message is sent until its receiver says
-- that it took it, so a receiver may get one twice: by its id it knows that it is one.
create table webhook (
    id          text        primary key, -- as in the settings
    since       timestamptz not null,    -- when it was first set: it is told nothing of what was before
    gone_target text,                    -- the digest of the address that said that it is gone for good; another address is told again
    gone_at     timestamptz,
    check ((gone_target is null) = (gone_at is null))
);

-- What is said: the same to all webhooks, and the same bytes at every attempt.
create table webhook_event (
    hold_id   text        not null,
    kind      text        not null check (kind in ('placed', 'lifted')),
    queued_at timestamptz not null,
    body      text        not null,
    primary key (hold_id, kind)
);

create table webhook_message (
    id           uuid        primary key,
    webhook      text        not null references webhook (id),
    hold_id      text        not null,
    kind         text        not null,
    state        text        not null check (state in ('queued', 'sent', 'gave-up', 'overtaken', 'gone')),
    attempts     integer     not null default 0, -- counted when one begins: one that a host did not live to finish is among them
    next_at      timestamptz not null,
    lease        uuid,
    leased_until timestamptz,
    sent_at      timestamptz,
    last_error   text,
    foreign key (hold_id, kind) references webhook_event (hold_id, kind),
    unique (hold_id, kind, webhook),
    check ((lease is null) = (leased_until is null)),
    check ((state = 'sent') = (sent_at is not null))
);
create index webhook_due on webhook_message (webhook, next_at) where state = 'queued';

create function start_webhooks(p_ids text[]) returns void language sql volatile as $$
    insert into webhook (id, since) select u.id, clock_timestamp() from unnest(p_ids) u(id) order by u.id on conflict do nothing
$$;

-- What webhooks were not told yet: of the last day, and since they were set. A hold that was lifted meanwhile has one message, about its lift.
create function due_webhook_events(p_ids text[], p_limit integer) returns table (hold_id text, kind text, webhooks text[]) language sql stable as $$
    with told as (select w.id, greatest(w.since, clock_timestamp() - interval '24 hours') as since from webhook w where w.id = any (p_ids))
    select d.id, d.kind, array_agg(t.id order by t.id)
    from told t
    cross join lateral (
        select h.id, 'placed' as kind, h.placed_at as at from hold h where h.placed_at > t.since and h.lifted_seq is null
        union all
        select h.id, 'lifted', h.lifted_at from hold h where h.lifted_at > t.since) d
    where not exists (select from webhook_message m where (m.hold_id, m.kind, m.webhook) = (d.id, d.kind, t.id))
    group by d.id, d.kind, d.at
    order by d.at, d.id
    limit p_limit
$$;

create function webhook_lift_follows(p webhook_message) returns boolean language sql stable as $$
    select p.kind = 'placed' and exists (select from webhook_message m where (m.hold_id, m.kind, m.webhook) = (p.hold_id, 'lifted', p.webhook))
$$;

create function end_webhook_message(p webhook_message, p_state text, p_error text) returns void language plpgsql volatile as $$
begin
    update webhook_message m
    set state = p_state, last_error = p_error, lease = null, leased_until = null, sent_at = case when p_state = 'sent' then clock_timestamp() end
    where m.id = p.id;
    perform notice_journal(p.hold_id, 'webhook-' || p_state, json_build_object('kind', p.kind, 'webhook', p.webhook, 'attempts', p.attempts, 'why', p_error)::text);
end $$;

-- Queues one message for each webhook that has none yet; answers how many. What was to tell of the placing and is not out yet is not sent any more once the lift is told of.
create function queue_webhooks(p_hold text, p_kind text, p_body text, p_messages jsonb) returns integer language plpgsql volatile as $$
declare
    v_now timestamptz := clock_timestamp();
    v_added text[];
    v_late text[] := '{}';
begin
    insert into webhook_event (hold_id, kind, queued_at, body) values (p_hold, p_kind, v_now, p_body) on conflict do nothing;
    with added as (
        insert into webhook_message (id, webhook, hold_id, kind, state, next_at)
        select n.id, n.webhook, p_hold, p_kind, 'queued', v_now from jsonb_to_recordset(p_messages) as n(id uuid, webhook text) order by n.webhook
        on conflict (hold_id, kind, webhook) do nothing
        returning webhook)
    select array_agg(a.webhook order by a.webhook) into v_added from added a;
    if v_added is null then
        return 0;
    end if;

    if p_kind = 'lifted' then
        -- All are locked: whoever settles one of them meanwhile sees the lift afterwards. What a host is sending now is left to it.
        perform from webhook_message m where (m.hold_id, m.kind, m.state) = (p_hold, 'placed', 'queued') and m.webhook = any (v_added) order by m.webhook for update;
        with late as (
            update webhook_message m set state = 'overtaken'
            where (m.hold_id, m.kind, m.state) = (p_hold, 'placed', 'queued') and m.webhook = any (v_added) and m.lease is null
            returning m.webhook)
        select coalesce(array_agg(l.webhook order by l.webhook), '{}') into v_late from late l;
    end if;

    perform notice_journal(p_hold, 'webhooks-queued', json_build_object('kind', p_kind, 'webhooks', v_added, 'overtaken', v_late)::text);
    return cardinality(v_added);
end $$;

-- Takes a webhook's next message, or ends one that is not to be sent any more: one row, whose state says which; none when there is nothing to do now.
-- A lease that is over was of a host that stopped: whether the receiver has the message is not known, and it is sent again.
-- One a call, so that no two streams are locked at once. No lift is told of while a message of the placing is under way.
create function claim_webhook_message(p_webhook text, p_target text, p_lease uuid, p_for interval)
returns table (id uuid, hold_id text, kind text, state text, attempts integer, body text) language plpgsql volatile as $$
declare
    v webhook_message;
begin
    select * into v from webhook_message m
    where m.webhook = p_webhook and m.state = 'queued' and m.next_at <= clock_timestamp() and (m.leased_until is null or m.leased_until <= clock_timestamp())
      and not (m.kind = 'lifted' and exists (
          select from webhook_message p where (p.hold_id, p.kind, p.webhook, p.state) = (m.hold_id, 'placed', m.webhook, 'queued')))
    order by m.next_at, m.id
    limit 1
    for update skip locked;
    if not found then
        return;
    end if;

    if webhook_lift_follows(v) then
        perform end_webhook_message(v, 'overtaken', v.last_error);
    elsif exists (select from webhook w where (w.id, w.gone_target) = (p_webhook, p_target)) then
        perform end_webhook_message(v, 'gone', 'The receiver said earlier that it is gone for good (410).');
    else
        update webhook_message m set lease = p_lease, leased_until = clock_timestamp() + p_for, attempts = m.attempts + 1 where m.id = v.id;
    end if;

    return query select m.id, m.hold_id, m.kind, m.state, m.attempts, e.body
        from webhook_message m join webhook_event e on (e.hold_id, e.kind) = (m.hold_id, m.kind) where m.id = v.id;
end $$;

-- What came of an attempt: 'sent', 'later' (p_wait null: it is not tried again) or 'gone' (the receiver wants nothing any more).
-- That it was sent counts from whomever and whenever; anything else only from who has the lease. Answers the state; null when it does not count any more.
create function settle_webhook_message(p_id uuid, p_lease uuid, p_outcome text, p_error text, p_wait interval, p_target text) returns text language plpgsql volatile as $$
declare
    v webhook_message;
begin
    select * into v from webhook_message m where m.id = p_id for update;
    if not found or (p_outcome = 'sent' and v.state = 'sent') or (p_outcome <> 'sent' and (v.state <> 'queued' or v.lease is distinct from p_lease)) then
        return null;
    end if;

    if p_outcome = 'sent' then
        perform end_webhook_message(v, 'sent', null);
    elsif p_outcome = 'gone' then
        update webhook w set gone_target = p_target, gone_at = clock_timestamp() where w.id = v.webhook;
        perform end_webhook_message(v, 'gone', p_error);
    elsif p_outcome <> 'later' then
        raise exception 'a webhook message has no outcome %', p_outcome;
    elsif webhook_lift_follows(v) then
        perform end_webhook_message(v, 'overtaken', p_error);
    elsif p_wait is null then
        perform end_webhook_message(v, 'gave-up', p_error);
    else
        update webhook_message m set lease = null, leased_until = null, last_error = p_error, next_at = clock_timestamp() + p_wait where m.id = p_id;
    end if;

    return (select m.state from webhook_message m where m.id = p_id);
end $$;

-- Wishes in local time that come back. Each has a stream of its own in the journal, repeat/<id>, and its version is the number of its latest entry there.
create table repeat (
    id            uuid primary key,
    wish          jsonb       not null,
    owner_id      text        not null,
    owner_name    text        not null,
    state         text        not null check (state in ('active', 'halted', 'stopped')),
    started_at    timestamptz not null,
    ended_at      timestamptz,
    ended_by      text,
    ended_by_name text,
    why           text,
    version       bigint      not null,
    look_at       timestamptz not null default clock_timestamp(),
    leased_until  timestamptz
);

create index repeat_started on repeat (started_at desc, id desc);
create index repeat_owner on repeat (owner_id) where state = 'active';
create index repeat_look on repeat (look_at);

-- Every date on every account, from the start on. due_at is what local comes to by the zone's rules as they were when it was written.
create table repeat_date (
    repeat_id uuid        not null references repeat (id),
    account   text        not null,
    local     timestamp   not null,
    due_at    timestamptz not null,
    post_id   uuid        not null unique,
    state     text        not null default 'planned' check (state in ('planned', 'made', 'refused', 'skipped', 'holiday', 'takenBack', 'kept')),
    why       text,
    tried     boolean     not null default false, -- its account may have been asked; only then a post of it can exist
    primary key (repeat_id, local, account)
);

create index repeat_date_open on repeat_date (repeat_id, due_at) where state in ('planned', 'refused', 'made');

-- A repeat of the same operation finds what it started.
create function start_repeat(p_id uuid, p_wish jsonb, p_dates jsonb, p_actor_id text, p_actor_name text, p_actor_role text, p_most integer)
returns text language plpgsql volatile as $$
declare
    v_old repeat;
    v_number bigint;
begin
    -- Those who start repeats do so one after the other; everybody else goes on.
    perform pg_advisory_xact_lock(hashtextextended('repeat', 0));
    select * into v_old from repeat where id = p_id;
    if v_old.id is not null then
        return case when v_old.wish = p_wish and v_old.owner_id = p_actor_id then 'started' else 'reused' end;
    elsif (select count(*) from repeat r where r.owner_id = p_actor_id and r.state = 'active'
           and exists (select from repeat_date d where d.repeat_id = r.id and d.due_at > clock_timestamp())) >= p_most then
        return 'too-many';
    end if;

    v_number := journal_append('repeat/' || p_id, 'repeat-started', p_actor_id, p_actor_name, p_actor_role, null, null, null,
        json_build_object('wish', p_wish, 'dates', (select json_agg(distinct d ->> 'local' order by d ->> 'local') from jsonb_array_elements(p_dates) d))::text);
    insert into repeat (id, wish, owner_id, owner_name, state, started_at, version)
    select p_id, p_wish, p_actor_id, p_actor_name, 'active', j.at, v_number from journal j where (j.stream, j.number) = ('repeat/' || p_id, v_number);
    insert into repeat_date (repeat_id, account, local, due_at, post_id)
    select p_id, d.account, d.local, d.due_at, d.post_id
    from jsonb_to_recordset(p_dates) as d(account text, local timestamp, due_at timestamptz, post_id uuid);
    return 'started';
end $$;

-- By a person it is stopped, and what was made is taken back; by the service it is halted, and what was made stays. A person may stop what was halted.
create function end_repeat(p_id uuid, p_state text, p_why text, p_actor_id text, p_actor_name text, p_actor_role text)
returns text language plpgsql volatile as $$
declare
    v_old repeat;
    v_number bigint;
begin
    select * into v_old from repeat where id = p_id for update;
    if v_old.id is null then
        return 'gone';
    elsif v_old.state = 'stopped' or v_old.state = p_state then
        return 'ended';
    end if;

    v_number := journal_append('repeat/' || p_id, 'repeat-' || p_state, p_actor_id, p_actor_name, p_actor_role, null, null, p_why, '{}');
    update repeat set state = p_state, ended_at = j.at, ended_by = p_actor_id, ended_by_name = p_actor_name, why = p_why,
        version = v_number, look_at = clock_timestamp()
    from journal j where id = p_id and (j.stream, j.number) = ('repeat/' || p_id, v_number);
    return 'ended';
end $$;

-- Repeats with something to do, and nobody at it: dates that come near, or posts to take back.
create function claim_repeats(p_horizon interval, p_every interval, p_lease interval, p_limit integer) returns setof uuid language sql volatile as $$
    update repeat set leased_until = clock_timestamp() + p_lease, look_at = clock_timestamp() + p_every
    where id in (
        select r.id from repeat r
        where r.look_at <= clock_timestamp() and (r.leased_until is null or r.leased_until < clock_timestamp())
          and (r.state = 'active' and exists (
                   select from repeat_date d where d.repeat_id = r.id and d.state in ('planned', 'refused') and d.due_at <= clock_timestamp() + p_horizon)
               or r.state = 'stopped' and exists (
                   select from repeat_date d where d.repeat_id = r.id and d.state in ('planned', 'refused', 'made') and d.tried and d.due_at > clock_timestamp()))
        order by r.look_at limit p_limit
        for update skip locked)
    returning id
$$;

-- Before an account is asked for a post: nothing is made of a repeat that has ended, and what may have been made is known to whoever ends it.
create function try_repeat_dates(p_id uuid, p_posts uuid[]) returns boolean language plpgsql volatile as $$
begin
    perform from repeat where id = p_id and state = 'active' for update;
    if not found then
        return false;
    end if;

    update repeat_date set tried = true where repeat_id = p_id and post_id = any (p_posts) and not tried;
    return true;
end $$;

-- What became of dates: those that are news, with one entry, in one transaction. p_state is the state that the work was done for.
create function record_repeat_dates(p_id uuid, p_state text, p_outcomes jsonb, p_actor_id text, p_actor_name text, p_actor_role text)
returns integer language plpgsql volatile as $$
declare
    v_old repeat;
    v_news jsonb;
    v_number bigint;
begin
    select * into v_old from repeat where id = p_id for update;
    select jsonb_agg(jsonb_build_object('account', o.account, 'local', to_char(o.local, 'YYYY-MM-DD"T"HH24:MI:SS'), 'state', o.state, 'why', o.why) order by o.local, o.account) into v_news
    from jsonb_to_recordset(p_outcomes) as o(account text, local timestamp, state text, why text)
    join repeat_date d on (d.repeat_id, d.account, d.local) = (p_id, o.account, o.local)
    where (d.state, d.why) is distinct from (o.state, o.why)
      -- Whoever was slower has no say about what is settled.
      and (d.state in ('planned', 'refused') or d.state = 'made' and o.state in ('takenBack', 'kept'));
    if v_news is not null then
        v_number := journal_append('repeat/' || p_id, 'repeat-dates', p_actor_id, p_actor_name, p_actor_role, null, null, null, json_build_object('dates', v_news)::text);
        update repeat_date d set state = o.state, why = o.why
        from jsonb_to_recordset(v_news) as o(account text, local timestamp, state text, why text)
        where (d.repeat_id, d.account, d.local) = (p_id, o.account, o.local);
    end if;

    -- Ended meanwhile: what was made since has to be looked at at once.
    update repeat set leased_until = null, version = coalesce(v_number, version),
        look_at = case when state = p_state then look_at else clock_timestamp() end
    where id = p_id;
    return coalesce(jsonb_array_length(v_news), 0);
end $$;

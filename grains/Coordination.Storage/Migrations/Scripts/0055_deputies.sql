-- Who stands in for an account holder, and from when until when. Times are instants; the end is the first at which it counts no more.
create table staff_deputy (
    id          uuid primary key,
    holder_id   text        not null references staff (id),
    deputy_id   text        not null references staff (id),
    starts_at   timestamptz not null,
    ends_at     timestamptz not null,
    reason      text        not null,
    made_by     text        not null,
    made_by_name text       not null,
    made_at     timestamptz not null default clock_timestamp(),
    ended_at    timestamptz,
    ended_by_name text,
    check (ends_at > starts_at),
    check (holder_id <> deputy_id),
    check ((ended_at is null) = (ended_by_name is null))
);

create index staff_deputy_of on staff_deputy (deputy_id) where ended_at is null;
create index staff_deputy_for on staff_deputy (holder_id);

-- Whose accounts somebody may publish on besides their own at this moment. Both have to be let in as account holders, so it ends with either;
-- only what the holder has of their own is given on, never what they were given for a time.
create function stands_in(p staff) returns jsonb language sql volatile as $$
    select jsonb_agg(h.publishes_on order by d.made_at, d.id)
    from staff_deputy d join staff h on h.id = d.holder_id
    where d.deputy_id = p.id and p.role = 'account-holder' and d.ended_at is null
      and d.starts_at <= clock_timestamp() and d.ends_at > clock_timestamp()
      and h.role = 'account-holder' and h.publishes_on is not null and staff_stands(h)
$$;

create function deputy_state(p staff_deputy) returns text language sql volatile as $$
    select case
        when p.ended_at is not null then 'ended'
        when p.ends_at <= clock_timestamp() then 'over'
        when p.starts_at > clock_timestamp() then 'coming'
        when (select bool_and(s.role = 'account-holder' and staff_stands(s)) from staff s where s.id in (p.holder_id, p.deputy_id)) then 'current'
        else 'resting'
    end
$$;

-- Has somebody stand in, as somebody else decided. The same id with the same content is a repeat.
create function name_deputy(
    p_id uuid, p_holder_id text, p_deputy_id text, p_starts_at timestamptz, p_ends_at timestamptz,
    p_actor_id text, p_actor_name text, p_actor_role text, p_reason text)
returns text language plpgsql volatile as $$
declare
    v_known staff_deputy;
    v_starts timestamptz := greatest(coalesce(p_starts_at, clock_timestamp()), clock_timestamp());
begin
    perform admission_lock();
    select d.* into v_known from staff_deputy d where d.id = p_id;
    if v_known.id is not null then
        return case when (v_known.holder_id, v_known.deputy_id, v_known.ends_at) = (p_holder_id, p_deputy_id, p_ends_at) then 'same' else 'another' end;
    elsif p_actor_id in (p_holder_id, p_deputy_id) then
        return 'own';
    elsif not exists (select from staff s where s.id = p_actor_id and s.role = p_actor_role and staff_stands(s)) then
        return 'actor-gone';
    elsif (select count(*) from staff s where s.id in (p_holder_id, p_deputy_id) and s.role = 'account-holder' and staff_state(s) in ('active', 'starts')) <> 2 then
        return 'gone';
    elsif p_ends_at <= v_starts then
        return 'over';
    elsif exists (select from staff_deputy d where d.holder_id = p_holder_id and d.deputy_id = p_deputy_id and d.ended_at is null
                  and d.starts_at < p_ends_at and d.ends_at > v_starts) then
        return 'twice';
    elsif (select count(*) from staff_deputy d where d.deputy_id = p_deputy_id and d.ended_at is null and d.ends_at > clock_timestamp()) >= 10 then
        return 'too-many';
    end if;

    insert into staff_deputy (id, holder_id, deputy_id, starts_at, ends_at, reason, made_by, made_by_name)
    values (p_id, p_holder_id, p_deputy_id, v_starts, p_ends_at, p_reason, p_actor_id, p_actor_name);
    perform journal_append('staff/' || p_deputy_id, 'deputy-named', p_actor_id, p_actor_name, p_actor_role, null, null, p_reason,
        jsonb_build_object('id', p_id, 'holder', p_holder_id, 'holderName', (select s.name from staff s where s.id = p_holder_id), 'startsAt', v_starts, 'endsAt', p_ends_at)::text);
    return 'saved';
end $$;

-- Ends it before its time. Both may be gone by then.
create function end_deputy(p_id uuid, p_actor_id text, p_actor_name text, p_actor_role text, p_reason text) returns text language plpgsql volatile as $$
declare
    v_known staff_deputy;
begin
    perform admission_lock();
    select d.* into v_known from staff_deputy d where d.id = p_id;
    if v_known.id is null then
        return 'unknown';
    elsif not exists (select from staff s where s.id = p_actor_id and s.role = p_actor_role and staff_stands(s)) then
        return 'actor-gone';
    elsif v_known.deputy_id = p_actor_id then
        return 'own';
    elsif v_known.ended_at is not null or v_known.ends_at <= clock_timestamp() then
        return 'same';
    end if;

    update staff_deputy set ended_at = clock_timestamp(), ended_by_name = p_actor_name where id = p_id;
    perform journal_append('staff/' || v_known.deputy_id, 'deputy-ended', p_actor_id, p_actor_name, p_actor_role, null, null, p_reason,
        jsonb_build_object('id', p_id, 'holder', v_known.holder_id, 'holderName', (select s.name from staff s where s.id = v_known.holder_id))::text);
    return 'ended';
end $$;

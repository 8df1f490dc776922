-- A draft keeps what was chosen for its time: how late it may go out, the next free slot, how it comes back.
alter table draft add column plan jsonb not null default '{}';

drop function save_draft(uuid, integer, text, text[], timestamptz, jsonb, jsonb, text, text, text, integer);

-- p_revision is the one that was read, 0 for a new one. What is there already as it is wished stays as it is: a repeat changes nothing.
create function save_draft(
    p_id uuid, p_revision integer, p_text text, p_accounts text[], p_due_at timestamptz, p_about jsonb, p_variants jsonb, p_line text, p_plan jsonb,
    p_actor_id text, p_actor_name text, p_most integer)
returns text language plpgsql volatile as $$
declare
    v_old draft;
begin
    select * into v_old from draft where id = p_id for update;
    if v_old.id is null then
        if p_revision <> 0 then
            return 'gone';
        elsif (select count(*) from draft where writer_id = p_actor_id) >= p_most then
            return 'too-many';
        end if;

        insert into draft (id, revision, text, accounts, due_at, about, variants, line, plan, writer_id, writer_name, saved_by, saved_by_name)
        values (p_id, 1, p_text, p_accounts, p_due_at, p_about, p_variants, p_line, p_plan, p_actor_id, p_actor_name, p_actor_id, p_actor_name)
        on conflict (id) do nothing;
        return case when found then 'saved' else 'changed' end;
    elsif (v_old.text, v_old.accounts, v_old.about, v_old.variants, v_old.plan) = (p_text, p_accounts, p_about, p_variants, p_plan)
        and v_old.due_at is not distinct from p_due_at and v_old.line is not distinct from p_line then
        return 'saved';
    elsif v_old.revision <> p_revision then
        return 'changed';
    end if;

    if v_old.saved_by <> p_actor_id and v_old.text <> p_text then
        insert into draft_former (draft_id, revision, text, saved_by_name, saved_at)
        values (p_id, v_old.revision, v_old.text, v_old.saved_by_name, v_old.saved_at)
        on conflict do nothing;
        delete from draft_former f where f.draft_id = p_id
            and f.revision <= (select g.revision from draft_former g where g.draft_id = p_id order by g.revision desc offset 20 limit 1);
    end if;

    update draft set revision = v_old.revision + 1, text = p_text, accounts = p_accounts, due_at = p_due_at, about = p_about, variants = p_variants, line = p_line, plan = p_plan,
        saved_by = p_actor_id, saved_by_name = p_actor_name, saved_at = clock_timestamp()
    where id = p_id;
    return 'saved';
end $$;

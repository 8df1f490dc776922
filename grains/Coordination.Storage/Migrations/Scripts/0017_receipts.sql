-- A receipt is for a hold that covers its account, on the database that takes it. Holds are numbered on each database: after a failover
-- the number of a hold that was never confirmed is given to another one, and who was left behind on the former primary may still ask
-- for the receipts of its own.
create function hold_receipt_guard() returns trigger language plpgsql as $$
begin
    if not exists (
        select from hold h join account a on a.key = new.account
        where h.id = new.hold_id and scope_covers(h.scope, a.key, a.platform, a.kind, a.area, a.station, a.department))
    then
        raise exception 'no hold % covers %', new.hold_id, new.account using errcode = 'WM016';
    end if;
    return new;
end $$;

-- What an account asks itself before it acknowledges: once for each receipt, so rows are looked up by their keys alone (0006).
create function owes_receipt(p_hold text, p_account text) returns boolean language plpgsql stable as $$
begin
    return exists (
        select from hold h join account a on a.key = p_account
        where h.id = p_hold and h.lifted_seq is null and a.lifecycle <> 'retired'
          and scope_covers(h.scope, a.key, a.platform, a.kind, a.area, a.station, a.department)
          and not exists (select from hold_receipt r where r.hold_id = p_hold and r.account = p_account));
end $$;

alter function owes_receipt(text, text) set enable_seqscan = off;
alter function hold_receipt_guard() set enable_seqscan = off;

create trigger hold_receipt_guard before insert on hold_receipt for each row execute function hold_receipt_guard();

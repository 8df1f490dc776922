-- With a synchronous standby a commit whose wait is cancelled is there locally, and lost if the standby is promoted. Whoever repeats a wish then
-- finds it done and would be told that it took, by a statement that wrote nothing and so waited for nothing. After this the commit of the
-- statement waits like a write's: what it read is on the standby, too, or the answer is not certain. Without a standby it costs nothing.
create function wait_for_standby() returns void language plpgsql volatile as $$
begin
    if current_setting('synchronous_standby_names') <> '' then
        perform pg_logical_emit_message(true, 'coordination', 'wait');
    end if;
end $$;

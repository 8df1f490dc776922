-- A session keeps the plans that it made while a table was small, and then reads all of it for every permit and every commit:
-- these look rows up by their keys alone. Said here for all databases, whichever form of 0006 they ran.
alter function take_permit(text, uuid, integer, text, integer, text, integer, bigint, interval, interval) set enable_seqscan = off;
alter function commit_account(text, bigint, jsonb) set enable_seqscan = off;

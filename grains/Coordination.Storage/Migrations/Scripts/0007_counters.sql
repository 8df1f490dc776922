-- When a platform last answered for an account's public figures. These are observations and no part of the account's state:
-- nothing of them is in the journal, and a commit of the account leaves them alone.
alter table account
    add column counters_checked_at timestamptz, -- when it last answered
    add column counters_failed_at  timestamptz, -- when it last did not, while it has not answered since
    add column counters_not_before timestamptz; -- until then nobody asks: somebody is at it, or the platform wants to be left alone

create index account_counters on account (counters_checked_at nulls first) where lifecycle = 'connected';

-- How each account's sign-in at its platform stands, what each silo still has to send, and whose posts wait for their platform. These are observations and no part of
-- anything's state: nothing of them is in the journal.
create table sign_in (
    account    text primary key,
    checked_at timestamptz, -- when the platform last said whether it works
    works      boolean not null default false,
    why        text,        -- why it does not
    expires_at timestamptz, -- when it ends, where somebody says
    failed_at  timestamptz, -- when the platform last could not be asked, while it has not answered since
    failed_why text,
    wanted_at  timestamptz, -- somebody wants it looked at now
    not_before timestamptz  -- until then nobody asks: somebody is at it, or the platform wants to be left alone
);

create table silo_queue (
    silo       text primary key,
    waiting    integer     not null, -- due posts that it has not begun
    oldest_due timestamptz,
    at         timestamptz not null
);

create table rate_wait (
    account text primary key,
    until   timestamptz not null, -- its platform takes no more posts of it before
    why     text        not null
);

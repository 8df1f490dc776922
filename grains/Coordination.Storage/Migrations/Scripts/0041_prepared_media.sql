-- What platforms gave ahead of a part of a post: a container that can be published once, and uploads under way. It is written before it is used,
-- so that whoever goes on after a dead worker uses the same container and goes on with the same upload. Observations: no part of an account's state.
create table prepared (
    post_id    uuid        not null,
    part       integer     not null check (part >= 0),
    slot       text        not null check (length(slot) between 1 and 40),
    account    text        not null,
    revision   integer     not null,
    handle     text        not null check (length(handle) between 1 and 500),
    content    text        not null,
    pieces     integer     not null default 0,
    complete   boolean     not null default false,
    spent      boolean     not null default false,
    expires_at timestamptz,
    kept_at    timestamptz not null default clock_timestamp(),
    primary key (post_id, part, slot)
);

create index prepared_kept on prepared (kept_at);

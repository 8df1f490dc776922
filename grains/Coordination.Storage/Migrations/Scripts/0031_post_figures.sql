-- The public figures of what is out, as its platform last told them. Observations, and no part of an account's state: nothing of them is in the
-- journal. A row is claimed by its time: until then nobody asks.
create table post_figures (
    post_id    uuid primary key,
    likes      bigint,
    reposts    bigint,
    replies    bigint,
    quotes     bigint,
    read_at    timestamptz,
    not_before timestamptz not null
);

create index post_published on post (published_at) where state = 'published';

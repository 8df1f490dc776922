-- What boards and pages read, written in the transaction of the state it mirrors.
create table account (
    key          text primary key,
    platform     text    not null,
    kind         text    not null,
    area         text,
    station      text,
    department   text,
    display_name text    not null,
    lifecycle    text    not null,
    attention    text,
    contact      jsonb,
    version      bigint  not null,
    next_post_at timestamptz,
    last_post_at timestamptz,
    scheduled    integer not null default 0,
    awaiting     integer not null default 0,
    followers    bigint,
    remote_posts bigint,
    published    bigint  not null default 0,
    counters_at  timestamptz
);

-- Which labels an account had from which place in the fence's order on (fence rules 7 and 12).
create table label_history (
    account    text   not null,
    seq        bigint not null,
    platform   text   not null,
    kind       text   not null,
    area       text,
    station    text,
    department text,
    primary key (account, seq)
);

create table post (
    id                uuid primary key,
    account           text        not null,
    state             text        not null,
    text              text        not null,
    due_at            timestamptz not null,
    tolerance         interval    not null,
    poster_id         text        not null,
    poster_name       text        not null,
    revision          integer     not null,
    attempt           integer     not null,
    confirmed_seq     bigint      not null,
    approved_revision integer,
    approved_seq      bigint,
    message_id        uuid,
    created_at        timestamptz not null,
    published_at      timestamptz,
    remote_id         text,
    url               text,
    held_by           text[]      not null default '{}',
    note              text,
    leased_until      timestamptz
);

create index post_due on post (due_at) where state = 'scheduled';
create index post_waiting on post (due_at, id) where state in ('held', 'missed', 'unknown');
create index post_account on post (account, due_at desc, id desc);

create table hold_receipt (
    hold_id text        not null,
    account text        not null,
    at      timestamptz not null default clock_timestamp(),
    primary key (hold_id, account)
);

-- Which posts a hold stopped, for good: a post that is released later was stopped all the same.
create table hold_post (
    hold_id text not null,
    account text not null,
    post_id uuid not null,
    primary key (hold_id, account, post_id)
);

-- Staff and the hashes of their tokens.
create table staff (
    id           text primary key,
    name         text    not null,
    role         text    not null,
    publishes_on jsonb,
    active       boolean not null default true
);

create table api_token (
    staff_id text  not null,
    purpose  text  not null,
    hash     bytea not null unique,
    primary key (staff_id, purpose)
);

-- What Fire Control's systems sent, kept raw before it is understood. The id follows from the bytes.
create table incident_message (
    id           uuid primary key,
    received_at  timestamptz not null default clock_timestamp(),
    content_type text        not null,
    received_by  text        not null,
    raw          bytea       not null
);

create index incident_message_time on incident_message (received_at desc, id desc);

-- What was decided about it. Messages that could not be understood have no identity.
create table incident_decision (
    message_id    uuid primary key,
    decided_at    timestamptz not null default clock_timestamp(),
    sender        text,
    identifier    text,
    sent          timestamptz,
    digest        text,
    status        text,
    msg_type      text,
    refs          jsonb       not null,
    decision      text        not null,
    reason        text        not null,
    incident      text,
    hold_id       text,
    hold_areas    text[]      not null,
    whole_brigade boolean     not null
);

create unique index incident_decision_identity on incident_decision (sender, identifier, sent, digest) where sender is not null;
create index incident_decision_time on incident_decision (decided_at);

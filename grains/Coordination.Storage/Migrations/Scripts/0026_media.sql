-- Images, by what they are: the name is the hash of the bytes, so the same picture is kept once and none can be changed without its name telling.
create table media (
    hash             text        primary key check (hash ~ '^[0-9a-f]{64}$'),
    content_type     text        not null check (content_type in ('image/jpeg', 'image/png')),
    width            integer     not null,
    height           integer     not null,
    bytes            bytea       not null,
    preview          bytea       not null,
    uploaded_by      text        not null,
    uploaded_by_name text        not null,
    uploaded_at      timestamptz not null default clock_timestamp(),

    -- When somebody last wanted it: what no post and no draft has goes some time after that.
    wanted_at        timestamptz not null default clock_timestamp()
);

-- They are compressed already.
alter table media alter column bytes set storage external;
alter table media alter column preview set storage external;

create index media_uploaded on media (uploaded_by, uploaded_at);
create index media_wanted on media (wanted_at);
create index post_images on post using gin ((about -> 'images') jsonb_path_ops) where about ? 'images';

create function media_is_bytes_of_its_name() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and (new.hash, new.content_type, new.bytes) is distinct from (old.hash, old.content_type, old.bytes) then
        raise exception 'an image is never changed' using errcode = 'WM020';
    elsif encode(sha256(new.bytes), 'hex') <> new.hash then
        raise exception 'an image has another hash than its name' using errcode = 'WM020';
    end if;
    return new;
end $$;

create trigger media_name before insert or update of hash, content_type, bytes on media for each row execute function media_is_bytes_of_its_name();

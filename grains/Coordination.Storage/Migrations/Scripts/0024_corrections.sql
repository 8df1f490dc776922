-- A post that corrects another names it in what is said of it; which posts correct one, and which belong to one message, is looked up the other way round.
create index post_corrects on post ((about ->> 'corrects')) where about ->> 'corrects' is not null;
create index post_message on post (message_id) where message_id is not null;

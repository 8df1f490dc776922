-- The calendar looks posts up by their time, whatever became of them.
create index post_time on post (due_at);

-- Recomputing everything from the journal goes account by account and post by post: what hangs on them is looked up, never searched.
create index hold_receipt_account on hold_receipt (account);
create index hold_post_post on hold_post (post_id);

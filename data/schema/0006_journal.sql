-- Which act of the journal this file holds (data/journal.py), and which was the last to erase words.
-- At most one row; none means that the file stands for itself: made anew, updated, or restored.
create table journal_mark (
    id integer primary key,
    seq bigint not null,
    erased bigint not null
);

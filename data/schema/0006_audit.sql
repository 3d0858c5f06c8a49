-- The trail's chain of seals (data/audit.py), and what the server did for safety's sake.

create table trail_seal (
    id bigint primary key,             -- of the trail's line
    details_hash varchar not null,     -- of its details as they were written: they may be erased lawfully
    hash varchar not null              -- over the line and the seal before
);

-- Backups, drills, erasures and checks of the trail; never a word of anybody.
create table safety_report (
    id varchar primary key,
    what varchar not null check (what in ('backup', 'drill', 'erasure', 'audit')),
    happened_at timestamp not null,
    seconds double not null,
    ok boolean not null,
    details varchar not null           -- JSON
);

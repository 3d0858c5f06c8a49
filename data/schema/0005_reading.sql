-- What the rules of geo/flags say of each pin's words, so that a filter can ask for it (data/reading.py).

create table pin_read (
    pin_id varchar primary key,
    changed_at timestamp not null,     -- of the pin when it was read
    rules varchar not null,            -- fingerprint of the rules that read it
    same_as integer                    -- the number of the earlier pin that it repeats, null = none
);

create table pin_flag (
    pin_id varchar not null,
    flag varchar not null,
    primary key (pin_id, flag)
);

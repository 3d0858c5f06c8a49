-- Meetings, and what residents do besides pinning: supporting, offering help, photos, feedback.

alter table pin add column meeting_id varchar; -- where it was said, null = at home

-- Once more, without the list of things: a new sort of thing needs no new table then.
create table trail_anew (
    id bigint primary key,
    happened_at timestamp not null,
    role varchar not null,
    person_id varchar,
    act varchar not null,
    thing varchar not null,
    thing_id varchar not null,
    step varchar not null,             -- key of the public sentence, '' = internal
    details varchar not null           -- JSON
);
insert into trail_anew select * from trail;
drop table trail;
alter table trail_anew rename to trail;

create table meeting (
    id varchar primary key,
    code varchar not null,             -- in the tablets' address; whoever has it is in the room
    title varchar not null check (length(title) between 1 and 200),
    held_on date not null,
    place varchar not null,
    question varchar not null,
    decides varchar not null,          -- the Aufruf: who decides
    changes varchar not null,          -- what can change
    answer_on date,                    -- when the answer comes
    kinds varchar not null,            -- JSON lists of what is allowed
    fields varchar not null,
    languages varchar not null,
    rounds varchar not null,
    children boolean not null,         -- two big pictures, no words needed
    photos boolean not null,
    publish varchar not null check (publish in ('at_once', 'after_desk', 'after_review')),
    dots integer not null check (dots between 1 and 20),
    dots_stack boolean not null,       -- several dots of one person on one group
    pin_hash varchar not null,         -- of the facilitator's PIN
    wifi_name varchar not null,
    wifi_password varchar not null,
    state varchar not null check (state in ('planned', 'open', 'paused', 'closed')),
    round varchar not null,
    people integer not null check (people between 0 and 10000), -- a tally, no identities
    demo boolean not null,
    version integer not null,
    created_at timestamp not null,
    changed_at timestamp not null,
    closed_at timestamp
);

create table meeting_session (
    token_hash varchar primary key,
    meeting_id varchar not null,
    expires_at timestamp not null
);

-- What the room does with its pins; the pins themselves stay as they are.
create table meeting_pin (
    pin_id varchar primary key,
    meeting_id varchar not null,
    wall varchar not null check (wall in ('', 'shown', 'hidden')), -- the facilitator's word on it
    group_id varchar                   -- null = in none
);

create table meeting_group (
    id varchar primary key,
    meeting_id varchar not null,
    title varchar not null check (length(title) between 1 and 200),
    priority varchar not null check (priority in ('', 'now', 'soon', 'later')),
    who varchar not null check (who in ('', 'one', 'several', 'third', 'institution')),
    created_at timestamp not null
);

create table meeting_ballot (
    id varchar not null,
    group_id varchar not null,
    meeting_id varchar not null,
    dots integer not null check (dots between 1 and 20),
    primary key (id, group_id)
);

-- A voice for somebody else's pin. The key is a hash of the device's secret and the pin, so that
-- no two voices of one device can be told to be of one device.
create table support (
    key_hash varchar primary key,
    pin_id varchar not null,
    words varchar not null check (length(words) <= 1000), -- for the office only
    lang varchar not null,
    source varchar not null,
    created_at timestamp not null
);

create table offer (
    id varchar primary key,
    thing varchar not null check (thing in ('pin', 'need')),
    thing_id varchar not null,
    kinds varchar not null,            -- JSON list of hands, room, skill
    words varchar not null check (length(words) <= 1000),
    contact varchar not null check (length(contact) <= 200), -- erased after use
    lang varchar not null,
    state varchar not null check (state in ('open', 'used', 'withdrawn')),
    created_at timestamp not null,
    changed_at timestamp not null
);

create table photo (
    pin_id varchar primary key,
    original blob,                     -- re-encoded, without metadata; null once refused
    shown blob,                        -- with parts blacked out, null = as the original
    width integer not null,
    height integer not null,
    state varchar not null check (state in ('waiting', 'shown', 'refused')),
    created_at timestamp not null,
    changed_at timestamp not null
);

create table feedback (
    id varchar primary key,
    page varchar not null,
    words varchar not null check (length(words) between 1 and 2000),
    contact varchar not null check (length(contact) <= 200),
    lang varchar not null,
    created_at timestamp not null,
    done_at timestamp
);

-- The office: answers and their dates, routes to others, partners, saved views, and what can be undone.

alter table pin add column answer_due date;         -- by when an answer was promised, null = not released yet
alter table pin add column answered_at timestamp;   -- the first answer, null = none yet
update pin set answered_at = (select min(happened_at) from trail where thing = 'pin' and thing_id = pin.id
    and step in ('forwarded', 'project', 'done', 'not_feasible'));
update pin set answer_due = cast(created_at as date) + 42 where status not in ('waiting', 'hidden', 'withdrawn');

-- No defaults: DuckDB 1.5.5 cuts such a statement into pieces when it is read from a file.
alter table need add column climate boolean;
alter table need add column who varchar;         -- who is needed: '', one, several, third, institution
alter table need add column responsible varchar; -- a key of data.authorities, '' = open
alter table need add column answer_on date;      -- the next answer, null = as its pins were promised
alter table need add column gone varchar;        -- '' = here, 'undone', or the id of the need it went into
update need set climate = false, who = '', responsible = '', gone = '';

-- What somebody of the office did to pins and needs: how they stood before and after, without words of residents.
create table deed (
    id bigint primary key,
    what varchar not null,             -- names it for the screen: release, hide, tag, merge ...
    act varchar not null,              -- the right that it took
    person_id varchar,
    done_at timestamp not null,
    undone_at timestamp,
    before varchar not null,           -- JSON
    after varchar not null,            -- JSON
    details varchar not null           -- JSON
);

-- What the public is told about a pin or a need, in one language.
create table answer (
    thing varchar not null check (thing in ('pin', 'need')),
    thing_id varchar not null,
    lang varchar not null,
    words varchar not null check (length(words) between 1 and 2000),
    person_id varchar,
    changed_at timestamp not null,
    primary key (thing, thing_id, lang)
);

create table answer_template (
    id varchar not null,
    lang varchar not null,
    field varchar not null,            -- '' = every field of action
    title varchar not null check (length(title) between 1 and 100),
    words varchar not null check (length(words) between 1 and 2000),
    changed_at timestamp not null,
    primary key (id, lang)
);

-- A pin's words in another language, typed by somebody of the office.
create table translation (
    pin_id varchar not null,
    lang varchar not null,
    words varchar not null check (length(words) between 1 and 2000),
    person_id varchar,
    changed_at timestamp not null,
    primary key (pin_id, lang)
);

-- The words of a pin before some were blacked out; erased with the pin.
create table redaction (
    pin_id varchar primary key,
    original varchar not null,
    reason varchar not null,
    person_id varchar,
    redacted_at timestamp not null
);

create table need_note (
    id varchar primary key,
    need_id varchar not null,
    words varchar not null check (length(words) between 1 and 2000),
    person_id varchar,
    created_at timestamp not null,
    changed_at timestamp not null
);

create table need_task (
    id varchar primary key,
    need_id varchar not null,
    words varchar not null check (length(words) between 1 and 300),
    person_id varchar,
    created_at timestamp not null,
    done_at timestamp
);

-- A pin that staff said does not belong into a need that it was proposed to.
create table dismissed_proposal (
    need_id varchar not null,
    pin_id varchar not null,
    person_id varchar,
    dismissed_at timestamp not null,
    primary key (need_id, pin_id)
);

-- Who stood in a dismissed suggestion, so that nearly the same one stays dismissed.
create table dismissed_member (
    key varchar not null,              -- of dismissed_group
    pin_id varchar not null,
    primary key (key, pin_id)
);

-- A need on its way to somebody else: the letter, our reference and theirs, and what came of it.
create table route (
    id varchar primary key,
    number integer not null,           -- our reference is made of it
    need_id varchar not null,
    authority varchar not null,        -- a key of data.authorities
    letter varchar not null check (length(letter) <= 8000),
    their_reference varchar not null check (length(their_reference) <= 100),
    state varchar not null check (state in ('draft', 'sent', 'answered', 'done', 'refused')),
    sent_on date,
    remind_on date,
    result varchar not null check (length(result) <= 2000),
    person_id varchar,
    version integer not null,
    created_at timestamp not null,
    changed_at timestamp not null
);

-- "Is it better?": what the holder of a receipt says some weeks after a result.
create table better (
    pin_id varchar primary key,
    said varchar not null check (said in ('yes', 'partly', 'no')),
    words varchar not null check (length(words) <= 1000),
    lang varchar not null,
    created_at timestamp not null
);

create table partner (
    id varchar primary key,
    name varchar not null check (length(name) between 1 and 200),
    kind varchar not null check (kind in ('initiative', 'institution', 'room')),
    fields varchar not null,           -- JSON lists
    languages varchar not null,
    lon double not null check (isfinite(lon)),
    lat double not null check (isfinite(lat)),
    place varchar not null,
    about varchar not null check (length(about) <= 1000),
    contact varchar not null check (length(contact) <= 300),
    active boolean not null,
    demo boolean not null,
    version integer not null,
    created_at timestamp not null,
    changed_at timestamp not null
);

create table saved_view (
    id varchar primary key,
    name varchar not null check (length(name) between 1 and 80),
    page varchar not null,             -- pins, figures ...
    query varchar not null check (length(query) <= 4000),
    person_id varchar,
    created_at timestamp not null
);

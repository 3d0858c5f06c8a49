-- From a need to money well decided: funds and their rules, pots, applications, bodies, sittings.

-- What a fund's rules are from one day to another. An application keeps those it was made under.
create table fund_rules (
    id varchar primary key,
    fund varchar not null check (fund in ('aktionsfonds', 'projektfonds', 'baufonds')),
    title varchar not null check (length(title) between 1 and 200),
    valid_from date not null,
    valid_to date,                     -- the last day, null = until further notice
    least bigint not null check (least between 0 and 100000000000),  -- cents
    most bigint not null check (most between 1 and 100000000000),    -- cents
    rules varchar not null,            -- JSON: weeks before, own share, fees, lump sum, age, body, criteria, form, steps
    version integer not null,
    changed_at timestamp not null
);

-- Fields of action in their generations; `now` is the field of today that an old one went into.
create table action_field (
    generation varchar not null,       -- A, B, C, ...
    code varchar not null,
    titles varchar not null,           -- JSON: a title by language
    now varchar not null,
    place integer not null,            -- order on screen
    valid_from date not null,
    valid_to date,
    version integer not null,
    primary key (generation, code)
);

-- What a fund has in a year. Every sum is a booking; nothing is ever overwritten.
create table pot (
    id varchar primary key,
    fund varchar not null check (fund in ('aktionsfonds', 'projektfonds', 'baufonds')),
    year integer not null check (year between 1990 and 2200),
    unique (fund, year)
);

create table booking (
    id bigint primary key,
    pot_id varchar not null,
    project_id varchar,                -- null: allotted
    kind varchar not null check (kind in ('allotted', 'decided', 'paid', 'accounted', 'returned')),
    cents bigint not null check (cents between -100000000000 and 100000000000), -- what is taken back is negative
    reason varchar not null check (length(reason) <= 500),
    token varchar not null,            -- of the form it was typed into: twice is once; '' = none
    corrects bigint,                   -- the booking that it takes back
    role varchar not null,
    person_id varchar,
    happened_at timestamp not null
);

-- An application. `cents` is what is asked for.
alter table project add column rules_id varchar;    -- the fund_rules it was made under
alter table project add column granted bigint;      -- cents, null = not decided or rejected
alter table project add column conditions varchar;  -- what the money is bound to, '' = nothing
alter table project add column reason varchar;      -- the decision's, for everybody
alter table project add column lang varchar;        -- the applicant's language
alter table project add column shape varchar;       -- GeoJSON of a line or an area, '' = the point alone
alter table project add column starts_on date;
alter table project add column ends_on date;
alter table project add column step varchar;        -- where it stands in its fund's own list of steps, '' = none
alter table project add column origin varchar;      -- '' the office, 'advice' a resident who asked for advice
update project set rules_id = '', conditions = '', reason = '', lang = 'de', shape = '', step = '', origin = '';

create table project_pin (             -- pins answered directly, beside those of its needs
    project_id varchar not null,
    pin_id varchar not null,
    primary key (project_id, pin_id)
);

create table project_contact (         -- for the office alone, erased after the set time
    project_id varchar primary key,
    name varchar not null check (length(name) <= 200),
    contact varchar not null check (length(contact) <= 300),
    changed_at timestamp not null
);

create table project_link (            -- the applicant's private way in
    token_hash varchar primary key,
    project_id varchar not null,
    created_at timestamp not null,
    expires_at timestamp not null,
    revoked_at timestamp
);

create table consultation (
    id varchar primary key,
    project_id varchar not null,
    held_on date not null,
    words varchar not null check (length(words) between 1 and 3000),
    for_jury boolean not null,
    person_id varchar,
    version integer not null,
    created_at timestamp not null,
    changed_at timestamp not null
);

-- After the decision.
create table agreement (
    project_id varchar primary key,
    signed_on date not null,
    words varchar not null check (length(words) <= 3000),
    version integer not null,
    changed_at timestamp not null
);

create table expense (
    id varchar primary key,
    project_id varchar not null,
    spent_on date not null,
    item varchar not null check (length(item) between 1 and 200),
    cost integer,                      -- the row of the cost plan, from 0; null = none
    cents bigint not null check (cents between 1 and 100000000000),
    receipt varchar not null check (length(receipt) <= 100), -- its number
    state varchar not null check (state in ('handed_in', 'accepted', 'refused')),
    reason varchar not null check (length(reason) <= 500),
    version integer not null,
    created_at timestamp not null,
    changed_at timestamp not null
);

create table report (
    project_id varchar primary key,
    words varchar not null check (length(words) <= 5000),
    people integer check (people between 0 and 100000), -- who took part
    version integer not null,
    changed_at timestamp not null
);

create table report_photo (
    id varchar primary key,
    project_id varchar not null,
    original blob,                     -- re-encoded, without metadata; null once refused
    words varchar not null check (length(words) <= 300), -- what is to be seen
    width integer not null,
    height integer not null,
    state varchar not null check (state in ('waiting', 'shown', 'refused')),
    created_at timestamp not null
);

-- Bodies that decide, and who sits in them.
create table body (
    id varchar primary key,
    kind varchar not null check (kind in ('jury', 'council')),
    title varchar not null check (length(title) between 1 and 200),
    rules varchar not null,            -- JSON: quorum, residents, majority, base, tie, secret
    valid_from date not null,
    valid_to date,
    version integer not null,
    changed_at timestamp not null
);

create table member (
    id varchar primary key,
    body_id varchar not null,
    person_id varchar,                 -- the account made by the invitation, null = none yet
    name varchar not null check (length(name) between 1 and 80),
    resident boolean not null,         -- else a partner
    substitute boolean not null,
    chair boolean not null,
    term_from date not null,
    term_to date not null,
    confirmed_on date,                 -- staff saw age and residence; nothing else is kept of it
    removed_at timestamp,
    demo boolean not null,
    version integer not null,
    created_at timestamp not null,
    changed_at timestamp not null
);

create table member_link (             -- a personal invitation, for one use
    token_hash varchar primary key,
    member_id varchar not null,
    created_at timestamp not null,
    expires_at timestamp not null,
    used_at timestamp
);

-- A sitting of a body. What happened in it are its events; everything else follows from them.
create table sitting (
    id varchar primary key,
    number integer not null,
    body_id varchar not null,
    title varchar not null check (length(title) between 1 and 200),
    place varchar not null check (length(place) <= 200),
    held_at timestamp not null,
    public boolean not null,
    rules varchar not null,            -- JSON: the body's rules, as they were when it opened
    state varchar not null check (state in ('planned', 'papers', 'open', 'closed')),
    demo boolean not null,
    version integer not null,
    papers_at timestamp,
    opened_at timestamp,
    closed_at timestamp,
    created_at timestamp not null,
    changed_at timestamp not null
);

create table sitting_item (
    id varchar primary key,
    sitting_id varchar not null,
    place integer not null,            -- order on the agenda
    kind varchar not null check (kind in ('project', 'ranking', 'talk')),
    project_id varchar,
    title varchar not null check (length(title) between 1 and 200)
);

create table sitting_event (
    id bigint primary key,             -- their order
    sitting_id varchar not null,
    what varchar not null,
    item_id varchar,
    member_id varchar,
    details varchar not null,          -- JSON; never who voted what in a secret vote
    role varchar not null,
    person_id varchar,
    happened_at timestamp not null
);

create table jury_note (               -- nobody else's to read
    person_id varchar not null,
    project_id varchar not null,
    words varchar not null check (length(words) <= 2000),
    leaning varchar not null check (leaning in ('', 'yes', 'no', 'open')),
    changed_at timestamp not null,
    primary key (person_id, project_id)
);

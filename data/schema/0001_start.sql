-- Primary keys and checks only: no secondary index, no foreign key (docs/decisions/0002).
-- Times are UTC without zone. Money is in cents. Places are WGS84 degrees.

create table person (
    id varchar primary key,
    login varchar not null unique,
    name varchar not null,
    role varchar not null check (role in ('jury', 'office', 'admin')),
    password_hash varchar not null,
    demo boolean not null,
    created_at timestamp not null,
    disabled_at timestamp
);

create table login_session (
    token_hash varchar primary key,
    person_id varchar not null,
    created_at timestamp not null,
    expires_at timestamp not null
);

create table setup_link (
    token_hash varchar primary key,
    role varchar not null check (role in ('jury', 'office', 'admin')),
    created_at timestamp not null,
    expires_at timestamp not null,
    used_at timestamp
);

create table setting (
    key varchar primary key,
    value varchar not null
);

create table pin (
    id varchar primary key,
    number integer not null,
    kind varchar not null check (kind in ('strength', 'problem', 'idea')),
    field varchar not null,            -- '' = none chosen
    climate boolean not null,
    words varchar not null check (length(words) <= 1000),
    folded varchar not null,           -- searched: words and place, folded
    lang varchar not null,             -- of the text, not of the person
    lon double not null check (lon between -180 and 180 and isfinite(lon)),
    lat double not null check (lat between -90 and 90 and isfinite(lat)),
    mx integer not null,               -- web-mercator pixel at zoom 22, see geo/grid.py
    my integer not null,
    place varchar not null,            -- encoded place in words, see geo/places.py
    inside boolean not null,           -- inside the funding area
    source varchar not null,
    origin varchar not null,           -- key of the row it was imported from, '' otherwise
    status varchar not null check (status in (
        'waiting', 'hidden', 'new', 'read', 'grouped', 'forwarded', 'in_project', 'done',
        'not_feasible', 'withdrawn')),
    need_id varchar,
    demo boolean not null,
    created_at timestamp not null,
    changed_at timestamp not null
);

create table receipt (
    code_hash varchar primary key,
    pin_id varchar not null
);

create table need (
    id varchar primary key,
    number integer not null,
    title varchar not null check (length(title) between 1 and 200),
    field varchar not null,
    priority varchar not null check (priority in ('now', 'soon', 'later')),
    status varchar not null check (status in ('open', 'forwarded', 'project', 'done', 'not_feasible')),
    authority varchar not null,        -- key of who it was forwarded to, '' = nobody
    public_sentence varchar not null check (length(public_sentence) <= 1000),
    why varchar not null,              -- the suggestion's reason when it was accepted, JSON
    demo boolean not null,
    version integer not null,
    created_at timestamp not null,
    changed_at timestamp not null
);

create table dismissed_group (
    key varchar primary key,           -- the sorted pin ids, hashed
    dismissed_at timestamp not null,
    person_id varchar
);

create table project (
    id varchar primary key,
    number integer not null,
    title varchar not null check (length(title) between 1 and 200),
    description varchar not null check (length(description) <= 5000),
    fund varchar not null check (fund in ('aktionsfonds', 'projektfonds', 'baufonds')),
    cents bigint not null check (cents between 0 and 100000000000),
    field varchar not null,
    climate boolean not null,
    lon double not null check (isfinite(lon)),
    lat double not null check (isfinite(lat)),
    place varchar not null,
    applicant varchar not null,        -- kind of applicant, never a name
    details varchar not null,          -- JSON: target group, period, cost plan, own contribution
    status varchar not null,
    demo boolean not null,
    version integer not null,
    created_at timestamp not null,
    changed_at timestamp not null
);

create table project_need (
    project_id varchar not null,
    need_id varchar not null,
    primary key (project_id, need_id)
);

create table trail (
    id bigint primary key,
    happened_at timestamp not null,
    role varchar not null,
    person_id varchar,
    act varchar not null,
    thing varchar not null check (thing in ('pin', 'need', 'project', 'person', 'setting', 'group')),
    thing_id varchar not null,
    step varchar not null,             -- key of the public sentence, '' = internal
    details varchar not null           -- JSON
);

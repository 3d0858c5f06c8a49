-- Strengths nearby that a need must not break: which pin, who said so.

create table need_strength (
    need_id varchar not null,
    pin_id varchar not null,
    person_id varchar,
    linked_at timestamp not null,
    primary key (need_id, pin_id)
);

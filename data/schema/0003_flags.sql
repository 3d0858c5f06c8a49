-- Flags that somebody of the office found not true; what is flagged is worked out anew each time.

create table flag_dismissed (
    pin_id varchar not null,
    flag varchar not null check (flag in (
        'danger', 'personal', 'hate', 'insult', 'health', 'spam', 'outside', 'duplicate')),
    person_id varchar,
    dismissed_at timestamp not null,
    primary key (pin_id, flag)
);

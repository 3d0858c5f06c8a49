-- A route's letter has a subject, perhaps an address and a reminder; what it quotes is known, so that it can be erased.

alter table route add column subject varchar;
alter table route add column recipient varchar;   -- an e-mail address, '' = none
alter table route add column reminder varchar;    -- the text of the last reminder, '' = none
alter table route add column reminders integer;
alter table route add column reminded_on date;
alter table route add column answered_on date;
alter table route add column told varchar;        -- JSON: the public sentence of the result by language
alter table route add column discarded boolean;   -- a draft that nobody wants any more

create table route_quote (
    route_id varchar not null,
    pin_id varchar not null,
    words varchar not null,            -- as they stand in the letter
    primary key (route_id, pin_id)
);

alter table better add column handled_at timestamp; -- when the office has seen to a "no", null = not yet

-- Which printed card a pin was typed from, so that a card typed twice is noticed.

create table paper_card (
    pin_id varchar primary key,
    meeting_id varchar not null,
    number integer not null check (number between 1 and 9999)
);

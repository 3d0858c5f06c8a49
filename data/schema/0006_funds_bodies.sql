-- The two bodies of a neighbourhood's programme in Berlin, without members: their rules can be
-- changed on the page of the bodies (data/deciding_rules.py says what each means).

insert into body values
('jury', 'jury', 'Aktionsfondsjury',
'{"quorum": [1, 2, true], "residents": [1, 2, true], "majority": "simple", "base": "cast",
"tie": "rejected", "secret": "allowed", "papers_days": 7, "seats": 7}', '1999-01-01', null, 1, '1999-01-01'),
('council', 'council', 'Quartiersrat',
'{"quorum": [1, 2, true], "residents": [51, 100, false], "majority": "simple", "base": "cast",
"tie": "rejected", "secret": "allowed", "papers_days": 7, "seats": 18}', '1999-01-01', null, 1, '1999-01-01');

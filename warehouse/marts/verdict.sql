-- Grain: verdict: its light, and its weight where the worst of several is looked for.
-- Columns: verdict, light, weight
select verdict, light, weight
from (values
    ('met', 'green', 10),
    ('improved', 'green', 10),
    ('on_pace', 'green', 11),
    ('not_due', 'grey', 12),
    ('behind', 'yellow', 20),
    ('not_improved', 'yellow', 20),
    ('no_baseline', 'grey', 25),
    ('far_behind', 'red', 30),
    ('met_but_partial', 'grey', 0),
    ('undecided', 'grey', 0),
    ('not_reported', 'grey', 0),
    ('suppressed', 'grey', 0),
    ('not_applicable', 'grey', 0),
    ('no_target', 'grey', 0),
    ('no_subtarget', 'grey', 0)
) as listed (verdict, light, weight)

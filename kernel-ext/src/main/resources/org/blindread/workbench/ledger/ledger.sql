-- The results database. Times are ISO 8601 in UTC, seconds and bytes as in a run's report.

-- One row a run that was read to its end.
CREATE TABLE IF NOT EXISTS run (
  id          INTEGER PRIMARY KEY,
  folder      TEXT NOT NULL UNIQUE, -- or score file, relative to the database's folder
  name        TEXT NOT NULL,        -- the model's name and how it was computed
  how         TEXT NOT NULL,        -- engine or protocol
  cohort      TEXT,                 -- 'embedded', a manifest (relative if below the database's folder), or none
  recorded    TEXT NOT NULL,
  report      TEXT NOT NULL,        -- the JSON of run --json
  threat_card TEXT                  -- none for a run in the clear
);

-- Where a run comes from: hashes of what went in, versions of what computed it, the machine.
CREATE TABLE IF NOT EXISTS provenance (
  run   INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  kind  TEXT NOT NULL, -- 'sha256', 'version' or 'machine'
  name  TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (run, kind, name)
);

-- What a model said: one row an image and finding, NULL where the score is no number.
CREATE TABLE IF NOT EXISTS score (
  run     INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  row     INTEGER NOT NULL, -- of the image, from 0, in the order of the score file
  image   TEXT NOT NULL,
  site    TEXT NOT NULL,
  patient TEXT NOT NULL,
  column  INTEGER NOT NULL, -- of the finding, from 0
  finding TEXT NOT NULL,
  value   REAL,
  PRIMARY KEY (run, row, column)
);

-- Seconds an image took, in the order they were read; the first of a session ran cold.
CREATE TABLE IF NOT EXISTS image_time (
  run     INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  number  INTEGER NOT NULL,
  seconds REAL NOT NULL,
  PRIMARY KEY (run, number)
);

-- What crossed a link between two parties.
CREATE TABLE IF NOT EXISTS link (
  run           INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  sender        TEXT NOT NULL,
  receiver      TEXT NOT NULL,
  image_bytes   INTEGER NOT NULL, -- for each image
  session_bytes INTEGER NOT NULL, -- once a session
  PRIMARY KEY (run, sender, receiver)
);

-- What a layer took of an image: medians over the images, of all parties together.
CREATE TABLE IF NOT EXISTS layer (
  run     INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  number  INTEGER NOT NULL,
  layer   TEXT NOT NULL,
  kind    TEXT NOT NULL,
  seconds REAL NOT NULL,
  rounds  INTEGER NOT NULL,
  bytes   INTEGER NOT NULL, -- of all parties
  PRIMARY KEY (run, number)
);

-- What an image took, as each party saw it. Of one that was read again, because a run was stopped,
-- the last reading.
CREATE TABLE IF NOT EXISTS image_cost (
  run               INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  party             TEXT NOT NULL,
  image             TEXT NOT NULL,
  seconds           REAL NOT NULL,
  rounds            INTEGER NOT NULL,
  peak_memory_bytes INTEGER, -- of the party's process up to then, if it was one of its own
  PRIMARY KEY (run, party, image)
);

-- What crossed a link for an image, as each end counted it.
CREATE TABLE IF NOT EXISTS image_link (
  run      INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  party    TEXT NOT NULL, -- the end that counted
  image    TEXT NOT NULL,
  sender   TEXT NOT NULL,
  receiver TEXT NOT NULL,
  bytes    INTEGER NOT NULL,
  PRIMARY KEY (run, party, image, sender, receiver)
) WITHOUT ROWID;

-- What a layer's steps of one kind took of an image, as each party saw it. Links are in layers.csv.
CREATE TABLE IF NOT EXISTS layer_cost (
  run            INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  party          TEXT NOT NULL,
  image          TEXT NOT NULL,
  number         INTEGER NOT NULL, -- in the plan, from 0
  layer          TEXT NOT NULL,
  kind           TEXT NOT NULL,
  seconds        REAL NOT NULL,
  rounds         INTEGER NOT NULL,
  sent_bytes     INTEGER NOT NULL,
  received_bytes INTEGER NOT NULL,
  PRIMARY KEY (run, party, image, number)
) WITHOUT ROWID;

-- What was declared of a study, such as its margin, and when.
CREATE TABLE IF NOT EXISTS declared (
  name     TEXT PRIMARY KEY,
  value    TEXT NOT NULL,
  recorded TEXT NOT NULL
);

-- The reference standard of a study: 1, 0, -1 (uncertain) or NULL (nothing said).
CREATE TABLE IF NOT EXISTS truth (
  row     INTEGER NOT NULL,
  image   TEXT NOT NULL,
  site    TEXT NOT NULL,
  patient TEXT NOT NULL,
  column  INTEGER NOT NULL,
  finding TEXT NOT NULL,
  label   INTEGER,
  PRIMARY KEY (row, column)
);

-- Tables and figures made from the above, and the files of them.
CREATE TABLE IF NOT EXISTS exhibit (
  file     TEXT PRIMARY KEY, -- relative to the database's folder
  sha256   TEXT NOT NULL,
  recorded TEXT NOT NULL
);

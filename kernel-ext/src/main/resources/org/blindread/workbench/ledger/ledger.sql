-- The results database. Times are ISO 8601 in UTC, seconds and bytes as in a run's report.

-- One row a run that was read to its end.
CREATE TABLE run (
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
CREATE TABLE provenance (
  run   INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  kind  TEXT NOT NULL, -- 'sha256', 'version' or 'machine'
  name  TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (run, kind, name)
);

-- What a model said: one row an image and finding, NULL where the score is no number.
CREATE TABLE score (
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
CREATE TABLE image_time (
  run     INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  number  INTEGER NOT NULL,
  seconds REAL NOT NULL,
  PRIMARY KEY (run, number)
);

-- What crossed a link between two parties.
CREATE TABLE link (
  run           INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  sender        TEXT NOT NULL,
  receiver      TEXT NOT NULL,
  image_bytes   INTEGER NOT NULL, -- for each image
  session_bytes INTEGER NOT NULL, -- once a session
  PRIMARY KEY (run, sender, receiver)
);

-- What a layer took of an image.
CREATE TABLE layer (
  run     INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  number  INTEGER NOT NULL,
  layer   TEXT NOT NULL,
  kind    TEXT NOT NULL,
  seconds REAL NOT NULL,
  rounds  INTEGER NOT NULL,
  bytes   INTEGER NOT NULL, -- of all parties
  PRIMARY KEY (run, number)
);

-- What was declared of a study, such as its margin, and when.
CREATE TABLE declared (
  name     TEXT PRIMARY KEY,
  value    TEXT NOT NULL,
  recorded TEXT NOT NULL
);

-- The reference standard of a study: 1, 0, -1 (uncertain) or NULL (nothing said).
CREATE TABLE truth (
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
CREATE TABLE exhibit (
  file     TEXT PRIMARY KEY, -- relative to the database's folder
  sha256   TEXT NOT NULL,
  recorded TEXT NOT NULL
);

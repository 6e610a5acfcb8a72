-- What is known of a text to find its copies: a few numbers drawn from it.

-- +goose Up
CREATE TABLE sketches (
    number INTEGER PRIMARY KEY, -- in the order of arrival
    seq    INTEGER NOT NULL UNIQUE REFERENCES articles ON UPDATE CASCADE ON DELETE CASCADE,
    marks  TEXT NOT NULL -- JSON
) STRICT;

CREATE TABLE sketch_marks (
    mark   INTEGER NOT NULL,
    sketch INTEGER NOT NULL, -- its number
    PRIMARY KEY (mark, sketch)
) STRICT, WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER sketches_go AFTER DELETE ON sketches BEGIN
    DELETE FROM sketch_marks WHERE sketch = old.number AND mark IN (SELECT value FROM json_each(old.marks));
END;
-- +goose StatementEnd

-- +goose Down
SELECT 1; -- a database is never taken back to an older form

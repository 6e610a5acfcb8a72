-- Subscribers of our feeds (WebSub), and how far readers of the change log
-- have come.

-- +goose Up
CREATE TABLE subscriptions (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    callback TEXT NOT NULL,
    topic    TEXT NOT NULL,
    asked    TEXT NOT NULL,
    secret   TEXT NOT NULL,
    client   TEXT NOT NULL,
    until    INTEGER NOT NULL,
    mark     TEXT NOT NULL,
    tries    INTEGER NOT NULL,
    next_try INTEGER,
    UNIQUE (callback, topic)
) STRICT;

CREATE TABLE positions (
    reader TEXT PRIMARY KEY,
    number INTEGER NOT NULL -- of the last change that is dealt with
) STRICT, WITHOUT ROWID;

-- +goose Down
SELECT 1; -- a database is never taken back to an older form

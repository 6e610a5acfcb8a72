-- Times are milliseconds of Unix time in UTC, NULL for "never". Lists are JSON,
-- '' for an empty one. Text is '' when unknown.

-- +goose Up
CREATE TABLE articles (
    -- The place in the order of publication; see seq.go.
    seq                 INTEGER PRIMARY KEY,
    id                  TEXT NOT NULL UNIQUE,
    portal              TEXT NOT NULL,
    url                 TEXT NOT NULL,
    aliases             TEXT NOT NULL,
    post_id             TEXT NOT NULL,
    title               TEXT NOT NULL,
    byline              TEXT NOT NULL,
    authors             TEXT NOT NULL,
    place               TEXT NOT NULL,
    agency              TEXT NOT NULL,
    published           INTEGER,
    published_offset    INTEGER NOT NULL, -- seconds east of UTC
    published_precision TEXT NOT NULL,
    published_origin    TEXT NOT NULL,
    modified            INTEGER,
    modified_offset     INTEGER NOT NULL,
    modified_precision  TEXT NOT NULL,
    modified_origin     TEXT NOT NULL,
    lead                TEXT NOT NULL,
    categories          TEXT NOT NULL,
    regions             TEXT NOT NULL,
    doubts              TEXT NOT NULL,
    cluster             TEXT NOT NULL,
    version             INTEGER NOT NULL,
    first_seen          INTEGER NOT NULL,
    last_seen           INTEGER NOT NULL,
    updated             INTEGER NOT NULL,
    changed             INTEGER NOT NULL,
    gone_since          INTEGER,
    quarantine          TEXT NOT NULL,
    released            INTEGER, -- a person let it go: it is not held back again
    text_hash           INTEGER, -- of a long text, to know it again at another address
    checksum            INTEGER NOT NULL, -- see checksum.go
    -- 0 for everyone, 1 withdrawn, 2 quarantined.
    hidden              INTEGER NOT NULL GENERATED ALWAYS AS (
                            CASE WHEN quarantine <> '' THEN 2
                                 WHEN gone_since IS NOT NULL THEN 1
                                 ELSE 0 END) VIRTUAL
) STRICT;

CREATE INDEX articles_by_portal ON articles (portal, seq);
CREATE INDEX articles_by_post ON articles (portal, post_id) WHERE post_id <> '';
CREATE INDEX articles_by_text ON articles (portal, text_hash) WHERE text_hash IS NOT NULL;
CREATE INDEX articles_by_cluster ON articles (cluster, seq) WHERE cluster <> '';
CREATE INDEX articles_by_update ON articles (updated, seq);
CREATE INDEX articles_edited ON articles (updated, seq) WHERE version > 1;
CREATE INDEX articles_gone ON articles (gone_since, seq) WHERE gone_since IS NOT NULL;
CREATE INDEX articles_quarantined ON articles (seq) WHERE quarantine <> '';

-- Bodies stand apart so that lists and filters read small rows.
CREATE TABLE texts (
    seq  INTEGER PRIMARY KEY REFERENCES articles ON UPDATE CASCADE ON DELETE CASCADE,
    body BLOB NOT NULL -- see body.go
) STRICT;

-- Texts that an edit replaced; the present one stands in articles and texts.
CREATE TABLE versions (
    seq    INTEGER NOT NULL REFERENCES articles ON UPDATE CASCADE ON DELETE CASCADE,
    number INTEGER NOT NULL,
    seen   INTEGER NOT NULL,
    title  TEXT NOT NULL,
    body   BLOB NOT NULL,
    PRIMARY KEY (seq, number)
) STRICT;

-- All addresses of all articles, canonical ones too.
CREATE TABLE addresses (
    address TEXT PRIMARY KEY,
    seq     INTEGER NOT NULL REFERENCES articles ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX addresses_by_article ON addresses (seq);

CREATE TABLE looks (
    seq     INTEGER PRIMARY KEY REFERENCES articles ON UPDATE CASCADE ON DELETE CASCADE,
    portal  TEXT NOT NULL,
    looks   INTEGER NOT NULL,
    missing INTEGER,
    next    INTEGER -- NULL: never again
) STRICT;
CREATE INDEX looks_due ON looks (portal, next) WHERE next IS NOT NULL;

-- Words of title and text; marks are the tokens of portal, regions,
-- categories and state (index.go). The texts themselves are not kept twice.
CREATE VIRTUAL TABLE search USING fts5 (
    title, body, marks,
    content = '', contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 2"
);

CREATE TABLE changes (
    number  INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    id      TEXT NOT NULL,
    seq     INTEGER NOT NULL,
    portal  TEXT NOT NULL,
    kind    TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT;

CREATE TABLE portals (
    id           TEXT PRIMARY KEY,
    name         TEXT NOT NULL,
    home         TEXT NOT NULL,
    regions      TEXT NOT NULL,
    clock        TEXT NOT NULL,
    republish    TEXT NOT NULL,
    removed      INTEGER,
    last_visit   INTEGER,
    last_success INTEGER,
    last_new     INTEGER,
    next_due     INTEGER,
    failures     INTEGER NOT NULL DEFAULT 0,
    problem      TEXT NOT NULL DEFAULT '',
    source       TEXT NOT NULL DEFAULT '',
    source_url   TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE visits (
    number     INTEGER PRIMARY KEY,
    portal     TEXT NOT NULL,
    started    INTEGER,
    ended      INTEGER,
    pages      INTEGER NOT NULL,
    links      INTEGER NOT NULL,
    new        INTEGER NOT NULL,
    revised    INTEGER NOT NULL,
    same       INTEGER NOT NULL,
    failed     INTEGER NOT NULL,
    dropped    TEXT NOT NULL,
    problem    TEXT NOT NULL,
    source     TEXT NOT NULL,
    source_url TEXT NOT NULL,
    next_due   INTEGER
) STRICT;
CREATE INDEX visits_by_portal ON visits (portal, number);

CREATE TABLE templates (
    portal TEXT PRIMARY KEY,
    data   BLOB NOT NULL
) STRICT;

-- Links that wait (outcome '') and those that need not be asked again.
CREATE TABLE links (
    number              INTEGER PRIMARY KEY, -- in the order found
    address             TEXT NOT NULL UNIQUE,
    portal              TEXT NOT NULL,
    title               TEXT NOT NULL,
    published           INTEGER,
    published_offset    INTEGER NOT NULL,
    published_precision TEXT NOT NULL,
    published_origin    TEXT NOT NULL,
    source              TEXT NOT NULL,
    post_id             TEXT NOT NULL,
    found               INTEGER NOT NULL,
    not_before          INTEGER,
    tries               INTEGER NOT NULL,
    outcome             TEXT NOT NULL,
    reason              TEXT NOT NULL
) STRICT;
CREATE INDEX links_waiting ON links (portal, published DESC, number) WHERE outcome = '';
CREATE INDEX links_by_portal ON links (portal);

CREATE TABLE pages (
    number  INTEGER PRIMARY KEY,
    portal  TEXT NOT NULL,
    url     TEXT NOT NULL UNIQUE,
    type    TEXT NOT NULL,
    fetched INTEGER NOT NULL,
    link    TEXT NOT NULL, -- JSON
    body    BLOB NOT NULL  -- zstd
) STRICT;
CREATE INDEX pages_by_portal ON pages (portal, fetched, number);
CREATE INDEX pages_by_age ON pages (fetched);

CREATE TABLE validators (
    url           TEXT PRIMARY KEY,
    etag          TEXT NOT NULL,
    last_modified TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE hosts (
    host       TEXT PRIMARY KEY,
    not_before INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE robots (
    origin  TEXT PRIMARY KEY,
    status  INTEGER NOT NULL,
    body    BLOB NOT NULL,
    fetched INTEGER NOT NULL
) STRICT;

CREATE TABLE requests (
    number INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL,
    host   TEXT NOT NULL,
    url    TEXT NOT NULL,
    status INTEGER NOT NULL,
    bytes  INTEGER NOT NULL,
    reason TEXT NOT NULL,
    error  TEXT NOT NULL
) STRICT;
CREATE INDEX requests_by_host ON requests (host, at, number);
CREATE INDEX requests_by_age ON requests (at);

CREATE TABLE events (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    portal    TEXT NOT NULL,
    cause     TEXT NOT NULL,
    detail    TEXT NOT NULL,
    since     INTEGER NOT NULL,
    last_good INTEGER,
    next_try  INTEGER,
    acked     INTEGER,
    closed    INTEGER
) STRICT;
CREATE UNIQUE INDEX events_open ON events (portal, cause) WHERE closed IS NULL;
CREATE INDEX events_by_time ON events (since, id);

-- Counts are kept as rows come and go: counting a million rows takes a second.
CREATE TABLE counts (
    name TEXT PRIMARY KEY, -- articles, versions, waiting, pages, "portal:ID"
    n    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO counts VALUES ('articles', 0), ('versions', 0), ('waiting', 0), ('pages', 0);

-- +goose StatementBegin
CREATE TRIGGER articles_come AFTER INSERT ON articles BEGIN
    UPDATE counts SET n = n + 1 WHERE name IN ('articles', 'versions');
    INSERT INTO counts VALUES ('portal:' || new.portal, new.quarantine = '')
        ON CONFLICT DO UPDATE SET n = n + excluded.n;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER articles_go AFTER DELETE ON articles BEGIN
    UPDATE counts SET n = n - 1 WHERE name IN ('articles', 'versions');
    UPDATE counts SET n = n - (old.quarantine = '') WHERE name = 'portal:' || old.portal;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER articles_held AFTER UPDATE OF quarantine ON articles
WHEN (new.quarantine = '') <> (old.quarantine = '') BEGIN
    UPDATE counts SET n = n + (new.quarantine = '') - (old.quarantine = '')
        WHERE name = 'portal:' || new.portal;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER versions_come AFTER INSERT ON versions BEGIN
    UPDATE counts SET n = n + 1 WHERE name = 'versions';
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER versions_go AFTER DELETE ON versions BEGIN
    UPDATE counts SET n = n - 1 WHERE name = 'versions';
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER links_come AFTER INSERT ON links WHEN new.outcome = '' BEGIN
    UPDATE counts SET n = n + 1 WHERE name = 'waiting';
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER links_go AFTER DELETE ON links WHEN old.outcome = '' BEGIN
    UPDATE counts SET n = n - 1 WHERE name = 'waiting';
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER links_settle AFTER UPDATE OF outcome ON links BEGIN
    UPDATE counts SET n = n + (new.outcome = '') - (old.outcome = '') WHERE name = 'waiting';
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pages_come AFTER INSERT ON pages BEGIN
    UPDATE counts SET n = n + 1 WHERE name = 'pages';
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pages_go AFTER DELETE ON pages BEGIN
    UPDATE counts SET n = n - 1 WHERE name = 'pages';
END;
-- +goose StatementEnd

PRAGMA application_id = 0x6b616261; -- "kaba": so that another program's file is told from ours

-- +goose Down
SELECT 1; -- a database is never taken back to an older form

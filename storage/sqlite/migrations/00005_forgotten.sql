-- To find when articles were last removed.

-- +goose Up
CREATE INDEX changes_forgotten ON changes (number) WHERE kind = 'forgotten';

-- +goose Down
SELECT 1; -- a database is never taken back to an older form

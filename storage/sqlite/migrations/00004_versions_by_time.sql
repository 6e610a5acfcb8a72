-- To find what texts there were in a month (see past.go).

-- +goose Up
CREATE INDEX versions_by_time ON versions (seen, seq);

-- +goose Down
SELECT 1; -- a database is never taken back to an older form

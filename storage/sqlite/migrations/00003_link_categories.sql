-- What a feed or an API filed an article under, a JSON list, '' for nothing.

-- +goose Up
ALTER TABLE links ADD COLUMN categories TEXT NOT NULL DEFAULT '';

-- +goose Down
SELECT 1; -- a database is never taken back to an older form

package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"runtime"
	"strings"

	_ "modernc.org/sqlite" // registers the driver "sqlite"
)

// Cache sizes of a connection, in KiB.
const (
	writerCache = 16 << 10
	readerCache = 8 << 10
)

// dsn is the address of a database file for the driver. Settings stand in it
// because a pragma that is run once reaches one connection of a pool only.
// The prefix "file:" is needed: without it the driver ignores "mode=ro".
func dsn(path, mode string, cache int) string {
	place := (&url.URL{Scheme: "file", Opaque: strings.ReplaceAll(url.PathEscape(path), "%2F", "/")}).String()
	pragmas := []string{
		"busy_timeout(10000)", // another process may write, too
		"foreign_keys(1)",
		"synchronous(NORMAL)", // with the log: a killed process loses nothing, a power cut at most the last commits
		fmt.Sprintf("cache_size(-%d)", cache),
	}
	if mode == "ro" {
		pragmas = append(pragmas, "query_only(1)")
	} else {
		pragmas = append(pragmas, "journal_mode(WAL)", "journal_size_limit(67108864)")
	}
	return place + "?mode=" + mode + "&_dqs=0&_pragma=" + strings.Join(pragmas, "&_pragma=")
}

func openReaders(ctx context.Context, path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", dsn(path, "ro", readerCache))
	if err != nil {
		return nil, err
	}
	n := max(4, runtime.NumCPU())
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	if err := db.PingContext(ctx); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

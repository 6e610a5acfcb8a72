package sqlite

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// ErrInUse tells that another process has the writer's role.
var ErrInUse = errors.New("database is in use")

// placeError is a mistake about the place of a database, with what to do.
type placeError struct{ path, sentence string }

func (e placeError) Error() string { return e.path + " " + e.sentence }

// storeError is what SQLite said, in words for the person who runs it.
type storeError struct {
	path, sentence string
	cause          error
}

func (e storeError) Error() string { return e.path + " " + e.sentence }
func (e storeError) Unwrap() error { return e.cause }

// explain turns the errors of SQLite that a person can do something about into
// a sentence that says what. Others pass unchanged.
func explain(path string, err error) error {
	var known storeError
	var from *sqlite.Error
	if errors.As(err, &known) || !errors.As(err, &from) {
		return err
	}
	sentence := ""
	switch from.Code() & 0xff {
	case lib.SQLITE_NOTADB:
		sentence = "is not a database: name another file, or move this one away to start anew"
	case lib.SQLITE_CORRUPT:
		sentence = "is damaged: restore a backup with `kabar restore`"
	case lib.SQLITE_FULL:
		sentence = "cannot grow, the disk is full: free some space; writing goes on by itself then"
	case lib.SQLITE_READONLY:
		sentence = "cannot be written: mend the permissions of the file and of its folder, or name another file"
	case lib.SQLITE_CANTOPEN:
		sentence = "cannot be opened: mend the permissions of the file and of its folder " + filepath.Dir(path)
	case lib.SQLITE_IOERR:
		sentence = "cannot be read or written (" + from.Error() + "): look at the disk"
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		sentence = "is kept busy by another program: wait until it has finished and try again"
	default:
		return err
	}
	return storeError{path, sentence, err}
}

// reason is the system's own word for a file error, without the path.
func reason(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return fmt.Sprint(err)
}

func codeOf(err error) int {
	var from *sqlite.Error
	if errors.As(err, &from) {
		return from.Code() & 0xff
	}
	return lib.SQLITE_OK
}

func isBusy(err error) bool {
	code := codeOf(err)
	return code == lib.SQLITE_BUSY || code == lib.SQLITE_LOCKED
}

func isDamage(err error) bool {
	code := codeOf(err)
	return code == lib.SQLITE_CORRUPT || code == lib.SQLITE_NOTADB
}

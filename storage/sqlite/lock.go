package sqlite

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// lock is the writer's role: a lock of the operating system on a small file
// beside the database, which ends with the process however that ends. The file
// holds the process number for the message of the next one, and stays: to
// remove it would let two processes lock two files of the same name.
type lock struct{ file *os.File }

// errLocked is returned by tryLock when another process holds the lock.
var errLocked = errors.New("locked")

// acquire takes the writer's role for the database at path, or returns an
// error wrapping ErrInUse.
func acquire(path string) (*lock, error) {
	file, err := os.OpenFile(path+".lock", os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, placeError{path, "cannot be written (" + reason(err) + " for " + path + ".lock): " +
			"mend the permissions of its folder or name another file"}
	}
	if err := tryLock(file); err != nil {
		owner, _ := os.ReadFile(path + ".lock")
		file.Close()
		if !errors.Is(err, errLocked) {
			return nil, fmt.Errorf("locking %s.lock: %w", path, err)
		}
		return nil, fmt.Errorf("%s: %w by another kabar (pid %s): stop that one first, or name another database",
			path, ErrInUse, strings.TrimSpace(string(owner)))
	}
	// The number serves a message only; a full disk must not keep us out.
	if file.Truncate(0) == nil {
		_, _ = file.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	}
	return &lock{file}, nil
}

func (l *lock) release() error { return l.file.Close() }

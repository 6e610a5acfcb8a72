package sqlite_test

import (
	"testing"
	"time"

	"kabar/storage"
	"kabar/storage/sqlite"
	"kabar/storage/storetest"
)

func TestContract(t *testing.T) {
	storetest.Run(t, storetest.Opener{
		Open: func(t *testing.T, path string, now func() time.Time) storage.Store {
			store, err := storage.Open(t.Context(), path, sqlite.WithClock(now), sqlite.AsWriter())
			if err != nil {
				t.Fatalf("opening %s: %v", path, err)
			}
			t.Cleanup(func() { store.Close() })
			return store
		},
		Restore: func(t *testing.T, backup, target string) {
			if err := sqlite.Restore(t.Context(), backup, target); err != nil {
				t.Fatalf("restoring: %v", err)
			}
		},
	})
}

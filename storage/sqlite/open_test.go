package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kabar/storage/news"
	"kabar/storage/sqlite"
)

// newDatabase is the path of a database with one article, closed.
func newDatabase(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "kabar.db")
	store, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	save(t, store, article("A"))
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func article(title string) news.Article {
	return news.Article{Portal: "contoh", URL: "https://contoh.example/" + title, Title: title,
		Body: []news.Block{{Kind: news.Paragraph, Text: "Isi " + title}}}
}

func save(t *testing.T, store *sqlite.Store, articles ...news.Article) []news.Change {
	t.Helper()
	changes, err := store.Save(t.Context(), articles...)
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

// run alters a database behind the store's back.
func run(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

func TestOpenRefusesWithAdvice(t *testing.T) {
	cases := []struct {
		name    string
		prepare func(t *testing.T) (path string)
		want    error // nil when the sentence is enough
		say     []string
	}{
		{"a folder", func(t *testing.T) string { return t.TempDir() }, nil, []string{"is a folder", "kabar.db"}},
		{"in no folder", func(t *testing.T) string { return t.TempDir() + "/no/kabar.db" }, nil, []string{"no folder", "create it"}},
		{"below a file", func(t *testing.T) string { return newDatabase(t) + "/kabar.db" }, nil, []string{"name another"}},
		{"no database", func(t *testing.T) string {
			path := filepath.Join(t.TempDir(), "notes.txt")
			return path + write(t, path, strings.Repeat("Belanja: cabai, beras. ", 400))
		}, nil, []string{"is not a database", "another file"}},
		{"another program's", func(t *testing.T) string {
			path := filepath.Join(t.TempDir(), "other.db")
			run(t, path, "CREATE TABLE notes (text)")
			return path
		}, nil, []string{"another program", "another file"}},
		{"newer", func(t *testing.T) string {
			path := newDatabase(t)
			run(t, path, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9000, 1)")
			return path
		}, news.ErrNewerStore, []string{"newer", "9000", "use the newer kabar"}},
		{"damaged", func(t *testing.T) string {
			path := newDatabase(t)
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			return path + write(t, path, string(data[:100])+strings.Repeat("\xa5", len(data)-100))
		}, nil, []string{"is damaged", "kabar restore"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			path := c.prepare(t)
			store, err := sqlite.Open(t.Context(), path)
			if err == nil {
				store.Close()
				t.Fatalf("Open(%s) passed", path)
			}
			if c.want != nil && !errors.Is(err, c.want) {
				t.Errorf("error is %v, want it to wrap %v", err, c.want)
			}
			for _, part := range append(c.say, path) {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("error %q does not say %q", err, part)
				}
			}
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("error %q is more than one sentence", err)
			}
		})
	}
}

func write(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return ""
}

func TestOneWriterManyReaders(t *testing.T) {
	path := newDatabase(t)
	crawler, err := sqlite.Open(t.Context(), path, sqlite.AsWriter())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sqlite.Open(t.Context(), path, sqlite.AsWriter()); !errors.Is(err, sqlite.ErrInUse) ||
		!strings.Contains(err.Error(), "database is in use by another kabar (pid ") {
		t.Errorf("a second writer: %v, want ErrInUse with its pid", err)
	}
	beside, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatalf("opening beside the writer: %v", err)
	}
	save(t, crawler, article("B"))
	save(t, beside, article("C"))
	if got, err := beside.Articles(t.Context(), news.Query{Words: "isi"}); err != nil || len(got) != 3 {
		t.Errorf("%d articles beside the writer, %v", len(got), err)
	}
	if err := beside.Backup(t.Context(), path+".backup"); err != nil {
		t.Errorf("backup of a database in use: %v", err)
	}
	if err := sqlite.Restore(t.Context(), path+".backup", path); !errors.Is(err, sqlite.ErrInUse) {
		t.Errorf("restoring over a database in use: %v, want ErrInUse", err)
	}
	if err := crawler.Close(); err != nil {
		t.Error(err)
	}
	if err := sqlite.Restore(t.Context(), path+".backup", path); !errors.Is(err, sqlite.ErrInUse) {
		t.Errorf("restoring over a database that is read: %v, want ErrInUse", err)
	}
	if err := beside.Close(); err != nil {
		t.Error(err)
	}
	next, err := sqlite.Open(t.Context(), path, sqlite.AsWriter())
	if err != nil {
		t.Fatalf("the role is not free again: %v", err)
	}
	next.Close()
}

func TestRestore(t *testing.T) {
	backup := newDatabase(t)
	text := filepath.Join(t.TempDir(), "text")
	write(t, text, strings.Repeat("no backup ", 1000))
	empty := filepath.Join(t.TempDir(), "empty")
	write(t, empty, "")
	newer := newDatabase(t)
	run(t, newer, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9000, 1)")
	for name, bad := range map[string]string{"missing": "/no/such/file", "text": text, "empty": empty, "folder": t.TempDir(), "newer": newer} {
		target := newDatabase(t)
		before, _ := os.ReadFile(target)
		err := sqlite.Restore(t.Context(), bad, target)
		if err == nil || !strings.Contains(err.Error(), bad) {
			t.Errorf("%s: Restore gave %v", name, err)
		}
		if after, _ := os.ReadFile(target); string(before) != string(after) {
			t.Errorf("%s: the target was changed", name)
		}
	}
	damaged := filepath.Join(t.TempDir(), "kabar.db")
	for name, text := range map[string]string{"-wal": "old log", "-shm": "old", "": strings.Repeat("damaged ", 1000)} {
		write(t, damaged+name, text)
	}
	for name, target := range map[string]string{"over another": newDatabase(t), "over nothing": t.TempDir() + "/new.db", "over a damaged one": damaged} {
		if err := sqlite.Restore(t.Context(), backup, target); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		store, err := sqlite.Open(t.Context(), target)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got, err := store.Articles(t.Context(), news.Query{}); err != nil || len(got) != 1 {
			t.Errorf("%s: %d articles, %v", name, len(got), err)
		}
		store.Close()
	}
}

func TestManyOpenANewDatabaseAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kabar.db")
	errs := make(chan error)
	for range 5 {
		go func() {
			store, err := sqlite.Open(context.Background(), path)
			if err == nil {
				err = store.Close()
			}
			errs <- err
		}()
	}
	for range 5 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}

func TestOddPaths(t *testing.T) {
	for _, name := range []string{"kabar baru.db", "100%.db", "a?mode=ro&x=1.db", "#1.db", "berita;é.db"} {
		path := filepath.Join(t.TempDir(), name)
		store, err := sqlite.Open(t.Context(), path)
		if err != nil {
			t.Errorf("Open(%q): %v", name, err)
			continue
		}
		save(t, store, article("A"))
		store.Close()
		if _, err := os.Stat(path); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
}

package sqlite_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kabar/storage/news"
	"kabar/storage/sqlite"
)

// writeUntilKilled names the database into which the test binary, run again,
// writes until it is killed.
const writeUntilKilled = "KABAR_TEST_WRITE_UNTIL_KILLED"

func TestMain(m *testing.M) {
	if path := os.Getenv(writeUntilKilled); path != "" {
		fmt.Fprintln(os.Stderr, writeForever(path))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// writeForever saves articles, every third one an edit of an older one, and
// prints what the store has acknowledged: "ID URL".
func writeForever(path string) error {
	ctx := context.Background()
	store, err := sqlite.Open(ctx, path, sqlite.AsWriter())
	if err != nil {
		return err
	}
	last, err := store.LastChange(ctx)
	if err != nil {
		return err
	}
	for n := last; ; n++ {
		a := article(fmt.Sprint("Nomor ", n))
		a.URL = fmt.Sprint("https://contoh.example/", n)
		if n%3 == 0 {
			a.URL = fmt.Sprint("https://contoh.example/", n/2)
		}
		changes, err := store.Save(ctx, a)
		if err != nil {
			return err
		}
		fmt.Println(changes[0].ID, a.URL)
	}
}

func TestNothingAcknowledgedIsLostWhenKilled(t *testing.T) {
	const kills = 50
	path := filepath.Join(t.TempDir(), "kabar.db")
	acknowledged := map[string]string{} // ID by address
	deadline := time.Now().Add(18 * time.Second)
	rounds := 0
	for ; rounds < kills && time.Now().Before(deadline); rounds++ {
		killWriter(t, path, acknowledged)
	}
	if rounds < 5 || len(acknowledged) < rounds/2 {
		t.Fatalf("only %d kills and %d acknowledged articles", rounds, len(acknowledged))
	}
	store, err := sqlite.Open(t.Context(), path, sqlite.AsWriter())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	for address, id := range acknowledged {
		if a, err := store.ArticleAt(t.Context(), address); err != nil || a.ID != id {
			t.Errorf("acknowledged %s of %s: got %s, %v", id, address, a.ID, err)
		}
	}
	if found, err := store.Check(t.Context()); err != nil || len(found) > 0 {
		t.Errorf("Check: %v, %v", found, err)
	}
	changes, err := store.Changes(t.Context(), 0, 1_000_000)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range changes {
		if c.Number != int64(i+1) {
			t.Fatalf("change %d has number %d", i+1, c.Number)
		}
	}
	all, err := store.Articles(t.Context(), news.Query{Words: "nomor", Limit: 1_000_000})
	if err != nil || len(all) < len(acknowledged) {
		t.Errorf("%d articles found by words, %v; %d were acknowledged", len(all), err, len(acknowledged))
	}
	t.Logf("%d kills, %d acknowledged articles, %d changes", rounds, len(acknowledged), len(changes))
}

// killWriter runs a writer, kills it at a moment it does not expect and
// collects what it said before.
func killWriter(t *testing.T, path string, acknowledged map[string]string) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program)
	cmd.Env = append(os.Environ(), writeUntilKilled+"="+path)
	var trouble strings.Builder
	cmd.Stderr = &trouble
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	// Some are killed while they open the database, most while they write.
	kill := func() {
		time.AfterFunc(time.Duration(rand.IntN(100))*time.Millisecond, func() { cmd.Process.Kill() })
	}
	early := rand.IntN(4) == 0
	if early {
		kill()
	}
	lines := bufio.NewScanner(out)
	for n := 0; lines.Scan(); n++ {
		if n == 0 && !early {
			kill()
		}
		id, address, ok := strings.Cut(lines.Text(), " ")
		if !ok || !strings.HasPrefix(address, "https://contoh.example/") {
			continue // cut by the kill
		}
		if former, known := acknowledged[address]; known && former != id {
			t.Errorf("%s was %s and is now %s", address, former, id)
		}
		acknowledged[address] = id
	}
	cmd.Wait()
	if trouble.Len() > 0 {
		t.Fatalf("the writer said: %s", trouble.String())
	}
}

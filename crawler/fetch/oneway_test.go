package fetch

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// waysOut are what only this package may use of the standard library.
var waysOut = map[string]map[string]bool{
	"net/http":          {"Get": true, "Head": true, "Post": true, "PostForm": true, "DefaultClient": true, "DefaultTransport": true, "Transport": true},
	"net":               {"Dial": true, "DialTimeout": true, "DialTCP": true, "DialUDP": true, "DialIP": true, "DialUnix": true, "Dialer": true},
	"crypto/tls":        {"Dial": true, "DialWithDialer": true, "Dialer": true},
	"net/http/httputil": {"ReverseProxy": true, "NewSingleHostReverseProxy": true},
}

// TestOneWayOut opens every file of the module and finds clients and dials
// outside of this package. Handing on a *http.Client is no way out; making one
// is, and so are the methods of libraries that fetch by themselves.
func TestOneWayOut(t *testing.T) {
	root := moduleRoot(t)
	files := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, path)
		if d.IsDir() {
			name := d.Name()
			if rel == filepath.Join("crawler", "fetch") || name == "testdata" || name == "zz" || strings.HasPrefix(name, ".") && rel != "." {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		files++
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		found, err := findWaysOut(rel, source)
		for _, way := range found {
			t.Errorf("%s: use the fetcher's Client instead", way)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 10 {
		t.Errorf("only %d files were looked at", files)
	}
}

func moduleRoot(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
}

// findWaysOut lists uses of waysOut, of http.Client other than as a pointer to
// one made elsewhere, and of fetching methods of libraries.
func findWaysOut(name string, source []byte) ([]string, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, source, 0)
	if err != nil {
		return nil, err
	}
	imports := map[string]string{} // local name to path
	for _, spec := range file.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		local := path[strings.LastIndexByte(path, '/')+1:]
		if spec.Name != nil {
			local = spec.Name.Name
		}
		imports[local] = path
	}
	pointed := map[ast.Expr]bool{}
	var found []string
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.StarExpr:
			pointed[n.X] = true
		case *ast.SelectorExpr:
			local, _ := n.X.(*ast.Ident)
			path := ""
			if local != nil {
				path = imports[local.Name]
			}
			made := path == "net/http" && n.Sel.Name == "Client" && !pointed[n]
			fetches := n.Sel.Name == "ParseURL" || n.Sel.Name == "ParseURLWithContext"
			if waysOut[path][n.Sel.Name] || made || fetches {
				found = append(found, fmt.Sprintf("%s: %s.%s", fset.Position(n.Pos()), path, n.Sel.Name))
			}
		}
		return true
	})
	return found, nil
}

func TestFindWaysOut(t *testing.T) {
	const head = "package x\nimport (\"net\"; web \"net/http\"; \"crypto/tls\")\n"
	tests := []struct {
		code string
		want int
	}{
		{"var c = &web.Client{}", 1},
		{"var c web.Client", 1},
		{"var c = new(web.Client)", 1},
		{"func f() { web.Get(\"http://a.example\") }", 1},
		{"func f() { web.DefaultClient.Do(nil) }", 1},
		{"var t = web.DefaultTransport", 1},
		{"var t = &web.Transport{}", 1},
		{"func f() { net.Dial(\"tcp\", \"a.example:80\") }", 1},
		{"var d net.Dialer", 1},
		{"func f() { tls.Dial(\"tcp\", \"\", nil) }", 1},
		{"func f(p interface{ ParseURL(string) }) { p.ParseURL(\"\") }", 1},
		{"func f(c *web.Client) { c.Get(\"http://a.example\") }", 0},
		{"type s struct{ client *web.Client }", 0},
		{"func f() { web.NewRequest(web.MethodGet, \"\", nil); net.Listen(\"tcp\", \"\") }", 0},
	}
	for _, tt := range tests {
		found, err := findWaysOut("x.go", []byte(head+tt.code))
		if err != nil || len(found) != tt.want {
			t.Errorf("%s: got %v, %v, want %d", tt.code, found, err, tt.want)
		}
	}
}

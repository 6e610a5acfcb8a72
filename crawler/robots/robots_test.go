package robots

import (
	"strings"
	"testing"
	"time"
)

// TestAllowed is written from RFC 9309; the section stands in the name.
func TestAllowed(t *testing.T) {
	const own = "User-agent: kabar\n"
	tests := []struct {
		name string
		file string
		uri  string
		want bool
	}{
		{"2.2.1 no file content", "", "/a", true},
		{"2.2.1 no group at all", "Disallow: /\n", "/a", true},
		{"2.2.1 own group", own + "Disallow: /a", "/a", false},
		{"2.2.1 token in other case", "User-Agent: KaBaR\nDisallow: /a", "/a", false},
		{"2.2.1 field names in other case", "USER-AGENT: kabar\nDISALLOW: /a", "/a", false},
		{"2.2.1 token with a version", "User-agent: Kabar/2.1\nDisallow: /a", "/a", false},
		{"2.2.1 longer token is another crawler", "User-agent: kabar-news\nDisallow: /a", "/a", true},
		{"2.2.1 shorter token is another crawler", "User-agent: kab\nDisallow: /a", "/a", true},
		{"2.2.1 another crawler's group", "User-agent: lain\nDisallow: /", "/a", true},
		{"2.2.1 star group", "User-agent: *\nDisallow: /a", "/a", false},
		{"2.2.1 star with more behind it", "User-agent: * semua\nDisallow: /a", "/a", false},
		{"2.2.1 own group instead of star", "User-agent: *\nDisallow: /\n\n" + own + "Disallow: /b", "/a", true},
		{"2.2.1 own group instead of star, own first", own + "Disallow: /b\nUser-agent: *\nDisallow: /", "/a", true},
		{"2.2.1 own empty group instead of star", own + "Disallow:\n\nUser-agent: *\nDisallow: /", "/a", true},
		{"2.2.1 two agents, one group", "User-agent: lain\nUser-agent: kabar\nDisallow: /a", "/a", false},
		{"2.2.1 two agents with an empty line between", "User-agent: kabar\n\nUser-agent: lain\nDisallow: /a", "/a", false},
		{"2.2.1 groups of one agent are joined", own + "Disallow: /a\n\nUser-agent: lain\nDisallow: /\n\n" + own + "Disallow: /b", "/b", false},
		{"2.2.1 joined groups keep the first", own + "Disallow: /a\n\n" + own + "Disallow: /b", "/a", false},
		{"2.2.1 star groups are joined", "User-agent: *\nDisallow: /a\nUser-agent: lain\nDisallow: /\nUser-agent: *\nDisallow: /b", "/b", false},
		{"2.2.1 agent after a rule begins a new group", own + "Disallow: /a\nUser-agent: lain\nDisallow: /b", "/b", true},

		{"2.2.2 prefix", own + "Disallow: /berita", "/berita/solok.html", false},
		{"2.2.2 prefix is no word", own + "Disallow: /berita", "/beritalama", false},
		{"2.2.2 not at the start", own + "Disallow: /solok", "/berita/solok", true},
		{"2.2.2 case of the path matters", own + "Disallow: /Berita", "/berita", true},
		{"2.2.2 empty disallow allows", own + "Disallow:", "/a", true},
		{"2.2.2 empty allow says nothing", own + "Allow:\nDisallow: /", "/a", false},
		{"2.2.2 everything", own + "Disallow: /", "/", false},
		{"2.2.2 longest match allows", own + "Disallow: /p\nAllow: /page", "/page", true},
		{"2.2.2 longest match forbids", own + "Allow: /p\nDisallow: /page", "/page", false},
		{"2.2.2 order does not matter", own + "Allow: /example/page/\nDisallow: /example/page/disallowed.gif", "/example/page/disallowed.gif", false},
		{"2.2.2 allow wins a tie", own + "Disallow: /folder\nAllow: /folder", "/folder/page", true},
		{"2.2.2 allow wins a tie, allow first", own + "Allow: /folder\nDisallow: /folder", "/folder/page", true},
		{"2.2.2 query belongs to the path", own + "Disallow: /cari?q=", "/cari?q=solok", false},
		{"2.2.2 query in its own order", own + "Disallow: /x?b=1&a=2", "/x?b=1&a=2", false},
		{"2.2.2 query in another order", own + "Disallow: /x?b=1&a=2", "/x?a=2&b=1", true},
		{"2.2.2 robots.txt itself", own + "Disallow: /", "/robots.txt", true},
		{"2.2.2 robots.txt with a query", own + "Disallow: /", "/robots.txt?x=1", true},
		{"2.2.2 something like robots.txt", own + "Disallow: /", "/robots.txt/a", false},
		{"2.2.2 rule without its slash", own + "Disallow: admin", "/admin/", false},

		{"2.2.2 escaped letter in the rule", own + "Disallow: /%61bc", "/abc", false},
		{"2.2.2 escaped letter in the address", own + "Disallow: /abc", "/%61bc", false},
		{"2.2.2 raw octets in the rule", own + "Disallow: /caf\u00e9", "/caf%C3%A9", false},
		{"2.2.2 raw octets in the address", own + "Disallow: /caf%C3%A9", "/caf\u00e9", false},
		{"2.2.2 case of the digits", own + "Disallow: /caf%c3%a9", "/caf%C3%A9", false},
		{"2.2.2 escaped slash is no slash", own + "Disallow: /a%2Fb", "/a/b", true},
		{"2.2.2 escaped slash equals itself", own + "Disallow: /a%2fb", "/a%2Fb", false},
		{"2.2.2 escaped question mark is no query", own + "Disallow: /a%3Fb", "/a?b", true},
		{"2.2.2 tilde", own + "Disallow: /~nagari", "/%7Enagari", false},
		{"2.2.2 space in the rule", own + "Disallow: /a b", "/a%20b", false},
		{"2.2.2 lone percent sign", own + "Disallow: /100%", "/100%25", false},
		{"2.2.2 length is counted after normalizing", own + "Disallow: /%61%62%63\nAllow: /abcd", "/abcd", true},
		{"2.2.2 japanese, as in the RFC", own + "Disallow: /foo/bar/\u30c4", "/foo/bar/%E3%83%84", false},

		{"2.2.3 star inside", own + "Disallow: /a/*/cetak", "/a/12/cetak", false},
		{"2.2.3 star stands for nothing", own + "Disallow: /a*b", "/ab", false},
		{"2.2.3 star stands for slashes", own + "Disallow: /a*z", "/a/b/c/z", false},
		{"2.2.3 star at the end", own + "Disallow: /a*", "/abc", false},
		{"2.2.3 star at the start", own + "Disallow: *.pdf", "/laporan.pdf", false},
		{"2.2.3 several stars", own + "Disallow: /*/*/x*y", "/a/b/xy", false},
		{"2.2.3 several stars in the wrong order", own + "Disallow: /*b*a$", "/ab", true},
		{"2.2.3 end", own + "Disallow: /*.php$", "/index.php", false},
		{"2.2.3 end with a query behind", own + "Disallow: /*.php$", "/index.php?id=1", true},
		{"2.2.3 end without a star", own + "Disallow: /a$", "/a", false},
		{"2.2.3 end without a star, longer", own + "Disallow: /a$", "/ab", true},
		{"2.2.3 end after a repeated part", own + "Disallow: /*a$", "/aba", false},
		{"2.2.3 only the front page", own + "Disallow: /\nAllow: /$", "/", true},
		{"2.2.3 not only the front page", own + "Disallow: /\nAllow: /$", "/a", false},
		{"2.2.3 escaped star is a star sign", own + "Disallow: /file-%2A.html", "/file-*.html", false},
		{"2.2.3 escaped star is no wildcard", own + "Disallow: /file-%2A.html", "/file-1.html", true},
		{"2.2.3 escaped end is a dollar sign", own + "Disallow: /harga-%24", "/harga-$", false},
		{"2.2.3 dollar inside is a dollar sign", own + "Disallow: /a$b", "/a$b", false},
		{"2.2.3 wildcards count as octets", own + "Allow: /page\nDisallow: /*.htm", "/page.htm", false},
		{"2.2.3 comment behind a rule", own + "Disallow: /a # rahasia", "/a", false},
		{"2.2.3 comment lines in a group", own + "# keterangan\nDisallow: /a\n#\nDisallow: /b", "/b", false},

		{"2.2.4 sitemap between agents", "User-agent: kabar\nSitemap: https://k.example/s.xml\nUser-agent: lain\nDisallow: /a", "/a", false},
		{"2.2.4 unknown record between agents", "User-agent: kabar\nHost: k.example\nUser-agent: lain\nDisallow: /a", "/a", false},
		{"2.2.4 unknown record between rules", own + "Disallow: /a\nNoindex: /c\nDisallow: /b", "/b", false},

		{"2.3 byte order mark", "\ufeff" + own + "Disallow: /a", "/a", false},
		{"2.3 CRLF", "User-agent: kabar\r\nDisallow: /a\r\n", "/a", false},
		{"2.3 CR alone", "User-agent: kabar\rDisallow: /a\r", "/a", false},
		{"2.3 CRLF in the value", "User-agent: kabar\r\nDisallow: /a$\r\n", "/a", false},
		{"2.3 no space after the colon", "User-agent:kabar\nDisallow:/a", "/a", false},
		{"2.3 spaces around the colon", "User-agent : kabar\n  Disallow\t: \t/a\t\n", "/a", false},
		{"2.3 colon forgotten", "User-agent kabar\nDisallow /a", "/a", false},
		{"2.3 slip in the field name", own + "Dissallow: /a", "/a", false},
		{"2.3 a page of HTML", "<!DOCTYPE html>\n<html><head><title>Tidak ditemukan</title>\n<p style=\"color: red\">Disallow: /</p>", "/a", true},
		{"2.3 bad lines are skipped", "\x00\xff\n:::\n" + own + ": /x\n=\nDisallow: /a", "/a", false},
		{"2.5 rules within 500 KiB", own + strings.Repeat("Disallow: /tidak-ada\n", 20000) + "Disallow: /a", "/a", false},
		{"2.5 rules beyond 500 KiB", own + strings.Repeat("#"+strings.Repeat("x", 1022)+"\n", 500) + "Disallow: /a", "/a", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Parse([]byte(tt.file)).Group("kabar").Allowed(tt.uri); got != tt.want {
				t.Errorf("file %.200q, address %q: got allowed %v, want %v", tt.file, tt.uri, got, tt.want)
			}
		})
	}
}

func TestForStatus(t *testing.T) {
	const file = "User-agent: *\nDisallow: /a"
	tests := []struct {
		status    int
		reachable bool
		a, b      bool // whether /a and /b are allowed
	}{
		{200, true, false, true},
		{206, true, false, true},
		{301, true, true, true}, // leads nowhere
		{401, true, true, true},
		{403, true, true, true},
		{404, true, true, true},
		{410, true, true, true},
		{429, false, false, false},
		{500, false, false, false},
		{503, false, false, false},
		{0, false, false, false},
	}
	for _, tt := range tests {
		rules := ForStatus(tt.status, []byte(file)).Group("kabar")
		if got := Reachable(tt.status); got != tt.reachable {
			t.Errorf("Reachable(%d): got %v", tt.status, got)
		}
		if rules.Allowed("/a") != tt.a || rules.Allowed("/b") != tt.b {
			t.Errorf("status %d: got /a %v, /b %v, want %v, %v", tt.status, rules.Allowed("/a"), rules.Allowed("/b"), tt.a, tt.b)
		}
		if !rules.Allowed("/robots.txt") {
			t.Errorf("status %d: robots.txt is not allowed", tt.status)
		}
	}
	var none *File
	if !none.Group("kabar").Allowed("/a") {
		t.Error("no file: /a is not allowed")
	}
}

func TestCrawlDelay(t *testing.T) {
	tests := []struct {
		name, file string
		want       time.Duration
	}{
		{"none", "User-agent: *\nDisallow: /a", 0},
		{"seconds", "User-agent: *\nCrawl-delay: 3", 3 * time.Second},
		{"fraction", "User-agent: *\nCrawl-delay: 0.5", 500 * time.Millisecond},
		{"bounded", "User-agent: *\nCrawl-delay: 86400", MaxCrawlDelay},
		{"endless", "User-agent: *\nCrawl-delay: Inf", MaxCrawlDelay},
		{"negative", "User-agent: *\nCrawl-delay: -5", 0},
		{"no number", "User-agent: *\nCrawl-delay: NaN", 0},
		{"nonsense", "User-agent: *\nCrawl-delay: lambat", 0},
		{"before any group", "Crawl-delay: 5\nUser-agent: *\nDisallow: /a", 0},
		{"of another crawler", "User-agent: lain\nCrawl-delay: 5", 0},
		{"own group counts alone", "User-agent: *\nCrawl-delay: 5\n\nUser-agent: kabar\nDisallow: /a", 0},
		{"longest of joined groups", "User-agent: *\nCrawl-delay: 2\nUser-agent: *\nCrawl-delay: 4", 4 * time.Second},
	}
	for _, tt := range tests {
		if got := Parse([]byte(tt.file)).Group("kabar").CrawlDelay; got != tt.want {
			t.Errorf("%s: %q: got %v, want %v", tt.name, tt.file, got, tt.want)
		}
	}
}

// A group of nothing but a delay does not swallow the rules of the next one.
func TestCrawlDelayClosesGroup(t *testing.T) {
	rules := Parse([]byte("User-agent: *\nCrawl-delay: 10\n\nUser-agent: lain\nDisallow: /")).Group("kabar")
	if !rules.Allowed("/a") || rules.CrawlDelay != 10*time.Second {
		t.Errorf("got allowed %v, delay %v, want true, 10s", rules.Allowed("/a"), rules.CrawlDelay)
	}
}

func TestSitemaps(t *testing.T) {
	file := Parse([]byte("Sitemap: https://k.example/a.xml\nUser-agent: x\nDisallow: /\nsitemap:https://k.example/b.xml # dua\nSitemap:\n"))
	got := strings.Join(file.Sitemaps, " ")
	if want := "https://k.example/a.xml https://k.example/b.xml"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzRobots(f *testing.F) {
	f.Add([]byte("User-agent: *\nDisallow: /a*b$\nAllow: /%61\nCrawl-delay: 2\nSitemap: x"), "/ab?c=%C3%A9")
	f.Add([]byte("\xef\xbb\xbfUser-agent:kabar\r\nDisallow:*****a*****$"), "/aaaa")
	f.Add([]byte("User-agent: kabar\nDisallow: /$\nDisallow: %\nDisallow: /\xff"), "/%zz*$")
	f.Fuzz(func(t *testing.T, body []byte, uri string) {
		rules := Parse(body).Group("kabar")
		if rules.CrawlDelay < 0 || rules.CrawlDelay > MaxCrawlDelay {
			t.Errorf("delay %v is out of bounds", rules.CrawlDelay)
		}
		if !rules.Allowed("/robots.txt") {
			t.Error("robots.txt is not allowed")
		}
		once := normalize(uri, true)
		if twice := normalize(once, true); twice != once {
			t.Errorf("normalizing %q: once %q, twice %q", uri, once, twice)
		}
		if rules.Allowed(uri) != rules.Allowed(once) && !strings.HasPrefix(uri, "/robots.txt") && !strings.HasPrefix(once, "/robots.txt") {
			t.Errorf("%q is judged unlike its spelling %q", uri, once)
		}
	})
}

// TestLinear holds the cost of a hostile file and address to their sizes:
// four times the stars must not cost much more than four times the time.
func TestLinear(t *testing.T) {
	cost := func(n int) time.Duration {
		rules := Parse([]byte("User-agent: *\nDisallow: /" + strings.Repeat("a*", n) + "b$")).Group("kabar")
		uri := "/" + strings.Repeat("a", 8*n)
		best := time.Hour
		for range 5 {
			start := time.Now()
			for range 20 {
				rules.Allowed(uri)
			}
			best = min(best, time.Since(start))
		}
		return best
	}
	for attempt := range 5 { // a busy machine is slow once, a bad algorithm always
		small, large := cost(2000), cost(8000)
		if large <= 12*small+time.Millisecond {
			break
		}
		if attempt == 4 {
			t.Errorf("four times the input took %v instead of %v", large, small)
		}
	}
}

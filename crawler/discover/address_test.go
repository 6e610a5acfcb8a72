package discover

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"
)

func TestAddress(t *testing.T) {
	tests := map[string]struct{ raw, want string }{
		"as it is":               {"https://kabar.example/2026/01/judul-berita.html", "https://kabar.example/2026/01/judul-berita.html"},
		"host in capitals":       {"HTTPS://WWW.Kabar.Example/Judul", "https://www.kabar.example/Judul"},
		"default port":           {"https://kabar.example:443/a", "https://kabar.example/a"},
		"own port":               {"http://kabar.example:8080/a", "http://kabar.example:8080/a"},
		"root":                   {"https://kabar.example", "https://kabar.example/"},
		"dot at the end":         {"https://kabar.example./a", "https://kabar.example/a"},
		"user":                   {"https://a:b@kabar.example/a", "https://kabar.example/a"},
		"number as host":         {"http://2130706433/a", "http://127.0.0.1/a"},
		"wide letters":           {"https://kâbar.example/a", "https://xn--kbar-boa.example/a"},
		"spaces around":          {"  https://kabar.example/a\n", "https://kabar.example/a"},
		"fragment":               {"https://kabar.example/a#komentar", "https://kabar.example/a"},
		"dots in path":           {"https://kabar.example/x/../a/./b", "https://kabar.example/a/b"},
		"double slashes":         {"https://kabar.example//berita//a", "https://kabar.example/berita/a"},
		"escaped letters":        {"https://kabar.example/%61%7e%2d%c3%a2", "https://kabar.example/a~-%C3%A2"},
		"utm":                    {"https://kabar.example/a?utm_source=x&utm_medium=y", "https://kabar.example/a"},
		"click ids":              {"https://kabar.example/a?fbclid=1&gclid=2&igshid=3", "https://kabar.example/a"},
		"kept in order":          {"https://kabar.example/a?z=1&utm_source=x&b=2", "https://kabar.example/a?z=1&b=2"},
		"mobile":                 {"https://kabar.example/2026/01/a.html?m=1", "https://kabar.example/2026/01/a.html"},
		"not mobile":             {"https://kabar.example/?m=0", "https://kabar.example/"},
		"module":                 {"https://kabar.example/index.php?m=berita&id=3", "https://kabar.example/index.php?m=berita&id=3"},
		"amp parameter":          {"https://kabar.example/a/?amp", "https://kabar.example/a/"},
		"amp is 1":               {"https://kabar.example/a?amp=1&x=2", "https://kabar.example/a?x=2"},
		"amp at the end":         {"https://kabar.example/judul/amp/", "https://kabar.example/judul/"},
		"amp without":            {"https://kabar.example/judul/amp", "https://kabar.example/judul"},
		"amp twice":              {"https://kabar.example/judul/amp/amp", "https://kabar.example/judul"},
		"only amp":               {"https://kabar.example/amp/", "https://kabar.example/amp/"},
		"amp in front":           {"https://kabar.example/amp/berita/1/x", "https://kabar.example/amp/berita/1/x"},
		"comment":                {"https://kabar.example/a.html?showComment=1700000000", "https://kabar.example/a.html"},
		"reply":                  {"https://kabar.example/a/?replytocom=12#respond", "https://kabar.example/a/"},
		"print":                  {"https://kabar.example/a?print=print", "https://kabar.example/a"},
		"joomla print":           {"https://kabar.example/item/1-a?tmpl=component&print=1", "https://kabar.example/item/1-a"},
		"share":                  {"https://kabar.example/a/?share=facebook&nb=1", "https://kabar.example/a/"},
		"random":                 {"https://kabar.example/a/?random-post=1", "https://kabar.example/a/"},
		"session":                {"https://kabar.example/a?PHPSESSID=abc&id=2", "https://kabar.example/a?id=2"},
		"sid":                    {"https://kabar.example/a?mod=berita&id=2&sid=65f0ab12", "https://kabar.example/a?mod=berita&id=2"},
		"sid is a section":       {"https://kabar.example/a?sid=12&id=2", "https://kabar.example/a?sid=12&id=2"},
		"java session":           {"https://kabar.example/a.jsp;jsessionid=A1B2?id=2", "https://kabar.example/a.jsp?id=2"},
		"hoster's check":         {"https://kabar.example/berita/pasar-kembali-ramai-hari-ini?i=1", "https://kabar.example/berita/pasar-kembali-ramai-hari-ini"},
		"escaped &":              {"https://kabar.example/?p=9&amp;id=1042", "https://kabar.example/?p=9&id=1042"},
		"identity":               {"https://kabar.example/?p=123", "https://kabar.example/?p=123"},
		"identity by id":         {"https://kabar.example/index.php?module=detailberita&id=3412", "https://kabar.example/index.php?module=detailberita&id=3412"},
		"index.php":              {"https://kabar.example/index.php/first/artikel/12", "https://kabar.example/index.php/first/artikel/12"},
		"part":                   {"https://kabar.example/a?page=2", "https://kabar.example/a?page=2"},
		"tracker behind a slug":  {"https://kabar.example/pasar-kembali-ramai-hari-ini?ref=home", "https://kabar.example/pasar-kembali-ramai-hari-ini"},
		"random behind a slug":   {"https://kabar.example/berita/pasar-kembali-ramai-hari-ini.html?x=9f8e7d6c5b&page=2", "https://kabar.example/berita/pasar-kembali-ramai-hari-ini.html?page=2"},
		"id behind a script":     {"https://kabar.example/detail-berita-kabupaten-solok.php?x=9f8e7d6c5b", "https://kabar.example/detail-berita-kabupaten-solok.php?x=9f8e7d6c5b"},
		"id behind a slug":       {"https://kabar.example/pasar-kembali-ramai-hari-ini?news_id=20260120", "https://kabar.example/pasar-kembali-ramai-hari-ini?news_id=20260120"},
		"tracker without a slug": {"https://kabar.example/berita?ref=home", "https://kabar.example/berita?ref=home"},
		"session in the path":    {"https://kabar.example/(S(lit3py55t21z5v55vlm25s55))/berita/a.aspx", "https://kabar.example/berita/a.aspx"},
		"slash kept":             {"https://kabar.example/a/", "https://kabar.example/a/"},
		"empty query":            {"https://kabar.example/a?", "https://kabar.example/a"},
	}
	for name, test := range tests {
		got, err := Address(test.raw)
		if err != nil || got != test.want {
			t.Errorf("%s: Address(%q) = %q, %v, want %q", name, test.raw, got, err, test.want)
		}
	}
	bad := []string{"", "/a", "kabar.example/a", "ftp://kabar.example/a", "javascript:alert(1)", "mailto:a@kabar.example", "https://", "http://[::1", "https://kabar.example/" + strings.Repeat("a", 3000)}
	for _, raw := range bad {
		if got, err := Address(raw); !errors.Is(err, ErrBadAddress) {
			t.Errorf("Address(%.40q) = %q, %v, want ErrBadAddress", raw, got, err)
		}
	}
}

func TestTwins(t *testing.T) {
	tests := map[string]struct {
		address  string
		has      []string
		hasNever []string
	}{
		"plain": {"https://kabar.example/judul", []string{"http://kabar.example/judul", "https://www.kabar.example/judul", "https://m.kabar.example/judul",
			"https://kabar.example/judul/", "https://kabar.example/judul?m=1", "https://kabar.example/judul/amp", "https://kabar.example/amp/judul", "http://www.kabar.example/judul/"},
			[]string{"https://kabar.example/judul"}},
		"from www":  {"http://www.kabar.example/a.html", []string{"https://kabar.example/a.html", "http://kabar.example/a.html", "http://www.kabar.example/a.html?m=1"}, []string{"http://www.kabar.example/a.html/"}},
		"a dress":   {"https://kabar.example/a/?amp=1", []string{"https://kabar.example/a/", "https://kabar.example/a"}, []string{"https://kabar.example/a/?amp=1"}},
		"amp in":    {"https://kabar.example/amp/berita/5/x", []string{"https://kabar.example/berita/5/x"}, nil},
		"with id":   {"https://kabar.example/?p=9&id=2", []string{"https://www.kabar.example/?p=9&id=2", "https://kabar.example/?p=9&id=2&m=1"}, []string{"https://kabar.example/"}},
		"number":    {"http://127.0.0.1:8080/a", []string{"http://127.0.0.1:8080/a/"}, []string{"http://www.127.0.0.1:8080/a", "https://127.0.0.1:8080/a"}},
		"no dot":    {"http://localhost/a", nil, []string{"http://www.localhost/a"}},
		"no adress": {"::", nil, nil},
	}
	for name, test := range tests {
		twins := Twins(test.address)
		for _, want := range test.has {
			if !slices.Contains(twins, want) {
				t.Errorf("%s: Twins(%q) lacks %q: %q", name, test.address, want, twins)
			}
		}
		for _, never := range test.hasNever {
			if slices.Contains(twins, never) {
				t.Errorf("%s: Twins(%q) has %q", name, test.address, never)
			}
		}
		if len(twins) > 24 {
			t.Errorf("%s: %d twins", name, len(twins))
		}
	}
}

func TestPart(t *testing.T) {
	tests := map[string]string{
		"https://a.example/x?page=2":                               "https://a.example/x",
		"https://a.example/x?page=all":                             "https://a.example/x",
		"https://a.example/x?id=7&halaman=3":                       "https://a.example/x?id=7",
		"https://a.example/daerah/pasar-kembali-ramai-hari-ini/2/": "https://a.example/daerah/pasar-kembali-ramai-hari-ini/",
		"https://a.example/pasar-kembali-ramai-hari-ini/3":         "https://a.example/pasar-kembali-ramai-hari-ini",
		"https://a.example/kategori/daerah/2":                      "",
		"https://a.example/pasar-kembali-ramai-hari-ini/2026":      "",
		"https://a.example/x?page=123":                             "",
		"https://a.example/x?id=7":                                 "",
		"https://a.example/x":                                      "",
		"https://a.example/x?showpage=all":                         "https://a.example/x",
		"https://a.example/x?page=berita-kita":                     "",
	}
	for address, want := range tests {
		if got, ok := Part(address); got != want || ok != (want != "") {
			t.Errorf("Part(%q) = %q, %v, want %q", address, got, ok, want)
		}
	}
}

func TestTrap(t *testing.T) {
	traps := map[string]string{
		"calendar":        "https://a.example/kalender?thn=2026&bln=1",
		"month":           "https://a.example/agenda?year=2031&month=12",
		"day":             "https://a.example/indeks?tanggal=2026-01-20",
		"repeats":         "https://a.example/berita/berita/berita/x",
		"deep":            "https://a.example/1/2/3/4/5/6/7/8/9/10/11/12/13",
		"long":            "https://a.example/" + strings.Repeat("ab-", 300),
		"parameters":      "https://a.example/x?a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8&i=9",
		"same parameter":  "https://a.example/x?a=1&a=2&a=3",
		"random":          "https://a.example/?random-post=1",
		"cart":            "https://a.example/produk/?add-to-cart=12",
		"login":           "https://a.example/wp-login.php?redirect_to=x",
		"login below":     "https://a.example/user/login",
		"share":           "https://a.example/share/judul-berita",
		"print":           "https://a.example/print/judul-berita",
		"action":          "https://a.example/index.php?id=3&action=print",
		"address inside":  "https://a.example/keluar/https://b.example/x",
		"address in pair": "https://a.example/masuk-akun?next=https://a.example/x",
		"reply":           "https://a.example/judul/trackback/",
		"no address":      "judul",
	}
	for name, address := range traps {
		if reason, bad := Trap(address, nil); !bad || reason == "" {
			t.Errorf("%s: Trap(%q) = %q, %v", name, address, reason, bad)
		}
	}
	good := []string{
		"https://a.example/2026/01/judul-berita-panjang.html", "https://a.example/artikel/2011/11/11/sebelas-tahun-nagari",
		"https://a.example/index.php?mod=berita&id=12", "https://a.example/search?updated-max=2026-01-01T00:00:00%2B07:00&max-results=20&start=20&by-date=false",
		"https://a.example/?p=123", "https://a.example/berita?page=138", "https://a.example/index.php/berita/item/123-slug?start=154",
		"https://a.example/detail?tgl=2026-01-20&id=77", "https://a.example/read/warga-minta-kalender-tanam-baru",
		"https://a.example/tag/login-aplikasi", "https://a.example/daerah/harga-cabai-naik-jelang-akhir-tahun-2025",
	}
	for _, address := range good {
		if reason, bad := Trap(address, nil); bad {
			t.Errorf("Trap(%q) = %q", address, reason)
		}
	}
}

func TestKey(t *testing.T) {
	token := "eyJpdiI6IkFBQUFBQUFBQUFBQUFBQUFBQUFBPT0iLCJ2YWx1ZSI6IngifQ"
	tests := map[string]string{
		"https://a.example/berita/judul-yang-panjang-sekali-dan-masih-berlanjut-lagi-2026": "",
		"https://a.example/artikel/detail/judul/" + token:                                  "https://a.example/artikel/detail/judul/~",
		"https://a.example/artikel?judul=x&id=" + token:                                    "https://a.example/artikel?judul=x&id=~",
		"https://a.example/berita/pasar-kembali-ramai-hari-ini/aB3xK9q":                    "https://a.example/berita/pasar-kembali-ramai-hari-ini/~",
		"https://a.example/berita/aB3xK9q/pasar-kembali-ramai-hari-ini":                    "",
		"https://a.example/x/dGhpc0lzQVNpZ25lZFRva2VuMTIzNDU2Nzg5MFdpdGhMZXR0ZXJz":         "https://a.example/x/~",
		"https://a.example/read/2601200011/" + strings.Repeat("kata-", 30):                 "",
		"https://a.example/id/019bd5a2-7c1e-7d2b-8a11-5d1c2b3a4f5e-019bd5a2-7c1e":          "",
		"https://a.example/Berita/OJK.Pelemahan.Saham.Perbankan.Hanya.Temporer.2016":       "",
	}
	for address, want := range tests {
		if want == "" {
			want = address
		}
		if got := Key(address); got != want {
			t.Errorf("Key(%q) = %q, want %q", address, got, want)
		}
	}
	known := func(key string) bool { return key == "https://a.example/artikel/detail/judul/~" }
	if reason, bad := Trap("https://a.example/artikel/detail/judul/"+token, known); !bad {
		t.Errorf("a token of a known page is no trap: %q", reason)
	}
	if _, bad := Trap("https://a.example/artikel/detail/lain/"+token, known); bad {
		t.Error("a token of a new page is a trap")
	}
}

func FuzzAddress(f *testing.F) {
	for _, seed := range []string{"https://kabar.example/a?utm_source=x&m=1", "http://a.example/x/amp/amp/?amp&page=2#f", "http://2130706433//a;jsessionid=1", "https://a.example/%2e%2E/%zz?&&=&a", "http://[::ffff:1.2.3.4]/"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		address, err := Address(raw)
		if err != nil {
			return
		}
		again, err := Address(address)
		if err != nil || again != address {
			t.Fatalf("Address(%q) = %q, and of that %q, %v", raw, address, again, err)
		}
		u, err := url.Parse(address)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || len(address) > MaxAddress {
			t.Fatalf("Address(%q) = %q, which is no address: %v", raw, address, err)
		}
		for _, twin := range Twins(address) {
			if twin == address {
				t.Fatalf("Twins(%q) holds the address itself", address)
			}
		}
		if key := Key(address); Key(key) != key {
			t.Fatalf("Key(%q) = %q is not stable", address, key)
		}
		Trap(address, nil)
		Part(address)
		shapeOf(address).prior()
	})
}

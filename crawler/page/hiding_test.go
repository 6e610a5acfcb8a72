package page

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// markupPage is a page of some markup.
func markupPage(tb testing.TB, markup string) *Page {
	tb.Helper()
	p, err := FromBytes("https://kabar.example/a", []byte("<!doctype html>"+markup), time.Unix(0, 0))
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

// hidesX tells whether the element with the name x, or one around it, is
// hidden.
func hidesX(tb testing.TB, markup string) bool {
	tb.Helper()
	p := markupPage(tb, markup)
	root, err := p.Tree()
	if err != nil {
		tb.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || n.Data != "x" {
			continue
		}
		for ; n != nil; n = n.Parent {
			if n.Type == html.ElementNode && p.Hiding().Hides(n) {
				return true
			}
		}
		return false
	}
	tb.Fatalf("no element x in %s", markup)
	return false
}

func TestStyleHides(t *testing.T) {
	hidden := []string{
		"display:none", "DISPLAY : None !important", "display:/* ya */none", "color:red;;display:none;", "display:none;display",
		"visibility:hidden", "visibility: collapse", "content-visibility:hidden",
		"opacity:0", "opacity:.01", "opacity: 0.0;color:red", "opacity:1%", "filter:blur(2px) opacity(0%)",
		"font-size:0", "font-size:0px", "font-size: 1px !important", "font-size:.05em", "font-size:1%", "font:0/0 a", "font:italic 1px/1 serif",
		"position:absolute;left:-9999px", "left:-999px", "left:-500px", "left:-100vw", "top:-100em", "top: -1000%", "right:-2000pt", "bottom:-40cm",
		"left:9999px", "top:-.9e0px;left:-99999999px", "margin-left:-500%", "margin-left:-9999px", "margin:-9999px", "margin:0 0 0 -5000px", "margin-top:-999px",
		"text-indent:-999px", "text-indent:-9999em", "text-indent:-100%",
		"height:0;overflow:hidden", "overflow:hidden;height:0", "overflow:hidden;width:1px", "overflow:auto;height:1px", "height:0px;width:0px;overflow:scroll",
		"max-height:1px;overflow:clip", "overflow-y:hidden;height:0pt", "height:0;width:0", "width:1px;height:1px;color:red;overflow:hidden", "max-height:0",
		"overflow:hidden;color:red;max-width:0", "height:0;overflow:hidden;padding:0 2px",
		"clip:rect(0,0,0,0)", "clip: rect(1px, 1px, 1px, 1px)", "clip:rect(0 0 0 0)", "clip:rect(1px 1px 1px 1px)", "clip:rect(0px,auto,0px,auto)",
		"clip-path:inset(50%)", "clip-path: inset(100%)", "-webkit-clip-path:circle(0)", "clip-path:polygon(0 0, 0 0, 0 0)", "clip-path:inset(60% 50%)",
		"transform:translate(-9999px)", "transform:translateX(-9999px)", "-webkit-transform: translate3d(0, -9999px, 0)", "transform:rotate(3deg) translateY(-200em)",
		"transform:scale(0)", "transform:scale(0, 1)", "transform:scaleY(0)", "transform:matrix(0,0,0,0,0,0)", "scale:0", "translate:-9999px 0",
		"color:#fff;background:#fff", "background:#FFFFFF;color:white", "color:rgb(254,254,254);background-color:#fefeff", "color:rgba(0,0,0,0)", "color:transparent",
		"color:#fff;background:#fff url(a.png)", "left:0;left:-9999px", "display:none!important;display:block",
	}
	for _, css := range hidden {
		if !hidesX(t, `<x style="`+css+`">a</x>`) {
			t.Errorf("style %q: seen, want hidden", css)
		}
	}
	seen := []string{
		"", "display:block", "display:none;display:block", "display:none;display:block!important", "xdisplay:none", "display:nonesuch", "display", ":none", "content:'display:none'",
		"visibility:visible", "opacity:0.9", "opacity:.1", "opacity:1", "opacity:0;transition:opacity .5s", "opacity:0;animation:muncul 1s forwards", "opacity:calc(0)",
		"font-size:0.9em", "font-size:10px", "font-size:80%", "font:700 14px/1.5 serif", "font:inherit", "line-height:0",
		"left:-10px", "left:-50%", "left:50%;margin-left:-960px", "margin-left:-15px", "margin:0 -15px", "margin:0 auto", "margin-left:-100%", "margin-left:calc(50% - 50vw)",
		"margin-bottom:-9999px;padding-bottom:9999px", "margin-right:-9999px", "padding-left:100px", "text-indent:-40px", "text-indent:2em", "bottom:-9px",
		"height:1px", "width:1px", "overflow:hidden", "overflow:visible;height:0", "height:10px;overflow:hidden", "min-height:1px;overflow:hidden", "height:100%;overflow:auto",
		"height:0;padding-bottom:56.25%;overflow:hidden", "height:1px;min-height:100%;overflow:hidden", "width:1px;min-width:100%;overflow:hidden", "line-height:1;height:auto;overflow:hidden",
		"height:01em;overflow:hidden", "max-height:none;overflow:hidden", "max-height:0;max-height:none",
		"clip:auto", "clip:rect(0,100px,200px,0)", "clip:rect(0 auto auto 0)", "clip-path:none", "clip-path:circle(50%)", "clip-path:inset(5%)", "clip-path:polygon(0 0,100% 0,100% 90%)",
		"transform:none", "transform:scale(.5)", "transform:translate(-50%,-50%)", "transform:translateX(-100%)", "transform:translate3d(0,0,0)", "transform:scale(1)", "transform:matrix(1,0,0,1,0,0)",
		"color:#fff", "color:#fff;background:#000", "color:#fff;background:url(a.jpg)", "background:linear-gradient(#fff,#000);color:#fff", "color:transparent;-webkit-background-clip:text",
		"color:#333;background:#fff", "color:rgb(0,0,0);background:rgba(0,0,0,0)", "color:white;background:transparent",
	}
	for _, css := range seen {
		if hidesX(t, `<x style="`+css+`">a</x>`) {
			t.Errorf("style %q: hidden, want seen", css)
		}
	}
}

func TestMarkupHides(t *testing.T) {
	tests := []struct {
		markup string
		want   bool
	}{
		{`<x hidden>a</x>`, true},
		{`<x hidden="hidden">a</x>`, true},
		{`<x hidden=until-found>a</x>`, false},
		{`<x hidden style="display:block">a</x>`, false},
		{`<x aria-hidden=true>a</x>`, false},
		{`<div style="display:none"><p><x>a</x></p></div>`, true},
		{`<marquee height=1><x>a</x></marquee>`, true},
		{`<marquee width="0px" height=10><x>a</x></marquee>`, true},
		{`<marquee height=20><x>a</x></marquee>`, false},
		{`<dialog><x>a</x></dialog>`, true},
		{`<dialog open><x>a</x></dialog>`, false},
		{`<details><summary>b</summary><x>a</x></details>`, false},
		{`<body style="display:none"><x>a</x>`, false},
		{`<style>html{opacity:0} body{visibility:hidden}</style><body><x>a</x>`, false},
		{`<div style="font-size:0"><x>a</x></div>`, true},
		{`<div style="font-size:0"><x style="font-size:14px">a</x></div>`, false},
		{`<div style="visibility:hidden"><x style="visibility:visible">a</x></div>`, false},
		{`<div style="display:none"><x style="display:block">a</x></div>`, true},
		{`<div style="color:#fff;background:#fff"><x style="color:#111">a</x></div>`, false},
	}
	for _, tt := range tests {
		if got := hidesX(t, tt.markup); got != tt.want {
			t.Errorf("%s: hidden is %v, want %v", tt.markup, got, tt.want)
		}
	}
}

func TestSheetHides(t *testing.T) {
	const markup = `<div id="isi" class="kotak besar"><p class="b"><x class="a gone" id="i">a</x></p></div>`
	hidden := []string{
		`.gone{display:none}`, `x.gone{display:none}`, `#i{left:-999px}`, `x#i.gone.a{opacity:0}`, `body .gone{display:none}`, `div.kotak x{display:none}`, `.b>.gone{display:none}`,
		`#isi p .gone{display:none}`, `html > body div p > x { text-indent : -999em }`, `.z, .gone , .y{display:none}`, `.x{color:red}.gone{color:red;display:none}`,
		`<!-- .gone{display:none} -->`, `/* .a{} */.gone{/* ; */display:none}`, `@charset "utf-8";.gone{display:none}`, `@import url(a.css); .gone{display:none}`,
		`.q:before{content:"}{"}.gone{display:none}`, `@media screen{.gone{display:none}}`, `@media all { .a{color:red} .gone{display:none} }`, `@layer dasar{.gone{display:none}}`,
		`@font-face{font-family:a}.gone{display:none}`, `@keyframes k{0%{opacity:0}to{opacity:1}}.gone{visibility:hidden}`, `.gone{height:1px}.a{overflow:hidden}`,
		`.kotak{display:none}`, `p{display:none}`, `x{display:none}`, `.gone{display:block}.gone{display:none}`, `.gone{display:none!important}#i{display:block}`,
		`.gone{display:none}@media print{.gone{display:block}}`, `.gone{display:none}.other{display:block}`, `.gone{display:none}.gone:hover{display:block}`,
		`.gone{display:none;.c{display:block}}`, `.gone{display:none}}.a{color:red}`, `.gone{display:none`, `.kotak .none x,.kotak x{display:none}`, `div p x{display:none}`,
		`.gone{display:none}.gone.open{display:block}`, `.b{font-size:0}`, `.gone{display:none}p:hover .gone{display:block}`,
	}
	for _, css := range hidden {
		if !hidesX(t, "<style>"+css+"</style>"+markup) {
			t.Errorf("sheet %q: seen, want hidden", css)
		}
	}
	seen := []string{
		``, `.gone{color:red}`, `.gone.closed{display:none}`, `.go{display:none}`, `.b.gone{display:none}`, `#b{display:none}`, `p.gone{display:none}`, `body>.gone{display:none}`,
		`.gone:hover{display:none}`, `.gone:not(.a){display:none}`, `.gone[data-x]{display:none}`, `p + .gone{display:none}`, `.gone::before{display:none}`, `.none .gone{display:none}`,
		`.gone{display:none}.gone{display:block}`, `.gone{display:none}p .gone{display:block}`, `#i{display:block}.gone{display:none}`, `.gone{display:block!important}.gone{display:none}`,
		`@media print{.gone{display:none}}`, `@media (max-width:600px){.gone{display:none}}`, `@media(max-width:600px){.gone{display:none}}`, `.gone{display:none}@media (min-width:600px){.gone{display:block}}`, `@keyframes gone{.gone{display:none}}`,
		`@supports (display:grid){.gone{display:none}}`, `.gone{display:none}.kotak:not(.kecil) .gone{display:block}`, `.gone{opacity:0}.a{animation:muncul 1s}`,
		`.no-js .gone{display:none}`, `.gone.lazyload{opacity:0}`, `*{display:none}`, `.gone{display:none}.a{display:block}`, `.b{font-size:0}.gone{font-size:14px}`, `.b{visibility:hidden}.gone{visibility:visible}`,
		`.gone{color:#fff;background:#fff}`, `.gone{display:none}.gone,.x\:y{display:block}`, `{display:none}`, `> .gone >{display:none}`,
	}
	for _, css := range seen {
		if hidesX(t, "<style>"+css+"</style>"+markup) {
			t.Errorf("sheet %q: hidden, want seen", css)
		}
	}
}

func TestSheetMedia(t *testing.T) {
	for media, want := range map[string]bool{"": true, "all": true, "Screen": true, "print": false, "(max-width: 600px)": false} {
		if got := hidesX(t, `<style media="`+media+`">.gone{display:none}</style><x class=gone>a</x>`); got != want {
			t.Errorf("media %q: hidden is %v, want %v", media, got, want)
		}
	}
}

func TestSheetAndStyle(t *testing.T) {
	tests := []struct {
		css, attributes string
		want            bool
	}{
		{`.gone{display:none}`, `style="display:block"`, false},
		{`.gone{display:none!important}`, `style="display:block"`, true},
		{`.gone{display:none!important}`, `style="display:block!important"`, false},
		{`.gone{height:0}`, `style="overflow:hidden"`, true},
		{`.gone{position:absolute}`, `style="left:-9999px"`, true},
		{`.gone{display:none}`, `style="color:red"`, true},
		{`.gone{opacity:0}`, `hidden`, true},
		{`.md\:block{color:red}.hidden{display:none}@media (min-width:768px){.md\:block{display:block}}`, `class="hidden md:block"`, false},
	}
	for _, tt := range tests {
		attributes := tt.attributes
		if !strings.Contains(attributes, "class") {
			attributes += " class=gone"
		}
		if got := hidesX(t, "<style>"+tt.css+"</style><x "+attributes+">a</x>"); got != tt.want {
			t.Errorf("%s with %s: hidden is %v, want %v", tt.css, attributes, got, tt.want)
		}
	}
}

func TestHidingOfOther(t *testing.T) {
	p, err := FromBytes("https://kabar.example/a.json", []byte(`{"a":1}`), time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	if p.Hiding().Hides(&html.Node{Type: html.ElementNode, Data: "p"}) {
		t.Error("a page without elements hides one")
	}
}

// Pages that are made to take long take no longer than others of their size.
func TestHidingIsBounded(t *testing.T) {
	var rules strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&rules, ".a .a .a .b%d .a .a .c{display:none}", i)
	}
	long := strings.Repeat("c ", 400)
	hostile := map[string]string{
		"chains":           "<style>" + rules.String() + "</style>" + strings.Repeat("<div class=a>", 200) + strings.Repeat("<i class=c></i>", 20_000),
		"classes":          "<style>" + rules.String() + "</style>" + strings.Repeat(`<i class="`+long+`"></i>`, 2000),
		"letters of none":  strings.Repeat(`<div style="font-size:0;`+strings.Repeat("a:b;", 250)+`">`, 400),
		"rules in rules":   "<style>" + strings.Repeat("@media all{", 50_000) + "</style><x>",
		"quotes":           "<style>" + strings.Repeat(`"\`, 200_000) + "</style><x>",
		"many sheets":      strings.Repeat("<style>.a{display:none}</style>", 40_000),
		"selectors":        "<style>" + strings.Repeat(".a,", 150_000) + "{display:none}</style>" + strings.Repeat("<i class=a></i>", 50_000),
		"declarations":     "<x style='" + strings.Repeat("display:none;display:block;", 100_000) + "'>",
		"comments unended": "<style>" + strings.Repeat("/*", 200_000) + "</style><x>",
	}
	for name, markup := range hostile {
		p := markupPage(t, markup)
		root, err := p.Tree()
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		h := p.Hiding()
		for n := range root.Descendants() {
			h.Hides(n)
		}
		if took := time.Since(start); took > 3*time.Second {
			t.Errorf("%s: %v for %d bytes", name, took, len(markup))
		} else {
			t.Logf("%s: %v for %d bytes", name, took, len(markup))
		}
	}
}

// Whatever a style says, !important none hides, and what shows wins over it
// when it comes later; and nothing panics.
func FuzzHiding(f *testing.F) {
	f.Add(".gone{display:none}", "left:-999px", "gone")
	f.Add("@media screen{.a>.gone{clip:rect(0 0 0 0)}}", "transform:scale(0)", "gone a")
	f.Add(`.a\:b:not([x]) + c{font:0/0 a}`, "color:rgb(1 2 3 / 0);background:#fff", "a:b")
	f.Add("<!-- #a{opacity:.0} -->", "margin:-999px 0;padding:1e9px", "")
	f.Fuzz(func(t *testing.T, css, own, class string) {
		if len(css)+len(own)+len(class) > 4<<10 || strings.ContainsAny(own+class, `"<>&`+"\x00") || strings.Contains(css, "<") {
			return
		}
		hidesX(t, `<style>`+css+`</style><p><x class="`+class+`" style="`+own+`">a</x></p>`)
		s := readAttribute(own)
		if s.on&s.off != 0 || s.firmOn&s.firmOff != 0 {
			t.Errorf("%q both says and denies: %b", own, s)
		}
		if strings.ContainsAny(own, "/'\\({;") {
			return
		}
		if !Conceals(&html.Node{Type: html.ElementNode, Data: "x", Attr: []html.Attribute{{Key: "style", Val: own + ";display:none!important"}}}) {
			t.Errorf("%q with display:none!important is seen", own)
		}
	})
}

func BenchmarkHiding(b *testing.B) {
	var m strings.Builder
	m.WriteString("<style>")
	for i := range 300 {
		fmt.Fprintf(&m, ".wp-block-%d .has-color-%d{color:#333;margin:0 auto;padding:4px}\n.menu-%d{display:block;height:40px}.box-%d.shut{display:none}\n", i, i, i, i)
	}
	m.WriteString(".gone{left:-9999px;position:absolute}</style>")
	for i := range 1000 {
		fmt.Fprintf(&m, `<div id="post-%d" class="post type-post status-publish menu-%d"><a href="/a" style="color:#333;width:120px">a</a></div>`, i, i)
	}
	p := markupPage(b, m.String())
	root, err := p.Tree()
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(m.Len()))
	b.ReportAllocs()
	for b.Loop() {
		h := hidingOf(root)
		for n := range root.Descendants() {
			h.Hides(n)
		}
	}
}

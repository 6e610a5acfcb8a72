package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"kabar/crawler"
	"kabar/crawler/extract"
	"kabar/crawler/fetch"
	"kabar/crawler/hygiene"
	"kabar/crawler/normalize"
	"kabar/crawler/page"
	"kabar/crawler/portal"
	"kabar/storage"
	"kabar/storage/news"
)

// explainCmd shows how a page is read, stage by stage, for a person.
type explainCmd struct {
	Target string `arg:"" help:"A saved page, or the address of one." placeholder:"URL|FILE"`
	URL    string `help:"The address that a saved page came from." placeholder:"ADDRESS"`
	Clock  string `help:"Clock of the portal: WIB, WITA or WIT." placeholder:"CLOCK"`
	crawlFlags
	Regions []string `name:"region" help:"Code of a region of the portal, home region first." placeholder:"CODE"`
}

// Help is the long form of "kabar explain --help".
func (c *explainCmd) Help() string {
	return `Shows how one page is read: what it claims, what was chosen and why, the body,
what was dropped and why, and what is odd. When the page belongs to a portal that
is crawled, its rules and what was learned of its pages are used.

Example:

    echo '<h1>Jalan Dibuka</h1><p>Jalan ke pasar dibuka lagi.' >page.html
    kabar explain page.html --url https://hulu.example/jalan --clock WIB`
}

// Run explains one page on standard output.
func (c *explainCmd) Run(ctx context.Context, w *world, s *settings) error {
	p, err := c.open(ctx, w, s)
	if err != nil {
		return err
	}
	known, err := c.recall(ctx, s, p)
	if err != nil {
		return err
	}
	raw, err := extract.Extract(p, extract.Options{Rules: known.portal.Article, Template: known.Template, Link: known.link})
	if err != nil {
		return fmt.Errorf("explaining %s: %w", c.Target, err)
	}
	a, why := normalize.Explained(p, raw, normalize.Context{Portal: known.portal, Link: known.link, Site: known.Site, Now: p.At})
	return explain(w.stdout, p, known, raw, a, why)
}

// background is what is known of a page beside the page itself.
type background struct {
	portal portal.Definition
	link   news.Link // what its finding place said, when it is stored
	crawler.Learned
}

// recall finds the portal of a page by its host, and what was learned of it.
// Flags weigh more than the definition.
func (c *explainCmd) recall(ctx context.Context, s *settings, p *page.Page) (known background, err error) {
	// Mistakes in other definitions are the matter of "kabar check".
	definitions, _, _ := s.definitions()
	for _, d := range definitions {
		if home, err := url.Parse(d.Home); err == nil && bareHost(home) == bareHost(p.URL) && p.URL.Host != "" {
			known.portal = d
		}
	}
	if known.portal.ID != "" {
		if err := known.read(ctx, s, p); err != nil {
			return known, err
		}
	}
	if c.Clock != "" {
		known.portal.Clock = c.Clock
	}
	if len(c.Regions) > 0 {
		known.portal.Regions = c.Regions
	}
	if known.portal.Home == "" && (c.Clock != "" || len(c.Regions) > 0) {
		known.portal.Home = homeOf(p)
	}
	return known, nil
}

// read recalls what the database knows of the page and its portal.
func (b *background) read(ctx context.Context, s *settings, p *page.Page) error {
	if _, err := os.Stat(s.DB); err != nil {
		return nil // nothing was crawled yet
	}
	store, err := storage.Open(ctx, s.DB)
	if err != nil {
		return err
	}
	defer store.Close()
	if b.Learned, err = crawler.Recall(ctx, store, b.portal.ID); err != nil {
		return err
	}
	kept, err := store.Page(ctx, p.URL.String())
	if err != nil && !errors.Is(err, news.ErrNotFound) {
		return err
	}
	b.link = kept.Link
	return nil
}

// bareHost is a host without "www.".
func bareHost(u *url.URL) string { return strings.TrimPrefix(strings.ToLower(u.Host), "www.") }

// open reads the saved page, or fetches the one at an address.
func (c *explainCmd) open(ctx context.Context, w *world, s *settings) (*page.Page, error) {
	if isAddress(c.Target) {
		return c.fetchOne(ctx, w, s)
	}
	body, err := os.ReadFile(c.Target)
	if err != nil {
		return nil, fmt.Errorf("reading the saved page: %w", err)
	}
	p, err := page.FromBytes(c.URL, body, w.now())
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", c.Target, err)
	}
	return p, nil
}

// fetchOne brings one page from the network, as politely as a crawl does.
func (c *explainCmd) fetchOne(ctx context.Context, w *world, s *settings) (*page.Page, error) {
	dir, err := os.MkdirTemp("", "kabar-explain-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	store, err := storage.Open(ctx, filepath.Join(dir, "explain.db"))
	if err != nil {
		return nil, err
	}
	defer store.Close()
	fetcher := c.fetcher(store, s.clock(w), w.logger())
	defer fetcher.Close()
	home := portal.Definition{Home: c.Target} // its port may be asked
	return fetcher.Get(ctx, fetch.Request{URL: c.Target, Reason: "explain", Portal: &home})
}

func isAddress(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// homeOf is the front page of a page's site, which stands for its portal.
func homeOf(p *page.Page) string {
	if p.URL.Host == "" {
		return "http://localhost/"
	}
	return p.URL.Scheme + "://" + p.URL.Host + "/"
}

// explain writes every stage: the claims, the choice and its reason, the
// body, what was dropped, and what is odd.
func explain(out io.Writer, p *page.Page, known background, raw extract.Raw, a news.Article, why normalize.Choices) error {
	e := explainer{Writer: out}
	e.page(p, raw)
	e.known(known)
	e.claims("TITLE", a.Title, why.Title, raw.Titles)
	e.claims("PUBLISHED", stampText(a.Published), why.Published, raw.Published)
	e.claims("MODIFIED", stampText(a.Modified), why.Modified, raw.Modified)
	e.claims("AUTHORS", strings.Join(a.Authors, ", "), why.Authors, raw.Authors)
	e.identity(raw, a, why)
	e.regions(a)
	e.body(raw, a)
	e.dropped(raw)
	e.doubts(a)
	e.hygiene(hygiene.Judge(p, a))
	if e.err != nil {
		return fmt.Errorf("writing the explanation: %w", e.err)
	}
	return nil
}

// explainer writes lines and keeps the first error.
type explainer struct {
	io.Writer
	err error
}

// line writes a label and what belongs to it; parts without text are left out.
func (e *explainer) line(format string, values ...any) {
	cells := strings.Split(fmt.Sprintf(format, values...), "\t")
	text := fmt.Sprintf("%-*s", labelWidth, cells[0])
	for _, cell := range cells[1:] {
		if cell != "" {
			text += "  " + cell
		}
	}
	if _, err := fmt.Fprintln(e.Writer, strings.TrimRight(text, " ")); err != nil && e.err == nil {
		e.err = err
	}
}

// labelWidth is the width of the first column, in characters.
const labelWidth = 12

func (e *explainer) page(p *page.Page, raw extract.Raw) {
	e.line("PAGE\t%s", p.URL)
	e.line("  received\t%s, %d bytes, charset %s", p.Type, len(p.Body), p.Charset)
	e.line("  kind\t%s: %s", raw.Kind, raw.KindWhy)
	e.line("  site\t%s", strings.Join(raw.SiteNames, " | "))
	e.line("  language\t%s", raw.Language)
}

// known shows what was known before the page was read.
func (e *explainer) known(b background) {
	if b.portal.ID == "" {
		return
	}
	e.line("PORTAL\t%s, clock %s", b.portal.ID, b.portal.ClockName())
	switch t := b.Template; {
	case t == nil:
		e.line("  template\tnone yet: it is learned from the first articles of a crawl")
	default:
		e.line("  template\tlearned from %d pages, in %d layouts", t.Pages, len(t.Layouts))
	}
	if b.link.Source != "" {
		e.line("  found by\t%s", b.link.Source)
	}
}

// hygiene shows why the article would be held back or its portal be told.
func (e *explainer) hygiene(v hygiene.Verdict) {
	if v.Quarantine != "" {
		e.line("HELD BACK\t%s", v.Quarantine)
	}
	if v.Hacked != "" {
		e.line("HACKED\t%s", v.Hacked)
	}
}

// claims shows what was chosen, why, and all there was to choose from.
func (e *explainer) claims(field, chosen, why string, claims []extract.Claim) {
	if chosen == "" {
		chosen = "(none)"
	}
	e.line("%s\t%s", field, chosen)
	if why != "" {
		e.line("  because\t%s", why)
	}
	for _, c := range claims {
		where := ""
		if c.Where != "" {
			where = "(" + c.Where + ")"
		}
		e.line("  %s\t%s\t%s", c.Origin, short(c.Value, 110), where)
	}
}

func (e *explainer) identity(raw extract.Raw, a news.Article, why normalize.Choices) {
	e.line("ADDRESS\t%s", a.URL)
	e.line("  because\t%s", why.URL)
	e.line("  canonical\t%s", raw.Canonical)
	for _, alias := range a.Aliases {
		e.line("  also\t%s", alias)
	}
	e.line("  post id\t%s", a.PostID)
	e.line("  next part\t%s", raw.Next)
	e.line("  lead image\t%s", a.Lead.Src)
	e.line("  categories\t%s", strings.Join(a.Categories, ", "))
	e.line("DATELINE\t%s", a.Place)
	e.line("  agency\t%s", a.Agency)
	e.line("BYLINE\t%s", a.Byline)
}

func (e *explainer) regions(a news.Article) {
	e.line("REGIONS\t%d", len(a.Regions))
	for _, r := range a.Regions {
		note := r.Reason
		if r.Primary {
			note += ", primary"
		}
		if r.Low {
			note += ", low confidence"
		}
		e.line("  %s\t%s", r.Code, note)
	}
}

func (e *explainer) body(raw extract.Raw, a news.Article) {
	e.line("BODY\t%d blocks, %d words, found by %s", len(a.Body), len(strings.Fields(a.Text())), raw.BodyOrigin)
	for _, b := range a.Body {
		e.line("  %s\t%s", b.Kind, short(strings.ReplaceAll(b.Plain(), "\n", " / "), 140))
	}
}

func (e *explainer) dropped(raw extract.Raw) {
	e.line("DROPPED\t%d", len(raw.Dropped))
	for _, d := range raw.Dropped {
		e.line("  %s\t%s", short(d.Text, 80), d.Why)
	}
}

func (e *explainer) doubts(a news.Article) {
	e.line("DOUBTS\t%d", len(a.Doubts))
	for _, d := range a.Doubts {
		e.line("  \t%s", d)
	}
}

func stampText(s news.Stamp) string {
	if s.IsZero() {
		return ""
	}
	return s.Text() + " (" + string(s.Precision) + ", from " + s.Origin + ")"
}

// short is the beginning of a text, at most max runes, without tabs.
func short(s string, max int) string {
	s = strings.ReplaceAll(s, "\t", " ")
	if utf8.RuneCountInString(s) <= max {
		return s
	}
	return string([]rune(s)[:max]) + "…"
}

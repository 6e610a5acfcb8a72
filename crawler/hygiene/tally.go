package hygiene

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"kabar/storage/news"
)

// tally is what the sentences of an article add up to.
type tally struct {
	words     int
	sales     float64 // sentences that sell games, each by its strength
	selling   int     // how many they are
	about     float64 // sentences that report on games
	reports   int     // sentences that report, on whatever
	strong    int     // of those, with words that only reporters use
	brands    int     // made-up names of sites
	invites   int     // sentences that speak to customers
	sure      int     // different words that are about games and nothing else
	disguised int     // words written to pass filters
	named     bool    // the title reports, be it on games or not
	headline  bool    // the title surely sells
	playing   int     // sentences of the body with games in them
	best      string  // the sentence that sells most
	bestScore int

	deface    int // words of who broke in
	signed    int // of the strongest sentence
	reported  int // words of reporters in the same sentences
	signature string
	foreign   foreignTally
}

// Bounds and weights of the verdict, chosen on the texts in testdata.
const (
	maxRead    = 1 << 20 // bytes of an article that are read
	saleScore  = 4       // of a sentence that sells
	saleTitle  = 6       // of a title that sells whatever stands below it
	maxScore   = 12      // counted of one sentence
	minSales   = 2.0     // of an article that sells
	fewSales   = 1.0     // of one that reports nothing at all
	manySure   = 3       // games in one that only names them
	denseSure  = 10      // words a game in it, at most
	sparse     = 100     // words a sentence that sells, at most, where hardly anything is sure
	perReport  = 1.5     // sales that a sentence about gambling explains
	perStrong  = 0.5     // sales that the police and the like explain elsewhere
	maxExcuse  = 3       // of the latter
	strongWord = 2       // weight of a word that only reporters use
)

// read counts the words of an article.
func read(a news.Article) *tally {
	t := &tally{}
	title := true
	c := newScan(nil)
	text := ""
	c.each = func(s sentence) { t.add(s, text, title) }
	text = a.Title
	c.text(text)
	t.foreign.add(text)
	title = false
	left := maxRead
	for _, b := range a.Body {
		if left <= 0 {
			break
		}
		text = bounded(b.Plain(), left)
		left -= len(text)
		c.text(text)
		t.foreign.add(text)
	}
	t.sure = len(c.met)
	return t
}

// bounded is the beginning of a text, without half a character at its end.
func bounded(text string, max int) string {
	if len(text) <= max {
		return text
	}
	return strings.ToValidUTF8(text[:max], "")
}

func (t *tally) add(s sentence, text string, title bool) {
	t.words += s.words
	t.disguised += s.disguised
	weight := 1.0
	if title {
		weight = 2
	}
	switch score := s.sale(); {
	case score >= saleScore:
		t.sales += weight * float64(min(score, maxScore)) / saleScore
		t.selling++
		if score > t.bestScore {
			t.best, t.bestScore = text[s.first:s.last], score
		}
	case s.game+s.quoted > 0 && (s.report > 0 || s.quoted > 0):
		t.about += weight * float64(min(max(s.report, 1), strongWord)) / strongWord
		t.named = t.named || title
	}
	if title {
		t.headline = t.headline || s.sure > 0 && s.sale() >= saleTitle
	} else if s.game > 0 {
		t.playing++
	}
	if s.invites && s.game+s.trade > 0 {
		t.invites++
	}
	t.brands += s.brands
	if s.report > 0 {
		t.reports++
	}
	if s.report >= strongWord {
		t.strong++
		t.named = t.named || title
	}
	if s.deface >= 1 {
		t.deface += s.deface
		t.reported += s.report
		if s.deface > t.signed {
			t.signed, t.signature = s.deface, text[s.first:s.last]
		}
	}
}

// sale is how much a sentence sells games: nothing without a game; names alone
// sell little; the words of reporters and quotation marks weigh against it.
func (s sentence) sale() int {
	if s.game == 0 || s.brands >= 3 && s.trade < 3 { // a list of names sells nothing
		return 0
	}
	return min(s.game, s.trade+3) + s.trade + min(s.disguised, 2) + s.quoted/3 - 2*s.report
}

// gambling says why the article sells gambling; empty when it does not.
func (t *tally) gambling() string {
	if why := t.foreign.gambling(); why != "" {
		return why
	}
	if t.headline && t.playing == 0 {
		return fmt.Sprintf("The title sells gambling, of which the text says nothing: %s.", quoted(t.best))
	}
	if excuse := t.excuse(); !t.certain() || excuse > 0 && t.sales <= excuse {
		return ""
	}
	return fmt.Sprintf("The text sells gambling: %s to play, such as %s, and %s.",
		counted(t.selling, "sentence invites", "sentences invite"), quoted(t.best), reportsOn(t.about))
}

// certain tells whether enough is sold, and surely games of chance.
func (t *tally) certain() bool {
	if t.about == 0 && t.strong == 0 && t.reports <= 1 && t.surelySold() {
		return true
	}
	switch {
	case t.sure >= 2 && (t.invites > 0 || t.strong+int(t.about) == 0):
		return t.sales >= minSales
	case t.sure >= 2:
		return t.sales >= 2*minSales
	case (t.sure == 1 || t.brands >= 3) && t.words <= sparse*t.selling:
		return t.sales >= 1.5*minSales && t.about == 0 && t.selling >= 2
	}
	return false
}

// surelySold tells it of a text that reports nothing, and may be short.
func (t *tally) surelySold() bool {
	switch {
	case t.sure >= manySure && t.words <= denseSure*t.sure:
		return true
	case t.sure >= 2:
		return t.sales >= fewSales && (t.invites+t.disguised > 0 || t.words <= 15*t.sure) || t.sales >= 1.5*minSales
	case t.words > sparse*t.selling:
		return false
	case t.sure == 1:
		return t.sales >= fewSales && t.invites > 0 && t.bestScore > saleScore || t.sales >= minSales && (t.selling >= 2 || t.invites >= 2)
	default:
		return t.sales >= 1.5*minSales && t.invites > 0 && t.brands > 0
	}
}

// excuse is how many sales the reporting sentences explain.
func (t *tally) excuse() float64 {
	excuse := perReport*t.about + min(perStrong*float64(t.strong), maxExcuse)
	if t.named {
		excuse += perReport
	}
	return excuse
}

func reportsOn(about float64) string {
	if about == 0 {
		return "none reports on it"
	}
	return "few report on it"
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// quoted is the beginning of a text in quotation marks, with what is not seen
// spelled out.
func quoted(text string) string {
	return strconv.Quote(strings.ReplaceAll(shortened(text), `"`, "'"))
}

// shortened is the beginning of a text for a sentence of ours.
func shortened(text string) string {
	const max = 100 // runes
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= max {
		return text
	}
	return string([]rune(text)[:max]) + "…"
}

// Bounds of a page that somebody else signed.
const (
	minDeface    = 3
	shortDeface  = 150 // words; longer texts need more
	denseDeface  = 40  // words of text a word of who broke in
	reporterCost = 2
)

// defaced says why the text is the mark of somebody who broke in; empty when
// it is not.
func (t *tally) defaced() string {
	net := t.deface - reporterCost*t.reported
	if t.signed < minDeface || net < minDeface || t.reports > 2 {
		return ""
	}
	if t.words > shortDeface && net*denseDeface < t.words {
		return ""
	}
	return fmt.Sprintf("The page is signed by somebody who broke in: %s.", quoted(t.signature))
}

package discover

import (
	"net/url"
	"regexp"
	"strings"
)

// shape is the pattern that an address shares with others of its kind:
// "/berita/S" for /berita/pasar-arosuka-kembali-ramai, "/Y/M/S.html" for a
// Blogger post, "index.php?mod=berita&id=N". S is a slug of several words, w a
// short last word, N a number, Y M D parts of a date, ~ a changing token.
type shape struct {
	exact   string // with the words in the middle of the path
	general string // with those words as "w", unless they say what a page is
	folder  string // the exact shape of what stands above the last segment, where that is a folder of articles
	slug    int    // words of the slug; 0 when there is none
	number  bool   // a number or token names the page
	dated   bool   // year and month stand in the path
	depth   int
	words   []string // literal words of path and query, in lower case
	last    string   // last segment without its ending
	ending  string   // ".html", ".php" or the like
}

const maxShape = 160 // bytes of a shape; longer ones are cut

var (
	yearPart   = regexp.MustCompile(`^(19|20)\d\d$`)
	dayPart    = regexp.MustCompile(`^\d{1,2}$`)
	wordNumber = regexp.MustCompile(`^([A-Za-z]+)[-_](\d+)[-_](.+)$`)
	pageEnding = regexp.MustCompile(`(?i)\.(html?|php|aspx?|jsp|cfm|xhtml|shtml)$`)
	wordGap    = regexp.MustCompile(`[-_.+~,!]+|%20|%2C`)
)

func shapeOf(address string) shape {
	u, err := url.Parse(address)
	if err != nil {
		return shape{}
	}
	var s shape
	var exact, general strings.Builder
	segments := strings.Split(strings.Trim(u.EscapedPath(), "/"), "/")
	if segments[0] == "" {
		segments = nil
	}
	s.depth = len(segments)
	for i, segment := range segments {
		last := i == len(segments)-1
		if last {
			s.ending = strings.ToLower(pageEnding.FindString(segment))
			segment = segment[:len(segment)-len(s.ending)]
			s.last = strings.ToLower(segment)
		}
		if last && (s.dated || bestWord(s.words) >= 1) && worstWord(s.words) >= 0 {
			s.folder = exact.String()
		}
		class, wide := s.segment(segment, segments[:i], last)
		exact.WriteString("/" + class)
		general.WriteString("/" + wide)
	}
	exact.WriteString(s.ending)
	general.WriteString(s.ending)
	if query := s.query(u.RawQuery); query != "" {
		exact.WriteString("?" + query)
		general.WriteString("?" + query)
	}
	s.exact, s.general = cut(exact.String(), maxShape), cut(general.String(), maxShape)
	return s
}

// segment classes one segment of a path; wide is the class for the general
// shape.
func (s *shape) segment(segment string, before []string, last bool) (class, wide string) {
	lower := strings.ToLower(segment)
	switch {
	case isToken(segment):
		s.number = true
		return "~", "~"
	case yearPart.MatchString(segment):
		return "Y", "Y"
	case dayPart.MatchString(segment) && len(before) > 0 && (yearPart.MatchString(before[len(before)-1]) || s.dated):
		if s.dated {
			return "D", "D"
		}
		s.dated = true
		return "M", "M"
	case isNumber(segment):
		s.number = true
		return "N", "N"
	}
	if m := wordNumber.FindStringSubmatch(lower); m != nil {
		s.words = append(s.words, m[1])
		s.number = true
		s.slug = max(s.slug, countWords(m[3]))
		return m[1] + "-N-S", m[1] + "-N-S"
	}
	words := splitWords(lower)
	if n := countWords(lower); n >= 3 && !isPhrase(lower) {
		s.slug = max(s.slug, n)
		if end := words[len(words)-1]; isNumber(end) || isNumber(words[0]) {
			s.number = true
		}
		return "S", "S"
	}
	if len(words) >= 2 && isNumber(words[len(words)-1]) { // semua-berita-2
		s.words = append(s.words, strings.Join(words[:len(words)-1], "-"))
		s.number = true
		literal := strings.Join(words[:len(words)-1], "-") + "-N"
		return literal, literal
	}
	if last && lower == "index" && s.ending != "" {
		return "index", "index"
	}
	s.words = append(s.words, lower)
	if last {
		s.slug = max(s.slug, min(countWords(lower), 2))
		if vocabulary[lower] != 0 {
			return lower, lower
		}
		return "w", "w"
	}
	if vocabulary[lower] != 0 {
		return lower, lower
	}
	return cut(lower, 40), "w"
}

// query writes the parameters of a shape, values by their class.
func (s *shape) query(raw string) string {
	if raw == "" {
		return ""
	}
	pairs := strings.Split(raw, "&")
	for i, pair := range pairs {
		key, value, _ := strings.Cut(pair, "=")
		key, value = strings.ToLower(key), strings.ToLower(value)
		s.words = append(s.words, key)
		switch {
		case isNumber(value):
			s.number = s.number || vocabulary[key] >= 0
			value = "N"
		case isToken(value):
			value = "~"
		case countWords(value) >= 3:
			s.slug = max(s.slug, countWords(value))
			value = "S"
		default:
			s.words = append(s.words, value)
		}
		pairs[i] = key + "=" + cut(value, 24)
	}
	return strings.Join(pairs, "&")
}

func splitWords(s string) []string {
	return strings.FieldsFunc(wordGap.ReplaceAllString(s, " "), func(r rune) bool { return r == ' ' })
}

// countWords counts the words of a slug that are no numbers.
func countWords(slug string) int {
	n := 0
	for _, word := range splitWords(slug) {
		if !isNumber(word) {
			n++
		}
	}
	return n
}

// prior says from its address alone how likely a page is an article: about 2
// and more is likely, below 0 unlikely.
func (s shape) prior() float64 {
	score := 0.0
	switch {
	case s.slug >= 6:
		score = 3
	case s.slug >= 4:
		score = 2
	case s.slug == 3:
		score = 1
	case s.slug == 0 && !s.number:
		score = -3
	}
	if s.dated && (s.slug > 0) {
		score += 2
	} else if s.dated {
		score -= 4 // an archive of a month or day
	}
	if s.number && s.slug >= 3 {
		score += 0.5
	}
	best, worst := 0.0, 0.0
	for i, word := range s.words {
		weight := vocabulary[word]
		if weight == 0 {
			weight = firstWord(word)
		}
		if weight > 0 && i == len(s.words)-1 && s.slug < 3 && !s.number && word == s.last {
			weight = -3 // /berita is a list, /berita/x an article
		}
		best, worst = max(best, weight), min(worst, weight)
	}
	if worst < 0 {
		best = 0
	}
	score += worst
	if best > 0 && (s.number || s.slug > 0) {
		score += best
	}
	if isPhrase(s.last) {
		score -= 4
	}
	if strings.HasSuffix(s.last, "_archive") { // Blogger's pages of whole weeks
		score -= 5
	}
	return score
}

// kin is what several articles of a portal share so that more of it are
// articles too; empty for shapes that say too little.
func (s shape) kin() string {
	switch {
	case s.folder != "":
		return s.folder + "/*"
	case s.number && s.prior() >= 0:
		return s.exact
	}
	return ""
}

// foreign tells whether a word of the address speaks of something else than
// articles.
func (s shape) foreign() bool { return worstWord(s.words) <= -3 }

func bestWord(words []string) (best float64) {
	for _, word := range words {
		best = max(best, vocabulary[word])
	}
	return best
}

func worstWord(words []string) (worst float64) {
	for _, word := range words {
		worst = min(worst, vocabulary[word])
	}
	return worst
}

// firstWord judges compounds such as kategori-daerah by their first word.
func firstWord(word string) float64 {
	first, _, found := strings.Cut(word, "-")
	if !found {
		return 0
	}
	if w := vocabulary[first]; w < 0 {
		return w
	}
	return 0
}

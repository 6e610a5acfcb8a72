package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// ReadNames reads the names of a byline as it stands: "By Jane Roe and John
// Doe | 3 May", "Penulis: Andi, Editor: Budi", or a bare name.
func ReadNames(byline string) []string {
	byline = withoutAddresses(Clean(byline))
	if byline == "" || len(byline) > maxByline {
		return nil
	}
	var names []string
	for _, part := range bylineParts(byline) {
		part, role := cutRole(part)
		if role == otherRole {
			continue
		}
		if isOffice(part) {
			names = append(names, part)
			continue
		}
		for _, name := range splitNames(part) {
			if name = cleanName(name); name != "" && len(names) < maxAuthors && !containsName(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// isOffice tells the name of an institution, which may hold "and" and commas'
// kin: "Dinas Komunikasi dan Informatika".
func isOffice(part string) bool {
	if len(part) > maxNameBytes || hasDigits(part, 1) || strings.ContainsAny(part, ":,") {
		return false
	}
	first, rest, _ := strings.Cut(part, " ")
	return rest != "" && officeWords[strings.ToLower(first)]
}

// officeWords begin the names of institutions.
var officeWords = map[string]bool{
	"center": true, "centre": true, "department": true, "office": true, "institute": true, "ministry": true, "council": true, "association": true,
	"dinas": true, "badan": true, "kantor": true, "bagian": true, "humas": true, "kementerian": true, "sekretariat": true, "diskominfo": true, "balai": true,
}

// withoutAddresses drops web and mail addresses and account names.
func withoutAddresses(byline string) string {
	if !strings.ContainsAny(byline, "@:.") {
		return byline
	}
	words := strings.Fields(byline)
	kept := words[:0]
	for _, w := range words {
		if strings.Contains(w, "://") || strings.HasPrefix(w, "www.") {
			continue
		}
		if at := strings.IndexByte(w, '@'); at >= 0 {
			if at == 0 || strings.Contains(w[at:], ".") {
				continue
			}
			w = w[:at]
		}
		kept = append(kept, w)
	}
	return strings.Join(kept, " ")
}

// bylineParts cuts a byline at the marks that part people from other things.
func bylineParts(byline string) []string {
	var parts []string
	start := 0
	cut := func(from, to int) {
		if part := strings.TrimSpace(byline[start:from]); part != "" {
			parts = append(parts, part)
		}
		start = to
	}
	for i, r := range byline {
		size := utf8.RuneLen(r)
		switch r {
		case '|', '•', '·', '\n', ';', '»', '«', '│', '<', '>', '[', ']', '*', '●', '►', '→':
			cut(i, i+size)
		case '-', '–', '—':
			if i > 0 && byline[i-1] == ' ' && i+size < len(byline) && byline[i+size] == ' ' {
				cut(i, i+size)
			}
		}
	}
	cut(len(byline), len(byline))
	return splitRoles(parts)
}

// splitRoles cuts parts once more before a word of a role with a colon:
// "Penulis: Andi Editor: Budi".
func splitRoles(parts []string) []string {
	var all []string
	for _, part := range parts {
		for {
			at := roleInside(part)
			if at < 0 {
				break
			}
			all = append(all, strings.TrimSpace(part[:at]))
			part = part[at:]
		}
		all = append(all, part)
	}
	return all
}

func roleInside(part string) int {
	for i := 1; i < len(part); i++ {
		if part[i-1] != ' ' && part[i-1] != ',' && part[i-1] != '/' {
			continue
		}
		word := leadWord(part[i:])
		rest := strings.TrimLeft(part[i+len(word):], " ")
		if word != "" && strings.HasPrefix(rest, ":") && roleWords[strings.ToLower(word)] != noRole {
			return i
		}
	}
	return -1
}

// leadWord is the first run of letters.
func leadWord(s string) string {
	for i, r := range s {
		if !unicode.IsLetter(r) {
			return s[:i]
		}
	}
	return s
}

// roleKind tells what somebody had to do with an article.
type roleKind int

const (
	noRole roleKind = iota
	authorRole
	otherRole
)

// roleWords are the words before a name, in lower case. They part the writer
// from those who edited or photographed.
var roleWords = map[string]roleKind{
	"by": authorRole, "oleh": authorRole, "penulis": authorRole, "reporter": authorRole, "pewarta": authorRole, "wartawan": authorRole,
	"laporan": authorRole, "jurnalis": authorRole, "kontributor": authorRole, "contributor": authorRole, "von": authorRole, "par": authorRole,
	"por": authorRole, "door": authorRole, "av": authorRole, "af": authorRole, "di": authorRole, "autor": authorRole, "author": authorRole, "authors": authorRole, "autorin": authorRole,
	"auteur": authorRole, "autore": authorRole, "text": authorRole, "words": authorRole, "written": authorRole, "ditulis": authorRole, "posted": authorRole,
	"published": authorRole, "diposting": authorRole, "writer": authorRole, "story": authorRole, "byline": authorRole, "sumber": otherRole,
	"skrevet": authorRole, "escribe": authorRole, "scritto": authorRole, "escrito": authorRole, "tekst": authorRole, "reported": authorRole, "contributed": authorRole, "authored": authorRole, "submitted": authorRole, "geschrieben": authorRole, "verfasst": authorRole,
	"editor": otherRole, "edited": otherRole, "redaktur": otherRole, "penyunting": otherRole, "photo": otherRole, "photos": otherRole, "foto": otherRole,
	"fotos": otherRole, "photography": otherRole, "fotografer": otherRole, "image": otherRole, "images": otherRole, "illustration": otherRole, "video": otherRole,
	"source": otherRole, "translated": otherRole, "updated": otherRole, "reviewed": otherRole, "medically": otherRole, "fact": otherRole, "filed": otherRole, "tags": otherRole, "bild": otherRole,
}

// cutRole takes the words before a name off and tells what role they name.
func cutRole(part string) (rest string, role roleKind) {
	for range 4 {
		part = strings.TrimLeft(part, " :,.-–(")
		word := leadWord(part)
		kind := roleWords[strings.ToLower(word)]
		if word == "" || kind == noRole {
			break
		}
		after := part[len(word):]
		if after != "" && after[0] != ' ' && after[0] != ':' && after[0] != '/' {
			break
		}
		if strings.Trim(after, " :") == "" {
			return "", kind
		}
		// "Photo" alone or "Text" in a name of more words needs a colon or "by".
		if kind == otherRole && !strings.HasPrefix(strings.TrimLeft(after, " "), ":") && !hasBy(after) && role == noRole && !isLowerRole(word) {
			break
		}
		if needsBy[strings.ToLower(word)] && !hasBy(after) {
			break
		}
		role = kind
		part = after
		if kind == otherRole {
			return part, otherRole
		}
	}
	return part, role
}

// needsBy are participles that name nobody by themselves.
var needsBy = map[string]bool{
	"published": true, "posted": true, "written": true, "ditulis": true, "diposting": true, "submitted": true, "reported": true,
	"contributed": true, "authored": true, "geschrieben": true, "verfasst": true, "story": true, "skrevet": true,
}

func isLowerRole(word string) bool { return strings.EqualFold(word, "editor") }

func hasBy(s string) bool {
	s = strings.ToLower(strings.TrimLeft(s, " "))
	for _, word := range [...]string{"by", "oleh", "von", "av", "credit", ":"} {
		if rest, found := strings.CutPrefix(s, word); found && (rest == "" || word == ":" || rest[0] == ' ' || rest[0] == ':') {
			return true
		}
	}
	return false
}

// splitNames cuts a list of names.
func splitNames(s string) []string {
	var names []string
	fields := strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == '&' || r == '/' || r == '+' })
	for _, field := range fields {
		words := strings.Fields(field)
		start := 0
		for i, w := range words {
			switch strings.ToLower(w) {
			case "and", "dan", "und", "et", "og", "och", "en", "with", "ja", "dengan":
			case "y", "e", "i":
				if i == 0 || i == len(words)-1 {
					continue
				}
			default:
				continue
			}
			names = append(names, strings.Join(words[start:i], " "))
			start = i + 1
		}
		names = append(names, strings.Join(words[start:], " "))
	}
	return unsplit(s, names)
}

// unsplit keeps "Center for Care and Research" whole: when one of two pieces
// is a single word, "and" belongs to a name.
func unsplit(whole string, names []string) []string {
	if len(names) != 2 || strings.ContainsAny(whole, ",/+") {
		return names
	}
	one, two := strings.Contains(names[0], " "), strings.Contains(names[1], " ")
	if one == two || names[1] == "" || names[0] == "" {
		return names
	}
	return []string{whole}
}

// cleanName makes one name of what stands between separators; empty when it
// is none.
func cleanName(name string) string {
	if at := strings.IndexAny(name, "(["); at >= 0 {
		name = name[:at]
	}
	words := strings.Fields(name)
	kept := words
	for i, w := range words {
		if isFigure(w) { // a date or a counter begins
			kept = words[:i]
			if i > 0 && isMonth(words[i-1]) {
				kept = words[:i-1]
			}
			break
		}
	}
	kept = withoutRoleTail(kept)
	if len(kept) > 0 {
		kept[0] = withoutGluedBy(kept[0])
	}
	name = strings.Trim(strings.Join(kept, " "), " .,:;-–—_'\"“”’‘*#!?/\\")
	if strings.HasSuffix(strings.Join(kept, " "), " Jr.") || strings.HasSuffix(strings.Join(kept, " "), " Sr.") {
		name += "."
	}
	if !isPersonLike(name) {
		return ""
	}
	return name
}

// isFigure tells a word of digits and marks, such as "9," or "10:05".
func isFigure(w string) bool {
	digits := false
	for i := 0; i < len(w); i++ {
		switch c := w[i]; {
		case c >= '0' && c <= '9':
			digits = true
		case c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= utf8.RuneSelf:
			return digits && i > 0
		}
	}
	return digits
}

// isMonth tells the beginning of a month's name in the languages of bylines.
func isMonth(w string) bool {
	w = strings.ToLower(strings.Trim(w, ".,"))
	for _, m := range [...]string{"jan", "feb", "peb", "mar", "mär", "apr", "may", "mei", "mai", "maj", "jun", "jul", "aug", "agu", "sep", "okt", "oct", "oto", "nov", "nop", "dec", "des", "dez", "dic", "ene", "abr", "ago"} {
		if strings.HasPrefix(w, m) && len(w) <= 10 {
			return true
		}
	}
	return false
}

// withoutGluedBy undoes "ByJane", which a lost space makes.
func withoutGluedBy(w string) string {
	if rest, found := strings.CutPrefix(w, "By"); found && rest != "" && rest[0] >= 'A' && rest[0] <= 'Z' {
		return rest
	}
	return w
}

func hasDigits(w string, n int) bool {
	for i := 0; i < len(w); i++ {
		if w[i] >= '0' && w[i] <= '9' {
			if n--; n == 0 {
				return true
			}
		}
	}
	return false
}

// withoutRoleTail cuts where a profession, a time or a counter begins.
func withoutRoleTail(words []string) []string {
	for i, w := range words {
		w = strings.ToLower(strings.Trim(w, ".,:;"))
		switch {
		case i == 0 && nameStarts[w] && len(words) > 1:
		case i > 0 && professions[w]:
			if i == 1 {
				return words // "Community Editor" is a name of its own
			}
			return words[:i]
		case nameStops[w]:
			return words[:i]
		}
	}
	return words
}

// nameStarts may begin a name though they end one: "The Associated Press".
var nameStarts = map[string]bool{"the": true, "all": true, "special": true, "senior": true}

// professions may follow a name without a comma.
var professions = map[string]bool{
	"writer": true, "contributor": true, "sponsored": true, "staff": true, "reporter": true, "producer": true, "analyst": true, "editor": true, "follow": true, "jurnalis": true, "wartawan": true, "kontributor": true,
}

// onlyProfession tells words that say what somebody is, not who.
func onlyProfession(words []string) bool {
	for _, w := range words {
		w = strings.ToLower(strings.Trim(w, ".,"))
		if !professions[w] && !nameStarts[w] || deskNames[w] {
			return false
		}
	}
	return true
}

// nameStops are words that never belong to a name: professions, days, what
// stands around bylines.
var nameStops = map[string]bool{
	"correspondent": true, "columnist": true, "journalist": true, "freelance": true, "senior": true, "special": true,
	"published": true, "updated": true, "posted": true, "on": true, "at": true, "in": true, "for": true, "am": true, "pada": true, "comments": true, "comment": true,
	"views": true, "view": true, "share": true, "follow": true, "read": true, "min": true, "minutes": true, "minute": true, "dilihat": true, "dibaca": true, "kali": true,
	"monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true, "saturday": true, "sunday": true,
	"senin": true, "selasa": true, "rabu": true, "kamis": true, "jumat": true, "sabtu": true, "minggu": true,
	"wib": true, "wita": true, "wit": true, "about": true, "more": true, "all": true, "posts": true, "the": true, "this": true, "is": true, "has": true, "who": true, "subscribe": true, "contact": true, "email": true, "twitter": true, "facebook": true,
	"article": true, "articles": true, "artikel": true, "berita": true, "category": true, "kategori": true, "last": true, "modified": true, "date": true, "time": true, "ago": true, "uhr": true, "of": true,
	"veröffentlicht": true, "publiziert": true, "bio": true, "link": true, "links": true, "size": true, "publicado": true, "publié": true, "aktualisiert": true, "from": true, "frá": true, "skrifar": true, "wrote": true, "creating": true, "staff-writer": true,
}

// isPersonLike tells whether a text may be the name of a person or a desk.
func isPersonLike(name string) bool {
	if name == "" || len(name) > maxNameBytes || utf8.RuneCountInString(name) < 2 {
		return false
	}
	words := strings.Fields(name)
	if len(words) > maxNameWords {
		return false
	}
	if hasDigits(name, 4) || strings.ContainsAny(name, "=<>{}") {
		return false
	}
	letters, capitals := 0, 0
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		if unicode.IsLetter(r) {
			letters++
		}
		if !unicode.IsLower(r) {
			capitals++
		}
	}
	if letters == 0 || onlyProfession(words) {
		return false
	}
	return len(words) == 1 || 2*capitals >= len(words) || capitals == 0 && len(words) == 2
}

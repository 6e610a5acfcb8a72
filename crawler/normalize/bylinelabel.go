package normalize

import "strings"

// Labels of a byline, in lower case, longest first where one begins another.
// Those of writers may stand without a colon when names follow.
const (
	writerLabels = "ditulis-oleh dilaporkan-oleh laporan-wartawan laporan-reporter laporan-kontributor laporan-jurnalis penulis-berita penulis pewarta reporter " +
		"report rep kontributor jurnalis wartawan peliput liputan laporan oleh naskah teks author writer written-by reported-by words-by by"
	otherLabels = "editor-bahasa editor penyunting redaktur-pelaksana redaktur red fotografer foto photo sumber source publisher uploader admin " +
		"copyright edited-by editing-by photos-by layouter kameramen videografer"
	openLabels = "ditulis-oleh dilaporkan-oleh laporan-wartawan laporan-reporter laporan-kontributor laporan-jurnalis penulis pewarta reporter kontributor " +
		"oleh written-by reported-by words-by by editor edited-by"
)

// labelled reads a line of labels and names: "Penulis: X | Editor: Y".
func labelled(text string) (authors []string, ok bool) {
	text = strings.Trim(text, "*-–—()[] \u00a0")
	for n := 0; text != ""; n++ {
		label, value, found := cutLabel(text)
		if !found || n > 6 {
			return nil, false
		}
		value, text = cutSegment(value)
		if len(strings.Fields(value)) > 12 {
			return nil, false
		}
		if isOneOf(label, writerLabels) {
			authors = append(authors, labelledNames(value)...)
		}
		ok = true
	}
	return authors, ok
}

// cutLabel takes a label from the beginning of a line. Without a colon after
// it the rest must be written like names.
func cutLabel(s string) (label, rest string, ok bool) {
	for _, labels := range [...]string{writerLabels, otherLabels} {
		for label := range strings.FieldsSeq(labels) {
			rest, ok := afterLabel(s, label)
			if !ok {
				continue
			}
			trimmed := strings.TrimLeft(rest, " \u00a0")
			if strings.HasPrefix(trimmed, ":") {
				return label, strings.TrimLeft(trimmed, ": \u00a0"), true
			}
			if isOneOf(label, openLabels) && trimmed != rest && looksLikeNames(trimmed) {
				return label, trimmed, true
			}
		}
	}
	return "", "", false
}

// afterLabel compares the beginning of a line with a label, letter case
// aside; a hyphen in the label stands for a space.
func afterLabel(s, label string) (rest string, ok bool) {
	if len(s) < len(label) {
		return "", false
	}
	for i := range len(label) {
		b := s[i]
		if 'A' <= b && b <= 'Z' {
			b += 'a' - 'A'
		}
		if b != label[i] && !(label[i] == '-' && b == ' ') {
			return "", false
		}
	}
	rest = s[len(label):]
	return rest, rest != "" && !isLetter(rest[0])
}

// looksLikeNames tells whether a line without a colon holds names and no
// sentence: "Budi dan Siti", "TribunPadang.com, Rizka".
func looksLikeNames(s string) bool {
	value, _ := cutSegment(s)
	words := 0
	for w := range strings.FieldsSeq(value) {
		words++
		w = strings.Trim(w, ",")
		if !isOneOf(w, "dan and & bin binti van de") && !isAddress(w) && !(isCapitalized(w) && isNameWord(w)) {
			return false
		}
	}
	return words >= 1 && words <= 10
}

// cutSegment cuts the value of a label where the next one begins: at a bar,
// a line, or a slash or space before another label with a colon.
func cutSegment(s string) (value, rest string) {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '|', ';', '\n':
			return s[:i], strings.TrimLeft(s[i+1:], " |;\n/")
		case '/', ' ':
			next := strings.TrimLeft(s[i+1:], " /-")
			if label, after, ok := cutLabel(next); ok && hasColon(next, label, after) {
				return s[:i], next
			}
		}
	}
	return s, ""
}

// hasColon tells whether a colon stands between a label and what follows it.
func hasColon(s, label, after string) bool {
	return strings.Contains(s[len(label):len(s)-len(after)], ":")
}

// labelledNames reads the names behind a label of writers.
func labelledNames(value string) []string {
	var names []string
	value = strings.NewReplacer(" dan ", ",", " and ", ",", " & ", ",", "/", ",").Replace(value)
	for name := range strings.SplitSeq(value, ",") {
		name = strings.Trim(name, " .*-–()\u00a0")
		switch {
		case name == "" || isAddress(name) || isReleaseWord(name):
		case len(names) > 0 && isDegree(name):
			names[len(names)-1] += ", " + name
		default:
			names = append(names, name)
		}
	}
	return names
}

// isDegree tells whether a part after a comma is a degree: "S.Sos", "M.Si".
func isDegree(s string) bool {
	return strings.Contains(s, ".") && len(s) <= 8 && !strings.Contains(s, " ") || isOneOf(s, "SE SH MM MSi SPd ST SIP SKom MH")
}

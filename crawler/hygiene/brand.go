package hygiene

import "strings"

func hasDigitOrSign(word string) bool { return strings.ContainsAny(word, "0123456789$@!|") }

// cutDigits takes the digits at the end off a word that begins with a letter,
// with the d of "4d".
func cutDigits(word string) (base string, cut bool) {
	base = word
	if strings.HasSuffix(base, "4d") {
		return base[:len(base)-2], len(base) > 2
	}
	base = strings.TrimRight(base, "0123456789")
	return base, base != "" && len(base) < len(word)
}

// lucky tells the numbers that gambling sites have in their names.
func lucky(digits string) bool {
	switch digits {
	case "4d", "33", "55", "66", "69", "77", "88", "89", "99", "123", "138", "168", "188", "189", "303", "333", "338", "365", "388", "500", "555", "666", "700", "707", "757",
		"777", "778", "787", "788", "888", "889", "898", "899", "988", "989", "998", "999", "1000", "1131", "5000", "7777", "8888":
		return true
	}
	return false
}

// unleetKnown is the word that digits and signs stand for, if it is one that
// we know or made of such; else the word itself.
func unleetKnown(l *lexicon, word string) string {
	for _, one := range [...]byte{'i', 'l'} {
		plain := unleet(word, one)
		if t := l.terms[plain]; t != nil && (t.game+t.trade+t.deface > 0 || t.begins) {
			return plain
		}
		if l.split(plain) != nil {
			return plain
		}
	}
	return word
}

// namesGames tells a name that ends or begins with a game: "kapaltoto",
// "slotraja".
func namesGames(word string) bool {
	const rest = 3 // bytes at least
	for _, game := range [...]string{"slot", "togel", "gacor", "casino", "kasino", "poker"} {
		if len(word) >= len(game)+rest && (strings.HasSuffix(word, game) || strings.HasPrefix(word, game)) {
			return true
		}
	}
	return len(word) >= 4+rest && strings.HasSuffix(word, "toto")
}

// mayPart tells words of letters alone that may be made of pieces or name
// games.
func (l *lexicon) mayPart(word []byte) bool {
	if len(word) < 2*minPiece {
		return false
	}
	return l.pieces[triple(word)] || namesGames(string(word))
}

// split parts a word into pieces, at least two and one of them a game; nil
// when it cannot be.
func (l *lexicon) split(word string) []string {
	const maxWord = 40
	if len(word) < 2*minPiece || len(word) > maxWord || !isLetter(word[0]) || !isLetter(word[1]) || !isLetter(word[2]) || !l.pieces[triple(word)] {
		return nil
	}
	var dead uint64 // places from which the rest cannot be parted
	var parts []string
	var from func(at int) bool
	from = func(at int) bool {
		if at == len(word) {
			return true
		}
		if dead&(1<<at) != 0 {
			return false
		}
		for n := min(maxPiece, len(word)-at); n >= minPiece; n-- {
			if t := l.terms[word[at:at+n]]; t != nil && t.piece {
				parts = append(parts, word[at:at+n])
				if from(at + n) {
					return true
				}
				parts = parts[:len(parts)-1]
			}
		}
		dead |= 1 << at
		return false
	}
	if !from(0) || len(parts) < 2 {
		return nil
	}
	for _, part := range parts {
		if l.terms[part].game > 0 {
			return parts
		}
	}
	return nil
}

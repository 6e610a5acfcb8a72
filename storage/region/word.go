package region

import (
	_ "embed" // the list
	"strings"
	"sync"
)

//go:embed words.txt
var wordsTXT string

// IsWord tells whether a name or seat of a region is also an ordinary word,
// an abbreviation of something else or the name of another place ("Batu",
// "Negara", "KTT", "Malaka"), so that it says little without a type word.
// Letter case does not matter.
func IsWord(name string) bool {
	_, ok := words()[strings.ToLower(name)]
	return ok
}

var words = sync.OnceValue(func() map[string]struct{} {
	set := make(map[string]struct{})
	for word := range strings.FieldsFuncSeq(wordsTXT, func(r rune) bool { return r == '\n' }) {
		set[word] = struct{}{}
	}
	return set
})

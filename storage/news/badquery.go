package news

// BadQuery is one of the things that can be wrong with a query; each is an
// ErrBadQuery. Those who answer in another language go by the constants.
type BadQuery string

// What can be wrong with the words of a query, and with its place in a list.
const (
	QueryTooLong  BadQuery = "the search is too long: at most 500 characters"
	QueryTooMany  BadQuery = "too many words: at most 32"
	QueryEmpty    BadQuery = "there are no letters or digits to search for"
	QueryEnds     BadQuery = "the search ends where a word is missing"
	QueryQuote    BadQuery = `a quotation mark (") is not closed`
	QueryBracket  BadQuery = "a bracket is not closed"
	QueryBrackets BadQuery = "a bracket holds no words or was never opened"
	QueryNot      BadQuery = "NOT needs a word before it, as in: banjir NOT Jakarta"
	QueryAndOr    BadQuery = "AND and OR need a word on both sides"
	QueryAfter    BadQuery = "the article to continue after is there no more; begin at the top"
)

func (b BadQuery) Error() string { return ErrBadQuery.Error() + ": " + string(b) }

// Is makes every BadQuery an ErrBadQuery.
func (b BadQuery) Is(target error) bool { return target == ErrBadQuery }

package sqlite

import (
	"strings"
	"unicode"

	"kabar/storage/news"
)

// Bounds of a search, so that a stranger's question stays cheap;
// news.QueryTooLong and news.QueryTooMany tell them.
const (
	maxSearchRunes = 500
	maxSearchTerms = 32
)

// searchTerms translates search words into the language of the index (SQLite
// FTS5, "Full-text Query Syntax"). Every word goes in quoted, so that nothing
// a person types is an operator but AND, OR, NOT and brackets. Errors are
// news.BadQuery and say what is wrong.
func searchTerms(words string) (string, error) {
	if len([]rune(words)) > maxSearchRunes {
		return "", news.QueryTooLong
	}
	tokens, err := scanWords(words)
	if err != nil {
		return "", err
	}
	p := &wordParser{tokens: tokens}
	expression, err := p.or()
	if err != nil {
		return "", err
	}
	if p.peek().kind == closing {
		return "", news.QueryBrackets
	}
	if expression == "" {
		return "", news.QueryEmpty
	}
	return expression, nil
}

type tokenKind int

const (
	end tokenKind = iota
	term
	and
	or
	not
	opening
	closing
)

type token struct {
	kind tokenKind
	text string
}

func scanWords(words string) ([]token, error) {
	var tokens []token
	terms := 0
	for rest := strings.TrimSpace(words); rest != ""; rest = strings.TrimSpace(rest) {
		var t token
		switch rest[0] {
		case '(':
			t, rest = token{opening, "("}, rest[1:]
		case ')':
			t, rest = token{closing, ")"}, rest[1:]
		case '"':
			phrase, after, closed := strings.Cut(rest[1:], `"`)
			if !closed {
				return nil, news.QueryQuote
			}
			t, rest = token{term, phrase}, after
		default:
			stop := strings.IndexFunc(rest, func(r rune) bool {
				return unicode.IsSpace(r) || r == '(' || r == ')' || r == '"'
			})
			if stop < 0 {
				stop = len(rest)
			}
			t, rest = word(rest[:stop]), rest[stop:]
		}
		if t.kind == term {
			terms++
		}
		tokens = append(tokens, t)
	}
	if terms > maxSearchTerms {
		return nil, news.QueryTooMany
	}
	return tokens, nil
}

func word(text string) token {
	switch text {
	case "AND":
		return token{and, text}
	case "OR":
		return token{or, text}
	case "NOT":
		return token{not, text}
	}
	return token{term, text}
}

// wordParser reads, from loosest to tightest: OR, AND (or nothing between two
// words), NOT. An expression is "" when it has only signs that the index does
// not know, such as an emoji beside a word: they ask for nothing.
type wordParser struct {
	tokens []token
	depth  int
}

func (p *wordParser) peek() token {
	if len(p.tokens) == 0 {
		return token{}
	}
	return p.tokens[0]
}

func (p *wordParser) next() { p.tokens = p.tokens[1:] }

func (p *wordParser) or() (string, error) {
	left, err := p.and()
	for err == nil && p.peek().kind == or {
		p.next()
		var right string
		right, err = p.and()
		left = join(left, "OR", right)
	}
	return left, err
}

func (p *wordParser) and() (string, error) {
	left, err := p.not()
	for err == nil {
		switch p.peek().kind {
		case and:
			p.next()
		case term, opening:
		default:
			return left, nil
		}
		var right string
		right, err = p.not()
		left = join(left, "AND", right)
	}
	return left, err
}

func (p *wordParser) not() (string, error) {
	left, err := p.operand()
	for err == nil && p.peek().kind == not {
		p.next()
		var right string
		right, err = p.operand()
		if left == "" && err == nil {
			return "", news.QueryNot
		}
		left = join(left, "NOT", right)
	}
	return left, err
}

func (p *wordParser) operand() (string, error) {
	t := p.peek()
	switch t.kind {
	case term:
		p.next()
		return quoteTerm(t.text), nil
	case opening:
		return p.group()
	case not:
		return "", news.QueryNot
	case and, or:
		return "", news.QueryAndOr
	case closing:
		return "", news.QueryBrackets
	}
	if p.depth > 0 {
		return "", news.QueryBracket
	}
	return "", news.QueryEnds
}

func (p *wordParser) group() (string, error) {
	p.next()
	p.depth++
	inner, err := p.or()
	if err != nil {
		return "", err
	}
	if p.peek().kind != closing {
		return "", news.QueryBracket
	}
	p.next()
	p.depth--
	return inner, nil
}

func join(left, operator, right string) string {
	switch {
	case right == "":
		return left
	case left == "":
		return right
	}
	return "(" + left + " " + operator + " " + right + ")"
}

// quoteTerm is a word or phrase as the index takes it, "" when it holds no
// letter and no digit.
func quoteTerm(text string) string {
	clean := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Co, r) || r == '"' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, " "))
	if !strings.ContainsFunc(clean, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) {
		return ""
	}
	return `"` + strings.TrimSpace(clean) + `"`
}

package web

import (
	"errors"

	"kabar/storage/news"
)

// queryFault says in words for readers what is wrong with a search.
func queryFault(err error) string {
	var fault news.BadQuery
	errors.As(err, &fault)
	switch fault {
	case news.QueryTooLong:
		return "terlalu panjang, paling banyak 500 huruf."
	case news.QueryTooMany:
		return "terlalu banyak kata, paling banyak 32."
	case news.QueryEmpty:
		return "tidak ada huruf atau angka yang dapat dicari."
	case news.QueryEnds:
		return "berakhir di tempat yang masih butuh kata."
	case news.QueryQuote:
		return `tanda petik (") tidak ditutup.`
	case news.QueryBracket:
		return "tanda kurung tidak ditutup."
	case news.QueryBrackets:
		return "tanda kurung kosong atau tidak pernah dibuka."
	case news.QueryNot:
		return "NOT butuh kata di depannya, misalnya: banjir NOT Jakarta."
	case news.QueryAndOr:
		return "AND dan OR butuh kata di kedua sisinya."
	case news.QueryAfter:
		return "artikel tempat melanjutkan sudah tidak ada; mulailah dari atas."
	default:
		return "tulis kata, \"frasa\", AND, OR, NOT, dan tanda kurung."
	}
}

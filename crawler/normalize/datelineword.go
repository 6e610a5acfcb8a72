package normalize

import "strings"

// isAddress tells whether a word is the name of a site: "KOMPAS.com",
// "7.topone.id", "Global.Id".
func isAddress(word string) bool {
	word = strings.TrimRight(word, ".,")
	dot := strings.LastIndexByte(word, '.')
	if dot < 2 || dot == len(word)-1 {
		return false
	}
	for i := range len(word) {
		b := word[i]
		if !isLetter(b) && (b < '0' || b > '9') && b != '.' && b != '-' {
			return false
		}
	}
	return isOneOf(word[dot+1:], "com id co net org news today asia info tv media press online web site my go ac or sch biz xyz live me")
}

// isOneOf tells whether a word is in a list, letter case aside.
func isOneOf(word, list string) bool {
	for have := range strings.FieldsSeq(list) {
		if strings.EqualFold(have, word) {
			return true
		}
	}
	return false
}

// isKnownPlace tells whether a phrase names a place: of the gazetteer, with
// or without its type word; a village by its type word; or a city abroad.
func isKnownPlace(s string) bool {
	if len(s) > maxPiece || s == "" {
		return false
	}
	name, typed := strings.TrimSpace(s), false
	for {
		word, rest, more := strings.Cut(name, " ")
		if !more || !isOneOf(strings.TrimRight(word, "."), "kabupaten kab kota kecamatan kec desa nagari kelurahan provinsi prov kampung distrik gampong jorong dusun pulau") {
			break
		}
		if _, ok := gazetteer().lookup(name); ok {
			break
		}
		name, typed = rest, true
	}
	if !isCapitalized(name) {
		return false
	}
	if _, ok := gazetteer().lookup(name); ok {
		return true
	}
	return (typed || isGeographic(name)) && strings.Count(name, " ") <= 2 || isOneOf(strings.ReplaceAll(name, " ", "-"), citiesAbroad)
}

// isGeographic tells whether a name of several words begins as those of towns
// do: "Sungai Pakning".
func isGeographic(name string) bool {
	first, _, more := strings.Cut(name, " ")
	return more && isOneOf(first, "sungai tanjung muara teluk ujung kuala simpang koto bukit lubuk labuan labuhan pangkalan pantai")
}

func isRegion(s string) bool {
	p, ok := gazetteer().lookup(s)
	return ok && p.isRegion()
}

// citiesAbroad are cities and countries from which Indonesian papers report
// often.
const citiesAbroad = "amsterdam ankara athena baghdad bangkok beijing beirut berlin bogota brasilia brussel budapest canberra caracas damaskus davos " +
	"dhaka dili doha dubai gaza hanoi havana ho-chi-minh-city hong-kong islamabad istanbul jeddah jenewa johor-bahru kabul kairo kathmandu kiev kigali " +
	"kinshasa kolombo kopenhagen kota-kinabalu kuala-lumpur kuching lima lisbon london los-angeles madinah madrid makkah manama manila medinah mekkah " +
	"melbourne mexico-city moskow mumbai muscat nairobi naypyidaw new-delhi new-york oslo osaka ottawa paris perth phnom-penh praha pyongyang rabat " +
	"ramallah riyadh roma san-francisco santiago seoul shanghai singapura singapore sofia stockholm sydney taipei teheran tokyo tripoli tunis vatikan " +
	"vientiane warsawa washington washington-dc wina yangon yerusalem zurich " +
	"amerika-serikat arab-saudi australia belanda cina china filipina india inggris iran israel italia jepang jerman kanada kamboja korea-selatan malaysia " +
	"mesir myanmar palestina perancis prancis qatar rusia spanyol suriah swiss thailand timor-leste tiongkok turki uni-emirat-arab ukraina vietnam yaman yordania"

// lostFirstLetter tells whether a phrase is a region that lost its drop cap:
// "AMPUNG BARAT".
func lostFirstLetter(s string) bool {
	if len(s) < 5 {
		return false
	}
	for c := 'A'; c <= 'Z'; c++ {
		if isRegion(string(c) + s) {
			return true
		}
	}
	return false
}

// isLabel tells whether words only say that news follows.
func isLabel(s string) bool {
	return isOneOf(strings.ReplaceAll(s, " ", "-"), "berita sumber breaking-news breaking update info video foto opini advertorial adv eksklusif viral "+
		"editorial tajuk pengumuman headline kolom cek-fakta hoaks hoax siaran-pers rilis press-release kabar laporan")
}

// isPressName tells whether words are made like the name of a newspaper, an
// agency or a press office.
func isPressName(s string) bool {
	for word := range strings.FieldsSeq(s) {
		if isOneOf(strings.Trim(word, ".,"), "humas diskominfo diskominfotik diskominfosp kominfo prokopim prokopimda prokompim dokpim setda mc rri tvri cnn cnbc idn jpnn jpg "+
			"afp ap reuters xinhua anadolu bernama ist antaranews ppid pewarta wartawan redaksi humpro protokol bagian-humas rls rilis mcw amc pid") {
			return true
		}
		if hasPressPart(word) {
			return true
		}
	}
	return false
}

// hasPressPart tells whether a word has a part of which names of papers are
// made: "Riauterkini", "JURNALMALUKU", "WARTASULSEL".
func hasPressPart(word string) bool {
	if len(word) < 4 {
		return false
	}
	var buf [maxWord]byte
	n := 0
	for i := 0; i < len(word) && n < len(buf); i++ {
		b := word[i]
		if 'A' <= b && b <= 'Z' {
			b += 'a' - 'A'
		}
		buf[n] = b
		n++
	}
	lower := string(buf[:n])
	for _, part := range [...]string{"news", "antara", "tribun", "kompas", "warta", "jurnal", "berita", "media", "zona", "zone", "radar", "koran", "harian", "infopublik",
		"terkini", "online", "ekspres", "express", "suara", "swara", "republika", "tempo", "detik", "liputan", "merdeka", "sindo", "okezone", "viva", "redaksi",
		"tabloid", "majalah", "gatra", "teropong", "diskominfo", "humas", "newspaper", "newswire", "bisnis", "kabar", "lensa", "mediaindonesia", "demokrasi", "otoritas", "post", "hukrim", "fakta", "sorot", "cakrawala", "metropolis"} {
		if strings.Contains(lower, part) {
			return true
		}
	}
	return lower == "pos" || strings.HasSuffix(lower, "pos") && len(lower) > 5
}

// dateAt reads a date at the beginning of a text: its length, 0 when there is
// none, and whether it has a year. A weekday alone is a date.
func dateAt(s string) (length int, year bool) {
	at := 0
	if n := wordLength(s); isOneOf(s[:n], "senin selasa rabu kamis jumat jum'at sabtu minggu ahad") {
		at = n
		rest := strings.TrimLeft(s[n:], ", (")
		if m, y := dayAt(rest); m > 0 {
			end := len(s) - len(rest) + m
			if end < len(s) && s[end] == ')' {
				end++
			}
			return end, y
		}
		return at, false
	}
	return dayAt(s)
}

// startsDate tells whether a text begins with a number that begins a date.
func startsDate(s string) bool {
	n, _ := dayAt(s)
	return n > 0
}

// dayAt reads "20 Januari 2026", "20 Januari", "20/1/2026", "20-01-2026" or
// "20/1".
func dayAt(s string) (length int, year bool) {
	day := digits(s)
	if day == 0 || day > 2 || day == len(s) {
		return 0, false
	}
	if s[day] == '/' || s[day] == '-' || s[day] == '.' {
		month := digits(s[day+1:])
		if month == 0 || month > 2 {
			return 0, false
		}
		end := day + 1 + month
		if end < len(s) && s[end] == s[day] {
			if n := digits(s[end+1:]); n == 4 || n == 2 {
				return end + 1 + n, true
			}
		}
		if s[day] != '/' {
			return 0, false
		}
		return end, false
	}
	rest := strings.TrimLeft(s[day:], " ")
	n := wordLength(rest)
	if n < 3 || len(rest) == len(s)-day || !isOneOf(rest[:3], "jan feb peb mar apr mei may jun jul agu agt aug ags sep okt oct nov nop des dec") {
		return 0, false
	}
	end := len(s) - len(rest) + n
	if tail := strings.TrimLeft(s[end:], " ."); digits(tail) == 4 {
		return len(s) - len(tail) + 4, true
	}
	return end, false
}

func digits(s string) int {
	n := 0
	for n < len(s) && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	return n
}

func wordLength(s string) int {
	n := 0
	for n < len(s) && (isLetter(s[n]) || s[n] == '\'') {
		n++
	}
	return n
}

package extract

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// shape is what a text looks like.
type shape struct {
	letters, lower, commas, quotes, lines                          int
	endsSentence, endsColon, endsEllipsis, startsLower, startsMark bool
}

func shapeOf(text string) shape {
	s := shape{lines: 1}
	for _, r := range text {
		switch {
		case r >= 'a' && r <= 'z':
			s.letters++
			s.lower++
		case r >= 'A' && r <= 'Z':
			s.letters++
		case r == ',' || r == '،' || r == '，' || r == '、':
			s.commas++
		case r == '"' || r == '“' || r == '”' || r == '«' || r == '„' || r == '「':
			s.quotes++
		case r == '\n':
			s.lines++
		case r < utf8.RuneSelf:
		case unicode.IsLetter(r):
			s.letters++
			if !unicode.IsUpper(r) {
				s.lower++
			}
		}
	}
	first, _ := utf8.DecodeRuneInString(text)
	s.startsLower = unicode.IsLower(first)
	s.startsMark = first == '|' || first == '/' || first == '•' || first == '»' || first == '›' || first == '+' ||
		first == '→' || first == '▶' || first == '©' || first == '#' || first == '-' || first == '*'
	end := strings.TrimRight(text, "\"'”’»)]* ")
	last, _ := utf8.DecodeLastRuneInString(end)
	switch last {
	case '.', '!', '?', '。', '！', '？', '؟', '।':
		s.endsSentence = !strings.HasSuffix(end, "...")
		s.endsEllipsis = !s.endsSentence
	case '…':
		s.endsEllipsis = true
	case ':', '：':
		s.endsColon = true
	}
	return s
}

// phrase is a beginning of short texts that stand around articles.
type phrase struct {
	start string // lower case
	most  int    // words that the whole text may have
	says  feature
}

// phrases are in the order of their first bytes; of those with the same first
// byte the first that fits counts. They are in the languages of our portals and of the themes
// that they use untranslated.
var phrases = []phrase{
	{"(c) ", 40, saysRights}, {"(foto", 20, saysCaption}, {"(photo", 20, saysCaption},
	{"artikel terkait", 12, saysRelated}, {"artikel lainnya", 8, saysRelated}, {"also read", 30, saysRelated},
	{"auch interessant", 8, saysRelated}, {"already a", 14, saysSignup}, {"abonnieren", 30, saysSignup},
	{"accept", 6, saysConsent}, {"an error occurred", 30, saysConsent}, {"all rights reserved", 60, saysRights},
	{"alle rechte", 40, saysRights}, {"add a comment", 8, saysComment}, {"alamat email anda tidak", 40, saysComment},
	{"advertisement", 10, saysAd}, {"advertise", 6, saysAd}, {"anzeige", 4, saysAd}, {"ad ", 4, saysAd},
	{"article continues", 8, saysAd}, {"advertising", 4, saysAd}, {"ap photo", 12, saysCaption},
	{"about the author", 30, saysAuthor}, {"about author", 10, saysAuthor}, {"author bio", 8, saysAuthor},
	{"about us", 6, saysAuthor},
	{"baca juga", 40, saysRelated}, {"baca lainnya", 40, saysRelated}, {"baca selengkapnya", 40, saysRelated},
	{"baca pula", 40, saysRelated}, {"berita terkait", 12, saysRelated}, {"berita lainnya", 8, saysRelated},
	{"berita terbaru", 8, saysRelated}, {"berita populer", 8, saysRelated}, {"bagikan", 12, saysShare},
	{"berlangganan", 40, saysSignup}, {"become a", 20, saysSignup}, {"by clicking", 100, saysConsent},
	{"by continuing", 100, saysConsent}, {"by submitting", 100, saysConsent}, {"by signing up", 100, saysConsent},
	{"be the first to comment", 12, saysComment}, {"balas", 4, saysComment}, {"beri komentar", 8, saysComment},
	{"by ", 12, saysByline}, {"bild", 12, saysCaption},
	{"continue reading", 12, saysRelated}, {"copy link", 6, saysShare}, {"cetak", 4, saysShare}, {"compartir", 8, saysShare},
	{"contact us", 12, saysSignup}, {"cookie", 40, saysConsent}, {"copyright", 60, saysRights}, {"comment", 10, saysComment},
	{"commentaires", 6, saysComment}, {"credit", 12, saysCaption}, {"courtesy", 12, saysCaption}, {"categories", 20, saysTags},
	{"category:", 20, saysTags}, {"contributor", 8, saysAuthor},
	{"das könnte", 10, saysRelated}, {"don't miss", 20, saysRelated}, {"daftar", 4, saysSignup}, {"donate", 30, saysSignup},
	{"download our", 30, saysSignup}, {"dapatkan", 30, saysSignup}, {"dilarang mengambil", 60, saysRights},
	{"disclaimer", 60, saysRights}, {"discussion", 8, saysComment}, {"diposting", 14, saysByline},
	{"ditulis oleh", 14, saysByline}, {"diterbitkan", 14, saysDate}, {"dipublikasikan", 14, saysDate},
	{"diperbarui", 14, saysDate}, {"dok.", 12, saysCaption}, {"dibaca", 8, saysCounter}, {"dilihat", 8, saysCounter},
	{"editor's picks", 6, saysRelated}, {"email", 4, saysShare}, {"enter your email", 30, saysSignup}, {"editor", 14, saysByline},
	{"estimated read", 8, saysCounter},
	{"further reading", 6, saysRelated}, {"featured", 4, saysRelated}, {"follow", 14, saysShare}, {"facebook", 6, saysShare},
	{"find us on", 10, saysShare}, {"foto", 25, saysCaption}, {"filed under", 30, saysTags},
	{"get the latest", 40, saysSignup}, {"get our", 40, saysSignup}, {"gabung", 30, saysSignup}, {"gulir", 12, saysAd},
	{"getty", 8, saysCaption},
	{"hak cipta", 60, saysRights}, {"hits", 4, saysCounter},
	{"ikuti", 16, saysShare}, {"instagram", 4, saysShare}, {"iklan", 6, saysAd}, {"image", 20, saysCaption},
	{"ilustrasi", 25, saysCaption},
	{"join our", 40, saysSignup}, {"jetzt abonnieren", 30, saysSignup}, {"join the", 20, saysSignup},
	{"javascript", 40, saysConsent}, {"join the conversation", 12, saysComment}, {"join the discussion", 12, saysComment},
	{"jurnalis", 10, saysByline},
	{"komentar", 10, saysComment}, {"kommentar", 6, saysComment}, {"kontributor", 12, saysByline},
	{"keterangan gambar", 40, saysCaption}, {"kali dibaca", 6, saysCounter}, {"kategori", 12, saysTags},
	{"keywords", 30, saysTags},
	{"lihat juga", 40, saysRelated}, {"latest news", 8, saysRelated}, {"lesen sie auch", 30, saysRelated},
	{"lesen sie", 20, saysRelated}, {"lire aussi", 30, saysRelated}, {"lea también", 30, saysRelated},
	{"leia também", 30, saysRelated}, {"leggi anche", 30, saysRelated}, {"linkedin", 6, saysShare}, {"like us", 10, saysShare},
	{"log in", 20, saysSignup}, {"loading", 4, saysConsent}, {"leave a", 10, saysComment}, {"lanjutkan membaca", 8, saysAd},
	{"laporan", 8, saysByline}, {"last updated", 14, saysDate}, {"last modified", 14, saysDate}, {"label", 12, saysTags},
	{"more from", 10, saysRelated}, {"more on", 10, saysRelated}, {"more stories", 8, saysRelated},
	{"most popular", 8, saysRelated}, {"most read", 8, saysRelated}, {"mehr zum thema", 12, saysRelated},
	{"masuk", 3, saysSignup}, {"more by", 10, saysAuthor},
	{"next article", 30, saysRelated}, {"next post", 30, saysRelated}, {"newsletter", 30, saysSignup},
	{"necessary cookies", 100, saysConsent},
	{"oleh", 12, saysByline},
	{"pos terkait", 12, saysRelated}, {"previous article", 30, saysRelated}, {"previous post", 30, saysRelated},
	{"pinterest", 6, saysShare}, {"print", 4, saysShare}, {"partager", 8, saysShare}, {"privacy", 20, saysConsent},
	{"please enable", 40, saysConsent}, {"powered by", 12, saysRights}, {"post a comment", 8, saysComment},
	{"publicité", 4, saysAd}, {"promo", 4, saysAd}, {"penulis", 14, saysByline}, {"pewarta", 14, saysByline},
	{"posted by", 14, saysByline}, {"posted in", 14, saysByline}, {"published", 14, saysDate}, {"posted on", 14, saysDate},
	{"photo", 25, saysCaption}, {"picture", 12, saysCaption}, {"pengunjung", 6, saysCounter},
	{"rekomendasi", 6, saysRelated}, {"read more", 30, saysRelated}, {"read also", 30, saysRelated}, {"related", 12, saysRelated},
	{"recommended", 8, saysRelated}, {"recent posts", 8, saysRelated}, {"read:", 30, saysRelated}, {"register", 12, saysSignup},
	{"reply", 4, saysComment}, {"reporter", 14, saysByline}, {"reading time", 8, saysCounter},
	{"simak juga", 40, saysRelated}, {"see also", 30, saysRelated}, {"share", 12, saysShare}, {"sebarkan", 12, saysShare},
	{"salin", 4, saysShare}, {"subscribe", 40, saysSignup}, {"sign up", 40, saysSignup}, {"sign in", 20, saysSignup},
	{"support our", 40, saysSignup}, {"support ", 12, saysSignup}, {"stay up to date", 40, saysSignup},
	{"source:", 16, saysRights}, {"sumber:", 16, saysRights}, {"sumber :", 16, saysRights}, {"source :", 16, saysRights},
	{"show comments", 6, saysComment}, {"sponsored", 8, saysAd}, {"scroll", 12, saysAd}, {"story continues", 8, saysAd},
	{"stand:", 10, saysDate}, {"schlagwörter", 20, saysTags},
	{"terpopuler", 6, saysRelated}, {"terkini", 4, saysRelated}, {"trending", 6, saysRelated}, {"tweet", 4, saysShare},
	{"twitter", 6, saysShare}, {"teilen", 8, saysShare}, {"telegram", 4, saysShare}, {"thank you for", 20, saysSignup},
	{"this site uses cookies", 200, saysConsent}, {"this website uses", 200, saysConsent}, {"terms of", 20, saysConsent},
	{"this site is protected", 60, saysConsent}, {"tinggalkan", 10, saysComment}, {"tulis komentar", 8, saysComment},
	{"tanggal", 8, saysDate}, {"tags", 40, saysTags}, {"tag:", 40, saysTags}, {"tag :", 40, saysTags}, {"topics", 30, saysTags},
	{"topik", 12, saysTags}, {"tagged", 30, saysTags}, {"themen", 12, saysTags}, {"tentang penulis", 20, saysAuthor},
	{"up next", 30, saysRelated}, {"uploader", 10, saysByline}, {"updated", 14, saysDate},
	{"view comments", 6, saysComment}, {"von ", 8, saysByline}, {"video:", 20, saysCaption}, {"views", 4, saysCounter},
	{"view all posts", 10, saysAuthor}, {"view profile", 8, saysAuthor},
	{"watch:", 30, saysRelated}, {"weitere artikel", 8, saysRelated}, {"weiterlesen", 10, saysRelated},
	{"whatsapp", 6, saysShare}, {"we use cookies", 200, saysConsent}, {"werbung", 4, saysAd}, {"written by", 14, saysByline},
	{"wartawan", 12, saysByline},
	{"you may also", 10, saysRelated}, {"you might also", 10, saysRelated}, {"your email", 30, saysSignup},
	{"you need to enable", 40, saysConsent}, {"your browser", 40, saysConsent}, {"your email address will not", 40, saysComment},
	{"©", 60, saysRights},
	{"à lire", 30, saysRelated},
	{"über den autor", 10, saysAuthor},
}

// speechOf is what a short text says by its first words, or 0.
func speechOf(text string, words int) feature {
	if words > 200 || len(text) == 0 {
		return 0
	}
	text = strings.TrimLeft(text, "•–—-|»›>#*[(+ \n")
	var head [32]byte
	n := 0
	for i := 0; i < len(text) && n < len(head); i++ {
		c := text[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		head[n] = c
		n++
	}
	if n == 0 {
		return 0
	}
	at := sort.Search(len(phrases), func(i int) bool { return phrases[i].start[0] >= head[0] })
	for ; at < len(phrases) && phrases[at].start[0] == head[0]; at++ {
		p := &phrases[at]
		if words <= p.most && len(p.start) <= n && string(head[:len(p.start)]) == p.start {
			return p.says
		}
	}
	if words <= 8 {
		return endsSpeech(text)
	}
	return 0
}

// endsSpeech looks at the last word: "12 Comments", "94 views", "5 min read".
func endsSpeech(text string) feature {
	switch last := text[strings.LastIndexByte(text, ' ')+1:]; {
	case strings.EqualFold(last, "comments"), strings.EqualFold(last, "komentar"), strings.EqualFold(last, "comment"):
		return saysComment
	case strings.EqualFold(last, "views"), strings.EqualFold(last, "dilihat"), strings.EqualFold(last, "kali"), strings.EqualFold(last, "read"), strings.EqualFold(last, "view"):
		return saysCounter
	case strings.EqualFold(last, "ago"), strings.EqualFold(last, "lalu"), strings.EqualFold(last, "wib"), strings.EqualFold(last, "wita"), strings.EqualFold(last, "wit"):
		return saysDate
	case strings.EqualFold(last, "shares"):
		return saysShare
	}
	return 0
}

// endsArticle tells headings and labels under which no article goes on.
func endsArticle(b *Block) bool {
	switch speechOf(b.Text, b.Words) {
	case saysRelated, saysComment:
		return b.Level > 0 || b.LinkBytes == 0
	case saysAuthor:
		return true
	}
	return false
}

func hasMailAddress(text string) bool {
	at := strings.IndexByte(text, '@')
	return at > 0 && at+3 < len(text) && text[at-1] > ' ' && strings.IndexByte(text[at:], '.') > 0
}

package extract

import (
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

// phrases by what they say, in the languages of our portals and of the themes
// that they use untranslated.
var phrases = []phrase{
	{"baca juga", 40, saysRelated}, {"baca lainnya", 40, saysRelated}, {"baca selengkapnya", 40, saysRelated}, {"baca pula", 40, saysRelated},
	{"simak juga", 40, saysRelated}, {"lihat juga", 40, saysRelated}, {"artikel terkait", 12, saysRelated}, {"berita terkait", 12, saysRelated},
	{"pos terkait", 12, saysRelated}, {"berita lainnya", 8, saysRelated}, {"artikel lainnya", 8, saysRelated}, {"berita terbaru", 8, saysRelated},
	{"berita populer", 8, saysRelated}, {"terpopuler", 6, saysRelated}, {"terkini", 4, saysRelated}, {"rekomendasi", 6, saysRelated},
	{"read more", 30, saysRelated}, {"read also", 30, saysRelated}, {"also read", 30, saysRelated}, {"related", 12, saysRelated}, {"see also", 30, saysRelated},
	{"you may also", 10, saysRelated}, {"you might also", 10, saysRelated}, {"more from", 10, saysRelated}, {"more on", 10, saysRelated},
	{"more stories", 8, saysRelated}, {"recommended", 8, saysRelated}, {"most popular", 8, saysRelated}, {"most read", 8, saysRelated},
	{"latest news", 8, saysRelated}, {"recent posts", 8, saysRelated}, {"next article", 30, saysRelated}, {"previous article", 30, saysRelated},
	{"next post", 30, saysRelated}, {"previous post", 30, saysRelated}, {"up next", 30, saysRelated}, {"trending", 6, saysRelated},
	{"watch:", 30, saysRelated}, {"read:", 30, saysRelated}, {"lesen sie auch", 30, saysRelated}, {"mehr zum thema", 12, saysRelated}, {"lesen sie", 20, saysRelated},
	{"das könnte", 10, saysRelated}, {"weitere artikel", 8, saysRelated}, {"lire aussi", 30, saysRelated}, {"à lire", 30, saysRelated}, {"lea también", 30, saysRelated},
	{"leia também", 30, saysRelated}, {"leggi anche", 30, saysRelated}, {"continue reading", 12, saysRelated}, {"further reading", 6, saysRelated},
	{"editor's picks", 6, saysRelated}, {"don't miss", 20, saysRelated}, {"featured", 4, saysRelated}, {"weiterlesen", 10, saysRelated}, {"auch interessant", 8, saysRelated},

	{"share", 12, saysShare}, {"bagikan", 12, saysShare}, {"sebarkan", 12, saysShare}, {"follow", 14, saysShare}, {"ikuti", 16, saysShare}, {"tweet", 4, saysShare},
	{"facebook", 6, saysShare}, {"twitter", 6, saysShare}, {"whatsapp", 6, saysShare}, {"copy link", 6, saysShare}, {"teilen", 8, saysShare}, {"telegram", 4, saysShare},
	{"linkedin", 6, saysShare}, {"pinterest", 6, saysShare}, {"email", 4, saysShare}, {"print", 4, saysShare}, {"cetak", 4, saysShare}, {"like us", 10, saysShare},
	{"instagram", 4, saysShare}, {"compartir", 8, saysShare}, {"partager", 8, saysShare}, {"salin", 4, saysShare}, {"find us on", 10, saysShare},

	{"subscribe", 40, saysSignup}, {"sign up", 40, saysSignup}, {"sign in", 20, saysSignup}, {"log in", 20, saysSignup}, {"newsletter", 30, saysSignup}, {"get the latest", 40, saysSignup},
	{"join our", 40, saysSignup}, {"berlangganan", 40, saysSignup}, {"daftar", 4, saysSignup}, {"masuk", 3, saysSignup}, {"get our", 40, saysSignup}, {"support our", 40, saysSignup},
	{"support ", 12, saysSignup}, {"donate", 30, saysSignup}, {"become a", 20, saysSignup}, {"download our", 30, saysSignup}, {"already a", 14, saysSignup}, {"stay up to date", 40, saysSignup},
	{"enter your email", 30, saysSignup}, {"your email", 30, saysSignup}, {"thank you for", 20, saysSignup}, {"contact us", 12, saysSignup}, {"gabung", 30, saysSignup}, {"dapatkan", 30, saysSignup}, {"register", 12, saysSignup},
	{"abonnieren", 30, saysSignup}, {"jetzt abonnieren", 30, saysSignup}, {"join the", 20, saysSignup},

	{"we use cookies", 200, saysConsent}, {"this site uses cookies", 200, saysConsent}, {"this website uses", 200, saysConsent}, {"by clicking", 100, saysConsent}, {"by continuing", 100, saysConsent},
	{"cookie", 40, saysConsent}, {"accept", 6, saysConsent}, {"privacy", 20, saysConsent}, {"by submitting", 100, saysConsent}, {"by signing up", 100, saysConsent}, {"please enable", 40, saysConsent},
	{"you need to enable", 40, saysConsent}, {"javascript", 40, saysConsent}, {"your browser", 40, saysConsent}, {"necessary cookies", 100, saysConsent}, {"terms of", 20, saysConsent}, {"this site is protected", 60, saysConsent},
	{"an error occurred", 30, saysConsent}, {"loading", 4, saysConsent},

	{"©", 60, saysRights}, {"copyright", 60, saysRights}, {"(c) ", 40, saysRights}, {"all rights reserved", 60, saysRights}, {"hak cipta", 60, saysRights}, {"dilarang mengambil", 60, saysRights},
	{"disclaimer", 60, saysRights}, {"powered by", 12, saysRights}, {"alle rechte", 40, saysRights}, {"source:", 16, saysRights}, {"sumber:", 16, saysRights}, {"sumber :", 16, saysRights}, {"source :", 16, saysRights},

	{"comment", 10, saysComment}, {"komentar", 10, saysComment}, {"tinggalkan", 10, saysComment}, {"leave a", 10, saysComment}, {"post a comment", 8, saysComment}, {"add a comment", 8, saysComment},
	{"be the first to comment", 12, saysComment}, {"reply", 4, saysComment}, {"balas", 4, saysComment}, {"join the conversation", 12, saysComment}, {"join the discussion", 12, saysComment}, {"view comments", 6, saysComment},
	{"kommentar", 6, saysComment}, {"discussion", 8, saysComment}, {"tulis komentar", 8, saysComment}, {"your email address will not", 40, saysComment}, {"alamat email anda tidak", 40, saysComment}, {"show comments", 6, saysComment}, {"commentaires", 6, saysComment}, {"beri komentar", 8, saysComment},

	{"advertisement", 10, saysAd}, {"iklan", 6, saysAd}, {"advertise", 6, saysAd}, {"sponsored", 8, saysAd}, {"anzeige", 4, saysAd}, {"ad ", 4, saysAd}, {"scroll", 12, saysAd}, {"gulir", 12, saysAd}, {"story continues", 8, saysAd}, {"article continues", 8, saysAd}, {"lanjutkan membaca", 8, saysAd}, {"werbung", 4, saysAd}, {"publicité", 4, saysAd}, {"promo", 4, saysAd}, {"advertising", 4, saysAd},

	{"by ", 12, saysByline}, {"oleh", 12, saysByline}, {"penulis", 14, saysByline}, {"editor", 14, saysByline}, {"reporter", 14, saysByline}, {"pewarta", 14, saysByline}, {"written by", 14, saysByline}, {"laporan", 8, saysByline}, {"von ", 8, saysByline}, {"wartawan", 12, saysByline}, {"kontributor", 12, saysByline}, {"posted by", 14, saysByline}, {"posted in", 14, saysByline}, {"diposting", 14, saysByline}, {"ditulis oleh", 14, saysByline}, {"uploader", 10, saysByline}, {"jurnalis", 10, saysByline},

	{"published", 14, saysDate}, {"updated", 14, saysDate}, {"last updated", 14, saysDate}, {"posted on", 14, saysDate}, {"diterbitkan", 14, saysDate}, {"dipublikasikan", 14, saysDate}, {"diperbarui", 14, saysDate}, {"stand:", 10, saysDate}, {"last modified", 14, saysDate}, {"tanggal", 8, saysDate},

	{"photo", 25, saysCaption}, {"foto", 25, saysCaption}, {"image", 20, saysCaption}, {"picture", 12, saysCaption}, {"keterangan gambar", 40, saysCaption}, {"ilustrasi", 25, saysCaption}, {"getty", 8, saysCaption}, {"ap photo", 12, saysCaption}, {"bild", 12, saysCaption}, {"credit", 12, saysCaption}, {"dok.", 12, saysCaption}, {"(foto", 20, saysCaption}, {"(photo", 20, saysCaption}, {"video:", 20, saysCaption}, {"courtesy", 12, saysCaption},

	{"dibaca", 8, saysCounter}, {"dilihat", 8, saysCounter}, {"views", 4, saysCounter}, {"hits", 4, saysCounter}, {"kali dibaca", 6, saysCounter}, {"reading time", 8, saysCounter}, {"estimated read", 8, saysCounter}, {"pengunjung", 6, saysCounter},

	{"tags", 40, saysTags}, {"tag:", 40, saysTags}, {"tag :", 40, saysTags}, {"topics", 30, saysTags}, {"filed under", 30, saysTags}, {"kategori", 12, saysTags}, {"categories", 20, saysTags}, {"category:", 20, saysTags}, {"label", 12, saysTags}, {"topik", 12, saysTags}, {"schlagwörter", 20, saysTags}, {"keywords", 30, saysTags}, {"tagged", 30, saysTags}, {"themen", 12, saysTags},

	{"about the author", 30, saysAuthor}, {"tentang penulis", 20, saysAuthor}, {"about author", 10, saysAuthor}, {"view all posts", 10, saysAuthor}, {"view profile", 8, saysAuthor}, {"more by", 10, saysAuthor}, {"author bio", 8, saysAuthor}, {"über den autor", 10, saysAuthor}, {"contributor", 8, saysAuthor}, {"about us", 6, saysAuthor},
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
	for i := range phrases {
		p := &phrases[i]
		if p.start[0] == head[0] && words <= p.most && len(p.start) <= n && string(head[:len(p.start)]) == p.start {
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

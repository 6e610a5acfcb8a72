package discover

import "strings"

// vocabulary weighs words of addresses: above zero they lead to articles,
// below to listings, fixed pages and files. They are the words
// that Indonesian portals and their CMSs use; slugs are not looked up here.
var vocabulary = map[string]float64{
	// before an article
	"berita": 2, "read": 2, "baca": 2, "artikel": 2, "article": 2, "articles": 2, "news": 2, "post": 2, "posts": 1.5, "posting": 2,
	"detail": 2, "detailpost": 2, "detailberita": 2, "detail-berita": 2, "berita-detail": 2, "newsdetail": 2, "content": 1, "konten": 1,
	"view": 1, "show": 1, "item": 1, "story": 2, "blog": 1, "warta": 2, "kabar": 2, "siaran-pers": 2, "rilis": 2, "press-release": 2,
	"opini": 1, "headline": 1, "pengumuman": 0.5, "v": 0.5, "b": 0.5, "single": 1, "p": 1.5, "id": 0.5, "judul": 1.5, "slug": 1.5, "bacaberita": 2,
	"lihatberita": 2, "isi": 1, "isiberita": 2, "first": 0.1, "web": 0.1, "public": 0.1, "index": -1,

	// lists
	"kategori": -4, "category": -4, "categories": -4, "cat": -4, "tag": -4, "tags": -4, "label": -4, "labels": -4, "topik": -4, "topic": -4,
	"topics": -4, "kanal": -4, "rubrik": -4, "section": -3, "indeks": -4, "arsip": -4, "archive": -4, "archives": -4, "list": -3, "listtag": -5,
	"semua-berita": -4, "semua": -3, "all": -3, "list-all": -4, "berita-list-all": -4, "terbaru": -3, "terkini": -3, "latest": -3, "populer": -3,
	"terpopuler": -3, "trending": -3, "itemlist": -4, "listing": -4, "hashtag": -5, "series": -2, "fokus": -1, "sorotan": -1,
	"search": -5, "cari": -5, "pencarian": -5, "q": -3, "s": -3, "query": -4, "keyword": -4, "author": -5, "authors": -5, "penulis": -5,
	"redaktur": -5, "reporter": -4, "user": -5, "users": -5, "profile": -5, "member": -5, "page": -3, "hal": -3, "halaman": -3, "paged": -4,
	"start": -3, "offset": -4, "limitstart": -4, "updated-max": -5, "max-results": -5, "start-index": -5, "date": -3,
	"k": -2, "kat": -3, "idkategori": -4, "id_kategori": -4, "catid": -2,

	// other things
	"feed": -6, "feeds": -6, "rss": -6, "atom": -6, "sitemap": -6, "wp-json": -6, "wp-content": -6, "wp-includes": -6, "api": -5, "ajax": -5,
	"assets": -4, "asset": -4, "static": -3, "statis": -5, "uploads": -5, "upload": -4, "files": -4, "file": -4, "download": -5, "downloads": -5,
	"unduh": -5, "unduhan": -5, "dokumen": -4, "document": -4, "galeri": -4, "gallery": -4, "galery": -4, "album": -4, "foto": -2, "photo": -2,
	"photos": -2, "video": -2, "videos": -2, "tv": -2, "live": -2, "agenda": -3, "event": -3, "events": -3, "kalender": -6, "calendar": -6,
	"jadwal": -3, "polling": -5, "poling": -5, "buku-tamu": -5, "bukutamu": -5, "forum": -4, "shop": -4, "produk": -3, "product": -4,
	"produk-hukum": -4, "peraturan": -3, "profil": -4, "laman": -4, "menu": -4, "kontak": -5, "contact": -5, "kontak-kami": -5,
	"hubungi": -5, "hubungi-kami": -5, "contact-us": -5, "about": -5, "about-us": -5, "tentang": -4, "tentang-kami": -5, "redaksi": -5,
	"pedoman": -4, "disclaimer": -5, "privacy": -5, "privacy-policy": -5, "terms": -5, "iklan": -4, "karir": -4, "career": -4, "faq": -4,
	"help": -4, "bantuan": -4, "beranda": -4, "home": -4, "login": -6, "register": -6, "daftar": -4, "admin": -6, "statistik": -3, "data": -2,
	"layanan": -3, "pejabat": -4, "pegawai": -4, "pengurus": -4, "aparatur": -4, "pemerintah": -2, "peta": -3, "lapor": -3, "pengaduan": -4, "aduan": -4,
	"komentar": -4, "comment": -4, "comments": -4, "lang": -3, "language": -4, "subscribe": -5, "newsletter": -4, "linktautan": -4, "banner": -5,
	"pages": -3, "ppid": -3, "informasi-publik": -3, "layanan-publik": -3, "service": -3, "services": -3, "regulasi": -4, "opd": -3, "skpd": -3,
	"perda": -4, "perbup": -4, "transparansi": -3, "apbd": -2, "sakip": -4, "lakip": -4, "survei": -3, "survey": -3, "kuesioner": -4, "testimoni": -4,
	"sambutan": -3, "struktur": -4, "geografis": -4, "taxonomy": -4, "term": -3, "infografis": -2, "podcast": -3, "epaper": -4, "e-paper": -4,
	"channel": -3, "lelang": -2, "tender": -3, "ads": -5, "node": 1,
	"click": -4, "redirect": -5, "out": -4, "go": -2, "cgi-bin": -6,
}

// phrases are slugs of fixed pages that nearly every portal has.
var phrases = []string{
	"pedoman-media-siber", "pedoman-pemberitaan", "pemberitaan-media-siber", "kode-etik", "susunan-redaksi", "tim-redaksi", "box-redaksi",
	"redaksi", "privacy-policy", "kebijakan-privasi", "kebijakan-data", "syarat-dan-ketentuan", "syarat-ketentuan", "terms-of", "terms-and",
	"disclaimer", "tentang-kami", "about-us", "hubungi-kami", "kontak-kami", "contact-us", "info-iklan", "pasang-iklan", "tarif-iklan",
	"visi-misi", "visi-dan-misi", "struktur-organisasi", "sejarah-singkat", "profil-singkat", "tugas-pokok", "tupoksi", "tugas-dan-fungsi", "peta-situs",
	"sop-perlindungan", "perlindungan-wartawan", "daftar-informasi-publik", "maklumat-pelayanan", "standar-pelayanan", "sambutan-kepala",
	"lambang-daerah", "profil-pejabat", "form-pengaduan", "pejabat-pengelola", "hak-jawab", "cookie-policy",
}

// isPhrase tells whether a slug is that of a fixed page. A headline may speak
// of such things too, so a slug of more than six words is none.
func isPhrase(slug string) bool {
	if strings.Count(slug, "-") > 6 {
		return false
	}
	for _, phrase := range phrases {
		if slug == phrase || strings.HasPrefix(slug, phrase+"-") || strings.HasSuffix(slug, "-"+phrase) && strings.Count(slug, "-") < 5 {
			return true
		}
	}
	return false
}

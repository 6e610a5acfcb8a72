package discover

import (
	"encoding/json"
	"fmt"
	"testing"
)

func TestScoreFromAddressAlone(t *testing.T) {
	articles := []string{
		"https://a.example/2026/01/pasar-arosuka-kembali-ramai.html",
		"https://a.example/2026/01/20/pasar-arosuka-kembali-ramai/",
		"https://a.example/daerah/pasar-arosuka-kembali-ramai-setelah-libur/",
		"https://a.example/pasar-arosuka-kembali-ramai-setelah-libur-panjang/",
		"https://a.example/berita-105-pasar-arosuka-kembali-ramai.html",
		"https://a.example/artikel/2021/11/8/gotong-royong-jalan-nagari",
		"https://a.example/read/27497/pasar-arosuka-kembali-ramai",
		"https://a.example/berita/baca/1700000000-pasar-arosuka-kembali-ramai",
		"https://a.example/index.php?module=detailberita&id=3412",
		"https://a.example/index.php?mod=berita&id=3412",
		"https://a.example/informasi/detail/berita/pasar-arosuka-kembali-ramai-55",
		"https://a.example/index.php/berita/item/123-pasar-arosuka-kembali-ramai",
		"https://a.example/web/detailberita/8780/2018/09/29/pasar-arosuka-kembali-ramai",
		"https://a.example/posting/31553",
		"https://a.example/detailpost/pasar-arosuka-ramai",
		"https://a.example/hukum/2511290230/polisi-tangkap-dua-pelaku",
	}
	others := []string{
		"https://a.example/", "https://a.example/berita", "https://a.example/kategori/berita-daerah-kabupaten-solok",
		"https://a.example/category/daerah/page/2/", "https://a.example/tag/bupati-solok-epyardi-asda-terbaru", "https://a.example/2026/01/",
		"https://a.example/2026/01/20/", "https://a.example/pedoman-media-siber/", "https://a.example/tentang-kami/", "https://a.example/semua-berita-2.html",
		"https://a.example/kategori-daerah-1.html", "https://a.example/index.php?mod=arsip&hal=2", "https://a.example/search?updated-max=x", "https://a.example/author/dedi/",
		"https://a.example/berita?page=138", "https://a.example/index/2", "https://a.example/statis-3-visi-dan-misi.html", "https://a.example/page/2/",
		"https://a.example/2009_07_22_archive.html", "https://a.example/galeri/foto", "https://a.example/profil/struktur-organisasi", "https://a.example/index.php", "https://a.example/p/redaksi.html",
		"https://a.example/listtag/4821/bupati-solok", "https://a.example/index.php/berita/itemlist/category/19-berita?start=154",
	}
	var m *Model
	for _, address := range articles {
		if score := m.Score(address); score < 1.5 {
			t.Errorf("Score(%q) = %.1f, want an article's", address, score)
		}
	}
	for _, address := range others {
		if score := m.Score(address); score > 0 {
			t.Errorf("Score(%q) = %.1f, want 0 or less", address, score)
		}
	}
}

func TestModelLearns(t *testing.T) {
	var m Model
	for i := range 6 {
		m.Learn(fmt.Sprintf("https://a.example/x/%d", i), true)
		m.Learn(fmt.Sprintf("https://a.example/potensi/ragam-potensi-wisata-nagari-%d", i), false)
	}
	if score := m.Score("https://a.example/x/99"); score < likely {
		t.Errorf("a learned shape scores %.1f", score)
	}
	if score := m.Score("https://a.example/potensi/kebun-teh-alahan-panjang-indah"); score > 0 {
		t.Errorf("a shape that was never an article scores %.1f", score)
	}
	data, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	var again Model
	if err := json.Unmarshal(data, &again); err != nil {
		t.Fatal(err)
	}
	if again.Score("https://a.example/x/99") != m.Score("https://a.example/x/99") {
		t.Errorf("a model read back from %s scores differently", data)
	}
	for i := range 3 * maxShapes {
		m.Learn(fmt.Sprintf("https://a.example/k%d-x/y%d-x/berita", i, i), i%2 == 0)
	}
	if len(m.Shapes) > maxShapes {
		t.Errorf("the model holds %d shapes", len(m.Shapes))
	}
}

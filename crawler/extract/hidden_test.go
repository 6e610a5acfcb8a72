package extract

import (
	"strings"
	"testing"
)

func TestSurveyHiddenByRule(t *testing.T) {
	const prose = "<p>Petugas menutup jalan itu sejak pagi karena tanggul di tepi sungai retak. Warga diminta memutar lewat jembatan lama di hulu sampai perbaikan selesai, " +
		"kata kepala dinas. Perbaikan memakan waktu tiga pekan bila cuaca baik, dan warga di hilir diminta tetap waspada terhadap banjir kiriman.</p>"
	links := "<p>" + strings.Repeat(`<a href="/x">slot gacor maxwin hari ini terpercaya</a> `, 12) + "</p>"
	tests := []struct {
		name, css, attributes, within string
		hidden                        bool
	}{
		{"links not displayed", ".x{display:none}", "", links, true},
		{"links far away", ".x{left:-999px}", "", links, true},
		{"a few words", ".x{display:none}", "", "<p>Tautan disalin</p>", true},
		{"prose that unfolds", ".x{display:none}", "", prose, false},
		{"prose of no height", ".x{max-height:0;overflow:hidden}", "", prose, false},
		{"prose far away", ".x{left:-999px}", "", prose, true},
		{"prose without size", ".x{font-size:0}", "", prose, true},
		{"prose hidden by a style", "", `style="display:none"`, prose, true},
		{"prose hidden by both", ".x{display:none}", `style="display:none"`, prose, true},
		{"prose hidden by name", ".x{display:none}", `id="sr"`, prose, true},
		{"prose on paper", "@media print{.x{display:none}}", "", prose, false},
	}
	for _, tt := range tests {
		s := surveyOf(t, "<style>"+tt.css+"</style><div class=x "+tt.attributes+">"+tt.within+"</div><h1>Tanggul Retak</h1>"+prose)
		if got := s.Blocks[0].Hidden; got != tt.hidden {
			t.Errorf("%s: hidden is %v, want %v", tt.name, got, tt.hidden)
		}
	}
}

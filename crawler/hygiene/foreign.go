package hygiene

import (
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// foreignTally counts the words of gambling in scripts that put no blanks
// between words, or that no portal of ours writes in.
type foreignTally struct {
	game, report int
	met          []string
}

// add counts one text.
func (f *foreignTally) add(text string) {
	if !hasForeign(text) {
		return
	}
	text = norm.NFKC.String(strings.Map(dropUnseen, text))
	for _, word := range [...]string{
		"สล็อต", "บาคาร่า", "คาสิโน", "แทงบอล", "พนัน", "หวย", "เว็บตรง", "เครดิตฟรี", "ฝากถอน", "แจกเครดิต", "เดิมพัน", "ยิงปลา", "รูเล็ต", "แตกง่าย", "โบนัส", "สมัครสมาชิก", "ทดลองเล่น", "ค่ายเกม",
		"赌场", "博彩", "老虎机", "百家乐", "彩票", "六合彩", "投注", "棋牌", "娱乐城", "下注", "开户", "注册送", "真人荷官", "体育平台", "赌博", "時時彩", "时时彩", "北京赛车", "充值", "电子游艺", "返水", "賭場", "百家樂", "老虎機", "娛樂城", "博弈", "體育投注", "捕鱼", "澳门", "威尼斯人",
		"オンラインカジノ", "カジノ", "スロット", "パチンコ", "入金不要ボーナス", "ブックメーカー", "フリースピン", "ルーレット", "バカラ", "賭け",
		"카지노", "토토사이트", "바카라", "슬롯", "먹튀", "스포츠토토", "배팅", "온라인카지노", "릴게임", "파워볼", "가입머니",
		"казино", "ставки", "букмекер", "игровые автоматы", "фриспин", "слоты", "джекпот", "рулетк", "кэшбэк", "вулкан",
		"كازينو", "مراهنات", "المراهنات", "روليت", "سلوتس",
	} {
		if strings.Contains(text, word) && !f.knows(word) {
			f.game++
			f.met = append(f.met, word)
		}
	}
	for _, word := range [...]string{
		"ตำรวจ", "จับกุม", "ศาล", "กฎหมาย", "警方", "逮捕", "抓获", "法院", "打击", "查获", "政府", "警察", "当局", "非法", "摘発", "容疑", "경찰", "검거", "법원", "불법", "полиц", "суд", "арест", "закон", "الشرطة", "محكمة",
	} {
		f.report += strings.Count(text, word)
	}
}

func (f *foreignTally) knows(word string) bool {
	for _, met := range f.met {
		if met == word {
			return true
		}
	}
	return false
}

// hasForeign tells whether a text has at least eight letters of other scripts
// than Latin.
func hasForeign(text string) bool {
	const enough = 8
	n := 0
	for i := range len(text) {
		if text[i] >= 0xD0 { // leads the letters of those scripts in UTF-8
			n++
		}
	}
	if n < enough {
		return false
	}
	n = 0
	for _, r := range text {
		if r >= 0x400 && r < 0x530 || r >= 0x600 && r < 0x700 || r >= 0xE00 && r < 0xE80 || r >= 0x3040 && r < 0xA000 || r >= 0xAC00 && r < 0xD7A4 {
			if n++; n >= enough {
				return true
			}
		}
	}
	return false
}

// gambling says why the text sells games in a foreign script.
func (f *foreignTally) gambling() string {
	const enough = 3
	if f.game < enough || f.report*2 >= f.game {
		return ""
	}
	return fmt.Sprintf("The text sells gambling in a foreign script: %s.", strings.Join(f.met[:enough], ", "))
}

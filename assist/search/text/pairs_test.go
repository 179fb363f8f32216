package text

import (
	"strings"
	"testing"
	"unicode"
)

func TestScriptsThatWriteWithoutBlanksAreKnown(t *testing.T) {
	for s, letters := range map[script]string{
		spaced:   "aéßжعहαა1１.、。！ 👍\u0e34",
		han:      "注文々〇龍㐀𠀀",
		hiragana: "あんをゖ", katakana: "アンヺㇰー", hangul: "가힣ᄀ", thai: "กฮเ", lao: "ກຮ", burmese: "ကအ", khmer: "កអ",
	} {
		for _, r := range letters {
			if got := scriptOf(r); got != s {
				t.Errorf("%c (%U) is of script %d, want %d", r, r, got, s)
			}
		}
	}
}

func TestTheCommonLettersAreLettersWithoutMarks(t *testing.T) {
	for r := rune(0x3000); r < 0xE000; r++ {
		if s := common(r); s != spaced && (!unicode.IsLetter(r) && unicode.IsMark(r) || accent(r) || joiner(r) || scriptOf(r) != s) {
			t.Errorf("%c (%U) is no common letter", r, r)
		}
	}
}

func TestRowsOfLettersAreCutIntoPairs(t *testing.T) {
	for text, want := range map[string]string{
		"退":             "退",
		"退款":            "退款",
		"退 款":           "退|款",
		"退，款":           "退|款",
		"退款退":           "退款|款退",
		"退a款":           "退|a|款",
		"a退款b":          "a|退款|b",
		"退👍款":           "退|款",
		"𠀀𠀁𠀂":           "𠀀𠀁|𠀁𠀂",
		"注文キャンセル":       "注文|キャ|ャン|ンセ|セル",
		"らーめん":          "ら|ー|めん",
		"カードが":          "カー|ード|が",
		"お届け先":          "お|届け|先",
		"환불해주세요":        "환불|불해|해주|주세|세요",
		"한국注文":          "한국|注文",
		"ກັບຄືນ":        "ກັບ|ບຄື|ຄືນ",
		"សង":            "សង",
		"ប្រាក់":        "ប្រា|រាក់",
		"คืน\u200bเงิน": "คืน|เงิ|งิน",
		"ที่":           "ที่",
		"{{x}}退款{{y}}":  "退款",
	} {
		if got, _ := words(For("ja"), text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestALongRowOfMarksMakesNoLongWord(t *testing.T) {
	got, _ := words(For("th"), "ก"+strings.Repeat("\u0e34", 500)+"ข")
	if n := len([]rune(got)); n > longest || n < 2 {
		t.Errorf("%d letters in one word", n)
	}
}

func TestEveryLetterOfARowIsInAWord(t *testing.T) {
	for _, text := range []string{"注文をキャンセルしたいのですが", "我想取消昨天的订单", "환불은언제되나요", "คืนเงินได้ไหม", "ប្រាក់ត្រឡប់", "ပြန်အမ်းငွေ"} {
		var out strings.Builder
		for c := For("").Cut(text); c.Next(); {
			w := []rune(c.Written())
			if c.Shared() {
				w = w[1:]
				for unicode.IsMark(w[0]) {
					w = w[1:]
				}
			}
			out.WriteString(string(w))
		}
		if out.String() != text {
			t.Errorf("%q comes back as %q", text, out.String())
		}
	}
}

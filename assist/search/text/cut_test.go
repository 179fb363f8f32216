package text

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// words returns the words of a text with a stroke between them, and whether more of
// the last may come.
func words(a *Analysis, text string) (string, bool) {
	var out []string
	c := a.Cut(text)
	for c.Next() {
		out = append(out, string(c.Word()))
	}
	return strings.Join(out, "|"), c.Open()
}

func TestATextIsCutAsPeopleReadIt(t *testing.T) {
	for _, c := range []struct{ language, text, want string }{
		{"en", "", ""},
		{"en", "Charged TWICE, again!", "charged|twice|again"},
		{"en", "don't / don’t / don´t", "dont|dont|dont"},
		{"en", "the 'quoted' ‘word’", "the|quoted|word"},
		{"en", "Zoë's café à Genève", "zoes|cafe|a|geneve"},
		{"en", "e-mail 42nd X200", "e|mail|42nd|x200"},
		{"en", "Hello {{customer.name}}, hi {{", "hello|hi"},
		{"en", "{{a}} {{b {c} d", "b|c|d"},
		{"en", "a\x00b\xffc", "a|b|c"},
		{"en", "refund👍please 🙂🙂 ❤️", "refund|please"},
		{"en", "co\u00adoperate zero\u200bwidth \ufeffmark", "cooperate|zero|width|mark"},
		{"en", strings.Repeat("x", 100) + " y", strings.Repeat("x", longest) + "|y"},
		{"de", "Größe, Straße, geht's?", "grosse|strasse|gehts"},
		{"da", "Åbne smørrebrød i Ærø", "abne|smorrebrod|i|aero"},
		{"pl", "Łódź, żółty", "lodz|zolty"},
		{"tr", "İade ISPARTA ışık", "iade|isparta|isik"},
		{"tr", "Ankara'ya kargo", "ankara|ya|kargo"},
		{"fr", "L'achat d’aujourd'hui, où ça", "l|achat|d|aujourd|hui|ou|ca"},
		{"it", "dell'ordine un'altra", "dell|ordine|un|altra"},
		{"vi", "Đổi trả hàng", "doi|tra|hang"},
		{"el", "Επιστροφή χρημάτων ΟΔΟΣ οδός", "επιστροφη|χρηματων|οδοσ|οδοσ"},
		{"ru", "Счёт ЗАКАЗ мой", "счет|заказ|мой"},
		{"uk", "п'ять її", "пять|її"},
		{"ar", "إِرْجَاعٌ الطَّلَبِيَّة ٢٤", "ارجاع|الطلبيه|24"},
		{"fa", "کتاب\u200cهای ۱۲", "كتابهاي|12"},
		{"he", "הַחְזָר צה״ל", "החזר|צהל"},
		{"hi", "ज़रूरी पैसे १२", "जरूरी|पैसे|12"},
		{"ja", "注文をキャンセルしたい", "注文|文を|キャ|ャン|ンセ|セル|した|たい"},
		{"ja", "返品 は ﾕﾆｯﾄ", "返品|は|ユニ|ニッ|ット"},
		{"ja", "Wi-Fiが２回切れた。", "wi|fi|が|2|回切|切れ|れた"},
		{"zh", "我要退款！", "我要|要退|退款"},
		{"zh", "订单A12号", "订单|a12|号"},
		{"ko", "환불은 언제", "환불|불은|언제"},
		{"th", "คืนเงินได้", "คืน|นเ|เงิ|งิน|นไ|ได้"},
		{"my", "ပြန်အမ်း", "ပြန်|န်အ|အမ်း"},
	} {
		if got, _ := words(For(c.language), c.text); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.language, c.text, got, c.want)
		}
	}
}

func TestTwoWaysOfWritingAreOne(t *testing.T) {
	for _, same := range [][]string{
		{"réservé", "re\u0301serve\u0301", "RÉSERVÉ", "reserve"},
		{"мой", "мои\u0306"}, {"її", "і\u0308і\u0308"}, {"ещё", "еще", "еще\u0308"},
		{"が", "か\u3099"}, {"ガ", "ｶﾞ", "カ\u3099"},
		{"환불", "\u1112\u116a\u11ab\u1107\u116e\u11af"},
		{"ＡＢＣ１２", "abc12"}, {"ทำ", "ท\u0e4d\u0e32"}, {"oﬃce", "office"}, {"𝓲𝓽", "it"},
		{"ế", "e\u0302\u0301", "ê\u0301"}, {"নো", "ন\u09c7\u09be"},
	} {
		want, _ := words(For("en"), same[0])
		for _, s := range same[1:] {
			if got, _ := words(For("en"), s); got != want || want == "" {
				t.Errorf("%q gives %q, %q gives %q", same[0], want, s, got)
			}
		}
	}
}

func TestALetterThatIsAnotherWithoutItsMarkKeepsIt(t *testing.T) {
	for a, b := range map[string]string{"мой": "мои", "が": "か", "ปา": "ปี", "कि": "क", "불": "부"} {
		x, _ := words(For(""), a)
		y, _ := words(For(""), b)
		if x == y {
			t.Errorf("%q and %q are both %q", a, b, x)
		}
	}
}

func TestTheLastWordIsOpenUntilSomethingFollowsIt(t *testing.T) {
	for text, open := range map[string]bool{
		"": false, " ": false, "char": true, "charged ": false, "charged twi": true, "charged.": false, "don'": true,
		"e\u0301": true, "注文": true, "注文。": false, "注": true, "退款 ": false, "คืน": true, "hello 👍": false, "{{a}}": false,
		"hi {{name}}": false,
	} {
		if _, got := words(For("en"), text); got != open {
			t.Errorf("%q: open is %v", text, got)
		}
	}
	if last, open := words(For("fr"), "l'"); last != "l" || open {
		t.Errorf("an article before an apostrophe is done: %q, open %v", last, open)
	}
}

func TestTheLastWordStandsWhenThereIsNoOther(t *testing.T) {
	for text, want := range map[string]string{"": "", "one two": "two", "one two ... ": "two", "退款単": "款単"} {
		c := For("en").Cut(text)
		for c.Next() {
		}
		if string(c.Word()) != want {
			t.Errorf("%q ends with %q, want %q", text, c.Word(), want)
		}
	}
}

func TestAWordIsKnownAsItIsWritten(t *testing.T) {
	for _, c := range []struct{ language, text, want string }{
		{"en", "Don't  PAY (Zoë's) bosses' {{a.b}}x {{c", "Don't|PAY|Zoë's|bosses|x|c"},
		{"de", "„Rückerstattung“ \u00adGröße!", "Rückerstattung|\u00adGröße"},
		{"fr", "l’Été d'aujourd'hui", "l|Été|d|aujourd|hui"},
		{"ja", "Wi-Fi 注文を", "Wi|Fi|注文|文を"},
		{"ja", "abcＤ ｶﾞｽ", "abcD|ガス"},
		{"th", "คืนเ", "คืน|นเ"},
		{"en", "ok 。ａ", "ok|a"},
	} {
		var got []string
		for cut := For(c.language).Cut(c.text); cut.Next(); {
			if got = append(got, cut.Written()); Fold(cut.Written()) != string(cut.Word()) {
				t.Errorf("%q: %q is read as %q", c.text, cut.Written(), cut.Word())
			}
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%q: %q, want %q", c.text, s, c.want)
		}
	}
	c := For("").Cut("last 。😀")
	for c.Next() {
	}
	if c.Written() != "last" {
		t.Errorf("after the last word: %q", c.Written())
	}
}

func TestPairsShareALetter(t *testing.T) {
	var got []string
	for c := For("zh").Cut("订单号 A退款"); c.Next(); {
		if c.Shared() {
			got = append(got, string(c.Word()))
		}
	}
	if strings.Join(got, " ") != "单号" {
		t.Errorf("%v share a letter with the word before", got)
	}
}

func TestCuttingTakesNoMemory(t *testing.T) {
	for _, text := range []string{"Please send the invoice again, I don't have it", "Où est ma réservation d’été", "где мой заказ ещё", "注文をキャンセル", "إرجاع"} {
		n := 0
		if allocs := testing.AllocsPerRun(100, func() {
			for c := For("fr").Cut(text); c.Next(); {
				n += len(c.Word())
			}
		}); allocs != 0 || n == 0 {
			t.Errorf("%q: %v allocations", text, allocs)
		}
	}
}

func FuzzWordsAreCleanAndStayAsTheyAre(f *testing.F) {
	for _, s := range []string{"Don't", "l'été {{x}}", "注文をキャンセル", "ﾕﾆｯﾄ", "คืนเงิน", "мои\u0306", "\u0300a", "ß" + strings.Repeat("ﬃ", 50), "ʼn", "İ", "a{{{b}}c",
		"\u1112\u116a\u11ab", "க்ஷ", "〇々ー", "ﷺ", "ª²½", "ۀ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, a := range []*Analysis{For("en"), For("fr"), &other} {
			whole, _ := words(a, text)
			again, _ := words(a, strings.ReplaceAll(whole, "|", " "))
			if again != whole {
				t.Errorf("%q is cut into %q, and those into %q", text, whole, again)
			}
			for _, w := range strings.Split(whole, "|") {
				if !utf8.ValidString(w) || utf8.RuneCountInString(w) > longest || strings.ContainsFunc(w, unicode.IsSpace) || w == "" && whole != "" {
					t.Errorf("%q has the word %q", text, w)
				}
			}
		}
	})
}

package text

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestForTakesAnyTagOfALanguage(t *testing.T) {
	for tag, want := range map[string]string{
		"": "en", "en": "en", "en-GB": "en", "EN_us": "en", " en ": "en", "de": "de", "de-AT": "de", "pt-BR": "pt", "zh-Hans": "zh", "zh-Hant-TW": "zh",
		"nb": "no", "nn-NO": "no", "no": "no", "-": "en", "sv_SE": "sv", "klingon": "", "tlh": "", "xx-YY": "", "日本": "",
	} {
		a := For(tag)
		if a.Language() != want {
			t.Errorf("%q is read as %q, want %q", tag, a.Language(), want)
		}
		if a != For(want) && want != "" {
			t.Errorf("%q does not give the same analysis as %q", tag, want)
		}
	}
	if For("tlh") != For("xx") || For("tlh") == For("en") {
		t.Error("languages that are not known share one analysis of their own")
	}
}

// families are forms of one word a line, as customers say and type them: their
// stems are one.
var families = map[string]string{
	"en": "refund refunds refunded refunding|charge charged charges charging|delivery deliveries|don't don’t|café cafes",
	"de": "Rechnung Rechnungen|Bestellung Bestellungen|Rückerstattung Rückerstattungen Rueckerstattung Ruckerstattung|Gerät Geräte Geräten Geraet" +
		"|Zahlung Zahlungen|Lieferung Lieferungen|Passwort Passwörter Passwoerter|kündigen Kündigung kuendigen|neu neue neues neuen|Straße Strasse Straßen" +
		"|Gebühr Gebühren Gebuehren|Steuer Steuern|Adresse Adressen",
	"fr": "réservation réservations reservation reservations|remboursement remboursements|remboursé remboursée remboursées rembourse remboursee|commande commandes" +
		"|facture factures facturé|annulé annuler annulée annulees|achat achats|retard retards retardé|garantie garanties|échange échanger|disponibilité disponibilités disponibilite",
	"es": "entrega entregas|reserva reservas reservar|devolución devoluciones devolucion|pago pagos pagar pagué|garantía garantías garantia garantias|envío envíos envio" +
		"|cancelar cancelación cancelaciones cancelacion|dirección direcciones direccion|recibí recibir recibi|contraseña contraseñas contrasena|servicio servicios",
	"it": "fattura fatture|ordine ordini|consegna consegne|rimborso rimborsi|spedizione spedizioni|pagamento pagamenti|pacco pacchi|disponibilità disponibilita",
	"pt": "entrega entregas|devolução devoluções devolucao devolucoes|cartão cartões cartao cartoes|reclamação reclamações reclamar reclamacao|cobrança cobranças cobranca|garantia garantias",
	"nl": "factuur facturen|bestelling bestellingen|levering leveringen|betaling betalingen betalen|pakket pakketten|rekening rekeningen|reünie reunie",
	"sv": "faktura fakturor|beställning beställningar bestallning|återbetalning återbetalningar aterbetalning|adress adressen adresser",
	"da": "levering leveringer leveringen|pakke pakker pakken|tilbagebetaling tilbagebetalinger|køb køber køber kob",
	"no": "bestilling bestillinger|levering leveringer|pakke pakker pakken|nøkkel nøkkelen nokkel",
	"fi": "lasku laskut laskun laskussa|paketti paketit|osoite osoitteen|käyttö käytön kaytto",
	"ru": "заказ заказа заказы заказов|доставка доставки доставку|возврат возврата|новый нового новая|счёт счета счет",
	"ro": "factură facturi factura|plată plăți plata|garanție garanții garantii",
	"ar": "طلب الطلب طلبي بالطلب وطلب الطلبات|دفع الدفع دفعت|حساب الحساب حسابي|استرداد الاسترداد",
	"tr": "sipariş siparişler siparişim SİPARİŞ siparis|şifre şifremi şifreler sifre|adres adresim adresi adreslerim|faturam faturalar faturanız",
	"hu": "számla számlák számlát számlán szamlat|rendelés rendelések rendelést rendelest|szállítás szállítási|csomag csomagok csomagot|cím címet címre",
}

func TestFormsOfAWordHaveOneStemWithAndWithoutAccents(t *testing.T) {
	for language, lines := range families {
		a := For(language)
		for family := range strings.SplitSeq(lines, "|") {
			forms := strings.Fields(family)
			want := a.Stem(Fold(forms[0]))
			for _, form := range forms[1:] {
				if got := a.Stem(Fold(form)); got != want {
					t.Errorf("%s: %s has the stem %q, %s has %q", language, forms[0], want, form, got)
				}
			}
		}
	}
}

func TestOtherWordsHaveOtherStems(t *testing.T) {
	for language, pairs := range map[string]string{
		"en": "refund/return order/border", "de": "Rechnung/Rechner neu/nun Quelle/Quall aktuell/Aktion", "fr": "facture/fracture colis/colle retard/retour",
		"es": "pago/página envío/enviudar entrega/entrada", "it": "ordine/orario fattura/frattura", "pt": "cartão/carta pedido/pedaço",
		"nl": "factuur/fauteuil pakket/pak", "sv": "faktura/fakta", "ru": "заказ/закон", "pl": "faktura/faktury",
	} {
		a := For(language)
		for pair := range strings.FieldsSeq(pairs) {
			x, y, _ := strings.Cut(pair, "/")
			if s := a.Stem(Fold(x)); s == a.Stem(Fold(y)) {
				t.Errorf("%s: %s and %s have the same stem %q", language, x, y, s)
			}
		}
	}
}

func TestWordsOfLanguagesWithoutAStemmerStayAsTheyAre(t *testing.T) {
	for _, w := range []string{"faktury", "注文", "한불", "refunds", "", strings.Repeat("x", longest+1)} {
		for _, language := range []string{"pl", "ja", "tlh"} {
			if got := For(language).Stem(w); got != w {
				t.Errorf("%s: the stem of %q is %q", language, w, got)
			}
		}
	}
	if got := For("tr").Stem("leri"); got != "leri" {
		t.Errorf("a word that is nothing but endings has the stem %q", got)
	}
	if w := strings.Repeat("s", longest+1); For("en").Stem(w) != w {
		t.Error("what is too long to be a word has been given a stem")
	}
}

func TestAWordSaysLittleInItsOwnLanguageOnly(t *testing.T) {
	for _, c := range []struct{ language, stops, others string }{
		{"en", "the dont please hello i", "die mit order refund war"},
		{"de", "die der mit für fuer können bitte war", "the rechnung please gift"},
		{"fr", "l est où ça s'il aujourd'hui bonjour", "facture les-colis commande die"},
		{"es", "qué cómo está por", "pedido the factura"}, {"it", "dell perché è l", "ordine pacco"},
		{"pt", "não você é obrigada", "entrega pedido"}, {"nl", "de het 't alstublieft", "pakket bestelling"},
		{"sv", "är på hej", "faktura"}, {"da", "på hvordan", "faktura"}, {"no", "hvordan ikke", "faktura"}, {"fi", "missä minun", "lasku"},
		{"ru", "где мой ещё", "заказ"}, {"ro", "și să vă", "factura"}, {"hu", "és hogy", "számla"}, {"pl", "gdzie się jest", "faktura"},
		{"ja", "です は", "注文 返品"}, {"zh", "怎么 我的", "退款"}, {"ko", "니다 어떻", "환불"}, {"tr", "nasıl için lütfen", "fatura"}, {"ar", "متى أين شكرا", "طلب"}, {"tlh", "", "the die"},
	} {
		a := For(c.language)
		for w := range strings.FieldsSeq(c.stops) {
			for cut := a.Cut(w); cut.Next(); {
				if !a.Stop(string(cut.Word())) {
					t.Errorf("%s: %s of %s should say little", c.language, cut.Word(), w)
				}
			}
		}
		for w := range strings.FieldsSeq(c.others) {
			for cut := a.Cut(strings.TrimPrefix(w, "les-")); cut.Next(); {
				if a.Stop(string(cut.Word())) {
					t.Errorf("%s: %s says much", c.language, cut.Word())
				}
			}
		}
	}
}

func TestEveryListBelongsToALanguageAndEveryLanguageHasOne(t *testing.T) {
	files, err := os.ReadDir("stop")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != len(languages) {
		t.Errorf("%d lists for %d languages", len(files), len(languages))
	}
	for i := range languages {
		a := &languages[i]
		if n := len(a.stops()); n < 40 || n > 260 {
			t.Errorf("%s has %d words that say little", a.language, n)
		}
		for w := range a.stops() {
			if Fold(w) != w || strings.Contains(w, "#") {
				t.Errorf("%s: %q can never be met", a.language, w)
			}
		}
	}
}

func FuzzStemsAreFoldedTextAndNeverPanic(f *testing.F) {
	for language, lines := range families {
		for family := range strings.SplitSeq(lines, "|") {
			f.Add(family + " " + language)
		}
	}
	f.Add("ae oe ue aee quee eee ss s's ''ll yyy ing aaaée")
	f.Fuzz(func(t *testing.T, text string) {
		for i := range languages {
			a := &languages[i]
			for c := a.Cut(text); c.Next(); {
				word := string(c.Word())
				stem := a.Stem(word)
				if !utf8.ValidString(stem) || len(stem) > len(word)+2 || stem == "" {
					t.Errorf("%s: the stem of %q is %q", a.language, word, stem)
				}
			}
		}
	})
}

func BenchmarkCut(b *testing.B) {
	for name, text := range map[string]string{
		"ascii":  "I was charged twice for the same order last week and nobody has called me back about my refund",
		"latin":  "J'ai été débité deux fois pour la même commande et personne ne m'a rappelé à propos du remboursement",
		"pairs":  "同じ注文で二回請求されました。返金について誰からも連絡がありません。",
		"arabic": "تم خصم المبلغ مرتين لنفس الطلب ولم يتصل بي أحد",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			n := 0
			for b.Loop() {
				for c := For("fr").Cut(text); c.Next(); {
					n += len(c.Word())
				}
			}
		})
	}
}

func BenchmarkStem(b *testing.B) {
	for language, lines := range families {
		words := strings.Fields(strings.ReplaceAll(Fold(lines), "|", " "))
		a := For(language)
		b.Run(language, func(b *testing.B) {
			i := 0
			for b.Loop() {
				a.Stem(words[i%len(words)])
				i++
			}
		})
	}
}

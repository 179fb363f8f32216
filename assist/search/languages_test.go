package search

import (
	"strings"
	"testing"

	"ringside/assist"
)

// small libraries, an answer a line: id, title, and what customers ask; and questions
// with the answer that is meant. No question is written as its answer is.
var tongues = map[string]struct{ answers, asked string }{
	"de": {`
refund|Rückerstattung noch nicht da|wo bleibt mein Geld|ich warte auf die Gutschrift
twice|Doppelt abgebucht|Sie haben mir den Betrag zweimal abgezogen|zwei Abbuchungen für eine Bestellung
invoice|Kopie der Rechnung|ich brauche die Rechnung nochmal|Rechnung per E-Mail schicken
address|Lieferadresse ändern|bitte an eine andere Anschrift liefern|falsche Straße angegeben
late|Lieferung verspätet sich|wo ist mein Paket|der Fahrer kommt nicht
cancel|Vertrag kündigen|ich möchte kündigen|wie lange ist die Kündigungsfrist
password|Passwort vergessen|ich kann mich nicht anmelden|neues Kennwort setzen
broken|Gerät startet nicht|das Gerät geht nicht an|Bildschirm bleibt schwarz`, `
refund|meine rückerstattungen fehlen;wann kommt die rueckerstattung
twice|mir wurde zweimal abgebucht;doppelte abbuchung
invoice|können Sie mir die Rechnungen noch einmal schicken;rechnungskopie
address|die strasse stimmt nicht;neue lieferadresse
late|paket kommt zu spaet;wo ist die lieferung
cancel|ich will meinen vertrag kuendigen;kündigung
password|kennwort vergessen;Passwörter zurücksetzen
broken|mein geraet startet nicht mehr;schwarzer bildschirm`},
	"fr": {`
refund|Remboursement pas encore reçu|où est mon argent|j'attends toujours d'être remboursé
twice|Débité deux fois|vous avez prélevé deux fois la même commande|double prélèvement
invoice|Copie de la facture|renvoyez-moi la facture|je n'ai pas reçu de facture
address|Changer l'adresse de livraison|livrer à une autre adresse
late|Colis en retard|où est ma commande|la livraison n'est pas arrivée
cancel|Résilier l'abonnement|je veux annuler mon contrat
booking|Modifier une réservation|changer la date de ma réservation`, `
refund|remboursements non recus;je veux etre remboursee
twice|j'ai été débitée deux fois;double prelevement
invoice|il me faut l'original de mes factures;la facture svp
address|d'autres adresses de livraison;changer d'adresse
late|mes colis sont en retard;commande pas arrivee
cancel|résiliation de l'abonnement;annuler contrat
booking|je voudrais changer mes reservations;date de reservation`},
	"es": {`
refund|Devolución sin recibir|dónde está mi dinero|espero el reembolso
twice|Cobrado dos veces|me han cobrado dos veces el mismo pedido
invoice|Copia de la factura|necesito otra vez la factura
address|Cambiar la dirección de entrega|enviar a otra dirección
late|El envío llega tarde|dónde está mi paquete|el repartidor no ha venido
cancel|Dar de baja el contrato|quiero cancelar la suscripción
password|Contraseña olvidada|no puedo entrar en mi cuenta`, `
refund|devoluciones no recibidas;donde esta el reembolso
twice|cobraron dos veces;doble cobro pedidos
invoice|mándeme las facturas;copia factura
address|direccion de entregas;otra direccion
late|mi envio no llega;paquetes tarde
cancel|cancelacion del contrato;suscripciones cancelar
password|olvide la contrasena;no entro en la cuenta`},
	"it": {`
refund|Rimborso non arrivato|dove sono i miei soldi|aspetto ancora il rimborso
twice|Addebitato due volte|mi avete addebitato due volte lo stesso ordine
invoice|Copia della fattura|mi serve di nuovo la fattura
address|Cambiare l'indirizzo di consegna|spedire a un altro indirizzo
late|Pacco in ritardo|dov'è il mio ordine|la consegna non è arrivata
cancel|Disdire l'abbonamento|voglio annullare il contratto
broken|L'apparecchio non si accende|lo schermo resta nero`, `
refund|rimborsi non arrivati;aspetto i soldi
twice|addebiti doppi due volte;addebitata due volte
invoice|copie delle fatture;la fattura dell'ordine
address|altri indirizzi di consegna;cambio d'indirizzo
late|pacchi in ritardo;consegne mai arrivate
cancel|disdetta dell'abbonamento;annullare contratti
broken|schermo nero;non si accende`},
	"pt": {`
refund|Reembolso não recebido|onde está o meu dinheiro|estou à espera da devolução
twice|Cobrado duas vezes|cobraram duas vezes a mesma encomenda
invoice|Segunda via da fatura|preciso da fatura outra vez
address|Mudar a morada de entrega|entregar noutra morada
late|Entrega atrasada|onde está a minha encomenda|o estafeta não veio
cancel|Cancelar o contrato|quero cancelar a assinatura
card|Cartão recusado|o meu cartão não passa`, `
refund|devolucoes nao recebidas;onde anda o reembolso
twice|cobrancas duas vezes;cobrada duas vezes
invoice|segundas vias das faturas;fatura outra vez
address|nova morada para as entregas;mudar morada
late|entregas atrasadas;minhas encomendas onde estao
cancel|cancelamento da assinatura;cancelar contratos
card|os cartoes foram recusados;cartao nao passa`},
	"nl": {`
refund|Terugbetaling nog niet ontvangen|waar blijft mijn geld|ik wacht op de terugbetaling
twice|Dubbel afgeschreven|het bedrag is twee keer afgeschreven
invoice|Kopie van de factuur|stuur de rekening nog eens
address|Bezorgadres wijzigen|bezorgen op een ander adres
late|Bezorging te laat|waar is mijn pakket|de bezorger is niet gekomen
cancel|Abonnement opzeggen|ik wil mijn contract opzeggen`, `
refund|terugbetalingen niet ontvangen;waar is mijn geld
twice|twee keer betaald dubbele afschrijving;dubbel afgeschreven
invoice|kopie facturen;rekeningen nog eens sturen
address|ander bezorgadres;op andere adressen bezorgen
late|pakketten te laat;bezorger niet gekomen
cancel|contracten opzeggen;opzegging abonnement`},
	"sv": {`
refund|Återbetalning saknas|var är mina pengar|jag väntar på återbetalningen
twice|Dragits två gånger|ni har dragit beloppet dubbelt
invoice|Kopia på fakturan|skicka fakturan igen
address|Ändra leveransadress|leverera till en annan adress
late|Försenad leverans|var är mitt paket|budet kom inte
password|Glömt lösenordet|jag kan inte logga in`, `
refund|aterbetalningar saknas;väntar på pengarna
twice|beloppet drogs dubbelt;dragit två gånger
invoice|kopior av fakturor;faktura igen
address|annan leveransadress;andra adresser for leverans
late|forsenat paket;försenade leveranser
password|glomt losenord;kan inte logga in`},
	"pl": {`
refund|Zwrot pieniędzy nie dotarł|gdzie są moje pieniądze|czekam na zwrot
twice|Pobrano dwa razy|pobraliście opłatę dwukrotnie za jedno zamówienie
invoice|Kopia faktury|proszę przesłać fakturę jeszcze raz
address|Zmiana adresu dostawy|dostarczyć pod inny adres
late|Dostawa się spóźnia|gdzie jest moja paczka|kurier nie przyjechał
password|Zapomniane hasło|nie mogę się zalogować`, `
refund|kiedy bedzie zwrot pieniedzy;czekam na zwroty
twice|pobrana dwukrotnie oplata;dwa razy pobrano
invoice|kopie faktur;przeslac faktury
address|inny adres dostawy;zmienić adresy
late|paczki się spóźniają;kuriera nie ma paczka
password|zapomnialem hasla;zalogować hasło`},
	"ru": {`
refund|Возврат денег не пришёл|где мои деньги|жду возврата
twice|Списали дважды|вы сняли деньги два раза за один заказ
invoice|Копия счёта|пришлите счёт ещё раз
address|Изменить адрес доставки|доставить по другому адресу
late|Доставка опаздывает|где моя посылка|курьер не приехал
password|Забыл пароль|не могу войти в кабинет`, `
refund|когда будет возврат денег;возвраты
twice|деньги списаны дважды;сняли два раза
invoice|копии счетов;нужен счет
address|другие адреса доставки;сменить адрес
late|посылки опаздывают;курьера нет
password|пароли забыла;войти в кабинет`},
	"tr": {`
refund|Para iadesi gelmedi|param nerede|iademi bekliyorum
twice|İki kez çekildi|aynı sipariş için iki kez ödeme alındı
invoice|Fatura kopyası|faturamı tekrar gönderin
address|Teslimat adresini değiştirmek|başka adrese gönderilsin
late|Kargo gecikti|paketim nerede|kurye gelmedi
password|Şifremi unuttum|hesabıma giremiyorum`, `
refund|para iadem ne zaman gelecek;iade bekliyorum
twice|iki kez odeme;iki kez çektiniz
invoice|faturalarımın kopyaları;fatura gönderin lütfen
address|teslimat adresim yanlis;başka adres
late|kargom gecikmiş;paket gelmedi kurye
password|sifre unuttum;hesaba giremedim`},
	"ar": {`
refund|لم يصل استرداد المبلغ|أين نقودي|أنتظر استرداد المال
twice|خصم المبلغ مرتين|تم الخصم مرتين لنفس الطلب
invoice|نسخة من الفاتورة|أرسلوا الفاتورة مرة أخرى
address|تغيير عنوان التوصيل|التوصيل إلى عنوان آخر
late|تأخر الشحنة|أين الطرد|لم يأت المندوب
password|نسيت كلمة المرور|لا أستطيع الدخول إلى حسابي`, `
refund|متى استرداد نقودي;انتظر الاسترداد
twice|خصمتم مرتين;الخصم مرتين
invoice|أريد فاتورة;نسخة الفاتوره
address|تغيير العنوان;عُنوان التوصيل
late|الشحنه متأخرة;الطرد لم يأت
password|نسيت المرور;الدخول للحساب`},
	"ja": {`
refund|返金がまだ届いていません|お金はいつ戻りますか|返金を待っています
twice|二重に請求された|同じ注文で二回引き落とされました
invoice|領収書の再発行|領収書をもう一度送ってください
address|お届け先の変更|別の住所に届けてほしい
late|荷物が届かない|配達が遅れています|注文した商品はどこですか
cancel|注文をキャンセルする|注文を取り消したい
password|パスワードを忘れた|ログインできません`, `
refund|返金はいつになりますか;返金されない
twice|二回請求されています;二重請求
invoice|領収書がほしい;領収書の発行
address|住所を変更したい;届け先を変えたい
late|荷物がまだ来ない;配達遅れ
cancel|キャンセルしたい;注文の取り消し
password|ﾊﾟｽﾜｰﾄﾞ忘れました;ログイン`},
	"zh": {`
refund|退款还没到账|我的钱什么时候退回来|一直在等退款
twice|重复扣款|同一个订单扣了两次钱
invoice|补开发票|请再发一次发票
address|修改收货地址|送到另一个地址
late|快递还没到|我的包裹在哪里|快递员没有来
cancel|取消订单|我不想要这个订单了
password|忘记密码|登录不了账号`, `
refund|退款什么时候到;钱没退
twice|扣了我两次;重复扣费
invoice|我要发票;发票怎么开
address|换个地址收货;地址错了
late|包裹还没到;快递在哪
cancel|怎么取消订单;取消
password|密码忘了怎么办;无法登录`},
	"ko": {`
refund|환불이 아직 안 됐어요|돈은 언제 돌려받나요|환불을 기다리고 있어요
twice|두 번 결제됨|같은 주문이 두 번 청구됐어요
invoice|영수증 재발행|영수증을 다시 보내 주세요
address|배송지 변경|다른 주소로 보내 주세요
late|배송이 늦어요|택배가 어디 있나요|기사님이 안 왔어요
password|비밀번호를 잊었어요|로그인이 안 돼요`, `
refund|환불 언제 되나요;환불받고 싶어요
twice|결제가 두 번 됐어요;두번 청구
invoice|영수증이 필요해요;영수증 발급
address|배송지를 바꾸고 싶어요;주소 변경
late|택배가 안 와요;배송 늦음
password|비밀번호 잊어버렸어요;로그인 안됨`},
}

// tongue returns the answers of a language; their ids begin with it.
func tongue(language string) (answers []assist.Answer) {
	for line := range strings.SplitSeq(strings.TrimSpace(tongues[language].answers), "\n") {
		f := strings.Split(line, "|")
		answers = append(answers, assist.Answer{ID: assist.ID(language + "-" + f[0]), Title: f[1], Phrasings: f[2:], Language: language})
	}
	return answers
}

// eachAsked calls f with every question of a language and the id of its answer.
func eachAsked(language string, f func(text string, want assist.ID)) {
	for line := range strings.SplitSeq(strings.TrimSpace(tongues[language].asked), "\n") {
		id, asked, _ := strings.Cut(line, "|")
		for text := range strings.SplitSeq(asked, ";") {
			f(text, assist.ID(language+"-"+id))
		}
	}
}

func first(t *testing.T, ix *Index, q Query) assist.ID {
	t.Helper()
	if r := find(t, ix, q); len(r.Hits) > 0 {
		return r.Hits[0].Answer.ID
	}
	return ""
}

func TestEachLanguageFindsItsAnswerFirst(t *testing.T) {
	for language := range tongues {
		ix := Build(tongue(language))
		eachAsked(language, func(text string, want assist.ID) {
			for _, q := range []Query{{Text: text}, {Text: text + " "}, {Text: text, Language: language}, {Text: text, Language: "en"}} {
				if got := first(t, ix, q); got != want {
					t.Errorf("%+v finds %q first, want %s", q.Text, got, want)
					break
				}
			}
		})
	}
}

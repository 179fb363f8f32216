package check

import "strings"

// A verb in the forms that a sentence is turned with.
type verb struct{ base, past, participle string }

// irregular verbs that letters of service use: base, past, participle.
const irregular = `be was been;begin began begun;bind bound bound;break broke broken;bring brought brought;build built built;
burn burnt burnt;buy bought bought;catch caught caught;choose chose chosen;cut cut cut;deal dealt dealt;do did done;draw drew drawn;
drive drove driven;eat ate eaten;feed fed fed;find found found;forget forgot forgotten;forgive forgave forgiven;freeze froze frozen;
get got got;give gave given;grow grew grown;hear heard heard;hide hid hidden;hit hit hit;hold held held;hurt hurt hurt;keep kept kept;know knew known;
lay laid laid;lead led led;leave left left;lend lent lent;let let let;lose lost lost;make made made;mean meant meant;meet met met;
mislay mislaid mislaid;mistake mistook mistaken;misunderstand misunderstood misunderstood;overcharge overcharged overcharged;
overlook overlooked overlooked;pay paid paid;prove proved proven;put put put;read read read;repay repaid repaid;reset reset reset;
ride rode ridden;ring rang rung;say said said;see saw seen;sell sold sold;send sent sent;set set set;shake shook shaken;show showed shown;
shut shut shut;speak spoke spoken;spell spelt spelt;spend spent spent;split split split;steal stole stolen;stick stuck stuck;take took taken;
teach taught taught;tear tore torn;tell told told;think thought thought;throw threw thrown;understand understood understood;
undo undid undone;upset upset upset;wear wore worn;win won won;withdraw withdrew withdrawn;write wrote written;rewrite rewrote rewritten`

// regular verbs that can be turned: with these the base is known from the participle.
const regular = `accept add address agree answer apply approve arrange ask assign book calculate call cancel change charge check
clean clear close collect complete confirm contact correct cover create credit damage decide decline deduct delay delete deliver
detect discuss dispatch divide email end escalate exchange expect extend file fill finish fix follow forward handle help identify
include inform inspect install invite invoice involve issue judge label list locate mail mark measure mend miss move name note
notice notify offer open order organise organize pack paint phone pick place plan post prepare print process produce programme
promise protect publish question raise receive recommend record recover reduce refund refuse reimburse reject release remind remove
renew repair replace reply report request reserve resolve restore return review schedule select serve settle ship sign solve sort
start stop store supply switch tag test transfer treat turn update upgrade use validate verify visit waive warn wash widen wipe`

// doubled are regular verbs that double their last letter; in British English, with l.
const doubled = `cancel control label ship stop plan tag refer transfer travel program drop trip swap wrap fit`

// byParticiple finds a verb by its participle.
var byParticiple = func() map[string]verb {
	out := map[string]verb{}
	for _, forms := range strings.Split(irregular, ";") {
		f := strings.Fields(forms)
		out[f[2]] = verb{f[0], f[1], f[2]}
	}
	twice := setOf(doubled)
	for _, base := range strings.Fields(regular) {
		past := base + "ed"
		switch last := len(base) - 1; {
		case base[last] == 'e':
			past = base + "d"
		case base[last] == 'y' && !strings.ContainsRune("aeiou", rune(base[last-1])):
			past = base[:last] + "ied"
		case twice[base]:
			past = base + base[last:] + "ed"
			out[base+"ed"] = verb{base, base + "ed", base + "ed"}
		}
		out[past] = verb{base, past, past}
	}
	return out
}()

// adjectives look like participles and mostly say how something or somebody is.
var adjectives = setOf(`abandoned accustomed acquainted advanced aged allowed amazed amused annoyed armed ashamed assured attached
based blessed bored born closed committed complicated concerned confused connected contented convinced crowded dated decided
dedicated delighted depressed designed detailed determined devastated devoted disabled disappointed disgusted distressed divided
done educated embarrassed enclosed engaged entitled equipped established exaggerated excited exhausted experienced exposed fascinated
finished fixed flattered frightened frustrated gifted gone grounded grown hundred hurt impressed included inclined
inspired intended interested involved isolated left limited located lost loved marked married meant mistaken moved naked needed
noted obliged opposed outdated outraged overwhelmed pleased prepared qualified red related relaxed relieved reserved retired rested
sacred satisfied scared seasoned shocked shut skilled sold stressed sunk supposed surprised talented tempted tested thrilled tired
touched troubled unaffected unchanged undecided unexpected unfinished unhurt unimpressed unlimited unrelated unused unwanted upset
used valued varied wanted wasted wicked worn worried wounded delayed`)

// stative are participles that, behind am, is, are, was and were, may as well say how a
// thing is: closed on Sunday. Behind be, been and being they say that somebody acts.
var stative = setOf(`attached based blocked broken charged closed connected covered damaged decided delayed designed done enclosed
equipped established finished fixed frozen included informed limited locked lost marked moved noted prepared reserved settled shut
sold spelt spent split stuck tested torn used written`)

// events are those of the stative that say behind was and were that somebody acted:
// "is torn" is how it is, "was torn off" is what happened.
var events = setOf(`charged informed marked moved noted settled spelt split tested torn used written`)

// habits are words behind a participle that tell how often or when it is done: "is
// tested before it leaves us".
var habits = setOf(`twice once every each daily weekly monthly yearly before after within at`)

// aside are words that make "left" something that somebody did.
var aside = setOf(`out open off behind undone`)

// doors are those that say how a place is, also when it "will be" or "has been" so.
var doors = setOf(`closed shut`)

// linking are the words that may stand between be and the participle.
var linking = setOf(`not never also already just only still now then once soon again always often since therefore fully all both
being been immediately first finally usually sometimes probably perhaps currently recently automatically even yet`)

// following are words that may stand behind a participle; behind anything else it is
// likely the adjective of a noun: "they are used machines".
var following = setOf(`a an the this that these those my your our his her its their him them it you me us to at in on by for from with without
within into onto of off out up down over under after before until till since during because as than through between against about
and but or so when while if where which who back again away today tomorrow yesterday tonight now then twice once soon here there
too not only more incorrectly two three four five six seven eight nine ten free directly online by-hand nothing something
everything every each all any some no late early first last next wrongly properly yet how what why whether`)

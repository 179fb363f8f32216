package assist

// Type names a kind of record in the store, in exports and in the journal. The
// texts are part of the file format: they are never renamed.
type Type string

// The types of record that the store keeps.
const (
	TypeCustomer Type = "customer"
	TypeCompany  Type = "company"
	TypeCall     Type = "call"
	TypeNote     Type = "note"
	TypePromise  Type = "promise"
	TypeIncident Type = "incident"
	TypeInsight  Type = "insight"
	TypeAsked    Type = "asked"
	TypeGap      Type = "gap"
	TypeDraft    Type = "draft"
	TypeAnswer   Type = "answer"
	TypePrompt   Type = "prompt"
	TypeRep      Type = "rep"
	TypeProposal Type = "proposal"
	TypeAffected Type = "affected"
	TypeSubject  Type = "subject"
	TypeDeal     Type = "deal"
	TypeFocus    Type = "focus"
	TypeKudos    Type = "kudos"
	TypeTact     Type = "tact"
	TypeRevision Type = "revision"
	TypeFlag     Type = "flag"
	TypeApart    Type = "apart"
	TypeQuestion Type = "question"
	TypeWebPage  Type = "webpage"
	TypeDrill    Type = "drill"
	TypeBlob     Type = "blob"
	TypeOrder    Type = "order"
	TypeMerge    Type = "merge"
	TypeErasure  Type = "erasure"
)

// Types lists every type of record, in the order in which an export writes them:
// what others refer to comes first.
func Types() []Type {
	return []Type{TypeRep, TypeCompany, TypeCustomer, TypeBlob, TypeAnswer, TypePrompt, TypeTact, TypeSubject, TypeDeal, TypeFocus, TypeWebPage,
		TypeIncident, TypeAffected, TypeOrder, TypeCall, TypeNote, TypePromise, TypeInsight, TypeAsked, TypeKudos, TypeGap, TypeProposal, TypeFlag,
		TypeRevision, TypeApart, TypeQuestion, TypeDrill, TypeMerge, TypeErasure, TypeDraft}
}

// Record is anything that the store keeps. The records are the value types of
// this package (Customer, Note, ...), never pointers to them. Their fields are
// stored by their JSON names, each on its own, so that an older program keeps the
// fields that it does not know.
type Record interface {
	// Ident returns the type and the id under which the record is kept.
	Ident() (Type, ID)
	// Validate returns nil or a *Fault that names every wrong field.
	Validate() error
}

// Empty returns the zero record of a type, for decoding; ok is false when the
// type is not known to this version.
func Empty(t Type) (r Record, ok bool) {
	r, ok = map[Type]Record{
		TypeCustomer: Customer{}, TypeCompany: Company{}, TypeCall: Call{}, TypeNote: Note{},
		TypePromise: Promise{}, TypeIncident: Incident{}, TypeInsight: Insight{}, TypeAsked: Asked{},
		TypeGap: Gap{}, TypeDraft: Draft{}, TypeAnswer: Answer{}, TypePrompt: Prompt{}, TypeRep: Rep{}, TypeProposal: Proposal{},
		TypeAffected: Affected{}, TypeSubject: Subject{}, TypeDeal: Deal{}, TypeFocus: Focus{}, TypeKudos: Kudos{}, TypeTact: Tact{},
		TypeRevision: Revision{}, TypeFlag: Flag{}, TypeApart: Apart{}, TypeQuestion: Question{}, TypeWebPage: WebPage{}, TypeDrill: Drill{}, TypeBlob: Blob{},
		TypeOrder: Order{}, TypeMerge: Merge{}, TypeErasure: Erasure{},
	}[t]
	return r, ok
}

package storage

import (
	"cmp"
	"fmt"
	"reflect"
	"strings"

	"github.com/fxamacker/cbor/v2"

	"ringside/assist"
	"ringside/assist/settings"
	"ringside/storage/audit"
)

// typeSettings is the record type of this machine's settings; it is no type of
// assist because nothing but the store sees it.
const typeSettings assist.Type = "settings"

// chosen is how settings.Machine are kept: one record with a fixed id. Another such
// record holds how far the log of who did what goes.
type chosen struct {
	settings.Machine
	Audit audit.Mark `json:"audit,omitempty"`
}

func (c chosen) Ident() (assist.Type, assist.ID) {
	if c.Audit.Count > 0 {
		return typeSettings, auditID
	}
	return typeSettings, "this"
}

// codec turns records into fields and back.
type codec struct {
	enc   cbor.EncMode
	dec   cbor.DecMode
	known map[assist.Type]map[string]bool // the fields that this version has
}

func newCodec() (*codec, error) {
	enc, err := cbor.EncOptions{
		Time:          cbor.TimeRFC3339Nano, // keeps the zone
		Sort:          cbor.SortBytewiseLexical,
		TextMarshaler: cbor.TextMarshalerTextString,
		OmitEmpty:     cbor.OmitEmptyGoValue,
	}.EncMode()
	if err != nil {
		return nil, err
	}
	dec, err := cbor.DecOptions{
		DupMapKey:        cbor.DupMapKeyEnforcedAPF,
		IndefLength:      cbor.IndefLengthForbidden,
		MaxNestedLevels:  maxDepth,
		MaxArrayElements: 1 << 20,
		MaxMapPairs:      1 << 20,
		TextUnmarshaler:  cbor.TextUnmarshalerTextString,
		// Fields are merged by their names as they are: "teXt" of a stranger is not "text".
		FieldNameMatching: cbor.FieldNameMatchingCaseSensitive,
		// Imported text may hold bytes that are no UTF-8; what was kept must be readable.
		UTF8: cbor.UTF8DecodeInvalid,
	}.DecMode()
	if err != nil {
		return nil, err
	}
	c := &codec{enc: enc, dec: dec, known: map[assist.Type]map[string]bool{typeSettings: {}, typeSpared: {}}}
	for _, t := range assist.Types() {
		empty, _ := assist.Empty(t)
		c.known[t] = map[string]bool{}
		names(reflect.TypeOf(empty), c.known[t])
	}
	names(reflect.TypeFor[chosen](), c.known[typeSettings])
	names(reflect.TypeFor[spared](), c.known[typeSpared])
	return c, nil
}

func names(t reflect.Type, into map[string]bool) {
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			names(f.Type, into)
			continue
		}
		into[fieldName(f)] = true
	}
}

// fieldName is how a field is called in what is kept.
func fieldName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return cmp.Or(name, f.Name)
}

// fields returns the record's fields that are not empty, its lists one field an item.
func (c *codec) fields(r assist.Record) ([]field, error) {
	b, err := c.enc.Marshal(r)
	if err != nil {
		return nil, err
	}
	in := items{b: b}
	fs := in.fields()
	if err := in.err("the record"); err != nil {
		return nil, err
	}
	t, _ := r.Ident()
	return apart(t, fs), nil
}

func as[T assist.Record](c *codec, raw []byte) (assist.Record, error) {
	var v T
	err := c.dec.Unmarshal(raw, &v)
	return v, err
}

// record makes a record of a state's fields; nil when the type is of a newer version.
func (c *codec) record(t assist.Type, raw []byte) (assist.Record, error) {
	make := map[assist.Type]func(*codec, []byte) (assist.Record, error){
		assist.TypeCustomer: as[assist.Customer], assist.TypeCompany: as[assist.Company], assist.TypeCall: as[assist.Call],
		assist.TypeNote: as[assist.Note], assist.TypePromise: as[assist.Promise], assist.TypeIncident: as[assist.Incident],
		assist.TypeInsight: as[assist.Insight], assist.TypeAsked: as[assist.Asked], assist.TypeGap: as[assist.Gap],
		assist.TypeDraft: as[assist.Draft], assist.TypeAnswer: as[assist.Answer], assist.TypePrompt: as[assist.Prompt],
		assist.TypeRep: as[assist.Rep], assist.TypeProposal: as[assist.Proposal], typeSettings: as[chosen], typeSpared: as[spared],
		assist.TypeAffected: as[assist.Affected], assist.TypeSubject: as[assist.Subject], assist.TypeDeal: as[assist.Deal],
		assist.TypeFocus: as[assist.Focus], assist.TypeKudos: as[assist.Kudos], assist.TypeTact: as[assist.Tact],
		assist.TypeRevision: as[assist.Revision], assist.TypeFlag: as[assist.Flag], assist.TypeApart: as[assist.Apart],
		assist.TypeQuestion: as[assist.Question], assist.TypeWebPage: as[assist.WebPage], assist.TypeDrill: as[assist.Drill],
		assist.TypeBlob: as[assist.Blob], assist.TypeOrder: as[assist.Order], assist.TypeMerge: as[assist.Merge],
		assist.TypeErasure: as[assist.Erasure],
	}[t]
	if make == nil {
		return nil, nil
	}
	r, err := make(c, together(t, raw))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", t, err)
	}
	return r, nil
}

package storage

import (
	"reflect"
	"testing"
	"time"

	"ringside/assist"
)

// asKept returns what is kept of a record with these fields.
func asKept(fields ...field) []byte {
	s := state{rep: "tom", fields: fields, raw: appendFields(nil, fields), later: map[string]stamp{"text": {clock: 1}}}
	return s.encode(nil)
}

// likeTheCodec fails when a record is not read as the codec reads it.
func likeTheCodec[T any](t *testing.T, c *codec, of assist.Type, b []byte) {
	t.Helper()
	var got, want T
	raw, wantErr := rawRecord(b)
	if wantErr == nil {
		wantErr = c.dec.Unmarshal(together(of, raw), &want)
	}
	err := newQuick(c, of, reflect.TypeFor[T]()).read(b, reflect.ValueOf(&got).Elem())
	if (err == nil) != (wantErr == nil) || err == nil && !reflect.DeepEqual(got, want) {
		t.Errorf("%x\nread %+v, %v\nwant %+v, %v", b, got, err, want, wantErr)
	}
}

func TestRecordsAreReadQuicklyAsTheCodecReadsThem(t *testing.T) {
	c, err := newCodec()
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 1, 9, 30, 7, 123456789, time.FixedZone("", 3600))
	read := func(r assist.Record, like func(*testing.T, *codec, assist.Type, []byte)) {
		t.Helper()
		fields, err := c.fields(r)
		if err != nil {
			t.Fatal(err)
		}
		of, _ := r.Ident()
		like(t, c, of, asKept(fields...))
	}
	read(assist.Note{ID: "n", Customer: "c", At: at, Text: "Größe \xff", Tags: []string{"vip"}, Links: []assist.Ref{{Type: assist.TypeCall, ID: "k"}},
		Remarks: []assist.Remark{{By: "tom", At: at, Text: "no"}}, Reviewed: at.UTC()}, likeTheCodec[assist.Note])
	read(assist.Note{ID: "n"}, likeTheCodec[assist.Note])
	read(assist.Note{ID: "n", At: at, Text: "x"}, likeTheCodec[briefly])
	read(assist.Call{ID: "k", Outgoing: true, Started: at, Used: []assist.Used{{Answer: "a", At: at, Said: true}}, Mood: assist.Upset}, likeTheCodec[assist.Call])
	read(assist.Insight{ID: "i", At: at, Intelligence: assist.Market, Feeling: assist.Love, Text: "x"}, likeTheCodec[assist.Insight])
	read(assist.Customer{ID: "c", Name: "Ann", Kind: assist.KindBoss, Owns: []assist.Product{{Name: "Saw 40", Since: assist.Date{Year: 2026, Month: 3}}}}, likeTheCodec[assist.Customer])
	read(assist.Order{ID: "o", At: at, Customer: "c", Products: []string{"Saw 40"}}, likeTheCodec[assist.Order])
	read(chosen{}, likeTheCodec[chosen])
}

func TestWhatIsNoRecordIsReadQuicklyAsTheCodecReadsIt(t *testing.T) {
	c, err := newCodec()
	if err != nil {
		t.Fatal(err)
	}
	text := func(s string) []byte { return appendText(nil, s) }
	null, number := []byte{0xf6}, []byte{0x18, 99}
	for _, fields := range [][]field{
		{{"at", null}, {"text", null}},
		{{"at", number}}, // seconds since 1970
		{{"at", text("2026-11-01T9:30:07Z")}},
		{{"at", text("yesterday")}},
		{{"text", number}},
		{{"tags", text("vip")}},
		{{"teXt", text("x")}, {"unheard-of", number}, {"text", text("y")}},
		{{"text", appendBytes(nil, []byte("x"))}},
	} {
		likeTheCodec[assist.Note](t, c, assist.TypeNote, asKept(fields...))
	}
	whole := asKept(field{"at", text("2026-11-01T09:30:07Z")}, field{"tags", appendHead(nil, majorArray, 0)}, field{"text", text("x")})
	for n := range whole {
		likeTheCodec[assist.Note](t, c, assist.TypeNote, whole[:n])
	}
}

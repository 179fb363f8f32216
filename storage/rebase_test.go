package storage

import (
	"reflect"
	"testing"
	"time"

	"ringside/assist"
)

func TestTwoWhoChangeOtherFieldsOfARecordBothHaveTheirWay(t *testing.T) {
	db := desk(t, t.TempDir(), 0)
	phone := func(s string) assist.Phone { return assist.Phone{Raw: s, E164: "+44" + s} }
	before := assist.Customer{ID: "c", Name: "Mary Shaw", City: "Leeds", Likes: "tea", Phones: []assist.Phone{phone("1"), phone("2"), phone("3")}, Emails: []string{"m@x.org"}}
	after, now, want := before, before, before

	after.City, want.City = "York", "York"
	now.CallMe, want.CallMe = "Mrs Shaw", "Mrs Shaw"
	now.Likes, want.Likes = "", ""
	after.Phones = []assist.Phone{phone("9"), phone("1"), phone("3")}
	now.Phones = []assist.Phone{phone("1"), phone("2"), phone("3"), phone("4")}
	want.Phones = []assist.Phone{phone("9"), phone("1"), phone("3"), phone("4")}
	after.Emails, want.Emails = nil, nil
	got, both, err := Rebase(db, before, after, now)
	if err != nil || len(both) > 0 || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v\nnot %+v\nboth %v, %v", got, want, both, err)
	}

	now.City, want.City = "Hull", "York"
	after.Role, now.Role, want.Role = "owner", "owner", "owner"
	labelled := phone("1")
	labelled.Label = "mobile"
	after.Phones = []assist.Phone{labelled, phone("2"), phone("3")}
	labelled.Label = "home"
	now.Phones = []assist.Phone{labelled, phone("2"), phone("3")}
	want.Phones = after.Phones
	got, both, err = Rebase(db, before, after, now)
	if err != nil || !reflect.DeepEqual(both, []string{"city", "phones"}) || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v\nnot %+v\nboth %v, %v", got, want, both, err)
	}
}

func TestWhatIsOnlyReorderedStaysInItsNewOrder(t *testing.T) {
	db := desk(t, t.TempDir(), 0)
	before := assist.Note{ID: "n", Text: "x", At: day, Tags: []string{"a", "b", "c"}, Reviewed: day.Add(time.Hour)}
	after, now := before, before
	after.Tags, now.Text = []string{"c", "a", "b"}, "y"
	want := now
	want.Tags = after.Tags
	if got, both, err := Rebase(db, before, after, now); err != nil || len(both) > 0 || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v\nnot %+v\nboth %v, %v", got, want, both, err)
	}
}

package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ringside/assist"
	"ringside/storage"
	"ringside/ui/say"
	"ringside/ui/setup"
)

func TestTheImportPageBringsOrdersAndNotesAndCalls(t *testing.T) {
	a := startApp(t, storeOf(t, assist.Customer{ID: "mary", Name: "Mary Shaw", Emails: []string{"mary@example.org"}}))
	defer a.closeApp(t)
	m := importer{a.running}
	write := func(name, text string) string {
		file := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}

	orders := write("orders.csv", "Order date,Order number,Total,Email,Paid at\n3/4/2024,1,\"1,234\",mary@example.org,5/4/2024\n4/4/2024,2,\"2,345\",nobody@example.org,5/4/2024\n,3,\"2,345\",nobody@example.org,\n")
	pic, err := m.Look(t.Context(), orders, setup.Chosen{Kind: setup.Orders})
	if err != nil || pic.Rows != 0 || pic.Would != "" || pic.Amounts == "" || !pic.Columns[0].Ask || pic.Columns[0].May != "date" || !pic.Columns[4].Ask || pic.Columns[2].Ask {
		t.Fatalf("the picture of the orders: %+v, %v", pic, err)
	}
	no := false
	said := setup.Chosen{Kind: setup.Orders, Comma: &no, Meanings: map[string]string{"Order date": "date"}}
	pic, err = m.Look(t.Context(), orders, said)
	if err != nil || pic.Date != "3/4/2024" || pic.Amounts != "" || pic.Columns[4].Meaning != "left out" {
		t.Fatalf("after the rep has said so: %+v, %v", pic, err)
	}
	said.MonthFirst = &no
	pic, err = m.Look(t.Context(), orders, said)
	if err != nil || pic.Date != "" || pic.Rows != 2 || !strings.HasPrefix(pic.Would, "2 would be new") || !strings.Contains(pic.Would, "1 line cannot be taken") || !strings.Contains(pic.Would, "1 without a customer") {
		t.Fatalf("when nothing is left to ask: %+v, %v", pic, err)
	}
	if list, err := all[assist.Order](t.Context(), a.store.house.db); err != nil || len(list) != 0 {
		t.Errorf("looking kept %v, %v", list, err)
	}
	for _, want := range []setup.Outcome{{Imported: 2}, {Unchanged: 2}} {
		got, err := m.Run(t.Context(), orders, said, func(int, int) {})
		if err != nil || got.Imported != want.Imported || got.Unchanged != want.Unchanged || len(got.Refused) != 1 || got.Refused[0].Line != 4 || got.Refused[0].Column != "" {
			t.Errorf("the import: %+v, %v; want %+v", got, err, want)
		}
	}

	notes := write("notes.csv", "Date,Note,Customer\n2024-04-03,Asked for the manual,Mary Shaw\n")
	calls := write("calls.csv", "Call date,Duration,Caller\n2024-04-03,60,Mary Shaw\n")
	for file, kind := range map[string]setup.Kind{notes: setup.Notes, calls: setup.Calls} {
		if got, err := m.Run(t.Context(), file, setup.Chosen{Kind: kind}, func(int, int) {}); err != nil || got.Imported != 1 || got.Also != "" {
			t.Errorf("%s: %+v, %v", kind, got, err)
		}
	}
	for n, err := range storage.List[assist.Note](t.Context(), a.store.house.db) {
		if err != nil || n.Customer != "mary" {
			t.Errorf("the note %+v, %v", n, err)
		}
	}

	_, err = m.Look(t.Context(), write("odd.csv", "Note,Customer\nx,Mary Shaw\n"), setup.Chosen{Kind: setup.Notes})
	if words := say.Error(err); !errors.Is(err, assist.ErrInvalid) || !strings.Contains(words, "Name it so in the first line") || strings.Contains(words, "--") {
		t.Errorf("without a date it says %q", words)
	}
}

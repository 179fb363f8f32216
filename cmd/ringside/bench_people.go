package main

import (
	"bufio"
	"fmt"
	"os"
	"time"

	"ringside/assist"
	"ringside/assist/phone"
)

// The synthetic customers of the benchmark: customer i is the same on every
// machine, and no two share a number or an address.

var (
	benchFirst = []string{"Mary", "Tom", "Aisha", "Jan", "Wei", "Olu", "Priya", "Sofia", "Liam", "Noor", "Ewa", "Kofi", "Ana", "Ivan", "Mei", "Ruth"}
	benchLast  = []string{"Shaw", "Becker", "Okafor", "Singh", "Rossi", "Novak", "Khan", "Jones", "Larsen", "Silva", "Chen", "Murphy", "Kowalski", "Dubois", "Haddad", "Tanaka"}
	benchCity  = []string{"Leeds", "York", "Hull", "Bath", "Derby", "Truro", "Perth", "Ely"}
	benchTalk  = []string{
		"charged twice for one order", "where is my parcel", "the trimmer will not start", "cancel my order please",
		"i want my money back", "change the delivery address", "battery does not hold", "forgot my password",
		"do you do a discount for trade", "wrong part was in the box",
	}
)

func benchName(i int) string {
	return benchFirst[i%len(benchFirst)] + " " + benchLast[i/len(benchFirst)%len(benchLast)]
}

// benchNumber gives a mobile number that could be dialled in the United Kingdom.
func benchNumber(i int) string { return fmt.Sprintf("+4474%08d", i) }

func benchRing(i int, p phone.Phase, at time.Time) phone.Ring {
	return phone.Ring{ID: fmt.Sprint("bench-", i, "-", at.UnixNano()), From: benchNumber(i), Phase: p, At: at}
}

// writeBenchCSV writes n customers as a CRM exports them.
func writeBenchCSV(path string, n int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	fmt.Fprintln(w, "Name,Phone Number,Email,Company name,City,Customer since")
	for i := range n {
		fmt.Fprintf(w, "%s,%s,person%d@example.org,Company %d,%s,20%02d-%02d-%02d\n",
			benchName(i), benchNumber(i), i, i/20, benchCity[i%len(benchCity)], 5+i%20, 1+i%12, 1+i%28)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

// benchNote is the k-th note of a customer.
func benchNote(customer assist.ID, i, k int, now time.Time) assist.Note {
	return assist.Note{
		ID: assist.IDFrom("bench note", string(customer), fmt.Sprint(k)), Customer: customer,
		At:   now.AddDate(0, 0, -(i%700 + 30*k)),
		Text: "Asked about: " + benchTalk[(i+k)%len(benchTalk)] + ". Told what happens next and by when.",
	}
}

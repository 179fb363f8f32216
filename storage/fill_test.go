package storage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"ringside/assist"
)

// longNote is a note that fills the disk soon.
func longNote(i int) assist.Note {
	word := strings.Map(func(r rune) rune { return 'a' + r%26 }, fmt.Sprint(i*7919)) // figures might be taken for a card
	return assist.Note{ID: assist.ID(fmt.Sprint(i)), Customer: "mary", At: day, Text: fmt.Sprint("note ", i, strings.Repeat(" "+word, 3000))}
}

// writeThroughAFullDisk saves long notes, and says of each that is durable its number and
// of each that is refused "full", until its input ends.
func writeThroughAFullDisk(dir string) int {
	ctx := context.Background()
	db, err := Open(ctx, Options{Dir: dir, Key: testKey})
	if err != nil {
		fmt.Println("refused", err)
		return 0
	}
	over := make(chan struct{})
	go func() {
		io.Copy(io.Discard, os.Stdin)
		close(over)
	}()
	for i := 0; ; i++ {
		select {
		case <-over:
			db.Close()
			fmt.Println("closed")
			return 0
		default:
		}
		switch err := db.Save(ctx, longNote(i)); {
		case err == nil:
			fmt.Println(i)
		case errors.Is(err, assist.ErrDiskFull):
			fmt.Println("full")
			time.Sleep(time.Millisecond)
		default:
			fmt.Println("error", err)
			return 1
		}
	}
}

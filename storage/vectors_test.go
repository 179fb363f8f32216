package storage

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func textHash(i int) [32]byte { return sha256.Sum256(fmt.Append(nil, "text ", i)) }

// randomVector has length 1.
func randomVector(r *rand.Rand, wide int) []float32 {
	v, sum := make([]float32, wide), 0.0
	for i := range v {
		v[i] = float32(r.NormFloat64())
		sum += float64(v[i]) * float64(v[i])
	}
	for i := range v {
		v[i] /= float32(math.Sqrt(sum))
	}
	return v
}

func cosine(a, b []float32) float64 {
	var ab, aa, bb float64
	for i := range a {
		ab += float64(a[i]) * float64(b[i])
		aa += float64(a[i]) * float64(a[i])
		bb += float64(b[i]) * float64(b[i])
	}
	return ab / math.Sqrt(aa*bb)
}

func someVectors(from, to int) (map[[32]byte][]float32, [][32]byte) {
	r := rand.New(rand.NewPCG(1, uint64(from)))
	out, hashes := map[[32]byte][]float32{}, [][32]byte{}
	for i := from; i < to; i++ {
		out[textHash(i)] = randomVector(r, 384)
		hashes = append(hashes, textHash(i))
	}
	return out, hashes
}

func keptVectors(t *testing.T, db *DB, model string, hashes [][32]byte) map[[32]byte][]float32 {
	t.Helper()
	got, err := db.Vectors(t.Context(), model, hashes)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestVectorsAreKeptByModelAndTextAndLoseLittle(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	want, hashes := someVectors(0, 500)
	if err := db.KeepVectors(t.Context(), "small", want); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	got := keptVectors(t, db, "small", append(hashes, textHash(9999)))
	if len(got) != 500 {
		t.Fatalf("%d vectors", len(got))
	}
	worst := 1.0
	for h, v := range got {
		worst = min(worst, cosine(v, want[h]))
	}
	if worst < 0.9999 {
		t.Errorf("a vector came back with cosine %v to itself", worst)
	}
	if n := len(keptVectors(t, db, "large", hashes)); n != 0 {
		t.Errorf("%d vectors of another model", n)
	}
	mustCheck(t, db)
}

func TestVectorsThatAreNeededNoMoreAreForgotten(t *testing.T) {
	db := open(t, t.TempDir())
	save(t, db, mary())
	old, hashes := someVectors(0, 40)
	for _, model := range []string{"old", "new"} {
		if err := db.KeepVectors(t.Context(), model, old); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.KeepOnlyVectors(t.Context(), "new", hashes[10:]); err != nil {
		t.Fatal(err)
	}
	if n := len(keptVectors(t, db, "old", hashes)); n != 0 {
		t.Errorf("%d vectors of the old model", n)
	}
	if got := keptVectors(t, db, "new", hashes); len(got) != 30 || got[hashes[0]] != nil || got[hashes[10]] == nil {
		t.Errorf("%d vectors of the new model", len(got))
	}
	if err := db.KeepOnlyVectors(t.Context(), "new", hashes[10:]); err != nil {
		t.Errorf("with nothing to do: %v", err)
	}
	if r := mustCheck(t, db); r.Operations != 1 {
		t.Errorf("vectors are in the journal: %+v", r)
	}
}

func TestVectorsLiveThroughAnImport(t *testing.T) {
	ctx, db := context.Background(), open(t, t.TempDir())
	want, hashes := someVectors(0, 300)
	if err := db.KeepVectors(ctx, "small", want); err != nil {
		t.Fatal(err)
	}
	picture := db.pictureDir()
	bulk := db.Bulk(ctx)
	addMany(t, bulk, 0, manyCustomers)
	more, moreHashes := someVectors(300, 400)
	if err := db.KeepVectors(ctx, "small", more); err != nil {
		t.Fatal(err)
	}
	if err := bulk.Close(); err != nil {
		t.Fatal(err)
	}
	if db.pictureDir() == picture {
		t.Fatal("the picture was not made anew")
	}
	if n := len(keptVectors(t, db, "small", append(hashes, moreHashes...))); n != 400 {
		t.Errorf("%d vectors, want 400", n)
	}
}

func TestVectorsAreGoneWithThePicture(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	save(t, db, mary())
	want, hashes := someVectors(0, 3)
	if err := db.KeepVectors(t.Context(), "small", want); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "picture")); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	if n := len(keptVectors(t, db, "small", hashes)); n != 0 {
		t.Errorf("%d vectors", n)
	}
	mustCheck(t, db)
}

func TestVectorsAreRefusedByAClosedStoreAndAnEndedContext(t *testing.T) {
	db := open(t, t.TempDir())
	want, hashes := someVectors(0, 3)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := db.Vectors(ctx, "m", hashes)
	for _, err := range []error{err, db.KeepVectors(ctx, "m", want)} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	}
	if n := len(keptVectors(t, db, "m", hashes)); n != 0 {
		t.Errorf("half of them were kept: %d", n)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := db.KeepVectors(t.Context(), "m", want); !errors.Is(err, os.ErrClosed) {
		t.Errorf("got %v", err)
	}
}

func TestStoreHidesTheTextsOfVectors(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	want, _ := someVectors(0, 50)
	if err := db.KeepVectors(t.Context(), "a-model-with-a-name", want); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if strings.Contains(string(b), "a-model-with-a-name") {
			t.Errorf("%s names the model", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func FuzzVector(f *testing.F) {
	f.Add(encodeVector([]float32{.5, -.25, 0}))
	f.Add([]byte{1, 0, 0, 0, 0, 5})
	f.Add([]byte{1, 255, 255, 255, 255, 5})
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, x := range decodeVector(b) {
			if math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) {
				t.Fatalf("%x gave %v", b, x)
			}
		}
	})
}

func BenchmarkVectors(b *testing.B) {
	db := open(b, b.TempDir())
	all, hashes := someVectors(0, 1000)
	b.Run("keep 1,000", func(b *testing.B) {
		for b.Loop() {
			if err := db.KeepVectors(b.Context(), "m", all); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("read 1,000", func(b *testing.B) {
		for b.Loop() {
			if got, err := db.Vectors(b.Context(), "m", hashes); err != nil || len(got) != 1000 {
				b.Fatal(err)
			}
		}
	})
}

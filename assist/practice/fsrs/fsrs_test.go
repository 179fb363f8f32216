package fsrs

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestIntervalsAreThePublishedOnes walks the history of py-fsrs 6, tests/test_basic.py,
// test_review_card. There the first good, and what follows an again, come ten minutes
// later: 0 days.
func TestIntervalsAreThePublishedOnes(t *testing.T) {
	grades := []Grade{Good, Good, Good, Good, Good, Good, Again, Again, Good, Good, Good, Good, Good}
	want := []int{0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21}
	var m Memory
	var got []int
	days := 0
	for i, g := range grades {
		m = m.After(g, days)
		days = 0
		if want[i] > 0 {
			days = m.Interval(0.9)
		}
		got = append(got, days)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

// TestStateIsThePublishedOne walks test_memo_state of py-fsrs 6, which is
// test_memory_state of fsrs-rs, too.
func TestStateIsThePublishedOne(t *testing.T) {
	var m Memory
	for i, g := range []Grade{Again, Good, Good, Good, Good, Good} {
		m = m.After(g, []int{0, 0, 1, 3, 8, 21}[i])
	}
	near(t, "stability", m.Stability, 53.62691)
	near(t, "difficulty", m.Difficulty, 6.3574867)
}

// TestTheFirstTimeIsAsPublished has the values of fsrs-rs for a new card.
func TestTheFirstTimeIsAsPublished(t *testing.T) {
	for _, c := range []struct {
		g    Grade
		s, d float64
	}{{Again, 0.212, 6.4133}, {Hard, 1.2931, 5.1121707}, {Good, 2.3065, 2.118104}, {Easy, 8.2956, 1}} {
		m := Memory{}.After(c.g, 40)
		near(t, "stability", m.Stability, c.s)
		near(t, "difficulty", m.Difficulty, c.d)
	}
}

// TestEasyOverAndOverIsTheLeastDifficulty is test_repeated_correct_reviews of py-fsrs.
func TestEasyOverAndOverIsTheLeastDifficulty(t *testing.T) {
	var m Memory
	for range 10 {
		m = m.After(Easy, 0)
	}
	if m.Difficulty != 1 {
		t.Errorf("difficulty %v", m.Difficulty)
	}
}

func TestTheChanceFallsToNineInTenWithTheStability(t *testing.T) {
	m := Memory{Stability: 20, Difficulty: 5}
	near(t, "at once", m.Chance(0), 1)
	near(t, "after the stability", m.Chance(20), 0.9)
	near(t, "before the last time", m.Chance(-3), 1)
	for day := range 400 {
		if m.Chance(day+1) >= m.Chance(day) {
			t.Fatalf("day %d: the chance does not fall", day)
		}
	}
	if got := (Memory{}).Chance(0); got != 0 {
		t.Errorf("what was never learned is known with %v", got)
	}
}

func TestWhoWantsToBeSurerPractisesSooner(t *testing.T) {
	m := Memory{Stability: 20, Difficulty: 5}
	if a, b, c := m.Interval(0.95), m.Interval(0.9), m.Interval(0.8); a >= b || b != 20 || b >= c {
		t.Errorf("intervals %d, %d, %d", a, b, c)
	}
	if got := (Memory{Stability: leastStability, Difficulty: 10}).Interval(0.9); got != 1 {
		t.Errorf("the shortest interval is %d days", got)
	}
}

func TestABetterGradeLastsLonger(t *testing.T) {
	for _, m := range []Memory{{0.2, 9}, {2, 5}, {30, 1}, {400, 10}} {
		for _, days := range []int{0, 1, 30, 1000} {
			for g := Again; g < Easy; g++ {
				if worse, better := m.After(g, days), m.After(g+1, days); worse.Stability > better.Stability || worse.Difficulty < better.Difficulty {
					t.Errorf("%+v after %d days: grade %d gives %+v, grade %d %+v", m, days, g, worse, g+1, better)
				}
			}
			if after := m.After(Again, days); after.Stability > m.Stability || after.Stability <= 0 {
				t.Errorf("%+v forgotten after %d days has stability %v", m, days, after.Stability)
			}
		}
	}
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-4 {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

func TestNoHistoryLeavesTheBounds(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		var m Memory
		for range 50 {
			m = m.After(Grade(1+r.IntN(4)), r.IntN(3)*r.IntN(500))
			if math.IsNaN(m.Stability) || math.IsInf(m.Stability, 0) || m.Stability < leastStability || m.Difficulty < 1 || m.Difficulty > 10 {
				t.Fatalf("%+v", m)
			}
			if n := m.Interval(0.9); n < 1 {
				t.Fatalf("%+v is due after %d days", m, n)
			}
		}
	}
}

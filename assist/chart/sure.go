package chart

import "math"

// Sure returns between which shares of a hundred the true share of part in whole lies with
// 95% certainty: the score interval of E. B. Wilson, “Probable Inference, the Law of
// Succession, and Statistical Inference”, Journal of the American Statistical Association
// 22 (1927). It holds for few and for extreme shares, too, and of nothing it is 0 to 100.
func Sure(part, whole int) (low, high float64) {
	if whole == 0 {
		return 0, 100
	}
	const z = 1.96
	n := float64(whole)
	p := float64(part) / n
	middle := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return 100 * min(max(middle-half, 0), p), 100 * max(min(middle+half, 1), p) // all and none are within theirs
}

package chart

// widths holds how wide the letters from blank to ~ are in a common sans-serif, in
// thousandths of the size. Fonts differ, so they are those of a wide one: what fits by them
// fits in most.
var widths = [...]uint16{
	270, 290, 420, 650, 580, 840, 740, 230, 330, 330, 560, 580, 280, 340, 280, 390,
	580, 580, 580, 580, 580, 580, 580, 580, 580, 580, 280, 280, 580, 580, 580, 450,
	910, 670, 670, 660, 740, 580, 550, 740, 760, 350, 300, 640, 540, 930, 780, 790,
	620, 790, 640, 570, 580, 740, 620, 950, 610, 590, 590, 340, 390, 340, 580, 460,
	300, 580, 630, 500, 630, 580, 360, 630, 630, 270, 270, 550, 270, 950, 630, 620,
	630, 630, 430, 490, 380, 630, 530, 810, 550, 530, 490, 390, 560, 390, 580,
}

// Sans is a Measure for where no font is at hand: close to that of a common sans-serif,
// and rather too wide than too narrow.
func Sans(text string, size float32, bold bool) float32 {
	sum := 0
	for _, r := range text {
		switch i := int(r) - ' '; {
		case i >= 0 && i < len(widths):
			sum += int(widths[i])
		case r < 0x2e80:
			sum += 620
		default: // as wide as high, as the letters of the far east are
			sum += 1000
		}
	}
	w := float32(sum) / 950 * size
	if bold {
		w *= 1.08
	}
	return w
}

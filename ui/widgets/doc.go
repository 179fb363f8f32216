// Package widgets holds the parts that Ringside's pages are built of. A widget
// shows what its setters are given and reports what was done to it through its
// OnXxx fields; it decides nothing and knows no desk.
//
// Text wraps, so the height of almost everything depends on its width. Fyne asks
// for a height before it says the width; the layouts here ask the other way
// round (see Flow), and Arrange lays a tree out again after its texts changed.
package widgets

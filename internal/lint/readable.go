package lint

import (
	"regexp"
	"strings"

	"galley/internal/markdown/outline"
)

// What everybody can read, as authoring tools are to check it: ATAG 2.0, B.3.1,
// https://www.w3.org/TR/ATAG20/#principle_b3. Texts of links are in links.go.

// pictureTexts finds pictures without an alternative text, or with the name of a
// file for one. A picture that only adorns can be written as <img alt="">.
func pictureTexts(*parameters) func(*text) {
	return func(t *text) {
		t.spans(func(b *outline.Block, s *outline.Span) {
			switch s.Kind {
			case outline.Picture:
				switch alt := strings.TrimSpace(t.of(s.Text)); {
				case alt == "":
					t.tell(s.Range, "This picture has no alternative text. Write what it shows between “[” and “]”.")
				case fileName.MatchString(alt):
					t.tell(s.Text, "The alternative text is the name of a file. Write what the picture shows.")
				}
			case outline.Tag:
				if tag := t.of(s.Range); pictureTag.MatchString(tag) && !altOf.MatchString(tag) {
					t.tell(s.Range, "This picture has no alternative text. Write what it shows: alt=\"…\", or alt=\"\" where it only adorns.")
				}
			}
		})
		for i := range t.blocks {
			b := &t.blocks[i]
			if b.Kind != outline.HTML {
				continue
			}
			for _, m := range pictureTags.FindAllStringIndex(t.of(b.Range), -1) {
				at := b.Range
				at.Start, at.End = b.Range.Start+m[0], b.Range.Start+m[1]
				if !altOf.MatchString(t.of(at)) {
					t.tell(at, "This picture has no alternative text. Write what it shows: alt=\"…\", or alt=\"\" where it only adorns.")
				}
			}
		}
	}
}

var (
	fileName    = regexp.MustCompile(`(?i)^\S*\.(?:png|jpe?g|gif|svg|webp|avif)$|^(?:IMG|DSC|Screenshot|image|picture)[-_ ]?\d*$`)
	pictureTag  = regexp.MustCompile(`(?i)^<img\b`)
	pictureTags = regexp.MustCompile(`(?i)<img\b[^>]*>`)
	altOf       = regexp.MustCompile(`(?i)\salt(?:\s*=|[\s/>])`)
)

// headingOrder finds headings that leave a level out. Who goes through a page by
// its headings takes what is missing for something that was passed over.
func headingOrder(*parameters) func(*text) {
	return func(t *text) {
		last := 0
		for i := range t.blocks {
			b := &t.blocks[i]
			if b.Kind != outline.Heading || b.Quoted {
				continue
			}
			if last > 0 && b.Level > last+1 {
				t.tell(b.Range, "This heading is of level %d, and the one before it of level %d. Make it %d, or add what is between.", b.Level, last, last+1)
			}
			last = b.Level
		}
	}
}

// tableHeaders finds tables whose first row is no header, so that who is read a
// cell is not told what its column is.
func tableHeaders(*parameters) func(*text) {
	return func(t *text) {
		for i := range t.blocks {
			if b := &t.blocks[i]; b.Kind == outline.Row && b.First && !b.Header {
				t.tell(b.Range, "This table has no header. Write the names of its columns in the first line, and |---|---| below them.")
			}
		}
	}
}

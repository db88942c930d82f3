package tray

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"strings"

	"golang.org/x/net/html/charset"
)

// What a feed may have: a real one of 4 MB has a fraction of each. The parser of feeds
// has no bounds itself; it takes memory by the element and by their depth, and time by
// the square of what stands in one element in pieces and of the names of namespaces.
const (
	maxParts  = 100_000   // elements and attributes
	maxHeavy  = 10_000    // of them items; of JSON, objects and lists
	maxDepth  = 200       // elements in each other
	maxSpaces = 50        // declarations of namespaces that hold at once
	maxCopied = 256 << 20 // bytes of text, where each piece copies those before it
)

var errUnlikeFeeds = errors.New("it has far more parts than a feed has, or they stand too deep in each other")

// bounded is errUnlikeFeeds for what the parser of feeds is not given. What cannot be
// read is for the parser to tell: it reads no further, either.
func bounded(data []byte) error {
	if strings.HasPrefix(strings.TrimLeft(string(data[:min(len(data), 512)]), " \r\n\t"), "{") {
		return boundedJSON(data)
	}
	return boundedXML(data)
}

func boundedJSON(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	for parts := 0; ; {
		token, err := d.Token()
		if err != nil {
			return nil
		}
		if _, ok := token.(json.Delim); ok {
			if parts++; parts > 2*maxHeavy { // each begins and ends
				return errUnlikeFeeds
			}
		}
	}
}

// boundedXML reads as the parser of feeds does, whose signs that XML does not have are
// left out before.
func boundedXML(data []byte) error {
	type element struct{ text, spaces int }
	var open []element
	parts, heavy, spaces, copied := 0, 0, 0, 0
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Strict, d.CharsetReader = false, charset.NewReaderLabel
	for {
		token, err := d.Token()
		if err != nil {
			return nil
		}
		switch token := token.(type) {
		case xml.StartElement:
			own := 0
			for _, a := range token.Attr {
				if a.Name.Space == "xmlns" || a.Name.Local == "xmlns" {
					own++
				}
			}
			if name := token.Name.Local; strings.EqualFold(name, "item") || strings.EqualFold(name, "entry") {
				heavy++
			}
			open, spaces, parts = append(open, element{spaces: own}), spaces+own, parts+1+len(token.Attr)
		case xml.EndElement:
			if last := len(open) - 1; last >= 0 {
				spaces -= open[last].spaces
				open = open[:last]
			}
		case xml.CharData:
			if len(open) > 0 {
				e := &open[len(open)-1]
				copied += e.text
				e.text += len(token)
			}
		}
		if parts > maxParts || heavy > maxHeavy || len(open) > maxDepth || spaces > maxSpaces || copied > maxCopied {
			return errUnlikeFeeds
		}
	}
}

// withoutControls leaves out the signs that neither XML nor JSON has.
func withoutControls(data []byte) []byte {
	out := make([]byte, 0, len(data))
	for _, b := range data {
		if b >= ' ' || b == '\t' || b == '\n' || b == '\r' {
			out = append(out, b)
		}
	}
	return out
}

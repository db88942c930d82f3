package tray

import "fmt"

// Parse reads what stands at one of a tray's places. at is the address or the
// file that it was read from.
func (t Tray) Parse(data []byte, at string) ([]Item, error) {
	switch t.Kind {
	case Feed:
		return readFeed(data, at)
	case Page:
		return readPage(data, at), nil
	case Notes:
		return readNotes(data, at), nil
	}
	return nil, fmt.Errorf("a tray of kind %s is not read from a file", t.Kind)
}

package preview

import (
	"encoding/binary"
	"reflect"
	"testing"
)

// wired writes an edit as the worker does; web/test/renderer.spec.ts holds the
// worker's side against the same bytes.
func wired(seq int, changes []Change) []byte {
	out := binary.LittleEndian.AppendUint32([]byte{wireEdit}, uint32(seq))
	out = binary.LittleEndian.AppendUint32(out, uint32(len(changes)))
	text := ""
	for _, c := range changes {
		for _, n := range []int{c.From, c.To, len(c.Insert)} {
			out = binary.LittleEndian.AppendUint32(out, uint32(n))
		}
		text += c.Insert
	}
	return append(out, text...)
}

func TestDecodeEdit(t *testing.T) {
	data := []byte("\x01\x07\x00\x00\x00\x02\x00\x00\x00" +
		"\x00\x00\x00\x00\x01\x01\x00\x00\x03\x00\x00\x00" +
		"\x02\x01\x00\x00\x02\x01\x00\x00\x01\x00\x00\x00" + "éxy")
	want := []Change{{Span{0, 257}, "éx"}, {Span{258, 258}, "y"}}
	seq, changes, err := decodeEdit(data)
	if err != nil || seq != 7 || !reflect.DeepEqual(changes, want) {
		t.Errorf("%d %+v %v", seq, changes, err)
	}
	if got := wired(7, want); !reflect.DeepEqual(got, data) {
		t.Errorf("%q", got)
	}
	for n := 1; n < len(data); n++ {
		if _, _, err := decodeEdit(data[:n]); err == nil {
			t.Errorf("%d bytes of %d are an edit", n, len(data))
		}
	}
	if _, _, err := decodeEdit([]byte("\x01\x00\x00\x00\x00\xff\xff\xff\xff\xff\xff\xff\xff")); err == nil {
		t.Error("four billion changes")
	}
}

// An edit does the same in either form.
func TestHandleWiredEdit(t *testing.T) {
	answers := map[string]bool{}
	for _, request := range [][]byte{
		wired(3, []Change{{Span{0, 1}, "Aé"}}),
		[]byte(`{"op":"edit","seq":3,"changes":[{"from":0,"to":1,"insert":"Aé"}]}`),
	} {
		s := newSession(t)
		s.Open("_posts/2026-08-16-update.md", "one two")
		answers[string(s.Handle(request))] = true
	}
	if len(answers) != 1 {
		t.Errorf("%v", answers)
	}
}

// Package preview is what the browser calls, as plain Go: a site is loaded, a
// post is opened, edits come in, patches and diagnostics go out.
//
// The browser's worker reaches it through one function of bytes, Handle, as
// docs/protocol.md tells. The server uses the same session for
// browsers that have no WebAssembly. Nothing here panics: what goes wrong
// becomes an answer with a sentence in it, and the last good page stays.
//
// Offsets in requests and answers are UTF-16 units of the whole file; they are
// converted here, and nowhere further in.
package preview

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// request is any of the requests; each op uses its own fields.
type request struct {
	Op      string   `json:"op"`
	Bundle  *Bundle  `json:"bundle"`
	Name    string   `json:"name"`
	XML     string   `json:"xml"`
	Path    string   `json:"path"`
	Text    string   `json:"text"`
	Seq     int      `json:"seq"`
	Changes []Change `json:"changes"`
	Key     string   `json:"key"`
	Value   string   `json:"value"`
}

// Handle answers one request. It never panics and never returns nil; a request
// that cannot be understood is answered with an error.
func (s *Session) Handle(data []byte) (answer []byte) {
	defer func() {
		if r := recover(); r != nil {
			s.sent = false // the next edit begins from scratch
			answer = encode(failure{fmt.Sprintf("The preview stumbled over this text (%v). The last good page stays.", r)})
		}
	}()
	if len(data) > 0 && data[0] == wireEdit {
		seq, changes, err := decodeEdit(data)
		if err != nil {
			return encode(failure{err.Error()})
		}
		return s.handleEdit(seq, changes)
	}
	var r request
	if err := json.Unmarshal(data, &r); err != nil {
		return encode(failure{fmt.Sprintf("The preview did not understand the editor (%v). Reload the page.", err)})
	}
	switch r.Op {
	case "site":
		if r.Bundle == nil {
			return encode(failure{"The site's templates did not arrive. Reload the page."})
		}
		return encode(s.Site(*r.Bundle))
	case "lexer":
		return s.result(s.AddLexer(r.Name, r.XML))
	case "open":
		return encode(s.Open(r.Path, r.Text))
	case "edit":
		return s.handleEdit(r.Seq, r.Changes)
	case "describe":
		return encode(s.Describe())
	case "setKey":
		c, err := s.SetKey(r.Key, r.Value)
		if err != nil {
			return encode(failure{err.Error()})
		}
		return encode(keyChange{c})
	}
	return encode(failure{fmt.Sprintf("The preview does not know how to %q. Reload the page.", r.Op)})
}

func (s *Session) handleEdit(seq int, changes []Change) []byte {
	a, err := s.Edit(seq, changes)
	if err != nil {
		return encode(failure{err.Error()})
	}
	return encode(a)
}

// failure is the answer to what could not be done.
type failure struct {
	Error string `json:"error"`
}

type keyChange struct {
	Change Change `json:"change"`
}

func (s *Session) result(err error) []byte {
	if err != nil {
		return encode(failure{err.Error()})
	}
	return encode(struct {
		OK bool `json:"ok"`
	}{true})
}

// encode writes JSON without escaping HTML, of which most of it is made.
func encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return []byte(`{"error":"The preview could not write its answer. Reload the page."}`)
	}
	return b.Bytes()
}

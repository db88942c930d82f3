package server

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"strconv"
	"unicode/utf8"
)

const (
	// maxPost is the largest post that can be written, in bytes. The posts of
	// a newsletter have some 10 KB.
	maxPost = 4 << 20
	// maxBody is the largest body of a request: a post in JSON, where a
	// character may be written with six.
	maxBody = 12 << 20
	// maxSubmit is the largest body of a submission: a post, and its pictures
	// in base64.
	maxSubmit = maxBody + maxPictures/3*4 + 1<<20
	// worthPacking is the size from which an answer is compressed.
	worthPacking = 2 << 10
	// worthPackingScript is the size of a frame's script from which its document is
	// compressed: the patcher's comes first, and soonest as it is.
	worthPackingScript = 100 << 10
)

// json makes a handler of a function that returns what is answered as JSON.
func (s *Server) json(answer func(*http.Request) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v, err := answer(r)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		body, err := encodeJSON(v)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		h := w.Header()
		h.Set("Content-Type", "application/json")
		h.Set("Cache-Control", "no-store")
		body = packed(w, r, body)
		h.Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = w.Write(body)
	}
}

// packed is a body as an answer has it: compressed, and said so, where it is worth
// that and the browser knows how.
func packed(w http.ResponseWriter, r *http.Request, body []byte) []byte {
	h := w.Header()
	h.Add("Vary", "Accept-Encoding")
	if len(body) < worthPacking || !accepts(r, "gzip") {
		return body
	}
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestSpeed) // the level is a good one
	_, _ = z.Write(body)                            // into memory
	_ = z.Close()
	h.Set("Content-Encoding", "gzip")
	return b.Bytes()
}

// encodeJSON writes JSON that does not escape HTML, of which posts have much.
func encodeJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return b.Bytes(), err
}

// readJSON reads a writing request's body, which must be JSON and say so: a
// form or plain text is what other sites' pages can send without asking.
func readJSON(r *http.Request, into any) error {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" {
		return refuse(http.StatusUnsupportedMediaType, kindInvalid, "Galley takes JSON here (Content-Type: application/json).")
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	if !utf8.Valid(body) {
		return refuse(http.StatusBadRequest, kindInvalid, "The request is not UTF-8 text.")
	}
	if halfCharacter(body) {
		return refuse(http.StatusBadRequest, kindInvalid, "The text has half of a character in it (an unpaired surrogate), which no file can hold. Delete it and try again.")
	}
	if err := json.Unmarshal(body, into); err != nil {
		return &refusal{cause: err, problem: problem{Kind: kindInvalid, status: http.StatusBadRequest,
			Sentence: "Galley did not understand the request. Reload the page."}}
	}
	return nil
}

// halfCharacter finds a \u escape of a surrogate without its other half. JSON
// allows it, and Go would write another character in its place.
func halfCharacter(body []byte) bool {
	high := -1 // where the escape behind a high surrogate must begin
	for i := 0; i < len(body); i++ {
		if body[i] != '\\' || i+1 >= len(body) {
			continue
		}
		unit, isUnit := uint64(0), false
		if body[i+1] == 'u' && i+6 <= len(body) {
			n, err := strconv.ParseUint(string(body[i+2:i+6]), 16, 16)
			unit, isUnit = n, err == nil
		}
		low := isUnit && unit >= 0xDC00 && unit < 0xE000
		if (high == i) != low || high >= 0 && high < i {
			return true
		}
		high = -1
		if isUnit && unit >= 0xD800 && unit < 0xDC00 {
			high = i + 6
		}
		if isUnit {
			i += 5
		} else {
			i++
		}
	}
	return high >= 0
}

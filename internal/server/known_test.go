package server_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestKnown: a blob that the repository has is known, one that it has not is not, and
// what is no id is not an error.
func TestKnown(t *testing.T) {
	b := newBench(t)
	var post struct{ Blob string }
	b.get("/api/post?branch=main&path=about.md", &post)
	other := strings.Repeat("7", 40)
	var known struct{ Blobs []string }
	b.get("/api/known?blob="+other+"&blob="+post.Blob+"&blob=x", &known)
	if fmt.Sprint(known.Blobs) != fmt.Sprint([]string{post.Blob}) {
		t.Errorf("known are %v, want %s alone", known.Blobs, post.Blob)
	}
	if res := b.do("GET", "/api/known?"+strings.Repeat("blob=x&", 101), ""); res.StatusCode/100 != 4 {
		t.Errorf("of too many: %d", res.StatusCode)
	}
}

package githubtest

import (
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
)

// TestDescription: the check can fail.
func TestDescription(t *testing.T) {
	d, err := loadDescription(filepath.Join(modules(t), "@octokit/openapi/generated/api.github.com.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		method, target, body string
		ok                   bool
	}{
		{"GET", "/user", "", true},
		{"GET", "/repos/o/r/git/ref/heads/a/b", "", true},
		{"GET", "/repos/o/r/contents/a/b%20c.md?ref=x", "", true},
		{"GET", "/repos/o/r/pulls?state=all&head=o:b&per_page=100", "", true},
		{"GET", "/repos/o/r/pulls/7", "", true},
		{"PUT", "/repos/o/r/contents/a.md", `{"message":"m","content":"eA==","sha":"x","branch":"b"}`, true},
		{"PATCH", "/repos/o/r/git/refs/heads/b", `{"sha":"x","force":false}`, true},
		{"POST", "/repos/o/r/git/commits", `{"message":"m","tree":"t","parents":["p"]}`, true},
		{"GET", "/users", "", false},
		{"DELETE", "/repos/o/r/contents", "", false},
		{"GET", "/repos/o/r/pulls?state=ajar", "", false},
		{"GET", "/repos/o/r/pulls?colour=red", "", false},
		{"GET", "/repos/o/r/pulls/seven", "", false},
		{"PUT", "/repos/o/r/contents/a.md", `{"message":"m"}`, false},
		{"PUT", "/repos/o/r/contents/a.md", `{"message":"m","content":null}`, false},
		{"PUT", "/repos/o/r/contents/a.md", `{"message":"m","content":"eA==","blob":"x"}`, false},
		{"PUT", "/repos/o/r/contents/a.md", "", false},
		{"PATCH", "/repos/o/r/git/refs/heads/b", `{"sha":7}`, false},
		{"POST", "/repos/o/r/git/trees", `{"tree":[{"path":"a","mode":"777","type":"blob","sha":"x"}]}`, false},
		{"GET", "/user", `{"a":1}`, false},
	} {
		r := httptest.NewRequest(c.method, c.target, strings.NewReader(c.body))
		if c.body != "" {
			r.Header.Set("Content-Type", "application/json")
		}
		if err := d.check(r, []byte(c.body)); (err == nil) != c.ok {
			t.Errorf("%s %s %s: %v, want ok %v", c.method, c.target, c.body, err, c.ok)
		}
	}
}

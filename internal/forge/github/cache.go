package github

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"mime"
	"net/http"
	"regexp"
	"strings"

	"github.com/google/go-github/v75/github"

	"galley/internal/forge"
	"galley/internal/lru"
)

// Cache keeps GitHub's answers in memory with their ETags, the ones used last.
// An answer is only ever given to the token that asked for it; what was made of
// the listing of a commit is shared, see trees. Nothing depends on it: another
// copy of the server without it asks once more.
//
// It is not a cache by HTTP's rules, which would let an answer be used for the
// minute that GitHub allows: a writer would see a branch as it was a minute ago
// and be told of a conflict that is none. Every answer is asked about, except
// those named by their content, which cannot change.
type Cache struct {
	answers *lru.Cache[string, *answer]
	trees   *trees
}

// answer is a kept answer with status 200.
type answer struct {
	etag   string
	header http.Header
	body   []byte
}

// size counts the headers roughly.
func (a *answer) size() int { return len(a.body) + 2048 }

// NewCache makes a cache for so many bytes of answers; 0 means 64 MB.
func NewCache(limit int) *Cache {
	if limit <= 0 {
		limit = 64 << 20
	}
	return &Cache{answers: lru.New[string](limit, (*answer).size), trees: newTrees()}
}

func (c *Cache) get(key string) *answer {
	a, _ := c.answers.Get(key)
	return a
}

func (c *Cache) put(key string, a *answer) { c.answers.Put(key, a) }

// cacheKey tells answers apart by address, form and person; the token itself is
// not kept.
func cacheKey(token string, r *http.Request) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:16]) + " " + r.Header.Get("Accept") + " " + r.URL.String()
}

var byContent = regexp.MustCompile(`/git/(blobs|trees|commits)/([0-9a-f]{40})$`)

// immutable tells whether an address names its answer by content.
func immutable(path string) bool { return byContent.MatchString(path) }

// worthKeeping tells whether an answer is GitHub's own. Somebody in between may
// answer with a page of theirs and status 200, and an answer named by content
// would never be asked for again.
func (a *answer) worthKeeping(path string) bool {
	named := byContent.FindStringSubmatch(path)
	if named != nil && named[1] == "blobs" && forge.BlobID(a.body) == named[2] {
		return true // raw, whatever type the file has
	}
	kind, _, err := mime.ParseMediaType(a.header.Get("Content-Type"))
	if err != nil || kind != "application/json" && !strings.HasSuffix(kind, "+json") {
		return false
	}
	if named == nil {
		return json.Valid(a.body)
	}
	switch named[1] {
	case "trees": // asked for by the commit, so that the tree has an id of its own
		var tree github.Tree
		return json.Unmarshal(a.body, &tree) == nil && forge.IsID(tree.GetSHA()) && tree.Entries != nil
	case "commits":
		var commit github.Commit
		return json.Unmarshal(a.body, &commit) == nil && commit.GetSHA() == named[2]
	default:
		var blob github.Blob
		return json.Unmarshal(a.body, &blob) == nil && blob.GetSHA() == named[2]
	}
}

package server

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"galley/internal/forge"
	"galley/internal/guard"
	"galley/internal/lru"
	"galley/internal/postindex"
	"galley/internal/site"
)

const (
	// maxTexts is how many bytes of posts are kept as read, and maxIndexed how many
	// bytes of files one index is made of, the newest ones.
	maxTexts   = 192 << 20
	maxIndexed = 64 << 20
	// maxIndexes is how many indexes are kept: their texts are shared.
	maxIndexes = 6
	// farReads is how many posts a forge that is far away is asked for at once, each
	// by a request; the rest after restLater.
	farReads    = 600
	restLater   = time.Minute
	readsAtOnce = 6
	indexTime   = 2 * time.Minute
)

// indexes keeps what the posts of trees say: each text once, by its blob, whoever
// asked for it first. Who may see an index is the forge's to say, by the tree that
// it has just listed.
type indexes struct {
	clock func() time.Time
	seen  func(blob string, src []byte)       // is told each text that is read
	texts *lru.Cache[string, *postindex.Text] // by the settings' key and blob id
	mu    sync.Mutex
	known map[[sha256.Size]byte]*postIndex // by the settings' key and the posts
}

// postIndex is the index of the posts of a tree, or the reading for it.
type postIndex struct {
	done chan struct{} // closed when the rest is there
	// The rest is not touched before that.
	*postindex.Index
	unread int // posts that were left out
	at     time.Time
	err    error

	// The texts' addresses in a site, once they were asked for.
	mu        sync.Mutex
	by        *site.Site
	addresses map[string][]string
}

func newIndexes(clock func() time.Time) *indexes {
	return &indexes{
		clock: clock,
		seen:  func(string, []byte) {},
		texts: lru.New[string](maxTexts, (*postindex.Text).Size),
		known: map[[sha256.Size]byte]*postIndex{},
	}
}

// of gives the index of the posts in a tree, and begins to read what is not known.
// It waits for so long; nil is no error, but an index that is not there yet, or is not
// begun as others are being read.
func (x *indexes) of(ctx context.Context, f forge.Forge, tree forge.Tree, c site.Config, wait time.Duration) (*postIndex, error) {
	settings, _ := postindex.ReadSettings(c.Galley) // what is wrong with them the rules tell
	posts, left := postsToIndex(c, tree)
	key := settings.Key()
	sum := sha256.New()
	fmt.Fprintf(sum, "%q", key)
	for _, e := range posts {
		_, _ = io.WriteString(sum, e.Path+"\x00"+e.Blob+"\x00")
	}
	name := [sha256.Size]byte(sum.Sum(nil))

	x.mu.Lock()
	p, ok := x.known[name]
	if ok && p.ready() && (p.err != nil || p.unread > left && x.clock().Sub(p.at) > restLater) {
		ok = false
	}
	if !ok {
		if !x.forget() {
			x.mu.Unlock()
			return nil, nil
		}
		p = &postIndex{done: make(chan struct{}), unread: left}
		x.known[name] = p
		within, cancel := context.WithTimeout(context.WithoutCancel(ctx), indexTime)
		go func() {
			defer cancel()
			defer close(p.done)
			p.err = guard.Work(func() error { return x.read(within, f, p, posts, settings, key) })()
			p.at = x.clock()
		}()
	}
	x.mu.Unlock()

	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-p.done:
		return p, p.err
	case <-timer.C:
		return nil, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (p *postIndex) ready() bool {
	select {
	case <-p.done:
		return true
	default:
		return false
	}
}

// forget makes room for one more index. It is false where as many as are kept are being
// read: more at once would leave the processors nothing for writers.
func (x *indexes) forget() bool {
	for len(x.known) >= maxIndexes {
		var oldest [sha256.Size]byte
		var found *postIndex
		for name, p := range x.known {
			if p.ready() && (found == nil || p.at.Before(found.at)) {
				oldest, found = name, p
			}
		}
		if found == nil {
			return false
		}
		delete(x.known, oldest)
	}
	return true
}

// read fills an index, from what is known and from the forge.
func (x *indexes) read(ctx context.Context, f forge.Forge, p *postIndex, posts []forge.Entry, settings postindex.Settings, key string) error {
	info, err := f.Info(ctx)
	if err != nil {
		return err
	}
	reads := len(posts)
	if info.Kind != "local" {
		reads = farReads
	}
	files := make([]postindex.File, 0, len(posts))
	var missing []int
	for _, e := range posts {
		text, ok := x.texts.Get(key + e.Blob)
		if !ok {
			if len(missing) == reads {
				p.unread++
				continue
			}
			missing = append(missing, len(files))
		}
		files = append(files, postindex.File{Path: e.Path, Text: text})
	}
	blobs := map[string]string{}
	for _, e := range posts {
		blobs[e.Path] = e.Blob
	}
	// What is read here is kept as it was read, and not as files besides.
	if r, ok := f.(remembering); ok {
		f = passing{r}
	}
	group, within := errgroup.WithContext(ctx)
	group.SetLimit(readsAtOnce)
	for _, i := range missing {
		group.Go(guard.Work(func() error {
			id := blobs[files[i].Path]
			src, err := f.Blob(within, id)
			if err == nil {
				err = within.Err() // what is known is given after the end, too
			}
			if err == nil {
				x.seen(id, src)
				files[i].Text = settings.Read(src)
				x.texts.Put(key+id, files[i].Text)
			}
			return err
		}))
	}
	if err := group.Wait(); err != nil {
		return err
	}
	files = slices.DeleteFunc(files, func(f postindex.File) bool {
		return f.Text.Bare && !isPost(f.Path) // copied as it is
	})
	p.Index = postindex.New(files)
	return nil
}

// passing is a remembering forge that looks at what is remembered, and adds nothing.
type passing struct{ remembering }

// Blob implements forge.Forge.
func (f passing) Blob(ctx context.Context, id string) ([]byte, error) {
	if data, ok := f.blobs.Get(id); ok {
		return data, nil
	}
	return f.Forge.Blob(ctx, id)
}

// postsToIndex lists the posts of a tree, newest first, and behind them the site's
// other texts in Markdown, as far as they are indexed; and how many were left out.
func postsToIndex(c site.Config, tree forge.Tree) ([]forge.Entry, int) {
	var posts []forge.Entry
	for _, e := range tree.Entries {
		if (isPost(e.Path) || c.Group(e.Path) != "" && isMarkdown(e.Path)) && e.Size <= maxPost {
			posts = append(posts, e)
		}
	}
	slices.SortStableFunc(posts, func(a, b forge.Entry) int {
		one, _ := postindex.Day(a.Path)
		other, _ := postindex.Day(b.Path)
		return cmp.Or(other.Compare(one), cmp.Compare(a.Path, b.Path))
	})
	size := 0
	for i, e := range posts {
		if size += e.Size; size > maxIndexed {
			return posts[:i], len(posts) - i
		}
	}
	return posts, 0
}

// indexAt gives the index of the posts at a branch; of a branch of a fork it is the
// default branch's.
func (s *Server) indexAt(ctx context.Context, f forge.Forge, branch string, c site.Config, wait time.Duration) (*postIndex, error) {
	if forge.IsForked(branch) {
		branch = ""
	}
	tree, err := s.trees.of(ctx, f, branch)
	if err != nil {
		return nil, err
	}
	return s.indexes.of(ctx, f, tree, c, wait)
}

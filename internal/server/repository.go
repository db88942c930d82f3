package server

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"maps"
	"slices"
	"sync"
	"time"

	"galley/internal/forge"
	"galley/internal/lru"
	"galley/internal/site"
)

// remembering is a forge that keeps what it read by blob id: an id names its
// content for ever. Which ids somebody may see is still the forge's to say, by
// the tree that they come from.
type remembering struct {
	forge.Forge
	blobs *lru.Cache[string, []byte]
}

// Blob implements forge.Forge.
func (f remembering) Blob(ctx context.Context, id string) ([]byte, error) {
	if data, ok := f.blobs.Get(id); ok {
		return data, nil
	}
	data, err := f.Forge.Blob(ctx, id)
	if err == nil {
		f.blobs.Put(id, data)
	}
	return data, err
}

// atTree is a forge whose branches are all at one commit, whose tree is known:
// what is read through it belongs together, and the tree is not asked for again.
type atTree struct {
	forge.Forge
	tree forge.Tree
}

// Tree implements forge.Forge.
func (f atTree) Tree(context.Context, string) (forge.Tree, error) { return f.tree, nil }

// branchSite is the site as it is at one commit: what posts are rendered with.
type branchSite struct {
	version string // of the files
	files   map[string]string
	size    int // bytes, of the files
	site    *site.Site
	hosts   []string // that it names
	loaded  time.Time
	rules   *siteRules
	// ending ends all rendering with the site, which is not used again: one
	// that was too long may have left it incomplete.
	ending ending
}

// fresh is how long a site's present may be behind the clock.
const fresh = time.Minute

// usable tells whether a site that was loaded before may be rendered with.
func (s *Server) usable(b *branchSite) bool {
	return s.cfg.Clock().Sub(b.loaded) < fresh && b.ending.Err() == nil
}

// siteAt gives the site at a branch. It is made of the same files that the
// browser gets, so that both render the same.
func (s *Server) siteAt(ctx context.Context, f forge.Forge, branch string) (*branchSite, error) {
	if err := forge.CheckReadBranch(branch); err != nil {
		return nil, err
	}
	if forge.IsForked(branch) {
		return s.siteFrom(ctx, f, branch, forge.Tree{})
	}
	tree, err := f.Tree(ctx, branch)
	if err != nil {
		return nil, err
	}
	return s.siteOf(ctx, f, tree)
}

// siteFrom gives the site at a branch whose tree is known. For a branch of a
// fork it is the default branch's: nobody who may push here has looked at the
// fork's templates.
func (s *Server) siteFrom(ctx context.Context, f forge.Forge, branch string, tree forge.Tree) (*branchSite, error) {
	if forge.IsForked(branch) {
		var err error
		if tree, err = s.trees.of(ctx, f, ""); err != nil {
			return nil, err
		}
	}
	return s.siteOf(ctx, f, tree)
}

// siteWith gives the site at a branch for a file that was read there. Where the
// file's commit is known already, the forge is not asked for its tree.
func (s *Server) siteWith(ctx context.Context, f forge.Forge, branch string, file forge.File) (*branchSite, error) {
	if known, ok := s.sites.Get(file.Commit); ok && !forge.IsForked(branch) && s.usable(known) {
		return known, nil
	}
	return s.siteAt(ctx, f, branch)
}

// siteOf gives the site of a tree, which must not be a fork's; see siteFrom.
func (s *Server) siteOf(ctx context.Context, f forge.Forge, tree forge.Tree) (*branchSite, error) {
	known, ok := s.sites.Get(tree.Commit)
	if ok && s.usable(known) {
		return known, nil
	}
	b := &branchSite{rules: &siteRules{tree: tree}}
	if ok {
		b.files, b.version, b.size, b.rules = known.files, known.version, known.size, known.rules
	} else {
		var err error
		if b.files, err = s.bundled(ctx, f, tree); err != nil {
			return nil, err
		}
		b.version, b.size = digest(b.files)
	}
	b.loaded = s.cfg.Clock()
	var err error
	rendering := s.renders.run(ctx, &b.ending, func() {
		b.site, _, err = site.Load(site.FromBundle(b.files), site.Options{Now: b.loaded, Lexers: s.cfg.Lexers, BuiltIn: s.cfg.BuiltIn, Sass: s.cfg.Sass, Stop: b.ending.Err})
	})
	if rendering != nil {
		return nil, rendering
	}
	if err != nil {
		return nil, err
	}
	config := b.site.Config()
	b.hosts = namedHosts([]string{"templates", config.LayoutsDir, config.IncludesDir}, config.ThemeDir(), b.files)
	s.sites.Put(tree.Commit, b)
	return b, nil
}

// digest names the content of files, and counts their bytes.
func digest(files map[string]string) (version string, size int) {
	sum := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		for _, text := range []string{name, files[name]} {
			_, _ = io.WriteString(sum, text+"\x00")
			size += len(text)
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:10]), size
}

// trees keeps the trees of branches for a moment: a page's pictures are all
// asked for at once.
type trees struct {
	mu    sync.Mutex
	clock func() time.Time
	known map[treeKey]knownTree
}

type treeKey struct {
	forge  forge.Forge // by who asks, which may matter
	branch string      // empty for the default one
}

type knownTree struct {
	tree forge.Tree
	at   time.Time
}

const (
	treeLife = 2 * time.Second
	maxTrees = 32
)

func newTrees(clock func() time.Time) *trees {
	return &trees{clock: clock, known: map[treeKey]knownTree{}}
}

// of gives a branch's tree, at most treeLife old; the default branch's where
// branch is empty.
func (t *trees) of(ctx context.Context, f forge.Forge, branch string) (forge.Tree, error) {
	key := treeKey{f, branch}
	t.mu.Lock()
	known, ok := t.known[key]
	t.mu.Unlock()
	now := t.clock()
	if age := now.Sub(known.at); ok && age >= 0 && age < treeLife {
		return known.tree, nil
	}
	if branch == "" {
		info, err := f.Info(ctx)
		if err != nil {
			return forge.Tree{}, err
		}
		branch = info.DefaultBranch
	}
	tree, err := f.Tree(ctx, branch)
	if err != nil {
		return forge.Tree{}, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.known) >= maxTrees {
		clear(t.known)
	}
	t.known[key] = knownTree{tree, now}
	return tree, nil
}

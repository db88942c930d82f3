package forge

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// snapshot is the file system of one commit: the listing is kept, the content
// is asked for when a file is opened.
type snapshot struct {
	ctx   context.Context
	forge Forge
	nodes map[string]*node // by path, "." is the root
}

// node is a file or a folder of a snapshot, and its own fs.DirEntry and
// fs.FileInfo.
type node struct {
	name     string
	entry    Entry // files only
	dir      bool
	children []*node // folders only, by name
}

// Snapshot is a read-only file system of one branch, for code that takes an
// fs.FS. Files are read when they are opened. It stays at the commit that the
// branch had when it was made. The context ends all reading from it.
func Snapshot(ctx context.Context, f Forge, branch string) (fs.FS, error) {
	tree, err := f.Tree(ctx, branch)
	if err != nil {
		return nil, err
	}
	if tree.Truncated {
		// Half a site renders as a wrong site, so none is better.
		return nil, &Error{Kind: ErrTooLarge, Sentence: "The repository has more files than can be listed at once, so the site cannot be read from it."}
	}
	s := &snapshot{ctx: ctx, forge: f, nodes: map[string]*node{".": {name: ".", dir: true}}}
	for _, e := range tree.Entries {
		if !fs.ValidPath(e.Path) || e.Path == "." {
			continue
		}
		n := &node{name: path.Base(e.Path), entry: e}
		s.nodes[e.Path] = n
		dir := s.folder(path.Dir(e.Path))
		dir.children = append(dir.children, n)
	}
	for _, n := range s.nodes {
		slices.SortFunc(n.children, func(a, b *node) int { return strings.Compare(a.name, b.name) })
	}
	return s, nil
}

// folder finds or makes the folder with the given path, and those above it.
func (s *snapshot) folder(p string) *node {
	if n := s.nodes[p]; n != nil {
		return n
	}
	n := &node{name: path.Base(p), dir: true}
	s.nodes[p] = n
	up := s.folder(path.Dir(p))
	up.children = append(up.children, n)
	return n
}

func (s *snapshot) find(op, name string) (*node, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	n := s.nodes[name]
	if n == nil {
		return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
	}
	return n, nil
}

// Open implements fs.FS.
func (s *snapshot) Open(name string) (fs.File, error) {
	n, err := s.find("open", name)
	if err != nil {
		return nil, err
	}
	if n.dir {
		return &openDir{node: n}, nil
	}
	data, err := s.forge.Blob(s.ctx, n.entry.Blob)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return &openFile{node: n, Reader: bytes.NewReader(data)}, nil
}

// Stat implements fs.StatFS: it costs no reading.
func (s *snapshot) Stat(name string) (fs.FileInfo, error) {
	n, err := s.find("stat", name)
	if err != nil {
		return nil, err
	}
	return n, nil
}

// ReadDir implements fs.ReadDirFS.
func (s *snapshot) ReadDir(name string) ([]fs.DirEntry, error) {
	n, err := s.find("readdir", name)
	if err != nil {
		return nil, err
	}
	if !n.dir {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrInvalid}
	}
	return n.entries(), nil
}

func (n *node) entries() []fs.DirEntry {
	list := make([]fs.DirEntry, len(n.children))
	for i, c := range n.children {
		list[i] = c
	}
	return list
}

func (n *node) Name() string               { return n.name }
func (n *node) IsDir() bool                { return n.dir }
func (n *node) Type() fs.FileMode          { return n.Mode().Type() }
func (n *node) Info() (fs.FileInfo, error) { return n, nil }
func (n *node) Size() int64                { return int64(n.entry.Size) }
func (n *node) ModTime() time.Time         { return time.Time{} } // Git keeps none for files
func (n *node) Sys() any                   { return nil }

func (n *node) Mode() fs.FileMode {
	if n.dir {
		return fs.ModeDir | 0o555
	}
	return 0o444
}

type openFile struct {
	node *node
	*bytes.Reader
}

func (f *openFile) Stat() (fs.FileInfo, error) { return f.node, nil }
func (f *openFile) Close() error               { return nil }

type openDir struct {
	node *node
	next int
}

func (d *openDir) Stat() (fs.FileInfo, error) { return d.node, nil }
func (d *openDir) Close() error               { return nil }

func (d *openDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.node.name, Err: fs.ErrInvalid}
}

// ReadDir implements fs.ReadDirFile.
func (d *openDir) ReadDir(n int) ([]fs.DirEntry, error) {
	rest := d.node.entries()[d.next:]
	if n <= 0 {
		d.next += len(rest)
		return rest, nil
	}
	if len(rest) == 0 {
		return nil, io.EOF
	}
	rest = rest[:min(n, len(rest))]
	d.next += len(rest)
	return rest, nil
}

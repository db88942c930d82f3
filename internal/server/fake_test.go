package server_test

import (
	"context"
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"galley/internal/forge"
)

// fake is a forge in memory, whose answers tests can delay and spoil. It keeps
// no history: the last state of each branch is all there is.
type fake struct {
	mu       sync.Mutex
	info     forge.Info
	branches map[string]map[string][]byte
	pulls    []forge.PullRequest
	calls    map[string]int // by method
	last     forge.Submission
	deployed map[string]forge.Deployment // by commit
	said     said

	// spoil is asked before every method; its error is the answer.
	spoil func(method string) error
	// during is called in the middle of a submission.
	during func(ctx context.Context)
}

func newFake(files map[string]string) *fake {
	f := &fake{
		info:     forge.Info{Name: "harbour", Kind: "local", DefaultBranch: "main", CanMerge: true, CanPush: true, Person: forge.Person{Name: "Ada", Email: "ada@example.org"}},
		branches: map[string]map[string][]byte{"main": {}},
		calls:    map[string]int{},
	}
	for name, text := range files {
		f.branches["main"][name] = []byte(text)
	}
	return f
}

func id(kind string, data []byte) string {
	sum := sha1.Sum(fmt.Appendf(nil, "%s %d\x00%s", kind, len(data), data))
	return hex.EncodeToString(sum[:])
}

func (f *fake) enter(method string) (func(), error) {
	f.mu.Lock()
	f.calls[method]++
	spoil := f.spoil
	f.mu.Unlock()
	if spoil != nil {
		if err := spoil(method); err != nil {
			return nil, err
		}
	}
	f.mu.Lock()
	return f.mu.Unlock, nil
}

func (f *fake) called(method string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.calls[method]
}

func (f *fake) Info(context.Context) (forge.Info, error) {
	leave, err := f.enter("Info")
	if err != nil {
		return forge.Info{}, err
	}
	defer leave()
	return f.info, nil
}

func (f *fake) tree(branch string) (forge.Tree, error) {
	files, ok := f.branches[branch]
	if !ok {
		return forge.Tree{}, &forge.Error{Kind: forge.ErrNotFound, Sentence: fmt.Sprintf("There is no branch %q.", branch)}
	}
	var t forge.Tree
	all := ""
	for name, data := range files {
		t.Entries = append(t.Entries, forge.Entry{Path: name, Blob: id("blob", data), Size: len(data)})
	}
	slices.SortFunc(t.Entries, func(a, b forge.Entry) int {
		if a.Path < b.Path {
			return -1
		}
		return 1
	})
	for _, e := range t.Entries {
		all += e.Path + e.Blob
	}
	t.Commit = id("commit", []byte(all))
	return t, nil
}

func (f *fake) Branches(context.Context) ([]forge.Branch, error) {
	leave, err := f.enter("Branches")
	if err != nil {
		return nil, err
	}
	defer leave()
	var list []forge.Branch
	for name := range f.branches {
		t, _ := f.tree(name)
		list = append(list, forge.Branch{Name: name, Head: t.Commit, Default: name == "main"})
	}
	slices.SortFunc(list, func(a, b forge.Branch) int {
		if a.Default || !b.Default && a.Name < b.Name {
			return -1
		}
		return 1
	})
	return list, nil
}

func (f *fake) Tree(_ context.Context, branch string) (forge.Tree, error) {
	leave, err := f.enter("Tree")
	if err != nil {
		return forge.Tree{}, err
	}
	defer leave()
	return f.tree(branch)
}

func (f *fake) Read(_ context.Context, branch, path string) (forge.File, error) {
	leave, err := f.enter("Read")
	if err != nil {
		return forge.File{}, err
	}
	defer leave()
	t, err := f.tree(branch)
	if err != nil {
		return forge.File{}, err
	}
	data, ok := f.branches[branch][path]
	if !ok {
		return forge.File{}, &forge.Error{Kind: forge.ErrNotFound, Sentence: fmt.Sprintf("%q is not there on %q.", path, branch)}
	}
	return forge.File{Entry: forge.Entry{Path: path, Blob: id("blob", data), Size: len(data)}, Commit: t.Commit, Data: data}, nil
}

func (f *fake) Blob(_ context.Context, blob string) ([]byte, error) {
	leave, err := f.enter("Blob")
	if err != nil {
		return nil, err
	}
	defer leave()
	for _, files := range f.branches {
		for _, data := range files {
			if id("blob", data) == blob {
				return data, nil
			}
		}
	}
	return nil, &forge.Error{Kind: forge.ErrNotFound}
}

func (f *fake) History(context.Context, string, string, string) ([]forge.Edit, error) {
	leave, err := f.enter("History")
	if err != nil {
		return nil, err
	}
	defer leave()
	return nil, nil // it keeps none
}

func (f *fake) Versions(context.Context, string, string, []forge.Place) (forge.Versions, error) {
	leave, err := f.enter("Versions")
	if err != nil {
		return forge.Versions{}, err
	}
	defer leave()
	return forge.Versions{}, nil // it keeps none
}

func (f *fake) Version(ctx context.Context, branch, commit, path string) (forge.File, error) {
	return f.Read(ctx, branch, path) // of each commit
}

func (f *fake) Renamed(context.Context, string, string) (*forge.Rename, error) {
	leave, err := f.enter("Renamed")
	if err != nil {
		return nil, err
	}
	defer leave()
	return nil, nil
}

func (f *fake) Removed(context.Context, string, string) ([]forge.Removal, error) {
	leave, err := f.enter("Removed")
	if err != nil {
		return nil, err
	}
	defer leave()
	return nil, nil
}

func (f *fake) Submit(ctx context.Context, s forge.Submission, progress func(forge.Step)) (forge.PullRequest, error) {
	leave, err := f.enter("Submit")
	if err != nil {
		return forge.PullRequest{}, err
	}
	f.last = s
	leave()
	c := s.Changes[0]
	name := s.Branch
	if name == "" {
		name = forge.BranchName(f.info.Person, c.Path)
	}
	progress(forge.Step{Name: "check", Text: "Looking at " + s.Base})
	f.mu.Lock()
	where := name
	from, ok := f.branches[name]
	tree, _ := f.tree(name)
	if !ok {
		where = s.Base
		from, ok = f.branches[s.Base]
		tree, _ = f.tree(s.Base)
	}
	data, there := from[c.Path]
	f.mu.Unlock()
	if !ok {
		return forge.PullRequest{}, &forge.Error{Kind: forge.ErrNotFound, Sentence: fmt.Sprintf("There is no branch %q.", s.Base)}
	}
	if (c.Blob != "" || there) && (!there || c.Blob != id("blob", data)) {
		stale := &forge.Error{Kind: forge.ErrStale, Sentence: "The post changed meanwhile.", Branch: where, Gone: !there}
		if there {
			stale.Current = &forge.File{Entry: forge.Entry{Path: c.Path, Blob: id("blob", data), Size: len(data)}, Commit: tree.Commit, Data: data}
		}
		return forge.PullRequest{}, stale
	}
	progress(forge.Step{Name: "check", Text: "Looking at " + s.Base, Done: true})
	progress(forge.Step{Name: "commit", Text: "Writing " + c.Path})
	if f.during != nil {
		f.during(ctx)
	}
	if err := ctx.Err(); err != nil {
		return forge.PullRequest{}, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	to := map[string][]byte{}
	for p, d := range from {
		to[p] = d
	}
	for _, c := range s.Changes {
		if to[c.Path] = c.Data; c.Gone {
			delete(to, c.Path)
		}
	}
	f.branches[name] = to
	progress(forge.Step{Name: "commit", Text: "Writing " + c.Path, Done: true})
	tree, _ = f.tree(name)
	p := forge.PullRequest{
		Head: tree.Commit, Number: len(f.pulls) + 1, Title: s.Title, Body: s.Describe("", s.Message), State: forge.Open, Base: s.Base, Branch: name,
		Author: f.info.Person, URL: fmt.Sprintf("/pulls/%d", len(f.pulls)+1), Updated: time.Date(2026, 8, 16, 12, 0, 0, 0, time.UTC), Paths: []string{c.Path},
	}
	f.pulls = append([]forge.PullRequest{p}, f.pulls...)
	return p, nil
}

func (f *fake) PullRequests(context.Context) ([]forge.PullRequest, error) {
	leave, err := f.enter("PullRequests")
	if err != nil {
		return nil, err
	}
	defer leave()
	return slices.Clone(f.pulls), nil
}

func (f *fake) StartBranch(_ context.Context, name, from string, first *forge.First) (forge.Branch, error) {
	leave, err := f.enter("StartBranch")
	if err != nil {
		return forge.Branch{}, err
	}
	defer leave()
	if err := forge.CheckStart(name); err != nil {
		return forge.Branch{}, err
	}
	files, ok := f.branches[from]
	if !ok {
		return forge.Branch{}, &forge.Error{Kind: forge.ErrNotFound, Sentence: fmt.Sprintf("There is no branch %q.", from)}
	}
	if f.branches[name] == nil {
		f.branches[name] = maps.Clone(files)
		if first != nil {
			f.branches[name][first.Path] = first.Data
		}
	}
	t, err := f.tree(name)
	return forge.Branch{Name: name, Head: t.Commit}, err
}

func (f *fake) Propose(_ context.Context, branch, base string, m forge.Message) (forge.PullRequest, error) {
	leave, err := f.enter("Propose")
	if err != nil {
		return forge.PullRequest{}, err
	}
	defer leave()
	for _, p := range f.pulls {
		if p.State == forge.Open && p.Branch == branch && p.Base == base {
			return p, nil
		}
	}
	var paths []string
	for path, data := range f.branches[branch] {
		if string(f.branches[base][path]) != string(data) {
			paths = append(paths, path)
		}
	}
	if len(paths) == 0 {
		return forge.PullRequest{}, forge.NothingOn(branch, base)
	}
	tree, _ := f.tree(branch)
	p := forge.PullRequest{
		Head: tree.Commit, Number: len(f.pulls) + 1, Title: m.Title, Body: m.Body, State: forge.Open, Base: base, Branch: branch,
		Author: f.info.Person, URL: fmt.Sprintf("/pulls/%d", len(f.pulls)+1), Updated: time.Date(2026, 8, 19, 12, 0, 0, 0, time.UTC), Paths: paths,
	}
	f.pulls = append([]forge.PullRequest{p}, f.pulls...)
	return p, nil
}

func (f *fake) pull(number int) (*forge.PullRequest, error) {
	for i := range f.pulls {
		if f.pulls[i].Number == number {
			return &f.pulls[i], nil
		}
	}
	return nil, &forge.Error{Kind: forge.ErrNotFound, Sentence: fmt.Sprintf("There is no pull request %d.", number)}
}

func (f *fake) PullRequest(_ context.Context, number int) (forge.PullRequest, error) {
	leave, err := f.enter("PullRequest")
	if err != nil {
		return forge.PullRequest{}, err
	}
	defer leave()
	p, err := f.pull(number)
	if err != nil {
		return forge.PullRequest{}, err
	}
	return *p, nil
}

// blobOf is the id of a file's bytes; empty for a file that is not there.
func blobOf(data []byte) string {
	if data == nil {
		return ""
	}
	return forge.BlobID(data)
}

func (f *fake) Diff(_ context.Context, number int, wanted func(path string, size int) bool) ([]forge.Change, error) {
	leave, err := f.enter("Diff")
	if err != nil {
		return nil, err
	}
	defer leave()
	p, err := f.pull(number)
	if err != nil {
		return nil, err
	}
	var list []forge.Change
	for _, path := range p.Paths {
		c := forge.Change{Path: path, Old: f.branches[p.Base][path], New: f.branches[p.Branch][path]}
		c.OldBlob, c.NewBlob = blobOf(c.Old), blobOf(c.New)
		if wanted != nil && !wanted(path, max(len(c.Old), len(c.New))) {
			c.Old, c.New = nil, nil
		}
		list = append(list, c)
	}
	return list, nil
}

func (f *fake) Close(_ context.Context, number int) (forge.PullRequest, error) {
	leave, err := f.enter("Close")
	if err != nil {
		return forge.PullRequest{}, err
	}
	defer leave()
	p, err := f.pull(number)
	if err != nil {
		return forge.PullRequest{}, err
	}
	if p.State == forge.Merged {
		return forge.PullRequest{}, &forge.Error{Kind: forge.ErrInvalid, Sentence: "The pull request is merged."}
	}
	p.State = forge.Closed
	return *p, nil
}

func (f *fake) Deployment(_ context.Context, commit string) (forge.Deployment, error) {
	leave, err := f.enter("Deployment")
	if err != nil {
		return forge.Deployment{}, err
	}
	defer leave()
	d, ok := f.deployed[commit]
	if !ok {
		return forge.Deployment{}, forge.Errorf(forge.ErrUnsupported, nil, "Nothing publishes it.")
	}
	return d, nil
}

func (f *fake) MergeAll(_ context.Context, o forge.Octopus) (string, error) {
	leave, err := f.enter("MergeAll")
	if err != nil {
		return "", err
	}
	defer leave()
	f.branches[o.Base][o.Path] = o.Data
	for _, a := range o.Arms {
		p, err := f.pull(a.Number)
		if err != nil {
			return "", err
		}
		p.State = forge.Merged
	}
	t, err := f.tree(o.Base)
	return t.Commit, err
}

func (f *fake) Merge(_ context.Context, number int, head string) (forge.PullRequest, error) {
	leave, err := f.enter("Merge")
	if err != nil {
		return forge.PullRequest{}, err
	}
	defer leave()
	p, err := f.pull(number)
	if err != nil {
		return forge.PullRequest{}, err
	}
	if p.Head != head {
		return forge.PullRequest{}, &forge.Error{Kind: forge.ErrStale, Sentence: "The pull request was changed since."}
	}
	for _, path := range p.Paths {
		f.branches[p.Base][path] = f.branches[p.Branch][path]
	}
	p.State = forge.Merged
	return *p, nil
}

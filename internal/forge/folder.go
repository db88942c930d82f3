package forge

import (
	"cmp"
	"context"
	"errors"
	"path"
	"slices"
	"sort"
	"strings"
)

// folder is a forge that sees one folder of a repository, as if that were all.
// The repository is not embedded: each method has to say what its paths become.
type folder struct {
	whole Forge
	dir   string // with slashes, without one at its end
}

var _ Forge = folder{}

// Within gives a forge whose paths are those within a folder of the repository:
// "_posts/a.md" is "docs/_posts/a.md" there. Only files of the folder are listed,
// read and written. What pull requests change outside of it is told too, by the
// way that leads there ("../README.md"), since whoever merges one merges all of it.
// The folder is "" or "." for the repository itself.
func Within(f Forge, dir string) Forge {
	if dir = path.Clean("/" + dir)[1:]; dir == "" {
		return f
	}
	return folder{f, dir}
}

// outer is a path's place in the repository.
func (f folder) outer(p string) string { return f.dir + "/" + p }

// inner is a path as it is called from within the folder.
func (f folder) inner(p string) string {
	up := ""
	for dir := f.dir; ; dir = path.Dir(dir) {
		if dir == "." {
			return up + p
		}
		if rest, ok := strings.CutPrefix(p, dir+"/"); ok {
			return up + rest
		}
		up += "../"
	}
}

// Info implements Forge. Each folder is a site of its own.
func (f folder) Info(ctx context.Context) (Info, error) {
	info, err := f.whole.Info(ctx)
	if err != nil {
		return info, err
	}
	info.Repository = cmp.Or(info.ID, info.Name)
	info.ID = info.Repository + "//" + f.dir
	return info, nil
}

// Branches implements Forge.
func (f folder) Branches(ctx context.Context) ([]Branch, error) { return f.whole.Branches(ctx) }

// Blob implements Forge.
func (f folder) Blob(ctx context.Context, id string) ([]byte, error) { return f.whole.Blob(ctx, id) }

// Deployment implements Forge.
func (f folder) Deployment(ctx context.Context, commit string) (Deployment, error) {
	return f.whole.Deployment(ctx, commit)
}

// StartBranch implements Forge.
func (f folder) StartBranch(ctx context.Context, name, from string, first *First) (Branch, error) {
	if first != nil {
		if err := CheckPath(first.Path); err != nil {
			return Branch{}, err
		}
		outer := *first
		outer.Path = f.outer(first.Path)
		first = &outer
	}
	return f.whole.StartBranch(ctx, name, from, first)
}

// Tree implements Forge.
func (f folder) Tree(ctx context.Context, branch string) (Tree, error) {
	tree, err := f.whole.Tree(ctx, branch)
	if err != nil {
		return tree, err
	}
	all, prefix := tree.Entries, f.dir+"/"
	start := sort.Search(len(all), func(i int) bool { return all[i].Path >= prefix })
	tree.Entries = nil
	for _, e := range all[start:] {
		name, ok := strings.CutPrefix(e.Path, prefix)
		if !ok {
			break
		}
		e.Path = name
		tree.Entries = append(tree.Entries, e)
	}
	return tree, nil
}

// Read implements Forge.
func (f folder) Read(ctx context.Context, branch, p string) (File, error) {
	if err := CheckReadPath(p); err != nil {
		return File{}, err
	}
	file, err := f.whole.Read(ctx, branch, f.outer(p))
	if err == nil {
		file.Path = p
	}
	return file, f.told(err)
}

// History implements Forge.
func (f folder) History(ctx context.Context, branch, p, since string) ([]Edit, error) {
	if err := CheckReadPath(p); err != nil {
		return nil, err
	}
	return f.whole.History(ctx, branch, f.outer(p), since)
}

// Versions implements Forge. What came from outside of the folder begins here
// where it came in.
func (f folder) Versions(ctx context.Context, branch, p string, from []Place) (Versions, error) {
	if err := CheckReadPath(p); err != nil {
		return Versions{}, err
	}
	outer := slices.Clone(from)
	for i := range outer {
		if err := CheckReadPath(outer[i].Path); err != nil {
			return Versions{}, err
		}
		outer[i].Path = f.outer(outer[i].Path)
	}
	all, err := f.whole.Versions(ctx, branch, f.outer(p), outer)
	if err != nil {
		return Versions{}, f.told(err)
	}
	var page Versions
	for _, v := range all.List {
		if name, ok := strings.CutPrefix(v.Path, f.dir+"/"); ok {
			v.Path = name
			page.List = append(page.List, v)
		}
	}
	for _, place := range all.Next {
		if name, ok := strings.CutPrefix(place.Path, f.dir+"/"); ok {
			place.Path = name
			page.Next = append(page.Next, place)
		}
	}
	return page, nil
}

// Version implements Forge.
func (f folder) Version(ctx context.Context, branch, commit, p string) (File, error) {
	if err := CheckReadPath(p); err != nil {
		return File{}, err
	}
	file, err := f.whole.Version(ctx, branch, commit, f.outer(p))
	if err == nil {
		file.Path = p
	}
	return file, f.told(err)
}

// Renamed implements Forge. What went out of the folder is gone from here.
func (f folder) Renamed(ctx context.Context, branch, p string) (*Rename, error) {
	if err := CheckReadPath(p); err != nil {
		return nil, err
	}
	r, err := f.whole.Renamed(ctx, branch, f.outer(p))
	if err != nil || r == nil {
		return nil, f.told(err)
	}
	name, ok := strings.CutPrefix(r.Path, f.dir+"/")
	if !ok {
		return nil, nil
	}
	moved := *r
	moved.Path = name
	return &moved, nil
}

// Removed implements Forge.
func (f folder) Removed(ctx context.Context, branch, dir string) ([]Removal, error) {
	if dir != "" {
		if err := CheckReadPath(dir); err != nil {
			return nil, err
		}
	}
	all, err := f.whole.Removed(ctx, branch, path.Join(f.dir, dir))
	list := slices.Clone(all)
	for i := range list {
		list[i].Path = f.inner(list[i].Path)
	}
	return list, err
}

// Submit implements Forge.
func (f folder) Submit(ctx context.Context, s Submission, progress func(Step)) (PullRequest, error) {
	s.Changes = slices.Clone(s.Changes)
	for i := range s.Changes {
		c := &s.Changes[i]
		if err := c.checkPath(); err != nil {
			return PullRequest{}, err
		}
		c.Path = f.outer(c.Path)
	}
	return f.pull(f.whole.Submit(ctx, s, progress))
}

// PullRequests implements Forge.
func (f folder) PullRequests(ctx context.Context) ([]PullRequest, error) {
	all, err := f.whole.PullRequests(ctx)
	list := slices.Clone(all)
	for i := range list {
		list[i].Paths = f.paths(list[i].Paths)
	}
	return list, err
}

// PullRequest implements Forge.
func (f folder) PullRequest(ctx context.Context, number int) (PullRequest, error) {
	return f.pull(f.whole.PullRequest(ctx, number))
}

// Propose implements Forge.
func (f folder) Propose(ctx context.Context, branch, base string, m Message) (PullRequest, error) {
	return f.pull(f.whole.Propose(ctx, branch, base, m))
}

// Merge implements Forge.
func (f folder) Merge(ctx context.Context, number int, head string) (PullRequest, error) {
	return f.pull(f.whole.Merge(ctx, number, head))
}

// MergeAll implements Forge.
func (f folder) MergeAll(ctx context.Context, o Octopus) (string, error) {
	if err := CheckKept(o.Path); err != nil {
		return "", err
	}
	o.Path = f.outer(o.Path)
	return f.whole.MergeAll(ctx, o)
}

// Close implements Forge.
func (f folder) Close(ctx context.Context, number int) (PullRequest, error) {
	return f.pull(f.whole.Close(ctx, number))
}

// Diff implements Forge.
func (f folder) Diff(ctx context.Context, number int, wanted func(path string, size int) bool) ([]Change, error) {
	inner := wanted
	if wanted != nil {
		inner = func(path string, size int) bool { return wanted(f.inner(path), size) }
	}
	all, err := f.whole.Diff(ctx, number, inner)
	list := slices.Clone(all)
	for i := range list {
		list[i].Path = f.inner(list[i].Path)
	}
	slices.SortFunc(list, func(a, b Change) int { return strings.Compare(a.Path, b.Path) })
	return list, err
}

// Discussion implements Reviewing.
func (f folder) Discussion(ctx context.Context, number int) (Discussion, error) {
	d, err := f.whole.Discussion(ctx, number)
	d.Threads = slices.Clone(d.Threads)
	for i := range d.Threads {
		d.Threads[i].Path = f.inner(d.Threads[i].Path)
	}
	return d, err
}

// Comment implements Reviewing.
func (f folder) Comment(ctx context.Context, number int, c NewComment) error {
	if c.Path != "" {
		c.Path = path.Join(f.dir, c.Path) // which may lead out of the folder, as Diff does
	}
	return f.whole.Comment(ctx, number, c)
}

// Resolve implements Reviewing.
func (f folder) Resolve(ctx context.Context, number int, thread string, resolved bool) error {
	return f.whole.Resolve(ctx, number, thread, resolved)
}

// Review implements Reviewing.
func (f folder) Review(ctx context.Context, number int, v NewVerdict) error {
	return f.whole.Review(ctx, number, v)
}

// RequestReview implements Reviewing.
func (f folder) RequestReview(ctx context.Context, number int, people []string) error {
	return f.whole.RequestReview(ctx, number, people)
}

// pull is a pull request or an error as they are seen from the folder.
func (f folder) pull(p PullRequest, err error) (PullRequest, error) {
	p.Paths = f.paths(p.Paths)
	return p, f.told(err)
}

func (f folder) paths(outer []string) []string {
	if outer == nil {
		return nil // not told, which is something else than none
	}
	list := make([]string, len(outer))
	for i, p := range outer {
		list[i] = f.inner(p)
	}
	slices.Sort(list)
	return list
}

// told is an error whose file is called as it is from within the folder.
func (f folder) told(err error) error {
	var e *Error
	if !errors.As(err, &e) || e.Current == nil {
		return err
	}
	moved, current := *e, *e.Current
	current.Path = f.inner(current.Path)
	moved.Current = &current
	return &moved
}

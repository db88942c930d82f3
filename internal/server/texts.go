package server

import (
	"context"
	"errors"
	"net/http"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"galley/internal/datacheck"
	"galley/internal/forge"
	"galley/internal/post"
	"galley/internal/site"
)

// Writers write a site's own texts: its posts, pages, drafts and the documents
// of its collections; and its data files, which have no page. Which files these are
// the site's settings say, but for posts, which are known by their names, so that
// nothing need be asked for them.

// postKinds are the extensions of posts in Markdown.
var postKinds = []string{".md", ".markdown"}

// isMarkdown goes by a file's extension.
func isMarkdown(p string) bool { return slices.Contains(postKinds, strings.ToLower(path.Ext(p))) }

// isPost tells whether a file is a post: named as one, in the posts' folder.
func isPost(p string) bool {
	if !strings.HasPrefix(p, postFolder) || forge.CheckReadPath(p) != nil {
		return false
	}
	_, ok := post.ParseName(p)
	return ok && isMarkdown(p)
}

// isText tells whether a file is a text of a site, or a data file.
func isText(c site.Config, p string) bool { return isPost(p) || c.Group(p) != "" || isData(c, p) }

// isData tells whether a file is a data file of a site.
func isData(c site.Config, p string) bool { return datacheck.IsData(c.DataDir, p) }

// noPage refuses what only a page can be asked for.
func noPage(p string) error {
	if !datacheck.IsKind(p) {
		return nil
	}
	return refuse(http.StatusUnprocessableEntity, kindUnsupported, "%s is a data file, which the site makes no page of.", p)
}

// configOf reads the settings of the site in a tree, and nothing else of it.
func (s *Server) configOf(ctx context.Context, f forge.Forge, tree forge.Tree) (site.Config, error) {
	const file = "_config.yml"
	files := map[string]string{}
	if e, ok := find(tree, file); ok && e.Size <= maxPost {
		data, err := f.Blob(ctx, e.Blob)
		if err != nil {
			return site.Config{}, err
		}
		files[file] = string(data)
	}
	return site.ReadConfig(site.FromBundle(files)), nil
}

// configAt reads the settings at a branch; those of no site where it is gone.
func (s *Server) configAt(ctx context.Context, f forge.Forge, branch string) (site.Config, error) {
	tree, err := s.trees.of(ctx, f, branch)
	if errors.Is(err, forge.ErrNotFound) {
		return site.Config{}, nil
	} else if err != nil {
		return site.Config{}, err
	}
	return s.configOf(ctx, f, tree)
}

// readable refuses to read what is no text of the site at a branch.
func (s *Server) readable(ctx context.Context, f forge.Forge, branch, p string) error {
	if isPost(p) {
		return nil
	}
	if err := forge.CheckReadPath(p); err == nil {
		at, err := s.siteAt(ctx, f, branch)
		if err != nil {
			return err
		}
		if isText(at.site.Config(), p) {
			return nil
		}
	}
	return refuse(http.StatusNotFound, kindNotFound, "There is no post at this path, and no page. Posts are files such as %s2026-08-16-update.md.", postFolder)
}

// editable reads a text of the site that is to become another one, and no data file. What could not be
// written again byte for byte is refused: JSON has no other bytes than UTF-8.
func (s *Server) editable(ctx context.Context, f forge.Forge, branch, p string) (forge.File, error) {
	if err := forge.CheckBranch(branch); err != nil {
		return forge.File{}, err
	}
	if err := s.readable(ctx, f, branch, p); err != nil {
		return forge.File{}, err
	}
	if err := noPage(p); err != nil {
		return forge.File{}, err
	}
	file, err := f.Read(ctx, branch, p)
	if err != nil {
		return file, s.notThere(ctx, f, branch, p, err)
	}
	if len(file.Data) > maxPost || !utf8.Valid(file.Data) {
		return file, refuse(http.StatusUnprocessableEntity, kindUnsupported, "%s is too large, or no UTF-8 text, so that Galley cannot change it. Use git.", p)
	}
	return file, pointerProblem(p, file.Data)
}

// writable refuses to write what is no text of the site at a branch. kept says
// that a file that is there is replaced, whose name may be one that no new file
// gets.
func (s *Server) writable(ctx context.Context, f forge.Forge, branch, p, text string, kept bool) error {
	if err := s.writablePath(ctx, f, branch, p, kept); err != nil || strings.HasPrefix(p, postFolder) {
		return err
	}
	at, err := s.siteAt(ctx, f, branch)
	if err != nil {
		return err
	}
	if !isData(at.site.Config(), p) && !at.site.IsText(p, []byte(text)) {
		return refuse(http.StatusBadRequest, kindInvalid, "%s has no front matter, so the site would copy it as it is. Begin it with two lines of three hyphens.", p)
	}
	return nil
}

// writablePath is the same for a path alone.
func (s *Server) writablePath(ctx context.Context, f forge.Forge, branch, p string, kept bool) error {
	if strings.HasPrefix(p, postFolder) {
		return writablePost(p, kept)
	}
	check := forge.CheckPath
	if kept {
		check = forge.CheckKept
	}
	if err := check(p); err != nil {
		return err
	}
	at, err := s.siteAt(ctx, f, branch)
	if err != nil {
		return err
	}
	// What a file system may take for a folder that makes pages is that folder.
	config, folded := at.site.Config(), forge.Fold(p)
	if config.Group(p) == "" && !isData(config, p) || strings.Count(folded, "/_") != strings.Count(p, "/_") || strings.HasPrefix(folded, "_") != strings.HasPrefix(p, "_") {
		return refuse(http.StatusBadRequest, kindInvalid, "%q is no post, page, data file or other text of the site, and nothing else may be written here.", p)
	}
	return nil
}

// writablePost tells whether a post may be written at a path.
func writablePost(p string, kept bool) error {
	writable := forge.Writable{Folders: []string{strings.TrimSuffix(postFolder, "/")}, Extensions: postKinds}
	check := writable.Check
	if kept {
		check = writable.CheckKept
	}
	if err := check(p); err != nil {
		return err
	}
	if _, ok := post.ParseName(p); !ok {
		return refuse(http.StatusBadRequest, kindInvalid, "%q is not a name for a post. Posts are called YYYY-MM-DD-slug.md.", p)
	}
	return nil
}

// overText refuses to write over what nobody can have read here: bytes that are
// not UTF-8, which a text in their place would lose, or a pointer of Git LFS, where
// it would leave the file behind it without a name. Writes are on condition that
// the blob is what is there.
func (s *Server) overText(ctx context.Context, f forge.Forge, p, blob string) error {
	if blob == "" {
		return nil
	}
	data, err := f.Blob(ctx, blob)
	if errors.Is(err, forge.ErrNotFound) {
		return nil // so that it is stale, or is in a fork alone, where a writer's own is
	} else if err != nil {
		return err
	}
	return textProblem(p, data)
}

// textProblem says why a file is not given to the editor, and so not written over by
// what comes from there; nil where it is.
func textProblem(p string, data []byte) error {
	if len(data) > maxPost {
		return refuse(http.StatusRequestEntityTooLarge, kindTooLarge, "%s is too large to be edited here: it has more than %d MB.", p, maxPost>>20)
	}
	if !utf8.Valid(data) {
		return refuse(http.StatusUnprocessableEntity, kindUnsupported, "%s is not UTF-8 text, so Galley cannot edit it without changing it. Save it as UTF-8 first.", p)
	}
	return pointerProblem(p, data)
}

// pointerProblem says that a file's content is a pointer of Git LFS; nil where it
// is not.
func pointerProblem(p string, data []byte) error {
	if !site.IsPointer(data) {
		return nil
	}
	return refuse(http.StatusUnprocessableEntity, kindUnsupported,
		"In place of %s there is a pointer of Git LFS, while its text is elsewhere, so that it cannot be edited here. Take the file out of Git LFS (git lfs untrack), or edit it in a clone of the repository.", p)
}

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path"

	"galley/internal/post"
	"galley/internal/postindex"
	"galley/internal/site"
)

// indexPosts reads the posts of a site.
func indexPosts(files fs.FS, c site.Config) (*postindex.Index, error) {
	settings, _ := postindex.ReadSettings(c.Galley) // what is wrong with them the rules tell
	var texts []postindex.File
	dir := path.Join(c.CollectionsDir, "_posts")
	if _, err := fs.Stat(files, dir); err != nil {
		return postindex.New(nil), nil
	}
	err := fs.WalkDir(files, dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if _, ok := post.ParseName(name); !ok {
			return nil
		}
		src, err := fs.ReadFile(files, name)
		if errors.Is(err, errOdd) {
			return nil
		}
		if err != nil {
			return err
		}
		texts = append(texts, postindex.File{Path: name, Text: settings.Read(src)})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("the site's posts cannot be read: %w", err)
	}
	return postindex.New(texts), nil
}

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"galley/internal/post"
	"galley/internal/postindex"
	"galley/internal/site"
	"galley/internal/site/source"
)

// indexPosts reads the posts of a site.
func indexPosts(files fs.FS, c site.Config) (*postindex.Index, error) {
	settings, _ := postindex.ReadSettings(c.Galley) // what is wrong with them the rules tell
	var texts []postindex.File
	posts, err := sitePosts(files, c)
	if err != nil {
		return nil, err
	}
	for _, name := range posts {
		src, err := fs.ReadFile(files, name)
		if errors.Is(err, errOdd) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("the site's posts cannot be read: %w", err)
		}
		texts = append(texts, postindex.File{Path: name, Text: settings.Read(src)})
	}
	return postindex.New(texts), nil
}

// sitePosts lists the posts that a site has, in whatever folders they are.
func sitePosts(files fs.FS, c site.Config) ([]string, error) {
	found, err := source.Find(files, c.Rules(files, nil))
	if err != nil {
		return nil, fmt.Errorf("the site's folders cannot be read: %w", err)
	}
	return slices.DeleteFunc(found.Posts, func(name string) bool {
		_, ok := post.ParseName(name)
		return !ok
	}), nil
}

package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"galley/internal/forge"
)

// settingsFile makes a folder a site.
const settingsFile = "_config.yml"

// cleanFolder is a folder of a repository as forge.Within takes it; "." is the
// repository itself, "" that nobody named one.
func cleanFolder(folder string) (string, error) {
	if folder == "" {
		return "", nil
	}
	clean := path.Clean(filepath.ToSlash(folder))
	if !fs.ValidPath(clean) {
		return "", usageError{fmt.Errorf("--folder is %q and has to be a folder of the repository, such as docs", folder)}
	}
	return clean, nil
}

// siteFolder is the folder that the site is in: the one that was named, else the
// repository itself, else the only one with settings, which it says to notes.
// Where the repository cannot be looked at, what is wrong is told when the site
// is asked for.
func siteFolder(ctx context.Context, f forge.Forge, named string, notes io.Writer) (string, error) {
	info, err := f.Info(ctx)
	if err != nil {
		return named, nil
	}
	tree, err := f.Tree(ctx, info.DefaultBranch)
	if err != nil || named == "." {
		return named, nil
	}
	sites := sitesIn(tree)
	if named != "" {
		if !slices.ContainsFunc(tree.Entries, func(e forge.Entry) bool { return strings.HasPrefix(e.Path, named+"/") }) && !tree.Truncated {
			return "", fmt.Errorf("%s has no file in the folder %s on its branch %s (files that are not committed do not count)%s", info.Name, named, info.DefaultBranch, listed(sites))
		}
		return named, nil
	}
	switch {
	case len(sites) == 0 || sites[0] == "." || tree.Truncated:
		return "", nil
	case len(sites) == 1:
		fmt.Fprintf(notes, "The site is in the folder %s of the repository, which has no %s itself (--folder . takes the repository all the same)\n", sites[0], settingsFile)
		return sites[0], nil
	}
	return "", fmt.Errorf("%s has no %s itself, and several folders have one: say which is the site%s", info.Name, settingsFile, listed(sites))
}

// sitesIn are the folders with settings, those within others left out; "." alone
// where the repository itself has settings or posts.
func sitesIn(tree forge.Tree) []string {
	var list []string
	for _, e := range tree.Entries {
		if e.Path == settingsFile || strings.HasPrefix(e.Path, "_posts/") {
			return []string{"."}
		}
		if dir, file := path.Split(e.Path); file == settingsFile && !isFurniture(dir) {
			list = append(list, strings.TrimSuffix(dir, "/"))
		}
	}
	return slices.DeleteFunc(slices.Clone(list), func(dir string) bool {
		return slices.ContainsFunc(list, func(other string) bool { return strings.HasPrefix(dir, other+"/") })
	})
}

// isFurniture tells whether a folder is one of tools or of what they fetched, whose
// sites are others'.
func isFurniture(dir string) bool {
	for part := range strings.SplitSeq(strings.TrimSuffix(dir, "/"), "/") {
		if part == "node_modules" || part == "vendor" || strings.HasPrefix(part, ".") || strings.HasPrefix(part, "_") {
			return true
		}
	}
	return false
}

// maxListed is how many folders a sentence lists.
const maxListed = 8

// listed says how to name the folders that there are; nothing where there are none.
func listed(sites []string) string {
	if len(sites) == 0 {
		return ""
	}
	flags := make([]string, 0, maxListed)
	for _, dir := range sites[:min(len(sites), maxListed)] {
		if strings.ContainsAny(dir, " '\"\\$&;()") {
			dir = fmt.Sprintf("%q", dir)
		}
		flags = append(flags, "--folder "+dir)
	}
	text := "; there are " + strings.Join(flags, ", ")
	if len(flags) == 1 {
		text = "; there is " + flags[0]
	}
	if more := len(sites) - len(flags); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

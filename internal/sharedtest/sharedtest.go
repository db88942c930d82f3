// Package sharedtest finds the texts and sites that tests read and that are not
// in the repository: real posts, and what Jekyll makes of small sites. They are in
// a folder "shared" beside the repository, or where GALLEY_SHARED says.
package sharedtest

import (
	"os"
	"path/filepath"
	"testing"
)

// Dir is the folder. Where there is none, the test is skipped.
func Dir(t testing.TB) string {
	t.Helper()
	dir := find()
	if dir == "" {
		t.Skip("the texts that are kept beside the repository, in ../shared or where GALLEY_SHARED says, are not here")
	}
	return dir
}

// Files are those in the folder whose path in it matches a pattern of
// [filepath.Match], sorted; none where there is no folder.
func Files(pattern string) []string {
	dir := find()
	if dir == "" {
		return nil
	}
	files, _ := filepath.Glob(filepath.Join(dir, pattern))
	return files
}

// find is the folder, or empty.
func find() string {
	if dir := os.Getenv("GALLEY_SHARED"); dir != "" {
		return dir
	}
	dir, err := os.Getwd()
	if err != nil {
		return ""
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
	dir = filepath.Join(filepath.Dir(dir), "shared")
	if _, err := os.Stat(dir); err != nil {
		return ""
	}
	return dir
}

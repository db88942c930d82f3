package main

import (
	"os"
	"regexp"
	"testing"
)

// The version that is told is the newest of the changelog.
func TestVersion(t *testing.T) {
	text, err := os.ReadFile("../../CHANGELOG.md")
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`(?m)^## (\d+\.\d+\.\d+) - \d{4}-\d\d-\d\d$`).FindSubmatch(text)
	if m == nil || string(m[1]) != version {
		t.Errorf("the version is %s, and the changelog's is %q", version, m)
	}
}

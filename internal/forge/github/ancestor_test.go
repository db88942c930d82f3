package github

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"galley/internal/forge"
	"galley/internal/forge/github/githubtest"
)

// crossed is a site in which main and another branch have merged each other, and
// gives the commits that were merged: main's and the branch's. The post was written
// wrongly by one of the two, before, and the branch has it right again.
func crossed(t *testing.T, gh *githubtest.GitHub, name string, byMain bool) *site {
	t.Helper()
	s := newSite(t, gh, name)
	wrong, beside := "edition", "main"
	if byMain {
		wrong, beside = beside, wrong
	}
	s.Branch(t, "edition", s.Head(t, "main"))
	s.Commit(t, wrong, postA, bullet("wrong"))
	s.Commit(t, beside, "beside.md", []byte("beside\n"))
	main, edition := s.Head(t, "main"), s.Head(t, "edition")
	s.Branch(t, "both", s.Head(t, wrong))
	s.Commit(t, "both", "beside.md", []byte("beside\n"))
	s.Cross(t, "main", s.Head(t, "both"), main, edition)
	s.Cross(t, "edition", s.Head(t, "both"), edition, main)
	s.Commit(t, "edition", postA, bullet("first"))
	return s
}

// TestCrossed: what a branch took back after it and main have merged each other is
// shown, and nothing is written that would lose it, whichever of the commits that
// they have in common GitHub names.
func TestCrossed(t *testing.T) {
	gh := githubtest.Start(t)
	for _, byMain := range []bool{false, true} {
		s := crossed(t, gh, fmt.Sprint("crossed-", byMain), byMain)
		f := s.forge(t, nil)
		message, err := forge.NewMessage("Edition", "")
		if err != nil {
			t.Fatal(err)
		}
		pr, err := f.Propose(t.Context(), "edition", "main", message)
		if err != nil {
			t.Fatal(err)
		}
		diff, err := f.Diff(t.Context(), pr.Number, nil)
		if err != nil || len(diff) != 1 || diff[0].Path != postA || string(diff[0].New) != string(bullet("first")) {
			t.Errorf("%v: the difference is %q, %v", byMain, diff, err)
		}
		head, base := s.Head(t, "edition"), s.Head(t, "main")
		_, err = f.Submit(t.Context(), forge.Submission{
			Base: "main", Pull: pr.Number, Title: "More", Merged: base,
			Changes: []forge.FileChange{{Path: "_posts/2026-01-18-c.md", Data: []byte("---\ntitle: C\n---\nc\n")}},
		}, nil)
		if !errors.Is(err, forge.ErrConflict) || s.Head(t, "edition") != head {
			t.Errorf("%v: submitted with what is new on main: %v", byMain, err)
		}
		for _, path := range []string{postA, "beside.md"} {
			_, err = f.MergeAll(t.Context(), forge.Octopus{Base: "main", Head: base, Path: path, Data: bullet("first"), Arms: []forge.Arm{{Number: pr.Number, Head: head}}})
			if !errors.Is(err, forge.ErrConflict) || s.Head(t, "main") != base {
				t.Errorf("%v: %s merged with others: %v", byMain, path, err)
			}
		}
	}
}

// TestCommonBases: a branch that has merged main several times has one newest commit
// in common with it, and there are two where main has merged the branch, too.
func TestCommonBases(t *testing.T) {
	gh := githubtest.Start(t)
	s := newSite(t, gh, "bases")
	f := s.forge(t, nil)
	s.Branch(t, "edition", s.Head(t, "main"))
	for i := range 3 {
		s.Commit(t, "main", "main.md", fmt.Appendln(nil, i))
		s.Commit(t, "edition", "edition.md", fmt.Appendln(nil, i))
		s.Cross(t, "edition", s.Head(t, "edition"), s.Head(t, "edition"), s.Head(t, "main"))
	}
	main, edition := s.Head(t, "main"), s.Head(t, "edition")
	if got, whole, err := f.commonBases(t.Context(), main, edition); err != nil || !whole || !slices.Equal(got, []string{main}) {
		t.Errorf("%v, %v, %v; want %s", got, whole, err, main)
	}
	s.Commit(t, "main", "main.md", []byte("more\n"))
	if got, whole, err := f.commonBases(t.Context(), s.Head(t, "main"), edition); err != nil || !whole || !slices.Equal(got, []string{main}) {
		t.Errorf("main went on: %v, %v, %v; want %s", got, whole, err, main)
	}
	main = s.Head(t, "main")
	s.Cross(t, "main", main, main, edition)
	s.Cross(t, "edition", edition, edition, main)
	got, whole, err := f.commonBases(t.Context(), s.Head(t, "main"), s.Head(t, "edition"))
	slices.Sort(got)
	want := []string{main, edition}
	slices.Sort(want)
	if err != nil || !whole || !slices.Equal(got, want) {
		t.Errorf("merged crosswise: %v, %v, %v; want %v", got, whole, err, want)
	}
}

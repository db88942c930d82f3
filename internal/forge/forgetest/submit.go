package forgetest

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"strings"
	"testing"

	"galley/internal/forge"
)

func testSubmitNew(t *testing.T, h Harness) {
	var steps []string
	s := submission(fresh, "---\ntitle: New\n---\nx\n", "")
	pr, err := h.Forge.Submit(t.Context(), s, func(s forge.Step) {
		if s.Text == "" {
			t.Errorf("a step without a text: %+v", s)
		}
		steps = append(steps, fmt.Sprint(s.Name, s.Done))
	})
	if err != nil {
		t.Fatal(err)
	}
	fork := ""
	if h.Fork != "" { // it is made, and then used
		fork = "forkfalse forktrue forkfalse forktrue "
	}
	want := "[checkfalse checktrue " + fork + "branchfalse branchtrue commitfalse committrue pull-requestfalse pull-requesttrue]"
	if got := fmt.Sprint(steps); got != want {
		t.Errorf("steps %s, want %s", got, want)
	}
	branch := "galley/ana/2026-01-25-new"
	if h.Folder != "" { // another folder's post of that name has a branch of its own
		branch = forge.BranchName(Ana(), path.Join(h.Folder, fresh))
	}
	if pr.Number == 0 || pr.State != forge.Open || pr.Base != "main" || pr.Branch != h.own(branch) ||
		pr.Title != s.Title || pr.Body != s.Message || pr.URL == "" || pr.Updated.IsZero() || pr.Author.Login != "ana" {
		t.Errorf("pull request %+v", pr)
	}
	log := h.Log(t, pr.Branch)
	if len(log) < 2 || log[0].ID != pr.Head || log[1].ID != h.Log(t, "main")[0].ID {
		t.Fatalf("the branch is %+v, the pull request %+v", log, pr)
	}
	if c := log[0]; c.Name != Ana().Name || c.Email != Ana().Email || c.Message != "Write "+fresh+"\n\nBecause." && c.Message != "Write "+fresh+"\n\nBecause.\n" {
		t.Errorf("commit %+v", c)
	}
	if file := read(t, h.Forge, pr.Branch, fresh); !bytes.Equal(file.Data, s.Changes[0].Data) {
		t.Errorf("committed %q", file.Data)
	}
	if _, err := h.Forge.Read(t.Context(), "main", fresh); !errors.Is(err, forge.ErrNotFound) {
		t.Errorf("the base has the file: %v", err)
	}
	again, err := h.Other.PullRequest(t.Context(), pr.Number)
	again.Paths, pr.Paths, again.Mergeable = nil, nil, ""
	if err != nil || fmt.Sprint(again) != fmt.Sprint(pr) {
		t.Errorf("PullRequest = %+v, %v, want %+v", again, err, pr)
	}
	if list := open(t, h.Other); len(list) != 1 || list[0].Number != pr.Number {
		t.Errorf("PullRequests = %+v", list)
	}
}

func testSubmitEdit(t *testing.T, h Harness) {
	file := read(t, h.Forge, "main", postA)
	pr := submit(t, h.Forge, submission(postA, string(file.Data)+"x", file.Blob))
	if got := read(t, h.Forge, pr.Branch, postA); string(got.Data) != string(file.Data)+"x" {
		t.Errorf("committed %q", got.Data)
	}
	tree, err := h.Forge.Tree(t.Context(), pr.Branch)
	if err != nil || len(tree.Entries) != len(Site()) {
		t.Errorf("the branch has %d files, %v", len(tree.Entries), err)
	}
	for _, e := range tree.Entries {
		if e.Path != postA && e.Blob != forge.BlobID(Site()[e.Path]) {
			t.Errorf("%s was changed", e.Path)
		}
	}
}

func testResubmit(t *testing.T, h Harness) {
	file := read(t, h.Forge, "main", postA)
	s := submission(postA, "one\n", file.Blob)
	first := submit(t, h.Forge, s)
	for _, f := range []forge.Forge{h.Forge, h.Other} {
		if again := submit(t, f, s); again.Number != first.Number || again.Head != first.Head || again.Branch != first.Branch {
			t.Errorf("the same again gave %+v, want %+v", again, first)
		}
	}
	// More typing, from what the branch has now.
	s.Changes[0].Blob, s.Changes[0].Data = forge.BlobID([]byte("one\n")), []byte("two\n")
	second := submit(t, h.Other, s)
	if second.Number != first.Number || second.Branch != first.Branch || second.Head == first.Head {
		t.Errorf("a change gave %+v, want the pull request %+v with a new head", second, first)
	}
	// Another title, with the same bytes.
	before := s.Title
	s.Title = "Another title"
	said := ""
	third, err := h.Forge.Submit(t.Context(), s, func(step forge.Step) { said += step.Text + "\n" })
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(said, "which was called “"+before+"”") {
		t.Errorf("of a title that it changes it said %q", said)
	}
	if third.Number != first.Number || third.Head != second.Head || third.Title != s.Title {
		t.Errorf("another title gave %+v", third)
	}
	log := h.Log(t, first.Branch)
	if len(log) != len(h.Log(t, "main"))+2 || log[0].ID != second.Head || log[1].ID != first.Head {
		t.Errorf("the branch is %+v", log)
	}
	if list := open(t, h.Forge); len(list) != 1 {
		t.Errorf("open pull requests: %+v", list)
	}
	if names := branches(t, h); len(names) != 2 {
		t.Errorf("branches: %v", names)
	}
}

func testBytes(t *testing.T, h Harness) {
	for i, data := range []string{
		"a\r\nb\r\n", "\ufeffa\n", "a\nb\r\nc\r", "no end", "\n\n\n", " \t ", "日本 \u2028 e\u0301 \u00e9",
		"\xff\xfe\x01\x80", "\x00binary\x00", "", "$Id$ %0A + / =", strings.Repeat("long line ", 20_000),
	} {
		path := fmt.Sprintf("_posts/2026-02-%02d-bytes.md", i+1)
		pr := submit(t, h.Forge, submission(path, data, ""))
		if got := read(t, h.Other, pr.Branch, path); string(got.Data) != data || got.Blob != forge.BlobID([]byte(data)) || got.Size != len(data) {
			t.Errorf("wrote %.40q, read %.40q", data, got.Data)
		}
	}
	// One byte of a file with a BOM and without a line break at its end.
	path := "_posts/2026-01-18-ü.md"
	file := read(t, h.Forge, "main", path)
	data := strings.Replace(string(file.Data), "Ü", "Ö", 1)
	pr := submit(t, h.Forge, submission(path, data, file.Blob))
	if got := read(t, h.Forge, pr.Branch, path); string(got.Data) != data {
		t.Errorf("wrote %q, read %q", data, got.Data)
	}
}

func testSeveralFiles(t *testing.T, h Harness) {
	image := []byte{0xff, 0xd8, 0, 1, 2, '\r', '\n'}
	file := read(t, h.Forge, "main", postA)
	s := submission(postA, "with a picture\n", file.Blob)
	s.Changes = append(s.Changes,
		forge.FileChange{Path: "assets/images/2026/new.jpg", Data: image},
		forge.FileChange{Path: "_posts/2026-01-25-new.md", Data: []byte("new\n")})
	pr := submit(t, h.Forge, s)
	for _, c := range s.Changes {
		if got := read(t, h.Forge, pr.Branch, c.Path); !bytes.Equal(got.Data, c.Data) {
			t.Errorf("%s: wrote %q, read %q", c.Path, c.Data, got.Data)
		}
	}
	if log := h.Log(t, pr.Branch); len(log) != len(h.Log(t, "main"))+1 || log[0].Name != Ana().Name || log[0].Email != Ana().Email {
		t.Errorf("several files are not one commit of Ana's: %+v", log)
	}
	if again := submit(t, h.Other, s); again.Head != pr.Head || again.Number != pr.Number {
		t.Errorf("the same again gave %+v, want %+v", again, pr)
	}
	tree, err := h.Forge.Tree(t.Context(), pr.Branch)
	if err != nil || len(tree.Entries) != len(Site())+2 {
		t.Errorf("the branch has %d files, %v", len(tree.Entries), err)
	}
}

// testEditionBranch: the base is any branch.
func testEditionBranch(t *testing.T, h Harness) {
	h.Commit(t, "20260816", fresh, []byte("edition\n"))
	s := submission(fresh, "edition, edited\n", forge.BlobID([]byte("edition\n")))
	s.Base = "20260816"
	pr := submit(t, h.Forge, s)
	if pr.Base != "20260816" {
		t.Errorf("pull request %+v", pr)
	}
	if log := h.Log(t, pr.Branch); log[1].ID != h.Log(t, "20260816")[0].ID {
		t.Errorf("the branch does not begin at its base: %+v", log)
	}
	changes, err := h.Forge.Diff(t.Context(), pr.Number, nil)
	if err != nil || len(changes) != 1 || string(changes[0].Old) != "edition\n" {
		t.Errorf("Diff = %+v, %v", changes, err)
	}
}

// testOtherBase submits a post for a second base while the first one's pull request
// is open: each has its own, and goes on with it.
func testOtherBase(t *testing.T, h Harness) {
	h.Commit(t, "20260816", fresh, []byte("edition\n"))
	last := map[string]forge.PullRequest{}
	for _, text := range []string{"one", "two"} {
		for _, base := range []string{"main", "20260816"} {
			s := submission(postA, text+" for "+base+"\n", forge.BlobID(Site()[postA]))
			s.Base = base
			before, again := last[base]
			if again {
				s.Changes[0].Blob = forge.BlobID(read(t, h.Forge, before.Branch, postA).Data)
			}
			pr := submit(t, h.Forge, s)
			if pr.Base != base || again && (pr.Number != before.Number || pr.Branch != before.Branch) {
				t.Errorf("%s: pull request %+v, before it was %+v", base, pr, before)
			}
			if got := read(t, h.Forge, pr.Branch, postA); string(got.Data) != text+" for "+base+"\n" {
				t.Errorf("%s: the branch holds %q", base, got.Data)
			}
			last[base] = pr
		}
	}
	own := h.own(forge.BranchName(Ana(), path.Join(h.Folder, postA)))
	if got := last["main"].Branch; got != own {
		t.Errorf("the first one's branch is %s, want %s", got, own)
	}
	if got, want := last["20260816"].Branch, forge.NextBranch(own, 2); got != want {
		t.Errorf("the second one's branch is %s, want %s", got, want)
	}
	if list := open(t, h.Other); len(list) != 2 {
		t.Errorf("%d pull requests are open, want 2: %+v", len(list), list)
	}
	if log := h.Log(t, last["20260816"].Branch); log[2].ID != h.Log(t, "20260816")[0].ID {
		t.Errorf("the second branch does not begin at its base: %+v", log)
	}
}

// testHalfWay begins where a submission ended before its pull request.
func testHalfWay(t *testing.T, h Harness) {
	s := submission(fresh, "x\n", "")
	branch := h.own(forge.BranchName(Ana(), path.Join(h.Folder, fresh)))
	h.Commit(t, branch, fresh, []byte("x\n"))
	before := h.Log(t, branch)[0].ID
	pr := submit(t, h.Forge, s)
	if pr.Branch != branch || pr.Head != before {
		t.Errorf("the pull request is %+v, want branch %s at %s", pr, branch, before)
	}
}

package forgetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"

	"galley/internal/forge"
)

const (
	postA = "_posts/2026-01-04-a.md"
	fresh = "_posts/2026-01-25-new.md"
)

// Run tests a forge. It asks for a new harness for each part.
func Run(t *testing.T, newHarness func(t *testing.T) Harness) {
	for _, c := range []struct {
		name string
		test func(t *testing.T, h Harness)
	}{
		{"Info", testInfo},
		{"Read", testRead},
		{"Missing", testMissing},
		{"SubmitNew", testSubmitNew},
		{"SubmitEdit", testSubmitEdit},
		{"Resubmit", testResubmit},
		{"Bytes", testBytes},
		{"SeveralFiles", testSeveralFiles},
		{"Stale", testStale},
		{"StaleBranch", testStaleBranch},
		{"Concurrent", testConcurrent},
		{"ConcurrentDifferent", testConcurrentDifferent},
		{"HalfWay", testHalfWay},
		{"AfterMerge", testAfterMerge},
		{"AfterClose", testAfterClose},
		{"Invalid", testInvalid},
		{"Message", testMessage},
		{"Diff", testDiff},
		{"Merge", testMerge},
		{"EditionBranch", testEditionBranch},
		{"History", testHistory},
		{"StartBranch", testStartBranch},
		{"Trailers", testTrailers},
		{"Propose", testPropose},
		{"Continue", testContinue},
		{"ContinueEnded", testContinueEnded},
		{"Merged", testMerged},
		{"MergedStale", testMergedStale},
		{"MergedConflict", testMergedConflict},
		{"Announce", testAnnounce},
		{"Cancel", testCancel},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, newHarness(t)) })
	}
}

// submission writes one file; blob "" is for a new one.
func submission(path, data, blob string) forge.Submission {
	return forge.Submission{
		Base: "main", Title: "Write " + path, Message: "Because.",
		Changes: []forge.FileChange{{Path: path, Data: []byte(data), Blob: blob}},
	}
}

func submit(t *testing.T, f forge.Forge, s forge.Submission) forge.PullRequest {
	t.Helper()
	pr, err := f.Submit(t.Context(), s, nil)
	if err != nil {
		t.Fatalf("Submit: %v", err)
	}
	return pr
}

func read(t *testing.T, f forge.Forge, branch, path string) forge.File {
	t.Helper()
	file, err := f.Read(t.Context(), branch, path)
	if err != nil {
		t.Fatalf("Read(%s, %s): %v", branch, path, err)
	}
	return file
}

// open gives the pull requests that are open.
func open(t *testing.T, f forge.Forge) []forge.PullRequest {
	t.Helper()
	all, err := f.PullRequests(t.Context())
	if err != nil {
		t.Fatalf("PullRequests: %v", err)
	}
	return slices.DeleteFunc(all, func(p forge.PullRequest) bool { return p.State != forge.Open })
}

func branches(t *testing.T, h Harness) []string {
	t.Helper()
	if h.Branches != nil {
		return h.Branches(t)
	}
	list, err := h.Forge.Branches(t.Context())
	if err != nil {
		t.Fatalf("Branches: %v", err)
	}
	var names []string
	for _, b := range list {
		names = append(names, b.Name)
	}
	return names
}

// wantError checks an error's kind, and that it has a sentence for the writer.
func wantError(t *testing.T, what string, err, kind error) *forge.Error {
	t.Helper()
	var e *forge.Error
	if !errors.Is(err, kind) || !errors.As(err, &e) {
		t.Fatalf("%s: %v, want %v", what, err, kind)
	}
	if s := e.Sentence; len(s) < 10 || !strings.HasSuffix(s, ".") || strings.ToUpper(s[:1]) != s[:1] {
		t.Errorf("%s: the sentence is %q", what, s)
	}
	return e
}

func testInfo(t *testing.T, h Harness) {
	info, err := h.Forge.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if info.Name == "" || info.Kind == "" || info.DefaultBranch != "main" || info.CanPush != (h.Fork == "") {
		t.Errorf("Info = %+v", info)
	}
	if info.Person != Ana() {
		t.Errorf("the person is %+v, want %+v", info.Person, Ana())
	}
	h.Commit(t, "edition/b", "x.md", []byte("x"))
	h.Commit(t, "edition/a", "x.md", []byte("x"))
	list, err := h.Forge.Branches(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 3 || list[0].Name != "main" || !list[0].Default || list[1].Name != "edition/a" || list[1].Default || list[2].Name != "edition/b" {
		t.Errorf("Branches = %+v", list)
	}
	for _, b := range list {
		if log := h.Log(t, b.Name); len(log) == 0 || log[0].ID != b.Head {
			t.Errorf("the head of %s is %s, want %v", b.Name, b.Head, log)
		}
	}
}

func testRead(t *testing.T, h Harness) {
	tree, err := h.Forge.Tree(t.Context(), "main")
	if err != nil {
		t.Fatal(err)
	}
	site := Site()
	if len(tree.Entries) != len(site) || tree.Truncated || tree.Commit != h.Log(t, "main")[0].ID {
		t.Errorf("Tree = %+v", tree)
	}
	if !slices.IsSortedFunc(tree.Entries, func(a, b forge.Entry) int { return strings.Compare(a.Path, b.Path) }) {
		t.Error("the tree is not sorted by path")
	}
	for _, e := range tree.Entries {
		want := site[e.Path]
		if e.Size != len(want) || e.Blob != forge.BlobID(want) {
			t.Errorf("entry %+v, want blob %s with %d bytes", e, forge.BlobID(want), len(want))
		}
		file := read(t, h.Forge, "main", e.Path)
		if !bytes.Equal(file.Data, want) || file.Entry != e || file.Commit != tree.Commit {
			t.Errorf("Read(%s) = %+v, want %q", e.Path, file, want)
		}
		data, err := h.Forge.Blob(t.Context(), e.Blob)
		if err != nil || !bytes.Equal(data, want) {
			t.Errorf("Blob(%s) = %q, %v, want %q", e.Blob, data, err, want)
		}
	}
	fsys, err := forge.Snapshot(t.Context(), h.Forge, "main")
	if err != nil {
		t.Fatal(err)
	}
	h.Commit(t, "main", postA, []byte("changed"))
	data, err := fs.ReadFile(fsys, postA)
	if err != nil || !bytes.Equal(data, site[postA]) {
		t.Errorf("the snapshot moved on: %q, %v", data, err)
	}
	if file := read(t, h.Forge, "main", postA); string(file.Data) != "changed" {
		t.Errorf("Read after somebody's commit = %q", file.Data)
	}
}

func testMissing(t *testing.T, h Harness) {
	ctx := t.Context()
	_, err := h.Forge.Tree(ctx, "nope")
	wantError(t, "Tree of a missing branch", err, forge.ErrNotFound)
	_, err = h.Forge.Read(ctx, "nope", postA)
	wantError(t, "Read of a missing branch", err, forge.ErrNotFound)
	_, err = h.Forge.Read(ctx, "main", "_posts/nope.md")
	wantError(t, "Read of a missing file", err, forge.ErrNotFound)
	_, err = h.Forge.Read(ctx, "main", "_posts")
	wantError(t, "Read of a folder", err, forge.ErrNotFound)
	_, err = h.Forge.Blob(ctx, strings.Repeat("1", 40))
	wantError(t, "a missing blob", err, forge.ErrNotFound)
	_, err = h.Forge.PullRequest(ctx, 4711)
	wantError(t, "a missing pull request", err, forge.ErrNotFound)
	_, err = h.Forge.Diff(ctx, 4711)
	wantError(t, "the diff of a missing pull request", err, forge.ErrNotFound)
	s := submission(fresh, "x", "")
	s.Base = "nope"
	_, err = h.Forge.Submit(ctx, s, nil)
	wantError(t, "Submit to a missing base", err, forge.ErrNotFound)
}

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
	if pr.Number == 0 || pr.State != forge.Open || pr.Base != "main" || pr.Branch != h.own("galley/ana/2026-01-25-new") ||
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
	s.Title = "Another title"
	third := submit(t, h.Forge, s)
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

func testStale(t *testing.T, h Harness) {
	file := read(t, h.Forge, "main", postA)
	h.Commit(t, "main", postA, []byte("somebody's\n"))
	_, err := h.Forge.Submit(t.Context(), submission(postA, "mine\n", file.Blob), nil)
	e := wantError(t, "a file that changed", err, forge.ErrStale)
	if e.Current == nil || string(e.Current.Data) != "somebody's\n" || e.Current.Path != postA || e.Current.Blob != forge.BlobID([]byte("somebody's\n")) || e.Current.Commit == "" || e.Gone || e.Branch != "main" {
		t.Errorf("Current = %+v", e.Current)
	}
	_, err = h.Forge.Submit(t.Context(), submission(postA, "mine\n", ""), nil)
	if e = wantError(t, "a new file where one is", err, forge.ErrStale); e.Current == nil {
		t.Error("no Current for a new file where one is")
	}
	h.Commit(t, "main", postA, nil)
	_, err = h.Forge.Submit(t.Context(), submission(postA, "mine\n", file.Blob), nil)
	if e = wantError(t, "a file that was deleted", err, forge.ErrStale); e.Current != nil || !e.Gone || e.Branch != "main" {
		t.Errorf("a deleted file: %+v", e)
	}
	// One of two files is stale: neither is written.
	s := submission(fresh, "new\n", "")
	s.Changes = append(s.Changes, forge.FileChange{Path: "_config.yml", Data: []byte("x"), Blob: strings.Repeat("0", 39) + "1"})
	_, err = h.Forge.Submit(t.Context(), s, nil)
	wantError(t, "the second of two files is stale", err, forge.ErrStale)
	if names := branches(t, h); len(names) != 1 {
		t.Errorf("a refused submission left the branches %v", names)
	}
	if list := open(t, h.Forge); len(list) != 0 {
		t.Errorf("a refused submission left %+v", list)
	}
}

func testStaleBranch(t *testing.T, h Harness) {
	file := read(t, h.Forge, "main", postA)
	pr := submit(t, h.Forge, submission(postA, "mine\n", file.Blob))
	// A co-author pushes to the pull request's branch.
	h.Commit(t, pr.Branch, postA, []byte("co-author's\n"))
	_, err := h.Forge.Submit(t.Context(), submission(postA, "mine again\n", forge.BlobID([]byte("mine\n"))), nil)
	e := wantError(t, "a branch that moved", err, forge.ErrStale)
	if e.Current == nil || string(e.Current.Data) != "co-author's\n" || e.Branch != pr.Branch {
		t.Errorf("Current = %+v on %q", e.Current, e.Branch)
	}
	if got := read(t, h.Forge, pr.Branch, postA); string(got.Data) != "co-author's\n" {
		t.Errorf("the co-author's text was overwritten: %q", got.Data)
	}
	// A push to another file of the branch is no obstacle.
	h.Commit(t, pr.Branch, "other.md", []byte("x"))
	again := submit(t, h.Forge, submission(postA, "both\n", forge.BlobID([]byte("co-author's\n"))))
	if again.Number != pr.Number || string(read(t, h.Forge, pr.Branch, "other.md").Data) != "x" {
		t.Errorf("after a merge by hand: %+v", again)
	}
}

// testConcurrent is a double click in two tabs, on two servers.
func testConcurrent(t *testing.T, h Harness) {
	for round, s := range []forge.Submission{
		submission(fresh, "new\n", ""),
		submission(postA, "edit\n", forge.BlobID(Site()[postA])),
		{Base: "main", Title: "Two", Changes: []forge.FileChange{
			{Path: "_posts/2026-03-01-two.md", Data: []byte("two\n")}, {Path: "assets/images/two.png", Data: []byte("png")}}},
	} {
		const clicks = 6
		var results [clicks]forge.PullRequest
		var failures [clicks]error
		var group sync.WaitGroup
		for i := range clicks {
			group.Go(func() {
				f := h.Forge
				if i%2 == 1 {
					f = h.Other
				}
				results[i], failures[i] = f.Submit(t.Context(), s, nil)
			})
		}
		group.Wait()
		for i := range clicks {
			if failures[i] != nil {
				t.Fatalf("round %d, click %d: %v", round, i, failures[i])
			}
			if results[i].Number != results[0].Number || results[i].Head != results[0].Head {
				t.Errorf("round %d: click %d gave %+v, click 0 %+v", round, i, results[i], results[0])
			}
		}
		if list := open(t, h.Forge); len(list) != round+1 {
			t.Errorf("round %d: open pull requests %+v", round, list)
		}
		if log := h.Log(t, results[0].Branch); len(log) != len(h.Log(t, "main"))+1 {
			t.Errorf("round %d: commits %+v", round, log)
		}
		if names := branches(t, h); len(names) != round+2 {
			t.Errorf("round %d: branches %v", round, names)
		}
	}
}

// testConcurrentDifferent submits different texts of one post at once: one
// wins, the others learn of it.
func testConcurrentDifferent(t *testing.T, h Harness) {
	const writers = 4
	var failures [writers]error
	var group sync.WaitGroup
	for i := range writers {
		group.Go(func() {
			f := h.Forge
			if i%2 == 1 {
				f = h.Other
			}
			_, failures[i] = f.Submit(t.Context(), submission(postA, fmt.Sprintf("text %d\n", i), forge.BlobID(Site()[postA])), nil)
		})
	}
	group.Wait()
	won := 0
	for i, err := range failures {
		if err == nil {
			won++
		} else {
			wantError(t, fmt.Sprintf("writer %d", i), err, forge.ErrStale)
		}
	}
	if won != 1 || len(open(t, h.Forge)) != 1 {
		t.Errorf("%d submissions of one post won: %v", won, failures)
	}
}

// testHalfWay begins where a submission ended before its pull request.
func testHalfWay(t *testing.T, h Harness) {
	s := submission(fresh, "x\n", "")
	branch := h.own(forge.BranchName(Ana(), fresh))
	h.Commit(t, branch, fresh, []byte("x\n"))
	before := h.Log(t, branch)[0].ID
	pr := submit(t, h.Forge, s)
	if pr.Branch != branch || pr.Head != before {
		t.Errorf("the pull request is %+v, want branch %s at %s", pr, branch, before)
	}
}

func testAfterMerge(t *testing.T, h Harness) {
	s := submission(fresh, "one\n", "")
	first := submit(t, h.Forge, s)
	h.MergeOutside(t, first.Number)
	got, err := h.Forge.PullRequest(t.Context(), first.Number)
	if err != nil || got.State != forge.Merged {
		t.Fatalf("after the merge: %+v, %v", got, err)
	}
	// The answer was lost, and comes again after the merge.
	if again := submit(t, h.Other, s); again.Number != first.Number || again.State != forge.Merged {
		t.Errorf("the same after its merge gave %+v", again)
	}
	// More work on the same post is another branch and pull request.
	s.Changes[0].Blob, s.Changes[0].Data = forge.BlobID([]byte("one\n")), []byte("two\n")
	second := submit(t, h.Forge, s)
	if second.Number == first.Number || second.State != forge.Open || second.Branch != first.Branch+".2" {
		t.Errorf("after the merge: %+v", second)
	}
	if again := submit(t, h.Other, s); again.Number != second.Number || again.Head != second.Head {
		t.Errorf("the same again gave %+v, want %+v", again, second)
	}
}

func testAfterClose(t *testing.T, h Harness) {
	s := submission(fresh, "one\n", "")
	first := submit(t, h.Forge, s)
	h.CloseOutside(t, first.Number)
	got, err := h.Forge.PullRequest(t.Context(), first.Number)
	if err != nil || got.State != forge.Closed {
		t.Fatalf("after closing: %+v, %v", got, err)
	}
	second := submit(t, h.Forge, s)
	if second.Number == first.Number || second.State != forge.Open || second.Branch != first.Branch+".2" {
		t.Errorf("after closing: %+v", second)
	}
	h.CloseOutside(t, second.Number)
	third := submit(t, h.Other, s)
	if third.Branch != first.Branch+".3" {
		t.Errorf("after closing twice: %+v", third)
	}
}

func testInvalid(t *testing.T, h Harness) {
	before := branches(t, h)
	for _, path := range []string{"", "../x.md", "_posts/../../x.md", "%2e%2e/x.md", `_posts\x.md`, "/x.md", ".git/config", ".github/workflows/evil.yml", "_posts/x\n.md", "_posts/x.md.", "_Posts/x.md", "_posts/2026-01-04-A.md", "_config.yml/x.md", "_posts"} {
		_, err := h.Forge.Submit(t.Context(), submission(path, "x", ""), nil)
		wantError(t, fmt.Sprintf("path %q", path), err, forge.ErrInvalid)
	}
	for _, path := range []string{"", "../x.md", "/x.md", "_posts/../_config.yml", "a//b"} {
		_, err := h.Forge.Read(t.Context(), "main", path)
		wantError(t, fmt.Sprintf("Read(%q)", path), err, forge.ErrInvalid)
	}
	for _, name := range []string{"a..b", "refs/heads/main", "-x", "a@{0}", "x.lock", "a b", "a\nb", "main", "../x"} {
		s := submission(fresh, "x", "")
		s.Branch = name
		_, err := h.Forge.Submit(t.Context(), s, nil)
		wantError(t, fmt.Sprintf("branch %q", name), err, forge.ErrInvalid)
		if name != "main" {
			s.Branch, s.Base = "", name
			_, err = h.Forge.Submit(t.Context(), s, nil)
			wantError(t, fmt.Sprintf("base %q", name), err, forge.ErrInvalid)
			_, err = h.Forge.Tree(t.Context(), name)
			wantError(t, fmt.Sprintf("Tree(%q)", name), err, forge.ErrInvalid)
		}
	}
	s := submission(fresh, "x", "")
	s.Title = " \n"
	_, err := h.Forge.Submit(t.Context(), s, nil)
	wantError(t, "no title", err, forge.ErrInvalid)
	s = submission(fresh, "x", "")
	s.Changes = append(s.Changes, s.Changes[0])
	_, err = h.Forge.Submit(t.Context(), s, nil)
	wantError(t, "one path twice", err, forge.ErrInvalid)
	s.Changes = nil
	_, err = h.Forge.Submit(t.Context(), s, nil)
	wantError(t, "no files", err, forge.ErrInvalid)
	_, err = h.Forge.Submit(t.Context(), submission(postA, string(Site()[postA]), forge.BlobID(Site()[postA])), nil)
	wantError(t, "no change", err, forge.ErrInvalid)
	_, err = h.Forge.Blob(t.Context(), "../../etc/passwd")
	wantError(t, "Blob of a path", err, forge.ErrInvalid)
	if after := branches(t, h); !slices.Equal(before, after) {
		t.Errorf("refused submissions left the branches %v", after)
	}
}

func testMessage(t *testing.T, h Harness) {
	s := submission(fresh, "x\n", "")
	s.Title = "Closes #1 [skip ci]\n\nSigned-off-by: Mallory <m@example.org> @everyone"
	s.Message = "/approve\r\n@org/team\n\nCo-authored-by: Mallory <m@example.org>"
	pr := submit(t, h.Forge, s)
	message := h.Log(t, pr.Branch)[0].Message
	title, _, _ := strings.Cut(message, "\n")
	if title != "Closes (#1) (skip ci) Signed-off-by: Mallory <m@example.org> @ everyone" || pr.Title != title {
		t.Errorf("title %q, %q", title, pr.Title)
	}
	for _, text := range []string{pr.Body, message} {
		for _, bad := range []string{"\n/approve", "@org", "\nCo-authored-by:", "\nSigned-off-by:", "[skip", "\r"} {
			if strings.Contains("\n"+text, bad) {
				t.Errorf("%q has %q", text, bad)
			}
		}
	}
}

func testDiff(t *testing.T, h Harness) {
	file := read(t, h.Forge, "main", postA)
	s := submission(postA, "edited\r\n", file.Blob)
	s.Changes = append(s.Changes, forge.FileChange{Path: fresh, Data: []byte("\ufeffnew")})
	pr := submit(t, h.Forge, s)
	// What others do to the base meanwhile does not show.
	h.Commit(t, "main", "_config.yml", []byte("title: Other\n"))
	changes, err := h.Forge.Diff(t.Context(), pr.Number)
	if err != nil || len(changes) != 2 {
		t.Fatalf("Diff = %+v, %v", changes, err)
	}
	slices.SortFunc(changes, func(a, b forge.Change) int { return strings.Compare(a.Path, b.Path) })
	if c := changes[0]; c.Path != postA || string(c.Old) != string(file.Data) || string(c.New) != "edited\r\n" {
		t.Errorf("the edited file: %+v", c)
	}
	if c := changes[1]; c.Path != fresh || c.Old != nil || string(c.New) != "\ufeffnew" {
		t.Errorf("the new file: %+v", c)
	}
	h.MergeOutside(t, pr.Number)
	if after, err := h.Forge.Diff(t.Context(), pr.Number); err != nil || len(after) != 2 {
		t.Errorf("Diff after the merge = %+v, %v", after, err)
	}
}

func testMerge(t *testing.T, h Harness) {
	info, err := h.Forge.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	edit := func(old, new string) forge.Submission {
		s := submission(postA, strings.Replace(string(Site()[postA]), old, new, 1), forge.BlobID(Site()[postA]))
		s.Branch = "galley/ana/" + new
		return s
	}
	pr := submit(t, h.Forge, edit("* first", "one"))
	if !info.CanMerge {
		_, err := h.Forge.Merge(t.Context(), pr.Number, pr.Head)
		wantError(t, "Merge", err, forge.ErrUnsupported)
		return
	}
	other := submit(t, h.Forge, edit("* fourth", "four"))
	clash := submit(t, h.Forge, edit("* first", "uno"))
	// Somebody pushes after the pull request was looked at.
	moved := submit(t, h.Forge, edit("* second", "two"))
	h.Commit(t, moved.Branch, postA, []byte("not looked at\n"))
	base := h.Log(t, "main")[0].ID
	_, err = h.Forge.Merge(t.Context(), moved.Number, moved.Head)
	if e := wantError(t, "a merge of what was not looked at", err, forge.ErrStale); e.Gone {
		t.Error("a pull request that moved is said to be gone")
	}
	if now, err := h.Forge.PullRequest(t.Context(), moved.Number); err != nil || now.State != forge.Open || now.Head == moved.Head || h.Log(t, "main")[0].ID != base {
		t.Errorf("after a refused merge: %+v, %v", now, err)
	}
	for range 2 { // the second click changes nothing
		merged, err := h.Forge.Merge(t.Context(), pr.Number, pr.Head)
		if err != nil || merged.State != forge.Merged || merged.Head != pr.Head {
			t.Fatalf("Merge = %+v, %v", merged, err)
		}
	}
	log := h.Log(t, "main")
	if len(log[0].Parents) != 2 || log[0].Parents[1] != pr.Head || log[0].Name != Ana().Name || len(log[1].Parents) > 1 {
		t.Errorf("the merge commit is %+v", log[0])
	}
	// Other lines of the same file are joined.
	if merged, err := h.Other.Merge(t.Context(), other.Number, other.Head); err != nil || merged.State != forge.Merged {
		t.Fatalf("Merge of other lines = %+v, %v", merged, err)
	}
	want := strings.NewReplacer("* first", "one", "* fourth", "four").Replace(string(Site()[postA]))
	if got := read(t, h.Forge, "main", postA); string(got.Data) != want {
		t.Errorf("merged %q, want %q", got.Data, want)
	}
	// The same line is not.
	head := h.Log(t, "main")[0].ID
	_, err = h.Forge.Merge(t.Context(), clash.Number, clash.Head)
	wantError(t, "a merge of the same line", err, forge.ErrConflict)
	if now := h.Log(t, "main")[0].ID; now != head {
		t.Error("a refused merge moved the base")
	}
	h.CloseOutside(t, clash.Number)
	_, err = h.Forge.Merge(t.Context(), clash.Number, clash.Head)
	wantError(t, "a merge of a closed pull request", err, forge.ErrInvalid)
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
	changes, err := h.Forge.Diff(t.Context(), pr.Number)
	if err != nil || len(changes) != 1 || string(changes[0].Old) != "edition\n" {
		t.Errorf("Diff = %+v, %v", changes, err)
	}
}

func testCancel(t *testing.T, h Harness) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := h.Forge.Tree(ctx, "main")
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Tree: %v", err)
	}
	_, err = h.Forge.Submit(ctx, submission(fresh, "x", ""), nil)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Submit: %v", err)
	}
	if names := branches(t, h); len(names) != 1 {
		t.Errorf("a cancelled submission left %v", names)
	}
	// In the middle, the next try goes on.
	ctx, cancel = context.WithCancel(t.Context())
	defer cancel()
	h.Forge.Submit(ctx, submission(fresh, "x", ""), func(s forge.Step) {
		if s.Name == "commit" && !s.Done {
			cancel()
		}
	})
	pr := submit(t, h.Other, submission(fresh, "x", ""))
	if log := h.Log(t, pr.Branch); len(log) != len(h.Log(t, "main"))+1 || len(open(t, h.Forge)) != 1 {
		t.Errorf("after an end half-way: %+v", log)
	}
}

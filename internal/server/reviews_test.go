package server_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"galley/internal/forge"
)

// said is what the fake keeps of a discussion: it believes all that it is told.
type said struct {
	discussion forge.Discussion
	last       any
}

func (f *fake) Discussion(_ context.Context, number int) (forge.Discussion, error) {
	leave, err := f.enter("Discussion")
	if err != nil {
		return forge.Discussion{}, err
	}
	defer leave()
	_, err = f.pull(number)
	return f.said.discussion, err
}

// say keeps what was said last.
func (f *fake) say(method string, number int, what any, err error) error {
	if err != nil {
		return err
	}
	leave, err := f.enter(method)
	if err != nil {
		return err
	}
	defer leave()
	_, err = f.pull(number)
	f.said.last = what
	return err
}

func (f *fake) Comment(_ context.Context, number int, c forge.NewComment) error {
	c, err := c.Check()
	return f.say("Comment", number, c, err)
}

func (f *fake) Resolve(_ context.Context, number int, thread string, resolved bool) error {
	return f.say("Resolve", number, fmt.Sprint(thread, " ", resolved), nil)
}

func (f *fake) Review(_ context.Context, number int, v forge.NewVerdict) error {
	v, err := v.Check()
	return f.say("Review", number, v, err)
}

func (f *fake) RequestReview(_ context.Context, number int, people []string) error {
	return f.say("RequestReview", number, fmt.Sprint(people), forge.CheckAsked(people))
}

// A discussion crosses as it is, strangers' words among it, but without anybody's
// address of mail.
func TestDiscussion(t *testing.T) {
	f := newFake(exampleFiles(t))
	ben := forge.Person{Login: "ben", Name: "Ben", Email: "ben@example.org"}
	at := time.Date(2026, 8, 16, 12, 0, 0, 0, time.UTC)
	f.pulls = []forge.PullRequest{
		{Number: 1, State: forge.Open, Author: f.info.Person}, {Number: 2, Author: forge.Person{Login: "cam", Name: "Cam"}},
		{Number: 3, Author: forge.Person{Login: "mender[bot]"}}, {Number: 4, Author: forge.Person{Login: "dot"}},
	}
	hostile := "<img src=x onerror=alert(1)> </script> \u202e"
	f.said.discussion = forge.Discussion{
		Head: strings.Repeat("a", 40), Resolves: true, Asked: []forge.Person{{Login: "dot"}},
		Threads:  []forge.Thread{{ID: "1", Path: "_posts/x.md", Start: 2, Line: 3, Lines: "a\nb", Comments: []forge.Comment{{Author: ben, Body: hostile, Created: at}}}},
		Verdicts: []forge.Verdict{{Author: ben, Review: forge.ReviewChanges, Body: hostile, Created: at, Commit: strings.Repeat("b", 40)}},
	}
	b := newBenchOver(t, f)
	answer := text(t, b.do("GET", "/api/pulls/1/discussion", ""))
	if strings.Contains(answer, "example.org") {
		t.Errorf("an address of mail is told: %s", answer)
	}
	var d struct {
		Head    string
		Threads []struct {
			ID, Path, Lines string
			Start, Line     int
			Comments        []struct {
				Body, Created string
				Author        struct{ Login string }
			}
		}
		Comments []any
		Verdicts []struct{ Review, Body string }
		Asked    []struct{ Login string }
		Resolves bool
	}
	if err := json.Unmarshal([]byte(answer), &d); err != nil {
		t.Fatal(err)
	}
	if len(d.Threads) != 1 || d.Threads[0].Line != 3 || d.Threads[0].Comments[0].Body != hostile || d.Threads[0].Comments[0].Created != "2026-08-16T12:00:00Z" ||
		d.Comments == nil || len(d.Verdicts) != 1 || d.Verdicts[0].Review != "changes" || len(d.Asked) != 1 || !d.Resolves {
		t.Errorf("%s", answer)
	}
	// Those who are asked, the author, who asks and programs are not offered.
	if got := text(t, b.do("GET", "/api/pulls/1/reviewers", "")); strings.TrimSpace(got) != `[{"login":"ben","name":"Ben"},{"login":"cam","name":"Cam"}]` {
		t.Errorf("people: %s", got)
	}
}

// What is said reaches the forge as it was said, and what cannot be said is
// refused with a sentence.
func TestReviewing(t *testing.T) {
	f := newFake(exampleFiles(t))
	f.pulls = []forge.PullRequest{{Number: 1, State: forge.Open}}
	b := newBenchOver(t, f)
	head := strings.Repeat("a", 40)
	for _, c := range []struct {
		address, body string
		status        int
		want          any
	}{
		{"comments", `{"body":"Hello\r\nyou."}`, 200, forge.NewComment{Body: "Hello\nyou."}},
		{"comments", `{"thread":"7","body":"Yes."}`, 200, forge.NewComment{Thread: "7", Body: "Yes."}},
		{"comments", `{"path":"_posts/x.md","line":4,"head":"` + head + `","body":"Here."}`, 200, forge.NewComment{Path: "_posts/x.md", Start: 4, Line: 4, Head: head, Body: "Here."}},
		{"comments", `{"body":" "}`, 400, nil},
		{"comments", `{"body":"` + strings.Repeat("x", 60_001) + `"}`, 413, nil},
		{"resolve", `{"thread":"7","resolved":true}`, 200, "7 true"},
		{"reviews", `{"review":"approved","head":"` + head + `"}`, 200, forge.NewVerdict{Review: forge.ReviewApproved, Head: head}},
		{"reviews", `{"review":"merged","head":"` + head + `"}`, 400, nil},
		{"reviews", `{"review":"approved"}`, 400, nil},
		{"reviewers", `{"people":["ben"]}`, 200, "[ben]"},
		{"reviewers", `{"people":[]}`, 400, nil},
	} {
		f.said.last = nil
		res := b.do("POST", "/api/pulls/1/"+c.address, c.body, "Content-Type: application/json")
		answer := text(t, res)
		if res.StatusCode != c.status || f.said.last != c.want {
			t.Errorf("%s %.60s: %d %.200s, and the forge was told %+v, want %+v", c.address, c.body, res.StatusCode, answer, f.said.last, c.want)
		}
		if res := b.do("POST", "/api/pulls/9/"+c.address, c.body, "Content-Type: application/json"); c.status == 200 && res.StatusCode != 404 {
			t.Errorf("%s of no pull request: %d", c.address, res.StatusCode)
		}
		// What another site's page can send without asking.
		if res := b.do("POST", "/api/pulls/1/"+c.address, c.body, "Content-Type: text/plain"); res.StatusCode != 415 {
			t.Errorf("%s as plain text: %d", c.address, res.StatusCode)
		}
		if res := b.do("POST", "/api/pulls/1/"+c.address, c.body, "Content-Type: application/json", "Sec-Fetch-Site: cross-site"); res.StatusCode != 403 {
			t.Errorf("%s from another site: %d", c.address, res.StatusCode)
		}
	}
}

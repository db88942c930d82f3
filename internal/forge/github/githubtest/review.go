package githubtest

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"galley/internal/linediff"
)

// What GitHub does about reviews and the emulator does not:
//
//   - a comment at a line is at a line of the difference, tells the piece of it
//     that it is about, and moves along with its line until that is changed; the
//     emulator keeps the line's number;
//   - an answer is posted to its comment; whoever may read may comment and review;
//     who may push may ask for a review, but not of the author; the emulator lets
//     members alone comment, and everybody ask;
//   - nobody approves their own, and a review is no longer waited for when it
//     came;
//   - threads are resolved by GraphQL, which the emulator has not: see resolve.

// talk is what was said about a pull request.
type talk struct {
	lines    []*lineComment
	comments []map[string]any
	reviews  []map[string]any
}

type lineComment struct {
	id, answers    int
	login, body    string
	path, side     string
	start, line    int
	commit, hunk   string
	subject, since string
	resolved       bool
}

var (
	talkPath = regexp.MustCompile(`^/repos/([^/]+/[^/]+)/(pulls|issues)/(\d+)/(comments|reviews|requested_reviewers)(?:/(\d+)/replies)?$`)
	question = regexp.MustCompile(`^\s*(query|mutation)\(`)
)

// review answers what is about reviews; nil for other addresses.
func (p *proxy) review(r *http.Request, body []byte) *httptest.ResponseRecorder {
	if r.URL.Path == "/graphql" {
		return p.resolve(r, body)
	}
	match := talkPath.FindStringSubmatch(r.URL.EscapedPath())
	if match == nil {
		return nil
	}
	repo := p.github.named(p.t, match[1])
	login := p.login(r)
	if repo == nil || login == "" {
		return nil // the emulator says so
	}
	number, _ := strconv.Atoi(match[3])
	pull, base, head := p.pullNow(repo, number)
	if pull == nil {
		return refusal(http.StatusNotFound, "Not Found")
	}
	t := p.talkOf(repo, number)
	var want map[string]any
	json.Unmarshal(body, &want)
	text, _ := want["body"].(string)
	post := r.Method == http.MethodPost
	if post && strings.TrimSpace(text) == "" && match[4] == "comments" {
		return refusal(http.StatusUnprocessableEntity, "Validation Failed")
	}
	switch what := match[2] + " " + match[4]; {
	case what == "issues comments" && !post:
		return listed(http.StatusOK, page(r, t.comments))
	case what == "issues comments":
		c := map[string]any{"id": p.nextID(), "body": text, "user": user(login), "created_at": now(), "html_url": fmt.Sprintf("https://github.example/%s/pull/%d#issuecomment", repo.FullName, number)}
		t.comments = append(t.comments, c)
		return listed(http.StatusCreated, c)
	case what == "pulls comments" && !post:
		var list []map[string]any
		for _, c := range t.lines {
			list = append(list, p.told(repo, c, head))
		}
		return listed(http.StatusOK, page(r, list))
	case what == "pulls comments" && match[5] != "":
		id, _ := strconv.Atoi(match[5])
		for _, c := range t.lines {
			if c.id == id && c.answers == 0 {
				answer := *c
				answer.id, answer.answers, answer.login, answer.body, answer.since = p.nextID(), id, login, text, now()
				t.lines = append(t.lines, &answer)
				return listed(http.StatusCreated, p.told(repo, &answer, head))
			}
		}
		return refusal(http.StatusNotFound, "Not Found")
	case what == "pulls comments":
		c := &lineComment{id: p.nextID(), login: login, body: text, since: now(), subject: "line"}
		c.path, _ = want["path"].(string)
		c.side, _ = want["side"].(string)
		c.commit, _ = want["commit_id"].(string)
		line, _ := want["line"].(float64)
		start, _ := want["start_line"].(float64)
		c.line, c.start = int(line), int(start)
		if c.hunk = p.hunk(repo, base, c); c.hunk == "" || c.start >= c.line {
			return refusal(http.StatusUnprocessableEntity, "Validation Failed", map[string]any{"resource": "PullRequestReviewComment", "code": "custom", "field": "pull_request_review_thread.line", "message": "pull_request_review_thread.line must be part of the diff"})
		}
		t.lines = append(t.lines, c)
		return listed(http.StatusCreated, p.told(repo, c, head))
	case what == "pulls reviews" && !post:
		var known []map[string]any
		p.github.as(p.t, repo, http.MethodGet, fmt.Sprintf("/pulls/%d/reviews?per_page=100", number), nil, &known)
		return listed(http.StatusOK, page(r, append(known, t.reviews...)))
	case what == "pulls reviews":
		state := map[any]string{"APPROVE": "APPROVED", "REQUEST_CHANGES": "CHANGES_REQUESTED", "COMMENT": "COMMENTED"}[want["event"]]
		author, _ := pull["user"].(map[string]any)
		switch {
		case author["login"] == login && state != "COMMENTED":
			return refusal(http.StatusUnprocessableEntity, "Can not approve your own pull request")
		case state == "", state == "CHANGES_REQUESTED" && text == "":
			return refusal(http.StatusUnprocessableEntity, "Validation Failed")
		}
		review := map[string]any{"id": p.nextID(), "user": user(login), "body": text, "state": state, "commit_id": want["commit_id"], "submitted_at": now()}
		t.reviews = append(t.reviews, review)
		p.github.as(p.t, repo, http.MethodDelete, fmt.Sprintf("/pulls/%d/requested_reviewers", number), map[string]any{"reviewers": []string{login}}, nil)
		return listed(http.StatusOK, review)
	case what == "pulls requested_reviewers" && post:
		if !p.mayPush(login, repo.FullName) {
			return refusal(http.StatusNotFound, "Not Found")
		}
		author, _ := pull["user"].(map[string]any)
		names, _ := want["reviewers"].([]any)
		for _, name := range names {
			switch {
			case name == author["login"]:
				return refusal(http.StatusUnprocessableEntity, "Review cannot be requested from pull request author.")
			case !p.mayPush(fmt.Sprint(name), repo.FullName):
				return refusal(http.StatusUnprocessableEntity, "Reviews may only be requested from collaborators.")
			}
		}
	}
	return nil // the emulator does it
}

// resolve answers the questions of GraphQL about threads.
func (p *proxy) resolve(r *http.Request, body []byte) *httptest.ResponseRecorder {
	var asked struct {
		Query     string
		Variables struct {
			Owner, Name, Thread string
			Number              int
		}
	}
	failed := func(kind, message string) *httptest.ResponseRecorder {
		return listed(http.StatusOK, map[string]any{"data": nil, "errors": []any{map[string]any{"type": kind, "message": message}}})
	}
	login := p.login(r)
	if err := json.Unmarshal(body, &asked); err != nil || !question.MatchString(asked.Query) || strings.Count(asked.Query, "{") != strings.Count(asked.Query, "}") {
		p.t.Errorf("a question that is none: %s", body)
		return failed("", "Parse error")
	}
	v := asked.Variables
	if strings.Contains(asked.Query, "reviewThreads(") {
		repo := p.github.named(p.t, v.Owner+"/"+v.Name)
		if repo == nil {
			return failed("NOT_FOUND", "Could not resolve to a Repository.")
		}
		nodes := []any{}
		for _, c := range p.talkOf(repo, v.Number).lines {
			if c.answers == 0 {
				nodes = append(nodes, map[string]any{
					"id": fmt.Sprintf("PRRT_%d_%d_%d", repo.ID, v.Number, c.id), "isResolved": c.resolved,
					"comments": map[string]any{"nodes": []any{map[string]any{"databaseId": c.id}}},
				})
			}
		}
		threads := map[string]any{"nodes": nodes, "pageInfo": map[string]any{"hasNextPage": false, "endCursor": nil}}
		return listed(http.StatusOK, map[string]any{"data": map[string]any{"repository": map[string]any{"pullRequest": map[string]any{"reviewThreads": threads}}}})
	}
	var id, number, comment int
	fmt.Sscanf(v.Thread, "PRRT_%d_%d_%d", &id, &number, &comment)
	repo := p.github.numbered(p.t, id)
	if repo == nil {
		return failed("NOT_FOUND", "Could not resolve to a node with the global id.")
	}
	pull, _, _ := p.pullNow(repo, number)
	if author, _ := pull["user"].(map[string]any); author["login"] != login && !p.mayPush(login, repo.FullName) {
		return failed("FORBIDDEN", login+" does not have the correct permissions.")
	}
	name := "resolveReviewThread"
	if strings.Contains(asked.Query, "unresolveReviewThread(") {
		name = "unresolveReviewThread"
	} else if !strings.Contains(asked.Query, name+"(") {
		p.t.Errorf("an unknown question: %s", asked.Query)
	}
	for _, c := range p.talkOf(repo, number).lines {
		if c.id == comment {
			c.resolved = name == "resolveReviewThread"
		}
	}
	return listed(http.StatusOK, map[string]any{"data": map[string]any{name: map[string]any{"thread": map[string]any{"isResolved": name == "resolveReviewThread"}}}})
}

// pullNow is a pull request and the commits at both ends, the first being where
// the branch left its base; nil for none.
func (p *proxy) pullNow(repo *repository, number int) (pull map[string]any, base, head string) {
	if status, _ := p.github.as(p.t, repo, http.MethodGet, fmt.Sprintf("/pulls/%d", number), nil, &pull); status != http.StatusOK {
		return nil, "", ""
	}
	p.tellPull(repo, pull)
	from, _ := pull["head"].(map[string]any)
	to, _ := pull["base"].(map[string]any)
	head = fmt.Sprint(from["sha"])
	var compared struct {
		MergeBaseCommit struct{ SHA string } `json:"merge_base_commit"`
	}
	at := fmt.Sprint(to["sha"])
	if pull["state"] == "open" {
		at = p.head(repo.path(), fmt.Sprint(to["ref"]))
	}
	p.github.as(p.t, repo, http.MethodGet, "/compare/"+at+"..."+head, nil, &compared)
	return pull, compared.MergeBaseCommit.SHA, head
}

func (p *proxy) talkOf(repo *repository, number int) *talk {
	p.mu.Lock()
	defer p.mu.Unlock()
	key := fmt.Sprint(repo.ID, " ", number)
	if p.talks[key] == nil {
		p.talks[key] = &talk{}
	}
	return p.talks[key]
}

func (p *proxy) nextID() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.said++
	return 1_000_000 + p.said
}

// linesOf are the lines of a file at a commit; nil where there is none.
func (p *proxy) linesOf(repo *repository, commit, path string) []string {
	e, ok := p.leaves(repo, commit)[path]
	if !ok || e.SHA == nil {
		return nil
	}
	var blob struct{ Content string }
	p.must(p.t, repo, http.MethodGet, "/git/blobs/"+*e.SHA, nil, &blob)
	data, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(blob.Content, "\n", ""))
	if err != nil {
		p.t.Error(err)
	}
	return strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
}

// hunk is the piece of the difference up to a comment's line; "" where the
// difference does not show it, which is three lines around what is changed.
func (p *proxy) hunk(repo *repository, base string, c *lineComment) string {
	old, text := p.linesOf(repo, base, c.path), p.linesOf(repo, c.commit, c.path)
	if text == nil || c.side != "RIGHT" || c.line < 1 || c.line > len(text) || c.start < 0 {
		return ""
	}
	where, err := linediff.Match(context.Background(), old, text, 10_000)
	if err != nil {
		p.t.Error(err)
	}
	kept := map[int]bool{}
	for _, at := range where {
		kept[at] = true
	}
	shown, from := false, 0
	hunk := []string{"@@ -1 +1 @@"}
	for n, line := range text {
		for ; from < len(old) && (where[from] < 0 || where[from] < n); from++ {
			if where[from] < 0 && n < c.line {
				hunk = append(hunk, "-"+old[from])
			}
			shown = shown || where[from] < 0 && max(n-c.line, c.line-n) <= 3
		}
		shown = shown || !kept[n] && max(n+1-c.line, c.line-n-1) <= 3
		if n < c.line {
			hunk = append(hunk, map[bool]string{true: " ", false: "+"}[kept[n]]+line)
		}
	}
	if !shown {
		return ""
	}
	return strings.Join(hunk, "\n")
}

// told is a comment at a line as GitHub tells it: without a line where that is
// not in the head any more.
func (p *proxy) told(repo *repository, c *lineComment, head string) map[string]any {
	first := c.start
	if first == 0 {
		first = c.line
	}
	number := func(n int) any {
		if n == 0 {
			return nil
		}
		return n
	}
	line, start := c.line, c.start
	if head != c.commit {
		where, err := linediff.Match(context.Background(), p.linesOf(repo, c.commit, c.path), p.linesOf(repo, head, c.path), 10_000)
		if err != nil {
			p.t.Error(err)
		}
		for n := first; n <= c.line && line != 0; n++ {
			if n > len(where) || where[n-1] < 0 {
				line, start = 0, 0
			}
		}
		if line != 0 {
			line = where[c.line-1] + 1
			if start != 0 {
				start = where[c.start-1] + 1
			}
		}
	}
	told := map[string]any{
		"id": c.id, "body": c.body, "user": user(c.login), "path": c.path, "side": c.side, "subject_type": c.subject, "diff_hunk": c.hunk,
		"commit_id": head, "original_commit_id": c.commit, "line": number(line), "original_line": c.line,
		"start_line": number(start), "original_start_line": number(c.start), "created_at": c.since, "html_url": "https://github.example/" + repo.FullName,
	}
	if c.answers != 0 {
		told["in_reply_to_id"] = c.answers
	}
	return told
}

func user(login string) map[string]any { return map[string]any{"login": login, "type": "User"} }

func now() string { return time.Now().UTC().Format(time.RFC3339) }

// page is the part of a list that a request asks for.
func page[T any](r *http.Request, list []T) []T {
	size, n := 30, 1
	if v, err := strconv.Atoi(r.URL.Query().Get("per_page")); err == nil {
		size = v
	}
	if v, err := strconv.Atoi(r.URL.Query().Get("page")); err == nil {
		n = v
	}
	return append([]T{}, slices.Clone(list[min((n-1)*size, len(list)):min(n*size, len(list))])...)
}

func listed(status int, v any) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(v)
	return w
}

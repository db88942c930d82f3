package postindex

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Hit is a post that a search found.
type Hit struct {
	Post
	// Marks are where the words stand in the title, in bytes.
	Marks []Mark
	// Lines are the best lines of the text, by their numbers: those with all the words,
	// or else with one; none where they are in the title alone.
	Lines []Line
	// More is how many more lines there are of the kind: with all the words, or, where
	// no line has all, with one of them.
	More int
}

// Line is a line of a post, or the part of it around the words.
type Line struct {
	// Number counts from 1, in the file.
	Number int
	// At is where Text begins in the file, in bytes.
	At   int
	Text string
	// Cut tells whether something was left out before Text, and behind it.
	Cut [2]bool
	// Marks are where the words stand in Text, in bytes.
	Marks []Mark
}

// Mark is a stretch of a text: from its first byte to behind its last one.
type Mark struct{ From, To int }

// Found is what a search found.
type Found struct {
	// Hits come with the title's first, then those with all words in one line, and
	// within both the newest first.
	Hits []Hit
	// Posts is how many posts were found, also beyond the limit.
	Posts int
	// Searched is how many posts there are.
	Searched int
}

const (
	maxWords = 10
	maxQuery = 400 // bytes
	// linesShown is how many lines of one post are shown.
	linesShown = 3
	// lineShown is how much of a line is shown, in bytes.
	lineShown = 240
	maxMarks  = 40
)

// Words takes a query apart into what is searched for: words, and what stands in
// quotation marks as a whole; in small letters, the longest first. What is more
// than ten words is left out.
func Words(query string) []string {
	if len(query) > maxQuery {
		query = strings.ToValidUTF8(query[:maxQuery], "")
	}
	query = fold(strings.NewReplacer("“", `"`, "”", `"`, "„", `"`).Replace(query))
	var words []string
	for i, part := range strings.Split(query, `"`) {
		list := strings.Fields(part)
		if i%2 == 1 {
			list = []string{strings.Join(list, " ")}
		}
		for _, word := range list {
			if word != "" && !slices.Contains(words, word) && len(words) < maxWords {
				words = append(words, word)
			}
		}
	}
	slices.SortStableFunc(words, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return words
}

// Search finds the posts that have all words of a query in title, path or text, as
// parts of words, too, where they are no shorter than three letters; small letters
// and large ones are the same. limit is how many hits are given.
func (x *Index) Search(query string, limit int) Found {
	found := Found{Searched: len(x.files)}
	words := Words(query)
	if len(words) == 0 {
		return found
	}
	type ranked struct {
		file, rank int
	}
	var list []ranked
	for i, f := range x.files {
		if rank, ok := f.rank(words); ok {
			list = append(list, ranked{i, rank})
		}
	}
	found.Posts = len(list)
	slices.SortStableFunc(list, func(a, b ranked) int { return cmp.Compare(a.rank, b.rank) })
	for _, r := range list[:min(limit, len(list))] {
		found.Hits = append(found.Hits, x.files[r.file].hit(words))
	}
	return found
}

// rank is 0 where the title has all words, 1 where a line has, 2 where the post has.
func (f file) rank(words []string) (int, bool) {
	title, body := fold(f.Title)+"\n"+fold(f.Path), f.text.folded[f.text.body:]
	inTitle := true
	for _, word := range words {
		has := find(title, word) >= 0
		if !has && find(body, word) < 0 {
			return 0, false
		}
		inTitle = inTitle && has
	}
	if inTitle {
		return 0, true
	}
	for at := 0; ; { // of the longest word's lines
		n := findFrom(body, words[0], at)
		if n < 0 {
			return 2, true
		}
		start := strings.LastIndexByte(body[:n], '\n') + 1
		end := endOfLine(body, n)
		if hasAll(body[start:end], words) {
			return 1, true
		}
		at = end
	}
}

func endOfLine(s string, at int) int {
	if n := strings.IndexByte(s[at:], '\n'); n >= 0 {
		return at + n
	}
	return len(s)
}

func hasAll(s string, words []string) bool {
	return !slices.ContainsFunc(words, func(word string) bool { return find(s, word) < 0 })
}

// hit gathers what is shown of a post.
func (f file) hit(words []string) Hit {
	h := Hit{Post: f.Post, Marks: marks(fold(f.Title), words)}
	t := f.text
	type line struct{ number, start, end, has int }
	var lines []line
	number := 1 + strings.Count(t.source[:t.body], "\n")
	for at := t.body; at < len(t.folded); number++ {
		end := endOfLine(t.folded, at)
		has := 0
		for _, word := range words {
			if find(t.folded[at:end], word) >= 0 {
				has++
			}
		}
		if has > 0 {
			lines = append(lines, line{number, at, end, has})
		}
		at = end + 1
	}
	slices.SortStableFunc(lines, func(a, b line) int { return cmp.Compare(b.has, a.has) })
	if len(lines) > 0 && lines[0].has == len(words) { // others say less
		lines = slices.DeleteFunc(lines, func(l line) bool { return l.has < len(words) })
	}
	h.More = max(0, len(lines)-linesShown)
	lines = lines[:min(linesShown, len(lines))]
	slices.SortFunc(lines, func(a, b line) int { return cmp.Compare(a.number, b.number) })
	for _, l := range lines {
		h.Lines = append(h.Lines, t.line(l.number, l.start, l.end, words))
	}
	return h
}

// line cuts out the part of a line around the first of the words.
func (t *Text) line(number, start, end int, words []string) Line {
	l := Line{Number: number}
	for end > start && (t.source[end-1] == '\r' || t.source[end-1] == ' ') {
		end--
	}
	if end-start > lineShown {
		first := end
		for _, word := range words {
			if n := find(t.folded[start:end], word); n >= 0 {
				first = min(first, start+n)
			}
		}
		if from := first - lineShown/4; from > start {
			for from > start && !utf8.RuneStart(t.source[from]) {
				from--
			}
			if n := strings.IndexByte(t.source[from:first], ' '); n >= 0 { // a whole word
				from += n + 1
			}
			start, l.Cut[0] = from, true
		}
		if to := start + lineShown; to < end {
			for to > start && !utf8.RuneStart(t.source[to]) {
				to--
			}
			if n := strings.LastIndexByte(t.source[first:max(first, to)], ' '); n > 0 && first+n > start {
				to = first + n
			}
			end, l.Cut[1] = to, true
		}
	}
	l.At, l.Text = start, t.source[start:end]
	l.Marks = marks(t.folded[start:end], words)
	return l
}

// marks finds words in a text, from its begin, none over another.
func marks(folded string, words []string) []Mark {
	var found []Mark
	for at := 0; at < len(folded) && len(found) < maxMarks; {
		next := Mark{-1, -1}
		for _, word := range words { // the longest first
			if n := findFrom(folded, word, at); n >= 0 && (next.From < 0 || n < next.From) {
				next = Mark{n, n + len(word)}
			}
		}
		if next.From < 0 {
			break
		}
		found = append(found, next)
		at = next.To
	}
	return found
}

// Pieces takes a text apart at its marks: what is not marked and what is, by turns.
func Pieces(text string, marks []Mark) []string {
	pieces := make([]string, 0, 2*len(marks)+1)
	at := 0
	for _, m := range marks {
		pieces = append(pieces, text[at:m.From], text[m.From:m.To])
		at = m.To
	}
	return append(pieces, text[at:])
}

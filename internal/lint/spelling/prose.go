package spelling

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"galley/internal/diag"
	"galley/internal/lint/effort"
	"galley/internal/markdown/outline"
	"galley/internal/post"
)

// Prose is what of a post is prose and is to be checked, by place: runs of the source
// that a reader reads as they are. Code, addresses, quotations, HTML, what templates put
// there and what the site's patterns match are not; of the front matter, title and
// description are. No run begins or ends within a word: one of which a part is in
// italics, or code, is left out. It ends soon once stop returns an error, and what it
// returns then is of no use; a nil stop never does.
func (w *Words) Prose(p post.Post, stop func() error) []diag.Range {
	var runs []diag.Range
	for _, k := range p.Keys {
		if _, text := p.Meta[k.Name].(string); text && (k.Name == "title" || k.Name == "description") && k.Value.Start < k.Value.End {
			runs = w.withoutPatterns(runs, p.Source, k.Value, stop)
		}
	}
	slices.SortFunc(runs, func(a, b diag.Range) int { return a.Start - b.Start })
	blocks := outline.Parse(p.Source, p.Body)
	for i := range blocks {
		b := &blocks[i]
		if b.Quoted {
			continue
		}
		for from := 0; from < len(b.Text); {
			if stop != nil && stop() != nil {
				return nil
			}
			to := runEnd(b, from)
			if start, end := whole(b.Text, from, to); start < end {
				runs = w.withoutPatterns(runs, p.Source, b.Source(start, end), stop)
			}
			from = to
		}
	}
	return runs
}

// runEnd is where the run ends that begins at a place of a block's text: what is not
// shown, or does not follow in the source, is another.
func runEnd(b *outline.Block, from int) int {
	hidden, at := b.Text[from] == outline.Hidden, b.Source(from, from).Start
	to := from + 1
	for to < len(b.Text) && (b.Text[to] == outline.Hidden) == hidden && b.Source(to, to).Start == at+to-from {
		to++
	}
	return to
}

// whole is a run of a text without what is part of a word beside it; empty for what is
// not shown.
func whole(text string, from, to int) (int, int) {
	if text[from] == outline.Hidden {
		return from, from
	}
	if from > 0 && text[from-1] == outline.Hidden {
		for from < to && !isSpace(text[from]) {
			from++
		}
	} else if before, _ := utf8.DecodeLastRuneInString(text[:from]); inWord(before) {
		for from < to {
			r, size := utf8.DecodeRuneInString(text[from:to])
			if !inWord(r) {
				break
			}
			from += size
		}
	}
	if to < len(text) && text[to] == outline.Hidden {
		for to > from && !isSpace(text[to-1]) {
			to--
		}
	} else if behind, _ := utf8.DecodeRuneInString(text[to:]); inWord(behind) {
		for to > from {
			r, size := utf8.DecodeLastRuneInString(text[from:to])
			if !inWord(r) {
				break
			}
			to -= size
		}
	}
	return from, to
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

func inWord(r rune) bool {
	return r == '\'' || r == '’' || r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r))
}

// withoutPatterns adds a run without what the site's patterns match, but for patterns that
// are too much work in so long a run.
func (w *Words) withoutPatterns(runs []diag.Range, src []byte, run diag.Range, stop func() error) []diag.Range {
	if w == nil || len(w.patterns) == 0 {
		return append(runs, run)
	}
	var cuts [][]int
	for _, p := range w.patterns {
		if stop != nil && stop() != nil {
			return nil
		}
		if !effort.TooMuch(p.effort, run.End-run.Start) {
			cuts = append(cuts, p.FindAllIndex(src[run.Start:run.End], -1)...)
		}
	}
	slices.SortFunc(cuts, func(a, b []int) int { return a[0] - b[0] })
	at := run.Start
	for _, cut := range cuts {
		if start := run.Start + cut[0]; start > at {
			runs = append(runs, diag.Range{Start: at, End: start})
		}
		at = max(at, run.Start+cut[1])
	}
	if at < run.End {
		runs = append(runs, diag.Range{Start: at, End: run.End})
	}
	return runs
}

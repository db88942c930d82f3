package kramdown

import (
	"maps"
	"slices"
)

// What an edit changes beyond the blocks it touches: definitions that other
// blocks use, the ids of headings, the numbers of notes.

func sameDefinitions(was []*part, drafts []*draft) bool {
	old := collect(was, func(s *part) []string { return s.defines })
	for _, d := range drafts {
		if len(d.defines) > len(old) || !slices.Equal(d.defines, old[:len(d.defines)]) {
			return false
		}
		old = old[len(d.defines):]
	}
	return len(old) == 0
}

// usedBefore is how often the ids in drafts are used by headings before them.
// It fails when the drafts use an id more or less often than the parts did
// whose place they take, and headings elsewhere use it, too.
func (l *Live) usedBefore(was []*part, drafts []*draft) (map[string]int, bool) {
	old, is := map[string]idUse{}, map[string]int{}
	for _, s := range was {
		for _, u := range s.ids {
			o, known := old[u.base]
			if !known {
				o.first = u.first
			}
			o.count += u.count
			old[u.base] = o
		}
	}
	for _, d := range drafts {
		for _, u := range d.ids {
			is[u.base] += u.count
		}
	}
	used := map[string]int{}
	for base, n := range is {
		o := old[base]
		if n != o.count && l.ids[base] > o.count {
			return nil, false
		}
		used[base] = o.first
	}
	for base, o := range old {
		if is[base] != o.count && l.ids[base] > o.count {
			return nil, false
		}
	}
	for base, o := range old {
		if l.ids[base] -= o.count; l.ids[base] == 0 {
			delete(l.ids, base)
		}
	}
	for base, n := range is {
		l.ids[base] += n
	}
	return maps.Clone(used), true
}

// resumeNotes makes the writer number notes as if all before were written.
func (w *writer) resumeNotes(refs []noteRef) {
	if len(refs) == 0 {
		return
	}
	w.noteByName = map[string]*note{}
	new := map[string]bool{}
	numbered := false
	for _, r := range refs {
		if r.repeats == 0 {
			new[r.name] = true
			if !numbered {
				w.notes = make([]*note, r.number-w.p.options.footnoteNumber)
				numbered = true
			}
		} else if !new[r.name] && w.noteByName[r.name] == nil {
			w.noteByName[r.name] = &note{name: r.name, number: r.number, repeats: r.repeats - 1}
		}
	}
}

package vale

import (
	"fmt"
	"slices"
	"strings"

	"galley/internal/diag"
)

// existence finds what is not to be there.
func existence(d definition, except pattern) (func(*text), string, error) {
	source := template(d, !d.Nonword && len(d.Tokens) > 0, d.Tokens) + strings.Join(d.Raw, "")
	key := "tokens"
	if len(d.Tokens) == 0 {
		key = "raw"
		if len(d.Raw) == 0 {
			return nil, "", fmt.Errorf("it has no tokens")
		}
	}
	p, err := compile(source)
	if err != nil {
		return nil, key, err
	}
	return func(t *text) {
		t.each(p, func(one part, m []int) {
			if is := one.text[m[0]:m[1]]; !except.excepts(is) {
				t.tell(one.place(m[0], m[1]), nil, fill(d.Message, is))
			}
		})
	}, "", nil
}

// substitution finds what is to be said otherwise.
func substitution(d definition, except pattern) (func(*text), string, error) {
	swap, _ := d.Swap.([]pair)
	if len(swap) == 0 {
		return nil, "swap", fmt.Errorf("it has no pairs in swap")
	}
	// Of two that begin at one place the longer one counts.
	swap = slices.Clone(swap)
	slices.SortStableFunc(swap, func(a, b pair) int { return len(b.from) - len(a.from) })
	group, groups := []int{}, 0
	var all []string
	for _, one := range swap {
		p, err := compile(one.from)
		if err != nil {
			return nil, "swap", fmt.Errorf("%v in “%s”", err, one.from)
		}
		group = append(group, groups+1)
		all = append(all, "("+one.from+")")
		groups++
		if p.plain != nil {
			groups += p.plain.NumSubexp()
		} else {
			groups += len(p.full.GetGroupNumbers()) - 1
		}
	}
	p, err := compile(template(d, !d.Nonword, all))
	if err != nil {
		return nil, "swap", err
	}
	return func(t *text) {
		t.each(p, func(one part, m []int) {
			is := one.text[m[0]:m[1]]
			for n, g := range group {
				if m[2*g] < 0 {
					continue
				}
				options := strings.Split(swap[n].to, "|")
				if slices.Contains(options, is) || except.excepts(is) {
					return
				}
				at := one.place(m[0], m[1])
				var fix *diag.Fix
				if len(options) == 1 && string(t.src[at.Start:at.End]) == is && !strings.Contains(options[0], "$") {
					fix = &diag.Fix{Name: "Write “" + options[0] + "”", Range: at, Insert: options[0]}
				}
				t.tell(at, fix, fill(d.Message, strings.Join(options, "' or '"), is))
				return
			}
		})
	}, "", nil
}

// occurrence finds what is there too often, or not often enough.
func occurrence(d definition) (func(*text), string, error) {
	source := d.Token
	if d.Ignorecase {
		source = "(?i)" + source
	}
	p, err := compile(source)
	if err != nil {
		return nil, "token", err
	}
	return func(t *text) {
		t.parts(func(one part) {
			if t.count >= maxFound {
				return
			}
			matches, ok := p.all(one.text, t.over)
			if !ok {
				t.tooLong()
				return
			}
			if n := len(matches); d.Max > 0 && n > d.Max || n < d.Min {
				end := strings.IndexByte(one.text, '\n')
				if end < 0 {
					end = len(one.text)
				}
				t.tell(one.place(0, end), nil, fill(d.Message, fmt.Sprint(n)))
			}
		})
	}, "", nil
}

// repetition finds a word behind itself.
func repetition(d definition) (func(*text), string, error) {
	p, err := compile(`(?m)` + strings.Join(d.Tokens, "|"))
	if err != nil || len(d.Tokens) == 0 {
		return nil, "tokens", err
	}
	return func(t *text) {
		t.parts(func(one part) {
			if t.count >= maxFound {
				return
			}
			matches, ok := p.all(one.text, t.over)
			if !ok {
				t.tooLong()
				return
			}
			before, times := "", 0
			for _, m := range matches {
				word := strings.TrimSpace(one.text[m[0]:m[1]])
				same := word == before || d.Ignorecase && strings.EqualFold(word, before)
				if times++; !same || word == "" {
					times = 0
				}
				before = word
				if times <= d.Max || times == 0 || d.Alpha && !allLetters(word) {
					continue
				}
				t.tell(one.place(m[0], m[1]), nil, fill(d.Message, word))
			}
		})
	}, "", nil
}

func allLetters(s string) bool {
	for _, r := range s {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z') {
			return false
		}
	}
	return s != ""
}

// consistency finds one of two where the other is used in the same post.
func consistency(d definition) (func(*text), string, error) {
	type two struct{ a, b pattern }
	var list []two
	var names []string
	for a := range d.Either {
		names = append(names, a)
	}
	slices.Sort(names)
	for _, a := range names {
		one, err := compile(template(d, !d.Nonword, []string{a}))
		if err != nil {
			return nil, "either", err
		}
		other, err := compile(template(d, !d.Nonword, []string{d.Either[a]}))
		if err != nil {
			return nil, "either", err
		}
		list = append(list, two{one, other})
	}
	return func(t *text) {
		for _, pair := range list {
			first := -1 // which of the two came first
			for n, p := range []pattern{pair.a, pair.b} {
				at := -1
				t.each(p, func(one part, m []int) {
					if start := one.place(m[0], m[1]).Start; at < 0 || start < at {
						at = start
					}
				})
				switch {
				case at < 0:
					first = -2
				case n == 0:
					first = at
				case first >= 0:
					other := pair.b
					if at < first {
						other = pair.a
					}
					t.each(other, func(one part, m []int) {
						t.tell(one.place(m[0], m[1]), nil, fill(d.Message, one.text[m[0]:m[1]]))
					})
				}
				if first == -2 {
					break
				}
			}
		}
	}, "", nil
}

// conditional finds what is not explained: matches of first whose group no match
// of second has.
func conditional(d definition, except pattern) (func(*text), string, error) {
	source := func(s string) string {
		if d.Ignorecase {
			return "(?i)" + s
		}
		return s
	}
	first, err := compile(source(d.First))
	if err != nil {
		return nil, "first", err
	}
	second, err := compile(source(d.Second))
	if err != nil {
		return nil, "second", err
	}
	group := func(one part, m []int) string {
		if len(m) > 2 && m[2] >= 0 {
			return one.text[m[2]:m[3]]
		}
		return one.text[m[0]:m[1]]
	}
	return func(t *text) {
		explained := map[string]bool{}
		t.each(second, func(one part, m []int) { explained[group(one, m)] = true })
		t.each(first, func(one part, m []int) {
			if is := group(one, m); !explained[is] && !except.excepts(is) {
				t.tell(one.place(m[0], m[1]), nil, fill(d.Message, is))
			}
		})
	}, "", nil
}

package lint

import (
	"regexp"
	"strings"

	"galley/internal/diag"
	"galley/internal/markdown/outline"
)

// rawTag is a tag, with what closes it, its name, and what ends it by itself; or a
// comment.
var rawTag = regexp.MustCompile(`(?s)<!--.*?(?:-->|\z)|<(/?)([A-Za-z][A-Za-z0-9-]*)(?:[\s/](?:[^<>"']|"[^"]*"|'[^']*')*?)?(/?)>`)

// branching are tags of a template by which one of several texts is chosen, or other
// files come in: what opens an element in one of them may be closed in another.
var branching = regexp.MustCompile(`\{%-?\s*(?:if|unless|case|for|capture|include|render)`)

// endNeeded are the elements that have an end which may not be left out
// (https://html.spec.whatwg.org/multipage/indices.html#elements-3). A name of another
// kind between < and > is mostly meant as a text.
var endNeeded = setOf(`a abbr address article aside audio b bdi bdo big blockquote button canvas center cite code
	data datalist del details dfn dialog div dl em fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 header
	i iframe ins kbd label legend main map mark math menu meter nav noscript object ol output picture pre progress q
	ruby s samp script section select small span strike strong style sub summary sup svg table template textarea time
	tt u ul var video`)

// textIn are elements whose content is text alone.
var textIn = setOf("script style pre textarea svg math")

func setOf(names string) map[string]bool {
	set := map[string]bool{}
	for _, name := range strings.Fields(names) {
		set[name] = true
	}
	return set
}

// openElements finds elements of HTML that are not closed, which take in all that
// stands behind them, and ends of elements that were not opened.
func openElements(*parameters) func(*text) {
	return func(t *text) {
		if branching.MatchString(t.src) {
			return
		}
		e := &elements{text: t}
		for i := range t.blocks {
			switch b := &t.blocks[i]; b.Kind {
			case outline.Template:
			case outline.Code:
				// Within an element what is indented is no code.
				if len(e.open) > 0 && strings.HasPrefix(strings.TrimLeft(e.of(b.Range), " \t"), "<") {
					e.read(b.Range)
				}
			case outline.HTML:
				e.read(b.Range)
			default:
				for _, s := range b.Spans {
					if s.Kind == outline.Tag {
						e.read(s.Range)
					}
				}
			}
		}
		for _, open := range e.open {
			e.unclosed(open)
		}
	}
}

type elements struct {
	*text
	open []element
	// raw is the element whose content is text that is being read; empty for none.
	raw string
}

type element struct {
	name string
	at   diag.Range
}

// read goes through the tags of a stretch of the source.
func (e *elements) read(r diag.Range) {
	for _, m := range rawTag.FindAllStringSubmatchIndex(e.of(r), -1) {
		if m[4] < 0 { // a comment
			continue
		}
		at := diag.Range{Start: r.Start + m[0], End: r.Start + m[1]}
		name := strings.ToLower(e.src[r.Start+m[4] : r.Start+m[5]])
		switch closes := m[3] > m[2]; {
		case e.raw != "" && (!closes || name != e.raw), !endNeeded[name], m[7] > m[6]:
		case closes:
			e.raw = ""
			e.close(name, at)
		default:
			e.open = append(e.open, element{name, at})
			if textIn[name] {
				e.raw = name
			}
		}
	}
}

// close takes an element's end. What was opened within it and is still open never
// gets one.
func (e *elements) close(name string, at diag.Range) {
	for i := len(e.open) - 1; i >= 0; i-- {
		if e.open[i].name != name {
			continue
		}
		for _, inner := range e.open[i+1:] {
			e.unclosed(inner)
		}
		e.open = e.open[:i]
		return
	}
	e.tell(at, "There is no <%s> that this closes. Delete it, or put <%[1]s> where it begins.", name)
}

func (e *elements) unclosed(open element) {
	e.tell(open.at, "This <%s> is not closed, so that what stands behind it becomes a part of it. Put </%[1]s> where it ends.", open.name)
}

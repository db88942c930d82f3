package kramdown

import "strconv"

// footnote writes a reference to a note.
func (w *writer) footnote(e *element) {
	name := w.p.options.footnotePrefix + e.alt
	repeat := ""
	n := w.noteByName[name]
	if n != nil {
		n.repeats++
		repeat = ":" + strconv.Itoa(n.repeats)
	} else {
		n = &note{name: name, content: e.body, number: w.p.options.footnoteNumber + len(w.notes)}
		if w.noteByName == nil {
			w.noteByName = map[string]*note{}
		}
		w.noteByName[name] = n
		w.notes = append(w.notes, n)
	}
	w.refs = append(w.refs, noteRef{name, n.number, n.repeats})
	w.string(`<sup id="fnref:` + name + repeat + `" role="doc-noteref"><a href="#fn:` + name +
		`" class="footnote" rel="footnote">` + strconv.Itoa(n.number) + `</a></sup>`)
}

// footnotes writes all notes that were referred to; notes can refer to more.
func (w *writer) footnotes() {
	if len(w.notes) == 0 {
		return
	}
	w.string("<div class=\"footnotes\" role=\"doc-endnotes\">\n  <ol")
	if n := w.p.options.footnoteNumber; n != 1 {
		w.string(` start="` + strconv.Itoa(n) + `"`)
	}
	w.string(">\n")
	for i := 0; i < len(w.notes); i++ {
		w.note(w.notes[i])
	}
	w.string("  </ol>\n</div>\n")
}

func (w *writer) note(n *note) {
	li := &element{kind: kindItem, children: append([]*element(nil), n.content.children...)}
	li.attr.set("id", "fn:"+n.name)
	li.attr.set("role", "doc-endnote")
	var para *element
	space := ""
	if last := li.last(); last != nil && (last.kind == kindParagraph || w.p.options.footnoteInline) {
		parent := li
		for parent.last() != nil && parent.last().kind != kindParagraph && parent.last().kind != kindHeading {
			parent = parent.last()
		}
		if para = parent.last(); para != nil {
			space = w.p.options.space()
			c := *para
			c.children = append([]*element(nil), para.children...)
			if parent == li {
				parent.children[len(parent.children)-1] = &c
				para = &c
			}
		}
	}
	if para == nil {
		para = &element{kind: kindParagraph}
		li.add(para)
	}
	// Notes inside this one count as repeats before its own links are made.
	if back := w.p.options.footnoteBack; back != "" {
		link := func(space, name, text string) {
			inner := &writer{p: w.p}
			inner.text(back)
			para.add(&element{kind: kindRaw, inline: true, alt: "generated", value: space + `<a href="#fnref:` + name +
				`" class="reversefootnote" role="doc-backlink">` + string(inner.out) + text + `</a>`})
		}
		link(space, n.name, "")
		for i := 1; i <= n.repeats; i++ {
			link(w.p.options.space(), n.name+":"+strconv.Itoa(i), "<sup>"+strconv.Itoa(i+1)+"</sup>")
		}
	}
	w.stack = append(w.stack, &element{kind: kindOrderedList})
	w.element(li, 4)
	w.stack = w.stack[:len(w.stack)-1]
}

package kramdown

// Table of contents.
//
// Rule: a list with {:toc} is replaced by links to all headings, nested by
// level, without footnotes and links inside; a heading with {:.no_toc} is
// left out. Its id is markdown-toc unless the list has one.

type tocEntry struct {
	level    int
	id       string
	children []*element
}

type tocItem struct {
	entry tocEntry
	below []*tocItem
}

// contents writes the table of contents.
func (w *writer) contents() {
	list := w.tocList
	name := "ul"
	if list.kind == kindOrderedList {
		name = "ol"
	}
	attr := append(attributes(nil), list.attr...)
	id, ok := attr.get("id")
	if !ok {
		id = "markdown-toc"
		attr.set("id", id)
	}
	root := &tocItem{}
	path := []*tocItem{root}
	for _, e := range w.toc {
		for len(path) > 1 && path[len(path)-1].entry.level >= e.level {
			path = path[:len(path)-1]
		}
		item := &tocItem{entry: e}
		parent := path[len(path)-1]
		parent.below = append(parent.below, item)
		path = append(path, item)
	}
	if len(root.below) == 0 {
		return
	}
	w.tocItems(name, attr, id, root.below, 0)
}

func (w *writer) tocItems(name string, attr attributes, id string, items []*tocItem, indent int) {
	w.indent(indent)
	w.open(name, attr)
	w.out = append(w.out, '\n')
	for _, item := range items {
		w.indent(indent + 2)
		w.string("<li>")
		a := &element{kind: kindLink, children: tocChildren(item.entry.children)}
		a.attr.set("href", "#"+item.entry.id)
		a.attr.set("id", id+"-"+item.entry.id)
		w.stack = append(w.stack, a)
		w.span("a", a, indent)
		w.stack = w.stack[:len(w.stack)-1]
		if len(item.below) > 0 {
			w.tocItems(name, nil, id, item.below, indent+4)
			w.indent(indent + 2)
		}
		w.string("</li>\n")
	}
	w.indent(indent)
	w.close(name)
	w.out = append(w.out, '\n')
}

// tocChildren copies a heading's content without notes and links.
func tocChildren(children []*element) []*element {
	var out []*element
	for _, c := range children {
		if c.kind == kindFootnote {
			continue
		}
		copied := *c
		copied.children = tocChildren(c.children)
		if c.kind == kindLink {
			out = append(out, copied.children...)
		} else {
			out = append(out, &copied)
		}
	}
	return out
}

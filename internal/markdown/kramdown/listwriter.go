package kramdown

import "strings"

func (w *writer) list(e *element, indent int) {
	name := "ul"
	if e.kind == kindOrderedList {
		name = "ol"
	}
	switch {
	case w.tocList == nil && e.ial.refers("toc"):
		w.tocList, w.tocAt = e, len(w.out)
	case w.notesAt < 0 && e.ial.refers("footnotes"):
		w.notesAt = len(w.out)
	default:
		w.lines(name, e.attr, e, indent)
	}
}

func (w *writer) item(name string, e *element, indent int) {
	w.indent(indent)
	w.open(name, e.attr)
	if len(e.children) == 0 || e.children[0].kind == kindParagraph && e.children[0].transparent {
		from := len(w.out)
		w.inner(e, indent)
		if len(w.out) > from && w.out[len(w.out)-1] == '\n' {
			w.indent(indent)
		}
	} else {
		w.out = append(w.out, '\n')
		w.inner(e, indent)
		w.indent(indent)
	}
	w.close(name)
	w.out = append(w.out, '\n')
}

func (w *writer) term(e *element, indent int) {
	attr := e.attr
	if _, ok := attr.get("id"); !ok {
		if list := w.stack[len(w.stack)-1].ial; list != nil {
			for _, r := range list.references {
				if r == "auto_ids" || strings.HasPrefix(r, "auto_ids") {
					prefix := strings.TrimPrefix(strings.TrimPrefix(r, "auto_ids"), "-")
					attr = append(attributes(nil), attr...)
					attr.set("id", strings.TrimLeft(prefix+plainID(e.alt), " "))
					break
				}
			}
		}
	}
	w.line("dt", attr, e, indent)
}

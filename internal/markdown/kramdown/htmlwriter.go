package kramdown

import "strings"

// unsafeElements are those whose tags, or whose content, can change how what
// follows the block is parsed.
var unsafeElements = setOf("html head body frameset frame plaintext noscript svg math template title " +
	"textarea xmp iframe noembed noframes listing form")

// inRawHTML tells whether what is written stands in HTML that is not parsed.
func (w *writer) inRawHTML() bool {
	parent := w.stack[len(w.stack)-1]
	return parent.kind == kindHTML && parent.model == modelRaw
}

func (w *writer) html(e *element, indent int) {
	if unsafeElements[e.value] {
		w.balanced = false
	}
	if e.inline {
		w.out = append(w.out, '<')
		w.string(e.value)
		w.attributes(e.attr)
		at := len(w.out)
		w.out = append(w.out, '>')
		w.inner(e, indent)
		if len(w.out) == at+1 && emptyElements[e.value] {
			w.out = append(w.out[:at], " />"...)
			return
		}
		w.close(e.value)
		return
	}
	raw := w.inRawHTML()
	if !raw {
		w.indent(indent)
	}
	w.out = append(w.out, '<')
	w.string(e.value)
	w.attributes(e.attr)
	if e.closed && e.model == modelRaw {
		w.string(" />")
		if !emptyElements[e.value] {
			w.balanced = false
		}
	} else {
		start := len(w.out)
		w.out = append(w.out, '>')
		if e.model == modelBlock {
			w.out = append(w.out, '\n')
		}
		from := len(w.out)
		w.inner(e, indent)
		switch {
		case len(w.out) > from && e.model != modelBlock:
			w.close(e.value)
		case len(w.out) > from:
			if w.out[len(w.out)-1] == '\n' {
				w.out = w.out[:len(w.out)-1]
			}
			w.out = append(w.out, '\n')
			w.indent(indent)
			w.close(e.value)
		case emptyElements[e.value]:
			w.out = append(w.out[:start], " />"...)
		default:
			w.out = append(w.out[:start], '>')
			w.close(e.value)
		}
	}
	if !raw {
		w.out = append(w.out, '\n')
	}
}

func (w *writer) markup(e *element, indent int) {
	block := !e.inline && !w.inRawHTML()
	if block {
		w.indent(indent)
	}
	w.string(e.value)
	if block {
		w.out = append(w.out, '\n')
	}
	if inner := strings.TrimPrefix(e.value, "<!--"); strings.HasPrefix(inner, ">") || strings.HasPrefix(inner, "->") ||
		strings.Contains(inner, "--!>") {
		w.balanced = false
	}
}

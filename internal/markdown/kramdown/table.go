package kramdown

import (
	"strings"
)

// Tables.
//
// Rule: lines that all have a | outside of code, between blank lines; none
// is needed at the ends, and one line is enough. A line of - and | after the
// first rows makes them the header and its colons align the columns; more of
// them start new bodies, one of = a footer.

// hasPipe tells whether a | that is not escaped stands on the line at i.
func hasPipe(s string, i int) bool {
	switch at(s, i) {
	case '|':
		return true
	case '\n':
		return false
	}
	for j := i + 1; j < len(s) && s[j] != '\n'; j++ {
		if s[j] == '|' && s[j-1] != '\\' {
			return true
		}
	}
	return false
}

// isTableLine tells whether the line at i can belong to a table.
func isTableLine(s string, i int) bool {
	return i < len(s) && hasPipe(s, i) && nextLine(s, i) >= 0
}

// separatorEnd returns the end of a line at i of nothing but separators and
// at least one need, or -1.
func separatorEnd(s string, i int, need byte) int {
	found := false
	for ; i < len(s); i++ {
		switch s[i] {
		case need:
			found = true
		case '+', '|', ':', ' ', '\t':
		case '\n':
			if found {
				return i + 1
			}
			return -1
		default:
			return -1
		}
	}
	return -1
}

// parseTable reads a table.
func (p *parser) parseTable() bool {
	s, start := p.src.s, p.src.pos
	if j := skipIndent(s, start, 3); j >= len(s) || isSpace(s[j]) || !isTableLine(s, j) || !p.afterBoundary() {
		return false
	}
	table := p.block(kindTable)
	leading := at(s, skipSpace(s, start)) == '|'
	i := start
	if end := separatorEnd(s, i, '-'); end >= 0 {
		i = end
	}
	var rows []*element
	footer := false
	columns := 0
	container := func(k kind, force bool) {
		if !footer || k != kindTableBody || force {
			c := p.element(k)
			c.children, rows = rows, nil
			table.add(c)
		}
	}
	for isTableLine(s, i) {
		if end := separatorEnd(s, i, '-'); end >= 0 {
			switch {
			case len(rows) == 0:
			case len(table.columns) == 0 && !footer:
				container(kindTableHead, false)
				table.columns = alignments(trimRight(s[i : end-1]))
			default:
				container(kindTableBody, false)
			}
			i = end
			continue
		}
		if end := separatorEnd(s, i, '='); end >= 0 {
			if len(rows) > 0 {
				container(kindTableBody, true)
			}
			footer = true
			i = end
			continue
		}
		end := nextLine(s, i)
		row, n := p.row(strings.TrimRight(s[i:end-1], " \t"), leading)
		columns = max(columns, n)
		rows = append(rows, row)
		i = end
	}
	p.src.looked(i, 0)
	p.src.pos = i
	ok := p.beforeBoundary()
	p.src.pos = start
	if !ok || !p.everyLineHasPipe(s[start:i-1]) {
		return false
	}
	if len(rows) > 0 {
		if footer {
			container(kindTableFoot, false)
		} else {
			container(kindTableBody, false)
		}
	}
	body := false
	for _, c := range table.children {
		body = body || c.kind == kindTableBody
	}
	if !body {
		return false
	}
	for _, c := range table.children {
		for _, row := range c.children {
			for len(row.children) < columns && p.filled < maxFill {
				p.filled++
				row.add(p.element(kindCell))
			}
		}
	}
	for len(table.columns) < columns {
		table.columns = append(table.columns, "")
	}
	p.tree.add(table)
	p.src.pos = i
	return true
}

// maxFill bounds the empty cells that make all rows of a text's tables equally
// long, of which a few bytes could ask for billions.
const maxFill = 100_000

// alignments reads the columns' alignments off a separator line.
func alignments(line string) []string {
	var out []string
	for i := 0; i < len(line); {
		j := i
		left := at(line, j) == ':'
		if left {
			j++
		}
		k := j
		for at(line, k) == '-' {
			k++
		}
		if k == j {
			i++
			continue
		}
		right := at(line, k) == ':'
		if right {
			k++
		}
		switch {
		case left && right:
			out = append(out, "center")
		case left:
			out = append(out, "left")
		case right:
			out = append(out, "right")
		default:
			out = append(out, "")
		}
		i = k
	}
	return out
}

// row splits a line into cells. Pipes inside code do not count.
func (p *parser) row(line string, leading bool) (*element, int) {
	var open []*strings.Builder // the cells
	begin := func(s string) {
		open = append(open, new(strings.Builder))
		open[len(open)-1].WriteString(s)
	}
	extend := func(s string) {
		if len(open) == 0 {
			begin(s)
		} else {
			open[len(open)-1].WriteString(s)
		}
	}
	split := func(s string) {
		first := true
		for from, i := 0, 0; ; i++ {
			if i < len(s) && (s[i] != '|' || i > 0 && s[i-1] == '\\') {
				continue
			}
			part := strings.ReplaceAll(s[from:min(i, len(s))], `\|`, "|")
			if first {
				extend(part)
			} else {
				begin(part)
			}
			first = false
			from = i + 1
			if i >= len(s) {
				return
			}
		}
	}
	for n, part := range splitCode(line) {
		if p.ask != nil {
			p.ask()
		}
		if n%2 == 1 {
			extend(part)
			continue
		}
		root := p.scanOnly(part, codeSpans, kindRawText)
		for _, c := range root.children {
			if c.kind != kindCode {
				split(c.text())
				continue
			}
			delimiter := strings.Repeat("`", longestRun(c.value, '`')+1)
			space := ""
			if len(delimiter) > 1 {
				space = " "
			}
			extend(delimiter + space + c.value + space + delimiter)
		}
	}
	cells := make([]string, len(open))
	for i, cell := range open {
		cells[i] = cell.String()
	}
	if len(cells) > 0 && leading && trim(cells[0]) == "" {
		cells = cells[1:]
	}
	if len(cells) > 0 && trim(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	row := p.element(kindRow)
	for _, text := range cells {
		cell := p.element(kindCell)
		raw := p.element(kindRawText)
		raw.value = trim(text)
		cell.add(raw)
		row.add(cell)
	}
	return row, len(cells)
}

func longestRun(s string, c byte) int {
	longest, n := 0, 0
	for i := 0; i < len(s); i++ {
		if s[i] == c {
			n++
			longest = max(longest, n)
		} else {
			n = 0
		}
	}
	return longest
}

// splitCode splits a line around <code> elements; every second part is one.
func splitCode(line string) []string {
	var parts []string
	for {
		open := strings.Index(line, "<code")
		if open < 0 {
			break
		}
		tagEnd := strings.IndexByte(line[open:], '>')
		if tagEnd < 0 {
			break
		}
		close := strings.Index(line[open+tagEnd+1:], "</code>")
		if close < 0 {
			break
		}
		end := open + tagEnd + 1 + close + len("</code>")
		parts = append(parts, line[:open], line[open:end])
		line = line[end:]
	}
	if line != "" {
		parts = append(parts, line)
	}
	return parts
}

// scanOnly parses text for a few kinds of spans only.
func (p *parser) scanOnly(text string, which spanSet, kind kind) *element {
	src, tree, textKind, ems, strongs, anchors := p.src, p.tree, p.textKind, p.ems, p.strongs, p.anchors
	p.src, p.tree, p.textKind, p.ems, p.strongs, p.anchors = newScanner(text, 0), nil, kind, 0, 0, 0
	root := p.element(kindRoot)
	p.parseSpans(root, nil, which)
	p.src, p.tree, p.textKind, p.ems, p.strongs, p.anchors = src, tree, textKind, ems, strongs, anchors
	return root
}

// everyLineHasPipe tells whether every line of a table has a | outside of
// code and HTML.
func (p *parser) everyLineHasPipe(text string) bool {
	root := p.scanOnly(text, codeSpans|htmlSpans, kindRawText)
	found := false
	for _, c := range root.children {
		value := c.text()
		lines := strings.Split(strings.TrimRight(value, "\n"), "\n")
		if strings.TrimRight(value, "\n") == "" {
			lines = nil
		}
		if c.kind == kindCode {
			if len(lines) > 2 || len(lines) == 2 && !found {
				break
			}
			if len(lines) == 2 {
				found = false
			}
			continue
		}
		if c.kind == kindBreak {
			continue
		}
		if len(lines) > 1 && !found && !hasPipe(lines[0], 0) {
			break
		}
		if len(lines) > 1 {
			found = false
		}
		if len(lines) > 0 {
			found = found || hasPipe(lines[len(lines)-1], 0)
		}
	}
	return found
}

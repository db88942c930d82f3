package datafile

import (
	"errors"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"galley/internal/bigint"
	"galley/internal/ordered"
)

// spaces are what Ruby's \s is.
const spaces = " \t\r\n\f\v"

// isWord tells whether a text begins with a letter or a digit.
func isWord(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return c == '_' || unicode.IsLetter(c) || unicode.IsMark(c) || unicode.IsDigit(c)
}

const (
	// maxLacking is how many cells the rows of the tables that are read together may
	// lack. Each takes 16 bytes in memory, and none in the file.
	maxLacking = 2_000_000
	// askEvery is how many rows pass between two questions whether to go on.
	askEvery = 100
)

// parseTable reads a table: a list of maps by the first line's cells, or of
// lists. As in Ruby the first of two columns of one name counts, cells beyond the
// first line's are under nil, and those that a line lacks are nil.
func parseTable(name, src string, comma byte, table Table, settings Settings, lacking *int) (any, error) {
	s := scanner{src: src, comma: comma, end: lineEnding(src), line: 1}
	list := []any{}
	var columns head
	for first, n := !table.NoHeaders, 0; s.at < len(src); n++ {
		if n%askEvery == 0 {
			if err := settings.stopped(); err != nil {
				return nil, Problem{File: name, Message: err.Error()}
			}
		}
		line := s.line
		cells, message := s.row()
		if message != "" {
			return nil, Problem{File: name, Line: s.line, Message: message}
		}
		if first {
			first, columns = false, newHead(cells)
			continue
		}
		for i, cell := range cells {
			cells[i] = table.convert(cell)
		}
		if table.NoHeaders {
			list = append(list, cells)
			continue
		}
		if *lacking -= max(0, columns.cells-len(cells)); *lacking < 0 {
			return nil, Problem{File: name, Line: line, Message: "its rows have too few cells for the columns of its first line: take those out that are not used, or divide the file"}
		}
		list = append(list, columns.row(cells))
	}
	return list, nil
}

// head is a table's first line.
type head struct {
	cells int          // how many it has
	names *ordered.Map // without those that stand there twice
	at    []int        // in which cell each of them is
}

func newHead(cells []any) head {
	h := head{cells: len(cells), names: ordered.New(len(cells))}
	for i, name := range cells {
		if !h.names.Has(name) {
			h.names.Set(name, nil)
			h.at = append(h.at, i)
		}
	}
	return h
}

// row is a row's cells by the first line's.
func (h head) row(cells []any) *ordered.Map {
	values := make([]any, len(h.at))
	for i, at := range h.at {
		if at < len(cells) {
			values[i] = cells[at]
		}
	}
	row := h.names.With(values)
	if len(cells) > h.cells && !row.Has(nil) {
		row.Set(nil, cells[h.cells])
	}
	return row
}

// Row is a line of a table as it is written, of which one in quotes may have several.
type Row struct {
	// Line is where it begins, from 1.
	Line int
	// Cells are texts, or nil where nothing stands.
	Cells []any
}

// Rows gives the rows of a table, the first one among them, as far as they can be
// read. comma divides cells.
func Rows(src string, comma byte) []Row {
	s := scanner{src: src, comma: comma, end: lineEnding(src), line: 1}
	var rows []Row
	for s.at < len(src) {
		row := Row{Line: s.line}
		var message string
		if row.Cells, message = s.row(); message != "" {
			break
		}
		rows = append(rows, row)
	}
	return rows
}

// convert makes numbers of cells, where that is asked for.
func (t Table) convert(cell any) any {
	text, ok := cell.(string)
	if !ok {
		return cell
	}
	if t.Integers {
		if n, ok := integer(text); ok {
			return n
		}
	}
	if t.Floats {
		if f, ok := float(text); ok {
			return f
		}
	}
	return cell
}

// maxDigits is how long a number may be; what is longer stays a text, since
// reading digits takes more than proportional time.
const maxDigits = 1000

// integer reads a number as Ruby's Integer does: with 0x, 0b, 0o or 0 before it,
// with underlines between digits, with white space around it.
func integer(s string) (any, bool) {
	if s = strings.Trim(s, spaces); len(s) > maxDigits {
		return nil, false
	}
	sign, digits := "", s
	if s != "" && (s[0] == '-' || s[0] == '+') {
		sign, digits = s[:1], s[1:]
	}
	base := 10
	if len(digits) > 1 && digits[0] == '0' {
		base = 8
		if b := strings.IndexByte("bodx", digits[1]|0x20); b >= 0 {
			base, digits = []int{2, 8, 10, 16}[b], digits[2:]
		} else {
			digits = strings.TrimPrefix(digits[1:], "_")
		}
	}
	if digits == "" || digits[0] == '_' || digits[len(digits)-1] == '_' || strings.ContainsAny(digits, "+-") || strings.Contains(digits, "__") {
		return nil, false
	}
	return bigint.Parse(sign+strings.ReplaceAll(digits, "_", ""), base)
}

// float reads a number as Ruby's Float does: digits stand on both sides of a
// point, or behind it alone, and of an underline. With 0x before it, it has no
// point, and decimal digits alone behind the first underline.
func float(s string) (float64, bool) {
	s = strings.Trim(s, spaces)
	hex, first := false, 0
	if at := strings.TrimLeft(s, "+-"); len(at) > 2 && at[0] == '0' && at[1]|0x20 == 'x' {
		hex, first = true, len(s)-len(at)+2
	}
	apart := false
	for i := first; i < len(s); i++ {
		switch c := s[i]; {
		case c == '.' && (hex || i+1 == len(s) || !isDigit(s[i+1])),
			c == '_' && (i == first || i+1 == len(s) || !isDigit(s[i-1]) || !isDigit(s[i+1])),
			!hex && !isDigit(c) && strings.IndexByte("._+-eE", c) < 0,
			hex && !(isHex(c) && !apart) && !isDigit(c) && strings.IndexByte("._+-pP", c) < 0:
			return 0, false
		case c == '_':
			apart = true
		}
	}
	s = strings.ReplaceAll(s, "_", "")
	if hex && !strings.ContainsAny(s, "pP") {
		s += "p0"
	}
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil || errors.Is(err, strconv.ErrRange)
}

func isHex(c byte) bool { return isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'f' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// lineEnding is what ends lines: what ends the first one.
func lineEnding(src string) string {
	switch i := strings.IndexAny(src, "\r\n"); {
	case i < 0 || src[i] == '\n':
		return "\n"
	case strings.HasPrefix(src[i:], "\r\n"):
		return "\r\n"
	}
	return "\r"
}

// scanner goes through a table.
type scanner struct {
	src   string
	comma byte
	end   string
	at    int
	line  int
}

// row reads a line; message is why it cannot be read.
func (s *scanner) row() (cells []any, message string) {
	cells = []any{}
	if s.takeEnd() { // nothing stands in it
		return cells, ""
	}
	for {
		cell, message := s.cell()
		if message != "" {
			return nil, message
		}
		cells = append(cells, cell)
		if s.at < len(s.src) && s.src[s.at] == s.comma {
			s.at++
			continue
		}
		s.takeEnd()
		return cells, ""
	}
}

func (s *scanner) takeEnd() bool {
	if strings.HasPrefix(s.src[s.at:], s.end) {
		s.at += len(s.end)
		s.line++
		return true
	}
	return false
}

// cell reads up to the next comma or the line's end.
func (s *scanner) cell() (cell any, message string) {
	rest := s.src[s.at:]
	if strings.HasPrefix(rest, `"`) {
		return s.quoted()
	}
	n := len(rest)
	if i := strings.IndexAny(rest, "\"\r\n"+string(s.comma)); i >= 0 {
		n = i
	}
	s.at += n
	if n < len(rest) {
		switch {
		case rest[n] == '"':
			return nil, "a quote stands within a cell that does not begin with one"
		case rest[n] != s.comma && !strings.HasPrefix(rest[n:], s.end):
			return nil, "lines end in different ways"
		}
	}
	if n == 0 {
		return nil, ""
	}
	return rest[:n], ""
}

// quoted reads a cell between quotes, in which two of them stand for one.
func (s *scanner) quoted() (cell any, message string) {
	var b strings.Builder
	begun := s.line
	for s.at++; ; {
		i := strings.IndexByte(s.src[s.at:], '"')
		if i < 0 {
			s.line = begun
			return nil, "a quote is not closed"
		}
		text := s.src[s.at : s.at+i]
		s.line += strings.Count(text, s.end)
		b.WriteString(text)
		s.at += i + 1
		if s.at < len(s.src) && s.src[s.at] == '"' {
			b.WriteByte('"')
			s.at++
			continue
		}
		if s.at < len(s.src) && s.src[s.at] != s.comma && !strings.HasPrefix(s.src[s.at:], s.end) {
			return nil, "text stands behind a closing quote"
		}
		return b.String(), ""
	}
}

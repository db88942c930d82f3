package datacheck

import (
	"fmt"
	"strings"

	"galley/internal/datafile"
	"galley/internal/diag"
)

// whatToDo is what mends a table that cannot be read, by the reason.
var whatToDo = map[string]string{
	"a quote is not closed": "The quote that begins in this line is not closed. Put \" behind the text that it is to hold; a quote within it is written as two.",
	"a quote stands within a cell that does not begin with one": "A quote stands within a cell that does not begin with one. Put the whole cell in quotes, and write each quote within it as two.",
	"text stands behind a closing quote":                        "Text stands behind a closing quote. Put it in the quotes, and write each quote within them as two.",
	"its rows have too few cells for the columns of its first line: take those out that are not used, or divide the file": "The rows of this table have too few cells for the columns that the first line names, and each that is missing is kept as an empty one. Take the columns out that are not used, or divide the table into several files.",
	"lines end in different ways": "This line does not end as the first one does. Let all lines end in the same way: type the file's text into a new file, or have it converted.",
}

// tableProblem tells why a table cannot be read.
func tableProblem(text lines, problem datafile.Problem) diag.Diagnostic {
	message, ok := whatToDo[problem.Message]
	if !ok {
		message = fmt.Sprintf("This table cannot be read: %s.", strings.TrimSuffix(problem.Message, "."))
	}
	return diag.Diagnostic{Range: text.within(problem.Line), Severity: diag.Error, Code: "data", Message: message}
}

// checkRows compares a table's rows with its first one.
func checkRows(text lines, rows []datafile.Row, table datafile.Table) []diag.Diagnostic {
	var found []diag.Diagnostic
	tell := func(row datafile.Row, severity diag.Severity, code, message string, args ...any) {
		if len(found) < maxProblems {
			found = append(found, diag.Diagnostic{Range: text.within(row.Line), Severity: severity, Code: code, Message: fmt.Sprintf(message, args...)})
		}
	}
	if len(rows) == 0 {
		return nil
	}
	first := rows[0]
	if !table.NoHeaders {
		seen := map[string]int{}
		for i, cell := range first.Cells {
			name, _ := cell.(string)
			if before, twice := seen[name]; strings.TrimSpace(name) == "" {
				tell(first, diag.Warning, "data-column", "Column %d has no name in the first line, so that templates cannot ask for it. Give it one.", i+1)
			} else if twice {
				tell(first, diag.Warning, "data-column", "Columns %d and %d are both called %q; templates get the first one's cells. Give each its own name.", before+1, i+1, name)
			} else {
				seen[name] = i
			}
		}
	}
	for _, row := range rows[1:] {
		switch n, all := len(row.Cells), len(first.Cells); {
		case n == 0:
			tell(row, diag.Warning, "data-row", "This empty line is a row of its own, in which each cell is empty. Take the line out.")
		case n == 1 && n < all:
			tell(row, diag.Info, "data-row", "This row has one cell, and the first line %d. Those that are missing are empty.", all)
		case n > all:
			tell(row, diag.Warning, "data-row", "This row has %d cells, and the first line %d. Put a cell that has a comma or a tab in it in quotes, or name the columns in the first line.", n, all)
		case n < all:
			tell(row, diag.Info, "data-row", "This row has %d cells, and the first line %d. Those that are missing are empty.", n, all)
		}
	}
	return found
}

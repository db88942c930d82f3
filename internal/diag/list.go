package diag

import "slices"

// AppendNew appends those of more that are not in the list yet.
func AppendNew(list, more []Diagnostic) []Diagnostic {
	for _, d := range more {
		if !slices.Contains(list, d) {
			list = append(list, d)
		}
	}
	return list
}

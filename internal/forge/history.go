package forge

// MaxHistory is how many edits of a file History tells at most.
const MaxHistory = 10

// Edit is a commit that changed a file, with the file before and after it.
type Edit struct {
	Commit string // id
	Author Person
	Title  string // the commit's first line
	// Old and New are nil where the file was not there.
	Old, New []byte
}

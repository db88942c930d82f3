package forge

import (
	"context"
	"time"
)

// Finder is what a forge can that others than its repository are on: it finds
// what there is to report. Not every Forge is one.
type Finder interface {
	// Find gives the pull requests and issues that a query finds, in the forge's
	// own language, those changed last first; MaxFound at most.
	Find(ctx context.Context, query string) ([]Found, error)
	// Releases gives the releases of a repository, as "owner/name", newest first.
	Releases(ctx context.Context, repository string) ([]Release, error)
}

// MaxFound is how many results a search gives at most.
const MaxFound = 300

// Found is a pull request or an issue of any repository.
type Found struct {
	Repository string // "owner/name"
	Number     int
	Title      string
	Body       string
	URL        string
	Author     Person
	Labels     []string
	// Date is when it was merged or closed, else when it was opened.
	Date time.Time
}

// Release is a version that a repository has published.
type Release struct {
	Tag, Name string
	Body      string
	URL       string
	Date      time.Time
	// Early: it says that it is not for everybody yet.
	Early bool
}

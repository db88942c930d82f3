package forge

import "time"

// VersionsPage is how many versions of a file Versions tells at once.
const VersionsPage = 30

// MaxPlaces is how many places a page of versions goes on from at most.
const MaxPlaces = 20

// Version is a commit that changed a file. What it made of it, Forge.Version reads.
type Version struct {
	Commit string // id
	// Path is what the file was called there.
	Path   string
	Author Person
	// Title is the commit's first line, and Message what stands below it.
	Title, Message string
	// Time is when it was written, as the commit says.
	Time time.Time
}

// Versions is a page of a file's history.
type Versions struct {
	List []Version // newest first
	// Next is where the page behind it goes on; nil at the end.
	Next []Place
}

// Place is a commit from which a file's history goes on into the past.
type Place struct {
	Commit string // id
	Path   string // what the file is called there
	// Page is how many pages of this place were told, where the forge counts so.
	Page int
}

// CheckPlaces refuses what no page of versions has for its Next.
func CheckPlaces(from []Place) error {
	if len(from) > MaxPlaces {
		return Errorf(ErrInvalid, nil, "A history does not go on from %d places.", len(from))
	}
	for _, p := range from {
		if !IsID(p.Commit) || p.Page < 0 || p.Page > 1<<20 {
			return Errorf(ErrInvalid, nil, "%q is no commit from which a history goes on.", p.Commit)
		}
		if err := CheckReadPath(p.Path); err != nil {
			return err
		}
	}
	return nil
}

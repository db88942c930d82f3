package forge

// First is the file that a branch begins with, in a commit of its own.
type First struct {
	// Path is where nothing is yet: what is there is replaced by nobody.
	Path    string
	Data    []byte
	Title   string // of the commit
	SignOff bool
}

// Prepare checks what can be checked without asking the repository, and makes the
// commit's message. Errors are ErrInvalid or ErrTooLarge.
func (f First) Prepare(person Person) (Message, error) {
	if err := CheckPath(f.Path); err != nil {
		return Message{}, err
	}
	if len(f.Data) > maxFileSize {
		return Message{}, Errorf(ErrTooLarge, nil, "%s is larger than %d MB.", f.Path, maxFileSize>>20)
	}
	message, err := NewMessage(f.Title, "")
	if err != nil {
		return message, err
	}
	message.Trailers, err = Trailers(person, f.SignOff, nil)
	return message, err
}

// There is the error for a first file whose place is taken.
func (f First) There(branch string) error {
	return Errorf(ErrInvalid, nil, "The branch %s has a file %s already, so that nothing was begun. Choose another name.", branch, f.Path)
}

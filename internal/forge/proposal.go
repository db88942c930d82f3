package forge

// CheckProposal tells whether a branch can be proposed to a base, as far as
// their names tell. The error is an ErrInvalid.
func CheckProposal(branch, base string) error {
	for _, name := range []string{branch, base} {
		if err := CheckBranch(name); err != nil {
			return err
		}
	}
	if branch == base {
		return Errorf(ErrInvalid, nil, "A pull request needs a branch of its own, and %s is its base.", base)
	}
	return nil
}

// NothingOn is the error for a branch that has nothing which its base lacks.
func NothingOn(branch, base string) error {
	return Errorf(ErrInvalid, nil, "The branch %s has nothing that %s has not, so there is nothing to propose yet.", branch, base)
}

package forge

import (
	"net/mail"
	"slices"
	"strings"
	"unicode"
)

// maxCoAuthors is how many co-authors one commit names.
const maxCoAuthors = 20

// Trailers are the last lines of a commit that say who else answers for it: a
// Co-authored-by line for each co-author, and with signOff a Signed-off-by line
// of the person. The person is nobody's co-author, and each address is named
// once. Names lose what divides them from addresses and lines from each other.
// An address that is none is an ErrInvalid, and so are too many co-authors.
func Trailers(person Person, signOff bool, coAuthors []Person) ([]string, error) {
	if len(coAuthors) > maxCoAuthors {
		return nil, Errorf(ErrInvalid, nil, "These are %d co-authors; at most %d are named in a commit.", len(coAuthors), maxCoAuthors)
	}
	self, err := identity(person)
	if err != nil && signOff {
		return nil, err
	}
	seen := []string{strings.ToLower(self.Email)}
	var lines []string
	for _, p := range coAuthors {
		who, err := identity(p)
		if err != nil {
			return nil, err
		}
		if address := strings.ToLower(who.Email); !slices.Contains(seen, address) {
			seen = append(seen, address)
			lines = append(lines, "Co-authored-by: "+who.Name+" <"+who.Email+">")
		}
	}
	if signOff {
		lines = append(lines, "Signed-off-by: "+self.Name+" <"+self.Email+">")
	}
	return lines, nil
}

// identity is a person as a trailer names them, or an ErrInvalid.
func identity(p Person) (Person, error) {
	name := plainName(p.Name)
	if name == "" {
		name = plainName(p.Login)
	}
	if name == "" || strings.ContainsFunc(name, unicode.IsControl) {
		return Person{}, Errorf(ErrInvalid, nil, "A commit needs the names of those who sign or share it, and one of them has none.")
	}
	address, err := mail.ParseAddress(p.Email)
	if err != nil || address.Address != p.Email || len(p.Email) > 254 || strings.ContainsFunc(p.Email, odd) {
		return Person{}, Errorf(ErrInvalid, err, "%q is not an address of mail, and a commit names %s by one.", shorten(oneLine(p.Email), 100), name)
	}
	return Person{Login: p.Login, Name: name, Email: p.Email}, nil
}

// plainName is a name without what divides it from an address or from the next
// line.
func plainName(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune("<>\"\\@", r) || r == '\u200d' {
			return -1
		}
		return r
	}, oneLine(name))
	return strings.TrimSpace(blanks.ReplaceAllString(shorten(name, 100), " "))
}

// odd matches what a line of a commit's message may not have in an address.
func odd(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("<>\"(),;", r) || visible(r) != r
}

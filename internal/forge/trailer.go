package forge

import (
	"slices"
	"strings"
	"unicode"
)

// MaxCoAuthors is how many co-authors one commit names.
const MaxCoAuthors = 20

// Trailers are the last lines of a commit that say who else answers for it: a
// Co-authored-by line for each co-author, and with signOff a Signed-off-by line
// of the person. The person is nobody's co-author, and each address is named
// once. Names lose what divides them from addresses and lines from each other.
// A co-author whom no line can name, since Git lets anything be an address, is left
// out, and so is who comes after the first 20: a colleague's settings keep nobody's
// work back. A person who signs off without an address is an ErrInvalid.
func Trailers(person Person, signOff bool, coAuthors []Person) ([]string, error) {
	self, err := identity(person)
	if err != nil && signOff {
		return nil, err
	}
	seen := []string{strings.ToLower(self.Email)}
	var lines []string
	for _, p := range coAuthors {
		who, err := identity(p)
		if err != nil || len(lines) == MaxCoAuthors {
			continue
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
	// GitHub's programs have brackets in theirs, which net/mail does not take.
	local, domain, _ := strings.Cut(p.Email, "@")
	if local == "" || domain == "" || strings.Contains(domain, "@") || len(p.Email) > 254 || strings.ContainsFunc(p.Email, odd) {
		return Person{}, Errorf(ErrInvalid, nil, "%q is not an address of mail, and a commit names %s by one.", shorten(oneLine(p.Email), 100), name)
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

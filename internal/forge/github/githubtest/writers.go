package githubtest

import "fmt"

// Writers is how many people besides Ana, Ben and Cam there are. They are
// members of Owner, for tests of many at once.
const Writers = 8

// WriterToken is the token of one of them, counted from 1.
func WriterToken(n int) string { return fmt.Sprintf("gho_SecretOfWriter%dx0123456789abcdefghijkl", n) }

// writerLogin is what GitHub calls one of them.
func writerLogin(n int) string { return fmt.Sprintf("writer-%d", n) }

func isWriter(token string) bool {
	for n := range Writers {
		if token == WriterToken(n+1) {
			return true
		}
	}
	return false
}

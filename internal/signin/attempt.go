package signin

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strings"
	"time"

	"golang.org/x/oauth2"
)

// Attempt is a sign-in that was begun in a browser, as its cookie holds it.
type Attempt struct {
	// State comes back from GitHub, and must be the attempt's.
	State string `json:"s"`
	// Verifier is PKCE's: whoever has only the code cannot use it.
	Verifier string `json:"v"`
	// To is the address to return to, one of ours.
	To string `json:"to"`
	// Until is when it is too late, in seconds since 1970.
	Until int64 `json:"u"`
}

// attemptTime is how long a person may take at GitHub.
const attemptTime = 10 * time.Minute

func newAttempt(to string, now time.Time) Attempt {
	var state [24]byte
	_, _ = rand.Read(state[:]) // never fails
	return Attempt{
		State:    base64.RawURLEncoding.EncodeToString(state[:]),
		Verifier: oauth2.GenerateVerifier(),
		To:       ReturnAddress(to),
		Until:    now.Add(attemptTime).Unix(),
	}
}

func (a Attempt) encode() []byte {
	data, err := json.Marshal(a)
	if err != nil {
		panic(err) // texts and a number
	}
	return data
}

func decodeAttempt(data []byte) (Attempt, error) {
	var a Attempt
	if err := json.Unmarshal(data, &a); err != nil || a.State == "" || a.Verifier == "" {
		return Attempt{}, ErrSeal
	}
	return a, nil
}

// ReturnAddress is the address, when it is a path of ours, and "/" when not:
// a sign-in must not be a way to somebody else's page.
func ReturnAddress(to string) string {
	const otherwise = "/"
	if len(to) > 2000 || !strings.HasPrefix(to, "/") || strings.ContainsAny(to, "\\") {
		return otherwise
	}
	for _, r := range to {
		if r <= ' ' || r == 0x7f {
			return otherwise
		}
	}
	u, err := url.Parse(to)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || strings.HasPrefix(to, "//") {
		return otherwise
	}
	// What browsers make of it must not begin with two slashes, either.
	if clean := u.EscapedPath(); strings.HasPrefix(clean, "//") || strings.Contains(clean, "/./") || strings.Contains(clean, "/../") {
		return otherwise
	}
	return u.String()
}

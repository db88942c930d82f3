package signin

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"time"
)

// Session is a person who is signed in, and their token.
type Session struct {
	// Login is the person's name on GitHub.
	Login string `json:"-"`
	// Token is what GitHub is asked with.
	Token string `json:"-"`
	// Refresh makes a new token, once; empty where tokens do not expire.
	Refresh string `json:"-"`
	// Issued is when the token was got.
	Issued time.Time `json:"-"`
	// Expires is when the token ends; zero where it does not.
	Expires time.Time `json:"-"`
	// Ends is when the session ends: with the refresh token, or after Lifetime.
	Ends time.Time `json:"-"`
}

// Lifetime is how long a session lasts whose token does not expire by itself.
const Lifetime = 30 * 24 * time.Hour

// String names the person, and holds no secret.
func (s Session) String() string { return fmt.Sprintf("session(%s)", s.Login) }

// GoString keeps the token out of %#v.
func (s Session) GoString() string { return s.String() }

// LogValue keeps the token out of logs.
func (s Session) LogValue() slog.Value { return slog.StringValue(s.String()) }

// sealedSession is what a cookie holds. Times are seconds since 1970, 0 for
// none.
type sealedSession struct {
	Login   string `json:"l"`
	Token   string `json:"t"`
	Refresh string `json:"r,omitempty"`
	Issued  int64  `json:"i"`
	Expires int64  `json:"x,omitempty"`
	Ends    int64  `json:"e"`
}

func (s Session) encode() []byte {
	data, err := json.Marshal(sealedSession{s.Login, s.Token, s.Refresh, unix(s.Issued), unix(s.Expires), unix(s.Ends)})
	if err != nil {
		panic(err) // texts and numbers
	}
	return data
}

func decodeSession(data []byte) (Session, error) {
	var s sealedSession
	if err := json.Unmarshal(data, &s); err != nil || s.Login == "" || s.Token == "" {
		return Session{}, ErrSeal
	}
	return Session{s.Login, s.Token, s.Refresh, fromUnix(s.Issued), fromUnix(s.Expires), fromUnix(s.Ends)}, nil
}

func unix(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}

func fromUnix(seconds int64) time.Time {
	if seconds == 0 {
		return time.Time{}
	}
	return time.Unix(seconds, 0)
}

package fetch

import (
	"context"
	"errors"
	"net"
	"net/url"
	"testing"
)

// Only who says that a name is not known says something of the address.
func TestNames(t *testing.T) {
	for _, test := range []struct {
		err  *net.DNSError
		want error
	}{
		{&net.DNSError{Err: "no such host", IsNotFound: true}, ErrNotFound},
		{&net.DNSError{Err: "no such host", IsNotFound: true, IsTemporary: true}, ErrNoNames},
		{&net.DNSError{Err: "server misbehaving", IsTemporary: true}, ErrNoNames},
		{&net.DNSError{Err: "i/o timeout", IsTimeout: true, IsTemporary: true}, ErrNoNames},
		{&net.DNSError{Err: "connect: network is unreachable"}, ErrNoNames},
	} {
		got := newError("https://x.example/", &url.Error{Op: "Head", URL: "https://x.example/", Err: test.err})
		if got.Kind != test.want {
			t.Errorf("%+v: %v, want %v", test.err, got.Kind, test.want)
		}
	}
}

// Where no name server answers nothing is said of the host.
func TestNoNameServer(t *testing.T) {
	dead := &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		return nil, errors.New("network is unreachable")
	}}
	if _, err := client(Config{Resolver: dead}).Look(t.Context(), "https://galley-test.example/", 0); !errors.Is(err, ErrNoNames) {
		t.Error(err)
	}
}

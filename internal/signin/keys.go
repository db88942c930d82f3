package signin

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/chacha20poly1305"
)

// Keys seal what a browser keeps for the server: with XChaCha20-Poly1305,
// whose random nonces are long enough never to meet, under keys that are
// derived for each purpose.
type Keys struct{ secrets []string }

// minKey is the least length of a key: 32 random bytes in Base64.
const minKey = 43

// ErrSeal is what Open fails with. It does not say why: whoever forged
// something shall not learn how near it was.
var ErrSeal = errors.New("not sealed with a key that is known")

// ParseKeys reads keys, separated by spaces, commas or lines. The first one
// seals, all of them open, so that keys can be changed without signing anybody
// out: the new key is put in front, and the old one taken away when the cookies
// of its time have run out. Its errors say what is wrong in words for whoever
// runs the server, without the key.
func ParseKeys(text string) (*Keys, error) {
	secrets := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' || r == '\n' || r == '\r' || r == '\t' })
	if len(secrets) == 0 {
		return nil, errors.New("there is no key; make one with: openssl rand -base64 32")
	}
	for i, secret := range secrets {
		distinct := map[rune]bool{}
		for _, r := range secret {
			distinct[r] = true
		}
		switch {
		case len(secret) < minKey:
			return nil, fmt.Errorf("key %d has %d characters and needs at least %d; make one with: openssl rand -base64 32", i+1, len(secret), minKey)
		case len(distinct) < 12:
			return nil, fmt.Errorf("key %d is not random; make one with: openssl rand -base64 32", i+1)
		}
		for _, other := range secrets[:i] {
			if secret == other {
				return nil, fmt.Errorf("key %d is there twice", i+1)
			}
		}
	}
	return &Keys{secrets}, nil
}

// String keeps the keys out of logs.
func (k *Keys) String() string { return fmt.Sprintf("%d keys", len(k.secrets)) }

// GoString keeps them out of %#v.
func (k *Keys) GoString() string { return k.String() }

// Seal encrypts data for a purpose, as text that a cookie can hold.
func (k *Keys) Seal(purpose string, data []byte) string {
	nonce := make([]byte, chacha20poly1305.NonceSizeX, chacha20poly1305.NonceSizeX+len(data)+chacha20poly1305.Overhead)
	_, _ = rand.Read(nonce) // never fails
	aead := aeadOf(k.secrets[0], purpose)
	return base64.RawURLEncoding.EncodeToString(aead.Seal(nonce, nonce, data, []byte(purpose)))
}

// Open decrypts what Seal made for the same purpose, with any of the keys.
func (k *Keys) Open(purpose, text string) ([]byte, error) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(raw) < chacha20poly1305.NonceSizeX {
		return nil, ErrSeal
	}
	nonce, sealed := raw[:chacha20poly1305.NonceSizeX], raw[chacha20poly1305.NonceSizeX:]
	for _, secret := range k.secrets {
		if data, err := aeadOf(secret, purpose).Open(nil, nonce, sealed, []byte(purpose)); err == nil {
			return data, nil
		}
	}
	return nil, ErrSeal
}

// aead is what is used of cipher.AEAD.
type aead interface {
	Seal(dst, nonce, plaintext, additional []byte) []byte
	Open(dst, nonce, ciphertext, additional []byte) ([]byte, error)
}

func aeadOf(secret, purpose string) aead {
	key, err := hkdf.Key(sha256.New, []byte(secret), nil, "galley "+purpose, chacha20poly1305.KeySize)
	if err != nil {
		panic(err) // the length is one that there is
	}
	a, err := chacha20poly1305.NewX(key)
	if err != nil {
		panic(err) // so is this one
	}
	return a
}

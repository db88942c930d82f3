package guard

import (
	"errors"
	"strings"
	"testing"
)

func TestWork(t *testing.T) {
	known := errors.New("known")
	if err := Work(func() error { return known })(); err != known {
		t.Errorf("an error becomes %v", err)
	}
	var none []int
	if err := Work(func() error { return errors.New(string(rune(none[0]))) })(); err == nil || !strings.Contains(err.Error(), "index out of range") || !strings.Contains(err.Error(), "guard_test.go") {
		t.Errorf("a panic becomes %v", err)
	}
}

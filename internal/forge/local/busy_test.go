package local

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/lockedfile"

	"galley/internal/forge"
	"galley/internal/forge/forgetest"
)

// TestBusy: another program keeps the lock. Whoever waits is told, and so are those
// who wait behind them; when it is given back, writing goes on, and the lock is free
// for others in between.
func TestBusy(t *testing.T) {
	f, dir := newRepo(t)
	lock := lockedfile.MutexAt(filepath.Join(dir, ".git", "galley.lock"))
	free, err := lock.Lock()
	if err != nil {
		t.Fatal(err)
	}
	f.wait = 200 * time.Millisecond
	submit := func(ctx context.Context) error {
		_, err := f.Submit(ctx, forge.Submission{Base: "main", Title: "New", Changes: []forge.FileChange{{Path: "_posts/2026-02-01-n.md", Data: []byte("n\n")}}}, nil)
		return err
	}
	began := time.Now()
	for range 3 {
		if err := submit(t.Context()); !errors.Is(err, forge.ErrUnavailable) || !errors.Is(err, errBusy) {
			t.Errorf("submitted: %v", err)
		}
	}
	if info, err := f.Info(t.Context()); err != nil || info.ID == "" {
		t.Errorf("%+v, %v", info, err)
	}
	f.wait = time.Hour
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if err := submit(ctx); !errors.Is(err, forge.ErrUnavailable) || errors.Is(err, errBusy) {
		t.Errorf("a request that ended: %v", err)
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("it took %v", took)
	}
	free()
	if err := submit(t.Context()); err != nil {
		t.Error(err)
	}
	other, err := Open(dir, forgetest.Ben(), clock())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Info(t.Context()); err != nil {
		t.Error(err)
	}
	if free, err = lock.Lock(); err != nil {
		t.Fatal(err)
	}
	free()
}

package server

import (
	"context"
	"strings"
	"sync"
	"time"

	"galley/internal/forge"
)

// pullFiles keeps for a moment which files pull requests have: a page's pictures
// are all asked for at once, and what a pull request changes costs a forge that
// is far away a request for each file.
type pullFiles struct {
	mu    sync.Mutex
	clock func() time.Time
	known map[pullKey]*knownFiles
}

type pullKey struct {
	forge  forge.Forge // by who asks, which may matter
	number int
}

type knownFiles struct {
	mu    sync.Mutex // held while they are asked for: the others wait
	files map[string]forge.Entry
	at    time.Time
}

// maxPullFiles is how many pull requests are kept.
const maxPullFiles = 32

func newPullFiles(clock func() time.Time) *pullFiles {
	return &pullFiles{clock: clock, known: map[pullKey]*knownFiles{}}
}

// of gives the pictures that a pull request adds or changes, by path, at most
// treeLife old. Their bytes are given to keep, as far as they may be served.
func (p *pullFiles) of(ctx context.Context, f forge.Forge, number int, keep func(id string, data []byte)) (map[string]forge.Entry, error) {
	key := pullKey{f, number}
	p.mu.Lock()
	k := p.known[key]
	if k == nil {
		if len(p.known) >= maxPullFiles {
			clear(p.known)
		}
		k = &knownFiles{}
		p.known[key] = k
	}
	p.mu.Unlock()
	k.mu.Lock()
	defer k.mu.Unlock()
	now := p.clock()
	if age := now.Sub(k.at); k.files != nil && age >= 0 && age < treeLife {
		return k.files, nil
	}
	sizes, left := map[string]int{}, readBudget{maxRead}
	changes, err := f.Diff(ctx, number, func(path string, size int) bool {
		if !strings.HasPrefix(kindOf(path), "image/") {
			return false
		}
		sizes[path] = size
		return left.take(size)
	})
	if err != nil {
		return nil, err
	}
	files := map[string]forge.Entry{}
	for _, c := range changes {
		size, ok := sizes[c.Path]
		if c.NewBlob == "" || !ok {
			continue
		}
		if c.New != nil {
			size = len(c.New)
			keep(c.NewBlob, c.New)
		}
		files[c.Path] = forge.Entry{Path: c.Path, Blob: c.NewBlob, Size: size}
	}
	k.files, k.at = files, now
	return files, nil
}

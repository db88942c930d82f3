package libsass

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"sync"
	"time"

	"galley/internal/lru"
	"galley/internal/sass"
)

// ErrMissing is what compiling ends with in a program that was built without
// libsass.
var ErrMissing = errors.New("this galley was built without a Sass compiler; build it with a C++ compiler (CGO_ENABLED=1), or put the compiled CSS in place of the sheet")

// Limits of a child process.
const (
	timeLimit = 10 * time.Second
	memory    = 1 << 30  // bytes
	maxAnswer = 64 << 20 // bytes
	maxKept   = 32 << 20 // bytes of CSS that is not compiled again
)

// again is how long a sheet is not compiled again that was not done in time or whose
// child ended: its loop would take a child each time that somebody looks, and a machine
// that was too busy for it has time by then.
const again = time.Minute

// waiting is how long a child of one site's waits for another sheet.
const waiting = 2 * time.Second

// Process is a [sass.Compiler] that compiles sheets in child processes, and once
// for each content of its sources, but for what was not done in time or whose child
// ended: that is tried again after a minute.
type Process struct {
	command []string
	limit   time.Duration // for one sheet
	again   time.Duration // until one that was not done in time may be
	waiting time.Duration // for another sheet; 0 where a child compiles but one
	answers *lru.Cache[[sha256.Size]byte, answer]
	slots   chan struct{} // one for each process that may run

	mu   sync.Mutex
	idle []*child
}

// NewProcess makes a compiler of a command that calls [Child]: a program and its
// arguments. Each sheet has a process of its own, so that none of them, of whatever
// branch it is, can do anything to another.
func NewProcess(command ...string) *Process {
	return &Process{
		command: command, limit: timeLimit, again: again, slots: make(chan struct{}, max(1, runtime.GOMAXPROCS(0))),
		answers: lru.New[[sha256.Size]byte](maxKept, func(a answer) int { return len(a.Result.CSS) + len(a.Result.Map) }),
	}
}

// NewSiteProcess makes a compiler for the sheets of one site alone, which trust each
// other: a process compiles one after the other. To start one takes as long as a
// small sheet does.
func NewSiteProcess(command ...string) *Process {
	p := NewProcess(command...)
	p.waiting = waiting
	return p
}

// Compile is [sass.Compiler]'s.
func (p *Process) Compile(ctx context.Context, source *sass.Source) (sass.Result, error) {
	sheet, err := json.Marshal(source) // with the files in the order of their names
	if err != nil {
		return sass.Result{}, err
	}
	key := sha256.Sum256(sheet)
	a, known := p.answers.Get(key)
	if !known || !a.until.IsZero() && time.Now().After(a.until) {
		select {
		case p.slots <- struct{}{}:
			defer func() { <-p.slots }()
		case <-ctx.Done():
			return sass.Result{}, ctx.Err()
		}
		if a, err = p.run(ctx, source, sheet); err != nil {
			return sass.Result{}, err
		}
		p.answers.Put(key, a)
	}
	if a.Mistake != nil {
		mistake := *a.Mistake
		return sass.Result{}, &mistake
	}
	return a.Result, nil
}

// run has a child compile a sheet.
func (p *Process) run(ctx context.Context, source *sass.Source, sheet []byte) (answer, error) {
	dir, err := os.MkdirTemp("", "galley-sass-")
	if err != nil {
		return answer{}, fmt.Errorf("making a folder for the Sass compiler: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	c, err := p.take()
	if err != nil {
		return answer{}, fmt.Errorf("starting the Sass compiler: %w", err)
	}
	limited, stop := context.WithTimeout(ctx, p.limit)
	defer stop()
	a, err := c.compile(limited, request{Dir: dir, Source: sheet})
	if err != nil {
		ended := c.kill()
		until := time.Now().Add(p.again)
		message := fmt.Sprintf("The Sass compiler crashed on this sheet (%v). Look for what repeats itself without end, or nests very deep.", ended)
		switch {
		case ctx.Err() != nil:
			return answer{}, ctx.Err()
		case errors.Is(err, context.DeadlineExceeded):
			message = fmt.Sprintf("The style sheet was not compiled within %d seconds; look for a loop that does not end.", int(p.limit.Seconds()))
		case errors.Is(err, errLong):
			message = fmt.Sprintf("The style sheet makes more than %d MB of CSS, which is more than Galley writes.", maxAnswer>>20)
			until = time.Time{}
		}
		return answer{Mistake: &sass.Error{File: source.Name, Message: message}, until: until}, nil
	}
	p.give(c)
	switch a.Failure {
	case "":
		return a, nil
	case ErrMissing.Error():
		return answer{}, ErrMissing
	}
	return answer{}, fmt.Errorf("the Sass compiler failed: %s", a.Failure)
}

// take gives a child that waits, or a new one.
func (p *Process) take() (*child, error) {
	p.mu.Lock()
	n := len(p.idle)
	if n == 0 {
		p.mu.Unlock()
		return startChild(p.command)
	}
	c := p.idle[n-1]
	p.idle = p.idle[:n-1]
	p.mu.Unlock()
	c.unused.Stop() // where it is too late for that, drop does not find it
	return c, nil
}

// give takes a child back that has compiled a sheet.
func (p *Process) give(c *child) {
	if p.waiting == 0 {
		c.end()
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	c.unused = time.AfterFunc(p.waiting, func() { p.drop(c) })
	p.idle = append(p.idle, c)
}

// drop ends a child that has waited in vain. Those that are left when this
// program ends do so by themselves, since nothing can come any more.
func (p *Process) drop(c *child) {
	p.mu.Lock()
	at := slices.Index(p.idle, c)
	if at >= 0 {
		p.idle = slices.Delete(p.idle, at, at+1)
	}
	p.mu.Unlock()
	if at >= 0 {
		c.end()
	}
}

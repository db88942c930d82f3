package libsass

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
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

// Process is a [sass.Compiler] that compiles each sheet in a process of its own,
// and once for each content of its sources.
type Process struct {
	command []string
	limit   time.Duration // for one sheet
	answers *lru.Cache[[sha256.Size]byte, answer]
	slots   chan struct{} // one for each process that may run
}

// answer is what a child writes: a result, or a mistake in the sheet, or why
// there is neither.
type answer struct {
	Result  sass.Result
	Mistake *sass.Error
	Failure string
}

// NewProcess makes a compiler of a command that calls [Child]: a program and its
// arguments.
func NewProcess(command ...string) *Process {
	return &Process{
		command: command, limit: timeLimit, slots: make(chan struct{}, max(1, runtime.GOMAXPROCS(0))),
		answers: lru.New[[sha256.Size]byte](maxKept, func(a answer) int { return len(a.Result.CSS) + len(a.Result.Map) }),
	}
}

// Compile is [sass.Compiler]'s.
func (p *Process) Compile(ctx context.Context, source *sass.Source) (sass.Result, error) {
	request, err := json.Marshal(source) // with the files in the order of their names
	if err != nil {
		return sass.Result{}, err
	}
	key := sha256.Sum256(request)
	a, known := p.answers.Get(key)
	if !known {
		select {
		case p.slots <- struct{}{}:
			defer func() { <-p.slots }()
		case <-ctx.Done():
			return sass.Result{}, ctx.Err()
		}
		if a, err = p.run(ctx, source, request); err != nil {
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
func (p *Process) run(ctx context.Context, source *sass.Source, request []byte) (answer, error) {
	dir, err := os.MkdirTemp("", "galley-sass-")
	if err != nil {
		return answer{}, fmt.Errorf("making a folder for the Sass compiler: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	limited, stop := context.WithTimeout(ctx, p.limit)
	defer stop()
	out, said := capped{limit: maxAnswer}, capped{limit: 4 << 10}
	cmd := exec.CommandContext(limited, p.command[0], p.command[1:]...)
	cmd.Dir, cmd.Env, cmd.WaitDelay = dir, []string{}, time.Second
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(request), &out, &said
	err = cmd.Run()
	if ctx.Err() != nil {
		return answer{}, ctx.Err()
	}
	mistake := func(format string, args ...any) (answer, error) {
		return answer{Mistake: &sass.Error{File: source.Name, Message: fmt.Sprintf(format, args...)}}, nil
	}
	var a answer
	switch {
	case errors.Is(limited.Err(), context.DeadlineExceeded):
		return mistake("The style sheet was not compiled within %d seconds; look for a loop that does not end.", int(p.limit.Seconds()))
	case out.full:
		return mistake("The style sheet makes more than %d MB of CSS, which is more than Galley writes.", maxAnswer>>20)
	case err == nil && json.Unmarshal(out.Bytes(), &a) == nil:
	default:
		if _, exited := errors.AsType[*exec.ExitError](err); err != nil && !exited {
			return answer{}, fmt.Errorf("starting the Sass compiler: %w", err)
		}
		return mistake("The Sass compiler crashed on this sheet (%v). Look for what repeats itself without end, or nests very deep.", cmd.ProcessState)
	}
	switch a.Failure {
	case "":
		return a, nil
	case ErrMissing.Error():
		return answer{}, ErrMissing
	}
	return answer{}, fmt.Errorf("the Sass compiler failed: %s", a.Failure)
}

// Child is what the child process of a [Process] does: it compiles the sheet
// that stands on its standard input, in the folder that it is in.
func Child(in io.Reader, out io.Writer) error {
	limitMemory(memory)
	var source sass.Source
	if err := json.NewDecoder(in).Decode(&source); err != nil {
		return fmt.Errorf("reading a style sheet: %w", err)
	}
	dir, err := os.Getwd()
	if err == nil {
		dir, err = filepath.EvalSymlinks(dir)
	}
	if err != nil {
		return err
	}
	var a answer
	a.Result, err = Compile(&source, dir)
	if mistake, ok := errors.AsType[*sass.Error](err); ok {
		a.Mistake = mistake
	} else if err != nil {
		a.Failure = err.Error()
	}
	return json.NewEncoder(out).Encode(a)
}

// Compile compiles a sheet in this process, whose working folder is dir. It
// must be empty: the sources are laid in it.
func Compile(source *sass.Source, dir string) (sass.Result, error) {
	if source.Text == "" {
		return sass.Result{}, nil // as sassc has it: no map either
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return sass.Result{}, err
	}
	defer func() { _ = root.Close() }()
	for name, text := range source.Files {
		name = filepath.FromSlash(name)
		if err := root.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			return sass.Result{}, err
		}
		if err := root.WriteFile(name, []byte(text), 0o600); err != nil {
			return sass.Result{}, err
		}
	}
	return compile(source, dir)
}

// capped keeps what is written to it up to a limit, and fails the writer
// behind it.
type capped struct {
	bytes.Buffer
	limit int
	full  bool
}

func (c *capped) Write(b []byte) (int, error) {
	if c.Len()+len(b) > c.limit {
		c.full = true
		return 0, errFull
	}
	return c.Buffer.Write(b)
}

var errFull = errors.New("too much output")

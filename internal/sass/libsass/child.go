package libsass

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"galley/internal/sass"
)

// request is what a child reads: a sheet, and an empty folder for its sources.
type request struct {
	Dir    string
	Source json.RawMessage
}

// answer is what a child writes: a result, or a mistake in the sheet, or why
// there is neither.
type answer struct {
	Result  sass.Result
	Mistake *sass.Error
	Failure string

	// until is when it is asked again, where it may say more of the machine than of the
	// sheet; zero for never.
	until time.Time
}

// errLong is the error for an answer of more than maxAnswer bytes.
var errLong = errors.New("the answer is too long")

// child is a process that compiles one sheet after the other.
type child struct {
	cmd     *exec.Cmd
	in      io.WriteCloser
	out     *io.LimitedReader // what it may still say of one sheet
	answers *json.Decoder
	unused  *time.Timer // ends it; of one that waits for a sheet
}

// startChild runs a command that calls [Child]. Its environment is empty.
func startChild(command []string) (*child, error) {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Dir, cmd.Env = os.TempDir(), []string{}
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	limited := &io.LimitedReader{R: out}
	return &child{cmd: cmd, in: in, out: limited, answers: json.NewDecoder(limited)}, nil
}

// compile has the child compile a sheet. When that fails, or the context ends,
// the child is of no use any more and is to be killed.
func (c *child) compile(ctx context.Context, r request) (answer, error) {
	var a answer
	goOn := context.AfterFunc(ctx, func() { _ = c.cmd.Process.Kill() })
	c.out.N = maxAnswer
	err := json.NewEncoder(c.in).Encode(r)
	if err == nil {
		err = c.answers.Decode(&a)
	}
	switch {
	case !goOn():
		return answer{}, ctx.Err()
	case err != nil && c.out.N <= 0:
		return answer{}, errLong
	}
	return a, err
}

// end lets the child end, which waits for a sheet.
func (c *child) end() {
	_ = c.in.Close()
	_ = c.cmd.Wait()
}

// kill ends the child whatever it does, and says how it ended.
func (c *child) kill() *os.ProcessState {
	// One that has crashed is not killed, so that it can be told how it ended: it
	// has closed what it wrote to.
	patience := time.AfterFunc(100*time.Millisecond, func() { _ = c.cmd.Process.Kill() })
	defer patience.Stop()
	c.end()
	return c.cmd.ProcessState
}

// Child is what a child process does: it compiles the sheets that come on its
// standard input, each in a folder of its own.
func Child(in io.Reader, out io.Writer) error {
	limitMemory(memory)
	home, err := os.Getwd()
	if err != nil {
		return err
	}
	requests, answers := json.NewDecoder(in), json.NewEncoder(out)
	for {
		var r request
		err := requests.Decode(&r)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading a style sheet: %w", err)
		}
		a, err := compileIn(r)
		// The folder is removed as soon as the answer is there.
		if err := errors.Join(err, os.Chdir(home), answers.Encode(a)); err != nil {
			return err
		}
	}
}

// compileIn compiles a sheet in its folder, and stays there.
func compileIn(r request) (answer, error) {
	var source sass.Source
	if err := json.Unmarshal(r.Source, &source); err != nil {
		return answer{}, fmt.Errorf("reading a style sheet: %w", err)
	}
	dir, err := filepath.EvalSymlinks(r.Dir)
	if err != nil {
		return answer{}, err
	}
	if err := os.Chdir(dir); err != nil {
		return answer{}, err
	}
	result, err := Compile(&source, dir)
	if mistake, ok := errors.AsType[*sass.Error](err); ok {
		return answer{Mistake: mistake}, nil
	} else if err != nil {
		return answer{Failure: err.Error()}, nil
	}
	return answer{Result: result}, nil
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

// Package rubytest asks Ruby, in tests that hold a reader of ours against the
// one that Jekyll uses.
package rubytest

import (
	"bufio"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"
	"testing"
)

// loop gives each text that comes in to the script's method answer.
const loop = `
$stdin.binmode; $stdout.binmode; $stdout.sync = true; $stderr.reopen(File::NULL)
while (line = $stdin.gets)
  out = answer($stdin.read(line.to_i).force_encoding("UTF-8")).to_s.b
  $stdout.write("#{out.bytesize}\n", out)
end
`

// Process is a script that answers until the test ends.
type Process struct {
	in  io.WriteCloser
	out *bufio.Reader
}

// Start runs a Ruby script that defines a method answer(text), which returns a
// text, in UTC. Where Ruby or what the script requires is not installed the
// test is skipped.
func Start(t testing.TB, script string, env ...string) *Process {
	t.Helper()
	if out, err := exec.Command("ruby", "-e", script).CombinedOutput(); err != nil {
		t.Skipf("Ruby, or a library of its, is not installed: %v\n%s", err, out)
	}
	cmd := exec.Command("ruby", "-e", script+loop)
	cmd.Env = append(append(cmd.Environ(), "TZ=UTC", "LANG=C.UTF-8"), env...)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		_ = cmd.Wait()
	})
	return &Process{in, bufio.NewReader(out)}
}

// Ask gives the script a text and returns its answer.
func (p *Process) Ask(t testing.TB, text string) string {
	t.Helper()
	if _, err := fmt.Fprintf(p.in, "%d\n%s", len(text), text); err != nil {
		t.Fatal(err)
	}
	line, err := p.out.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil {
		t.Fatal(err)
	}
	answer := make([]byte, n)
	if _, err := io.ReadFull(p.out, answer); err != nil {
		t.Fatal(err)
	}
	return string(answer)
}

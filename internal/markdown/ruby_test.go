package markdown

import (
	"bufio"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"
	"testing"
)

// ruby is a process of testdata/kramdown.rb that answers until the test ends.
type ruby struct {
	in  io.WriteCloser
	out *bufio.Reader
}

// startRuby starts the reference. Where it is not installed the test is
// skipped.
func startRuby(t testing.TB, args ...string) *ruby {
	t.Helper()
	if err := exec.Command("ruby", "-rkramdown", "-rkramdown-parser-gfm", "-rrouge", "-e", "").Run(); err != nil {
		t.Skip("kramdown is not installed (Debian's ruby-kramdown, ruby-kramdown-parser-gfm, ruby-rouge): " + err.Error())
	}
	cmd := exec.Command("ruby", append([]string{"testdata/kramdown.rb"}, args...)...)
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
	return &ruby{in, bufio.NewReader(out)}
}

// ask returns the reference's answer, and whether it had one.
func (r *ruby) ask(t testing.TB, source string) (string, bool) {
	t.Helper()
	if _, err := fmt.Fprintf(r.in, "%d\n%s", len(source), source); err != nil {
		t.Fatal(err)
	}
	line, err := r.out.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil {
		t.Fatal(err)
	}
	if n < 0 {
		return "", false
	}
	answer := make([]byte, n)
	if _, err := io.ReadFull(r.out, answer); err != nil {
		t.Fatal(err)
	}
	return string(answer), true
}

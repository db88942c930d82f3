package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
)

// target is a system and a processor that there is a binary for, by Go's names.
type target struct{ system, processor string }

func (t target) String() string { return t.system + "/" + t.processor }

// pick gives the targets of these names; all where there are none.
func pick(names []string) ([]target, error) {
	var all, list []target
	for _, system := range []string{"linux", "darwin", "windows"} {
		for _, processor := range []string{"amd64", "arm64"} {
			all = append(all, target{system, processor})
		}
	}
	for _, name := range names {
		i := slices.IndexFunc(all, func(t target) bool { return t.String() == name })
		if i < 0 {
			return nil, fmt.Errorf("there is no target %q; targets are %v", name, all)
		}
		list = append(list, all[i])
	}
	if len(names) == 0 {
		list = all
	}
	return list, nil
}

func (t target) program() string {
	if t.system == "windows" {
		return "galley.exe"
	}
	return "galley"
}

// env is what Go's tools are told of the target. There is a Sass compiler where
// there is a compiler of C++ for the target.
func (t target) env() []string {
	env := append(os.Environ(), "GOOS="+t.system, "GOARCH="+t.processor)
	cc, cxx := os.Getenv("CC_"+t.system+"_"+t.processor), os.Getenv("CXX_"+t.system+"_"+t.processor)
	if cc == "" || cxx == "" {
		return append(env, "CGO_ENABLED=0")
	}
	return append(env, "CGO_ENABLED=1", "CC="+cc, "CXX="+cxx)
}

// build gives the target's binary: bin/galley for this machine, which make has
// linked as it can be linked here, and others by Go alone.
func (t target) build() ([]byte, error) {
	if t.system == runtime.GOOS && t.processor == runtime.GOARCH {
		return os.ReadFile("bin/" + t.program())
	}
	dir, err := os.MkdirTemp("", "galley-release")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	name := filepath.Join(dir, t.program())
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", name, "./cmd/galley")
	cmd.Env, cmd.Stderr = t.env(), os.Stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("building for %s: %w", t, err)
	}
	return os.ReadFile(name)
}

package main

import (
	"context"
	"os/exec"
	"os/user"
	"strings"
	"time"

	"galley/internal/forge"
)

// gitPerson is who commits from a folder: the name and address in Git's
// configuration, else the system's name for whoever runs the program. The login
// is Git's github.user where that is set, so that branches are named alike here
// and there.
func gitPerson(ctx context.Context, dir string) forge.Person {
	p := forge.Person{Name: gitSetting(ctx, dir, "user.name"), Email: gitSetting(ctx, dir, "user.email")}
	u, err := user.Current()
	if err == nil {
		p.Login = u.Username
		if p.Name == "" {
			p.Name, _, _ = strings.Cut(u.Name, ",") // the rest are room and telephone
		}
	}
	if login := gitSetting(ctx, dir, "github.user"); login != "" {
		p.Login = login
	}
	if p.Name = strings.TrimSpace(p.Name); p.Name == "" {
		p.Name = p.Login
	}
	if p.Name == "" || p.Name == "root" {
		p.Name = "Galley"
	}
	if p.Login == "" {
		p.Login = "galley"
	}
	if p.Email == "" {
		p.Email = p.Login + "@localhost"
	}
	return p
}

// gitSetting asks Git for one of its settings; empty when it has none, or when
// there is no Git.
func gitSetting(ctx context.Context, dir, key string) string {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, "git", "config", "--get", key)
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}

package local

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// logRef records that a branch moved, for git reflog: in the branch's log, and in
// that of HEAD where the branch is checked out. core.logAllRefUpdates says
// whether; by default, everywhere but in bare repositories. Pull requests keep
// their own history. A log that cannot be written is let be, as the branch has
// moved already and Git needs no log.
func (f *Forge) logRef(r *repository, name plumbing.ReferenceName, old, new plumbing.Hash) {
	if !name.IsBranch() || !f.logsRefs() {
		return
	}
	why := "galley: move the branch"
	if commit, err := r.CommitObject(new); err == nil {
		title, _, _ := strings.Cut(commit.Message, "\n")
		switch {
		case old.IsZero():
			why = "branch: Created by Galley"
		case len(commit.ParentHashes) > 1:
			why = "merge by Galley: " + title
		default:
			why = "commit by Galley: " + title
		}
	}
	who := signature(f.person, f.clock())
	line := fmt.Sprintf("%s %s %s <%s> %d %s\t%s\n", old, new, who.Name, who.Email, who.When.Unix(), who.When.Format("-0700"), strings.Join(strings.Fields(why), " "))
	logs := []string{filepath.Join(f.dirs.common, "logs", filepath.FromSlash(name.String()))}
	if head, err := f.dirs.headOf(f.dirs.git); err == nil && head == name {
		logs = append(logs, filepath.Join(f.dirs.git, "logs", "HEAD"))
	}
	for _, path := range logs {
		if os.MkdirAll(filepath.Dir(path), 0o777) != nil {
			continue
		}
		if file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o666); err == nil {
			file.WriteString(line)
			file.Close()
		}
	}
}

// logsRefs reads core.logAllRefUpdates.
func (f *Forge) logsRefs() bool {
	cfg, err := gitConfig(f.dirs.common, f.dirs.git)
	if err != nil {
		return false
	}
	switch strings.ToLower(cfg.Raw.Section("core").Option("logAllRefUpdates")) {
	case "true", "always", "yes", "on", "1":
		return true
	case "false", "no", "off", "0":
		return false
	}
	return !cfg.Core.IsBare
}

package local

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/config"

	"galley/internal/forge"
)

// gitConfig reads the settings of a repository, by the folder that its work trees
// share, and of one of them. Git's settings for a person and a system are not
// looked at.
func gitConfig(common, gitDir string) (*config.Config, error) {
	text, err := os.ReadFile(filepath.Join(common, "config"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	cfg, err := config.ReadConfig(bytes.NewReader(text))
	if err != nil || !isTrue(cfg.Raw.Section("extensions").Option("worktreeConfig")) {
		return cfg, err
	}
	own, err := os.ReadFile(filepath.Join(gitDir, "config.worktree"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return config.ReadConfig(bytes.NewReader(slices.Concat(text, []byte("\n"), own)))
}

// isTrue tells whether a setting of Git's is on.
func isTrue(value string) bool {
	return slices.Contains([]string{"true", "yes", "on", "1"}, strings.ToLower(value))
}

// Config is the repository's, without the extensions that it may have.
func (s *storage) Config() (*config.Config, error) {
	cfg, err := gitConfig(s.dirs.common, s.dirs.git)
	if err == nil {
		cfg.Raw.RemoveSection("extensions")
	}
	return cfg, err
}

// checkFormat refuses a repository that is kept in a way which Galley does not read:
// it would not find what is there, or write what Git does not find.
func (d dirs) checkFormat() error {
	cfg, err := gitConfig(d.common, d.git)
	if err != nil {
		return err
	}
	for _, o := range cfg.Raw.Section("extensions").Options {
		switch strings.ToLower(o.Key) {
		case "noop", "noop-v1":
		case "worktreeconfig": // see gitConfig
		case "relativeworktrees": // see findDirs
		case "preciousobjects": // none is ever deleted
		case "objectformat":
			if !strings.EqualFold(o.Value, "sha1") {
				return forge.Errorf(forge.ErrUnavailable, nil, "The repository %s has ids of the kind %s, and Galley reads those of SHA-1 only. Make a repository with git init --object-format=sha1, and put the site there.", d.top, o.Value)
			}
		case "refstorage":
			if !strings.EqualFold(o.Value, "files") {
				return forge.Errorf(forge.ErrUnavailable, nil, "The repository %s keeps its branches in the format %s, which Galley does not read. Run git refs migrate --ref-format=files there.", d.top, o.Value)
			}
		case "partialclone":
			return forge.Errorf(forge.ErrUnavailable, nil, "The repository %s is a clone without all files (git clone --filter), which Galley cannot fetch. Clone it without --filter.", d.top)
		default:
			return forge.Errorf(forge.ErrUnavailable, nil, "The repository %s uses Git's extension %s, which Galley does not know. Clone it without that.", d.top, o.Key)
		}
	}
	return nil
}

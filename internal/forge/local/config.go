package local

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/go-git/go-git/v5/config"
)

// gitConfig reads the settings of a repository itself. Git's settings for a
// person and a system are not looked at.
func gitConfig(common string) (*config.Config, error) {
	file, err := os.Open(filepath.Join(common, "config"))
	if errors.Is(err, fs.ErrNotExist) {
		return config.NewConfig(), nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return config.ReadConfig(file)
}

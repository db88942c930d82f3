package site

import (
	"io/fs"

	"galley/internal/datafile"
	"galley/internal/site/config"
	"galley/internal/site/library"
)

// Config is a site's settings.
type Config = config.Config

// SignOff is when a commit gets a Signed-off-by line of whoever submits it.
type SignOff = config.SignOff

// When commits are signed off: never, when whoever submits says so, always.
const (
	SignOffNever  = config.SignOffNever
	SignOffAsk    = config.SignOffAsk
	SignOffAlways = config.SignOffAlways
)

// The groups of texts that every site has; the others are named for its
// collections.
const (
	PostsGroup  = config.PostsGroup
	DraftsGroup = config.DraftsGroup
	PagesGroup  = config.PagesGroup
)

// ReadConfig reads a site's settings alone; what is wrong with them is read as
// if it were not there.
func ReadConfig(files fs.FS) Config {
	c, _ := config.Read(files)
	return c
}

// DataSettings are how a site reads its data files.
func DataSettings(c Config) datafile.Settings { return library.DataSettings(&c) }

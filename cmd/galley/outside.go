package main

import (
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/pflag"

	"galley/internal/fetch"
	"galley/internal/outlinks"
)

// outsideLinks is how links to others are checked.
type outsideLinks struct {
	on    bool
	cache string
	fetching
	client *fetch.Client
}

func (o *outsideLinks) flags(f *pflag.FlagSet) {
	f.BoolVar(&o.on, "outside", false, "ask where links to others lead: which are dead, and which have moved")
	f.StringVar(&o.cache, "outside-cache", "", "file that keeps what others answered (default in the user's cache folder)")
	o.fetching.flags(f)
}

// checker makes a checker that knows what an earlier one kept.
func (o outsideLinks) checker() *outlinks.Checker {
	c := &outlinks.Checker{Look: o.client.Look, Clock: time.Now}
	if data, err := os.ReadFile(o.file()); err == nil {
		c.Load(data)
	}
	return c
}

// keep writes what others answered about a site's links. It is no loss where that cannot
// be done.
func (o outsideLinks) keep(dir string, c *outlinks.Checker) {
	data, err := c.Save()
	if file := o.file(); err == nil && file != "" {
		_ = replaceFile(dir, file, data)
	}
}

func (o outsideLinks) file() string {
	if o.cache != "" {
		return o.cache
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "galley", "links.json")
}

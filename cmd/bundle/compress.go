package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/andybalholm/brotli"
)

// endings are what compressed files are told by, as package server expects.
var endings = []string{".br", ".gz"}

// How hard brotli tries. Its best takes the better part of a minute for the
// WebAssembly module and saves a sixth of its size, which is right for a
// release and not for each build while one works.
const (
	quickBrotli = 5
	bestBrotli  = brotli.BestCompression
)

// effortName is a note in dist of how hard each file there was compressed.
const effortName = ".effort.json"

// compress writes each file of the manifest in both codings, but for the script that
// stands in documents alone and is large (audit.js). A file that was
// compressed at least as hard before is kept: its name holds its content's
// hash.
func compress(manifest map[string]string, quality int) error {
	effort := map[string]int{}
	if data, err := os.ReadFile(filepath.Join(dist, effortName)); err == nil {
		if err := json.Unmarshal(data, &effort); err != nil {
			return fmt.Errorf("reading %s: %w", effortName, err)
		}
	}
	done := map[string]int{}
	for key, name := range manifest {
		if key == "audit.js" {
			continue
		}
		if effort[name] >= quality {
			done[name] = effort[name]
			continue
		}
		data, err := os.ReadFile(filepath.Join(dist, name))
		if err != nil {
			return err
		}
		for _, ending := range endings {
			var out bytes.Buffer
			w, err := newWriter(ending, quality, &out)
			if err != nil {
				return err
			}
			if _, err := w.Write(data); err != nil {
				return fmt.Errorf("compressing %s: %w", name, err)
			}
			if err := w.Close(); err != nil {
				return fmt.Errorf("compressing %s: %w", name, err)
			}
			if err := os.WriteFile(filepath.Join(dist, name+ending), out.Bytes(), 0o666); err != nil {
				return err
			}
		}
		done[name] = quality
	}
	data, err := json.MarshalIndent(done, "", "  ")
	if err != nil {
		return err
	}
	// Written last, so that a run that was cut off is not taken for a whole one.
	return os.WriteFile(filepath.Join(dist, effortName), data, 0o666)
}

func newWriter(ending string, quality int, w io.Writer) (io.WriteCloser, error) {
	if ending == ".br" {
		return brotli.NewWriterOptions(w, brotli.WriterOptions{Quality: quality, LGWin: 24}), nil
	}
	return gzip.NewWriterLevel(w, gzip.BestCompression)
}

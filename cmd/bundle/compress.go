package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/andybalholm/brotli"
)

// endings are what compressed files are told by, as package server expects.
var endings = []string{".br", ".gz"}

// compress writes each file of the manifest in both codings, at their best:
// it is done once for each content, and everybody downloads the result.
func compress(manifest map[string]string) error {
	for _, name := range manifest {
		file := filepath.Join(dist, name)
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		for _, ending := range endings {
			if _, err := os.Stat(file + ending); err == nil {
				continue // the name holds the content's hash
			} else if !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			var out bytes.Buffer
			w, err := newWriter(ending, &out)
			if err != nil {
				return err
			}
			if _, err := w.Write(data); err != nil {
				return fmt.Errorf("compressing %s: %w", name, err)
			}
			if err := w.Close(); err != nil {
				return fmt.Errorf("compressing %s: %w", name, err)
			}
			// Under another name first: a half-written file would be kept for good.
			if err := os.WriteFile(file+".part", out.Bytes(), 0o666); err != nil {
				return err
			}
			if err := os.Rename(file+".part", file+ending); err != nil {
				return err
			}
		}
	}
	return nil
}

func newWriter(ending string, w io.Writer) (io.WriteCloser, error) {
	if ending == ".br" {
		return brotli.NewWriterLevel(w, brotli.BestCompression), nil
	}
	return gzip.NewWriterLevel(w, gzip.BestCompression)
}

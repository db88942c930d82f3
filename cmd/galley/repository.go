package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"galley/internal/example"
	"galley/internal/forge"
	"galley/internal/forge/local"
)

// repository says where posts are kept. At most one of site and repo is set.
type repository struct {
	site   string // a Git repository, or a folder in one
	repo   string // OWNER/NAME on GitHub
	folder string // of the repository, with the site; empty: to be found
	api    string // address of GitHub's API; empty for GitHub itself
	token  string // of GitHub
	data   string // folder for the example site
}

// open gives the forge, after a look whether it can be worked with, and the folder
// of it that the site is in, which it may say to notes.
func (r repository) open(ctx context.Context, log *slog.Logger, notes io.Writer) (f forge.Forge, folder string, err error) {
	if folder, err = cleanFolder(r.folder); err != nil {
		return nil, "", err
	}
	if r.site != "" && r.repo == "" {
		var within string
		if f, within, err = r.openFolder(ctx, notes); err == nil && within != "" {
			folder = path.Join(within, folder)
		}
	} else {
		f, err = r.openOther(ctx, log, notes)
	}
	if err != nil {
		return nil, "", err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	folder, err = siteFolder(ctx, f, folder, notes)
	return f, folder, err
}

// openOther opens a repository on GitHub or the example.
func (r repository) openOther(ctx context.Context, log *slog.Logger, notes io.Writer) (forge.Forge, error) {
	switch {
	case r.site != "" && r.repo != "":
		return nil, usageError{errors.New("--site and --repo cannot both be given: posts are either in a folder or on GitHub")}
	case r.api != "" && r.repo == "":
		return nil, apiAlone()
	case r.repo != "":
		return r.openGitHub(ctx, log)
	case r.folder != "":
		return nil, usageError{errors.New("--folder is of use with --site or --repo only")}
	}
	return r.openExample(ctx, notes)
}

// openFolder opens the repository of a site on this machine, and gives the way to
// the site in it.
func (r repository) openFolder(ctx context.Context, notes io.Writer) (f forge.Forge, folder string, err error) {
	if r.api != "" {
		return nil, "", apiAlone()
	}
	info, err := os.Stat(r.site)
	if err != nil || !info.IsDir() {
		return nil, "", fmt.Errorf("there is no folder %s", r.site)
	}
	top, folder, err := local.Find(r.site)
	if err == nil {
		f, err = reopen(ctx, top, gitPerson(ctx, r.site), notes)
	}
	if err != nil {
		return nil, "", said(err, "the site in "+r.site+" cannot be opened")
	}
	return f, folder, nil
}

func apiAlone() error {
	return usageError{errors.New("--github-api is of use with --repo OWNER/NAME only")}
}

// openExample opens the example site, and makes it on the first run.
func (r repository) openExample(ctx context.Context, notes io.Writer) (forge.Forge, error) {
	dir := filepath.Join(r.data, "example")
	person := gitPerson(ctx, ".")
	f, err := local.Init(dir, example.FS(), person, time.Now)
	if err == nil {
		if err = submitExamples(ctx, dir); err == nil {
			return f, nil
		}
		return nil, said(err, "the example's pull requests cannot be made in "+r.data)
	}
	if !errors.Is(err, fs.ErrExist) {
		return nil, said(err, "the example site cannot be made in "+r.data)
	}
	again, err := reopen(ctx, dir, person, notes)
	if err != nil {
		return nil, said(err, "the example site cannot be opened; delete the folder "+dir+" to begin anew")
	}
	return again, nil
}

// reopen opens a repository on this machine, and lets it finish what a Galley that
// was killed left half done there. What cannot be finished yet is told and is no
// hindrance: each change tries it again.
func reopen(ctx context.Context, dir string, person forge.Person, notes io.Writer) (forge.Forge, error) {
	f, err := local.Open(dir, person, time.Now)
	if err != nil {
		return nil, err
	}
	told, err := f.Recover(ctx)
	var e *forge.Error
	if errors.As(err, &e) {
		told = append(told, e.Sentence)
	} else if err != nil {
		told = append(told, "What an earlier Galley left half done cannot be finished: "+err.Error())
	}
	for _, sentence := range told {
		fmt.Fprintln(notes, sentence)
	}
	return f, nil
}

// submitExamples opens the pull requests that readers of the example have.
func submitExamples(ctx context.Context, dir string) error {
	for _, s := range example.Submissions() {
		f, err := local.Open(dir, forge.Person{Name: s.Name, Email: s.Email}, time.Now)
		if err != nil {
			return err
		}
		file, err := f.Read(ctx, "main", s.Path)
		if err != nil {
			return err
		}
		text := strings.Replace(string(file.Data), s.Behind+"\n", s.Behind+"\n"+s.Line+"\n", 1)
		_, err = f.Submit(ctx, forge.Submission{
			Base: "main", Title: s.Title, Changes: []forge.FileChange{{Path: s.Path, Data: []byte(text), Blob: file.Blob}},
		}, nil)
		if err != nil {
			return err
		}
	}
	return nil
}

// said makes an error of a forge into one for whoever started the program.
func said(err error, what string) error {
	var told *forge.Error
	if errors.As(err, &told) && told.Kind == forge.ErrUnavailable && told.Err != nil {
		return fmt.Errorf("%s: %w", what, told.Err) // the sentence is a writer's
	}
	if told != nil && told.Sentence != "" {
		return fmt.Errorf("%s: %s", what, strings.TrimSuffix(told.Sentence, "."))
	}
	return fmt.Errorf("%s: %w", what, err)
}

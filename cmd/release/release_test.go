package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

// The same files make the same bytes, in whatever order and when they come.
func TestArchives(t *testing.T) {
	day := time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC)
	files := []file{{"galley", []byte("binary"), true}, {"docs/a.md", []byte("text"), false}, {"LICENSE", []byte("licence"), false}}
	turned := slices.Clone(files)
	slices.Reverse(turned)
	for name, archive := range map[string]func(string, []file, time.Time) ([]byte, error){"tar": tarball, "zip": zipped} {
		one, err := archive("galley-1", files, day)
		if err != nil {
			t.Fatal(err)
		}
		two, err := archive("galley-1", turned, day)
		if err != nil || !bytes.Equal(one, two) {
			t.Errorf("%s: two archives of the same files differ (%v)", name, err)
		}
	}
	packed, _ := tarball("galley-1", files, day)
	plain, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for r := tar.NewReader(plain); ; {
		h, err := r.Next()
		if err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if h.Uid != 0 || h.Uname != "" || !h.ModTime.Equal(day) || (h.Mode == 0o755) != (h.Name == "galley-1/galley") {
			t.Errorf("%+v", h)
		}
		list = append(list, h.Name)
	}
	want := []string{"galley-1/LICENSE", "galley-1/docs/a.md", "galley-1/galley"}
	if !slices.Equal(list, want) {
		t.Errorf("it holds %v, want %v", list, want)
	}
	packed, _ = zipped("galley-1", files, day)
	r, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil || len(r.File) != 3 || r.File[2].Name != "galley-1/galley" {
		t.Errorf("%v, %v", r, err)
	}
}

// All that is shipped is in the bill of materials, with version, licence and the
// hash that its lock file has.
func TestBillOfMaterials(t *testing.T) {
	t.Chdir("../..")
	if _, err := os.Stat("web/node_modules"); err != nil {
		t.Skip("what npm installs is not there:", err)
	}
	parts, err := components([]target{{runtime.GOOS, runtime.GOARCH}})
	if err != nil {
		t.Fatal(err)
	}
	day := time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC)
	text, err := billOfMaterials(version{"1.2.3", day}, parts)
	if err != nil {
		t.Fatal(err)
	}
	again, err := billOfMaterials(version{"1.2.3", day}, parts)
	if err != nil || !bytes.Equal(text, again) {
		t.Errorf("two bills of the same differ (%v)", err)
	}
	var bom cdx.BOM
	if err := cdx.NewBOMDecoder(bytes.NewReader(text), cdx.BOMFileFormatJSON).Decode(&bom); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, c := range *bom.Components {
		seen[c.Name] = true
		if c.Version == "" || c.PackageURL == "" || c.Licenses == nil || c.Hashes == nil && c.Name != "std" {
			t.Errorf("it says too little of %+v", c)
		}
	}
	for _, name := range []string{"std", "github.com/yuin/goldmark", "github.com/go-git/go-git/v5", "preact", "@codemirror/view", "@lezer/common", "nspell", "dictionary-en"} {
		if !seen[name] {
			t.Errorf("%s is not in it", name)
		}
	}
	for _, name := range []string{"typescript", "emulate", "honnef.co/go/tools", "github.com/evanw/esbuild", "github.com/CycloneDX/cyclonedx-go"} {
		if seen[name] {
			t.Errorf("%s is in it, and not shipped", name)
		}
	}
	if all := string(licences(parts)); !strings.Contains(all, "Yusuke Inuzuka") || !strings.Contains(all, "\npreact ") || !strings.Contains(all, "\ndictionary-en 4.0.0 (LicenseRef-SCOWL)") {
		t.Error("the licences' texts lack some")
	}
}

// A component without a licence, and a changelog without a version, are told.
func TestMissing(t *testing.T) {
	dir := t.TempDir()
	if _, _, err := licenceIn(dir); err == nil {
		t.Error("a folder without a licence has one")
	}
	if err := os.WriteFile(filepath.Join(dir, "CHANGELOG.md"), []byte("## Unreleased\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if v, err := readVersion(filepath.Join(dir, "CHANGELOG.md")); err == nil {
		t.Errorf("no version is %+v", v)
	}
	if list, err := pick([]string{"plan9/amd64"}); err == nil {
		t.Errorf("targets are %v", list)
	}
	if list, err := pick(nil); err != nil || len(list) != 6 {
		t.Errorf("targets are %v, %v", list, err)
	}
}

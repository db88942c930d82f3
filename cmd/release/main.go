// Release makes what is published of a version of Galley, into bin/release:
//
//   - an archive for each system and processor: the binary, the documents, the
//     licences of all that is in it and its bill of materials;
//   - an archive with what a container image is made of;
//   - the bill of materials by itself, as CycloneDX JSON;
//   - SHA256SUMS, for `sha256sum -c`.
//
// It is run from the project's root by `make release`, which has built
// bin/galley for this machine before. The others are built without cgo, and so
// without the Sass compiler, unless variables such as CC_linux_arm64 and
// CXX_linux_arm64 name compilers for them. The same sources, Go and compilers
// make the same bytes: the version and its day are those at the top of the
// changelog, and no archive has a time, an owner or an order of its own.
// Arguments are the targets to build (linux/arm64); all, where there are none.
package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

const out = "bin/release"

// version is one that is released.
type version struct {
	name string
	day  time.Time
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

func run(wanted []string) error {
	v, err := readVersion("CHANGELOG.md")
	if err != nil {
		return err
	}
	targets, err := pick(wanted)
	if err != nil {
		return err
	}
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o777); err != nil {
		return err
	}
	fmt.Println("Listing what is in it")
	parts, err := components(targets)
	if err != nil {
		return err
	}
	bill, err := billOfMaterials(v, parts)
	if err != nil {
		return err
	}
	documents, err := readDocuments()
	if err != nil {
		return err
	}
	documents = append(documents, file{name: "LICENSES.txt", data: licences(parts)}, file{name: "galley.cdx.json", data: bill})

	container := []file{}
	for _, name := range []string{"docs/hosting/release/Containerfile", "docs/hosting/galley.service", "LICENSE"} {
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		container = append(container, file{name: filepath.Base(name), data: data})
	}
	made := map[string][]byte{"galley-" + v.name + ".cdx.json": bill}
	for _, t := range targets {
		fmt.Printf("Building for %s\n", t)
		binary, err := t.build()
		if err != nil {
			return err
		}
		program := file{name: t.program(), data: binary, executable: true}
		name := "galley-" + v.name + "-" + t.system + "-" + t.processor
		archive, ending := tarball, ".tar.gz"
		if t.system == "windows" {
			archive, ending = zipped, ".zip"
		}
		if made[name+ending], err = archive(name, append([]file{program}, documents...), v.day); err != nil {
			return err
		}
		if t.system == "linux" {
			program.name = "linux-" + t.processor + "/galley"
			container = append(container, program)
		}
	}
	name := "galley-" + v.name + "-container"
	if made[name+".tar.gz"], err = tarball(name, append(container, documents[len(documents)-2:]...), v.day); err != nil {
		return err
	}
	for name, data := range made {
		if err := os.WriteFile(filepath.Join(out, name), data, 0o666); err != nil {
			return err
		}
	}
	list := sums(made)
	fmt.Print(list)
	return os.WriteFile(filepath.Join(out, "SHA256SUMS"), []byte(list), 0o666)
}

// heading is that of a version in the changelog.
var heading = regexp.MustCompile(`(?m)^## (\d+\.\d+\.\d+) - (\d{4}-\d\d-\d\d)$`)

// readVersion reads the newest version that the changelog has.
func readVersion(changelog string) (version, error) {
	text, err := os.ReadFile(changelog)
	if err != nil {
		return version{}, err
	}
	m := heading.FindSubmatch(text)
	if m == nil {
		return version{}, fmt.Errorf("%s has no version; begin its part with a line such as ## 0.1.0 - 2026-11-29", changelog)
	}
	day, err := time.Parse(time.DateOnly, string(m[2]))
	if err != nil {
		return version{}, fmt.Errorf("%s: the day of version %s: %w", changelog, m[1], err)
	}
	return version{string(m[1]), day}, nil
}

// readDocuments reads what people read: the documents, with their pictures.
func readDocuments() ([]file, error) {
	var list []file
	for _, pattern := range []string{"LICENSE", "README.md", "CHANGELOG.md", "docs/*.md", "docs/images/*", "docs/hosting/Containerfile", "docs/hosting/galley.service"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				return nil, err
			}
			list = append(list, file{name: filepath.ToSlash(name), data: data})
		}
	}
	return list, nil
}

// sums is a list for `sha256sum -c`, by name.
func sums(files map[string][]byte) string {
	var list strings.Builder
	for _, name := range sorted(files) {
		fmt.Fprintf(&list, "%x  %s\n", sha256.Sum256(files[name]), name)
	}
	return list.String()
}

package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/google/licensecheck"
)

// component is something of others' that is in a binary: a module of Go's or a
// package of npm's.
type component struct {
	kind, name, version string // kind as in a package's address: "golang" or "npm"
	licence             string // SPDX
	text                []byte // of the licence
	algorithm, hash     string // CycloneDX's name, and hexadecimal digits; of what was fetched
}

// components lists all that is in the binaries of targets, by kind and name: what
// the program is made of on any of them, and what it sends to browsers.
func components(targets []target) ([]component, error) {
	found := map[string]string{} // folders by "path version"
	list := func(env []string, pkg string) error {
		cmd := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}\t{{.Dir}}{{end}}{{end}}", pkg)
		cmd.Env, cmd.Stderr = env, os.Stderr
		answer, err := cmd.Output()
		if err != nil {
			return fmt.Errorf("listing what %s is made of: %w", pkg, err)
		}
		for line := range strings.Lines(string(answer)) {
			if name, dir, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
				found[name] = dir
			}
		}
		return nil
	}
	for _, t := range targets {
		env := t.env()
		if t.system == runtime.GOOS && t.processor == runtime.GOARCH {
			env = os.Environ()
		}
		if err := list(env, "./cmd/galley"); err != nil {
			return nil, err
		}
	}
	if err := list(append(os.Environ(), "GOOS=js", "GOARCH=wasm"), "./wasm"); err != nil {
		return nil, err
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, err
	}
	found["std "+runtime.Version()] = strings.TrimSpace(string(root))
	hashes, err := goSums("go.sum")
	if err != nil {
		return nil, err
	}
	var all []component
	for _, key := range sorted(found) {
		name, version, _ := strings.Cut(key, " ")
		c := component{kind: "golang", name: name, version: version, hash: hashes[key]}
		if c.hash != "" {
			c.algorithm = "SHA-256"
		}
		if c.licence, c.text, err = licenceIn(found[key]); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if c.licence == "" {
			return nil, fmt.Errorf("no licence that is known is in %s", found[key])
		}
		all = append(all, c)
	}
	sent, err := npmPackages("web")
	return append(all, sent...), err
}

// goSums reads the hashes of modules' files, by "path version".
func goSums(name string) (map[string]string, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	sums := map[string]string{}
	for line := range strings.Lines(string(text)) {
		parts := strings.Fields(line)
		if len(parts) != 3 || strings.HasSuffix(parts[1], "/go.mod") {
			continue
		}
		hash, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(parts[2], "h1:"))
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", name, parts[0], err)
		}
		sums[parts[0]+" "+parts[1]] = fmt.Sprintf("%x", hash)
	}
	return sums, nil
}

// npmPackages lists the packages that browsers are sent: those that are not for
// development alone.
func npmPackages(dir string) ([]component, error) {
	text, err := os.ReadFile(filepath.Join(dir, "package-lock.json"))
	if err != nil {
		return nil, err
	}
	var lock struct {
		Packages map[string]struct {
			Version, License, Integrity string
			Dev                         bool
		}
	}
	if err := json.Unmarshal(text, &lock); err != nil {
		return nil, fmt.Errorf("package-lock.json: %w", err)
	}
	var all []component
	for _, path := range sorted(lock.Packages) {
		p := lock.Packages[path]
		_, name, ok := strings.Cut(path, "node_modules/")
		if !ok || p.Dev {
			continue
		}
		c := component{kind: "npm", name: name, version: p.Version, licence: p.License}
		if encoded, ok := strings.CutPrefix(p.Integrity, "sha512-"); ok {
			hash, err := base64.StdEncoding.DecodeString(encoded)
			if err != nil {
				return nil, fmt.Errorf("package-lock.json: %s: %w", name, err)
			}
			c.algorithm, c.hash = "SHA-512", fmt.Sprintf("%x", hash)
		}
		spdx, text, err := licenceIn(filepath.Join(dir, path))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if c.text = text; spdx == "" {
			if c.licence = ownLicences[name]; c.licence == "" {
				return nil, fmt.Errorf("no licence that is known is in %s", filepath.Join(dir, path))
			}
		}
		all = append(all, c)
	}
	return all, nil
}

// ownLicences are those of packages whose text has no name in SPDX, and was read by a
// person. SCOWL's word lists may be used, changed, given on and sold for any purpose
// along with their notices.
var ownLicences = map[string]string{"dictionary-en": "LicenseRef-SCOWL", "dictionary-en-gb": "LicenseRef-SCOWL"}

// licenceIn reads the licences in a folder, and tells which they are; none where it
// does not know the text.
func licenceIn(dir string) (spdx string, text []byte, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", nil, err
	}
	var ids []string
	for _, e := range entries {
		name := strings.ToUpper(e.Name())
		if e.IsDir() || !slices.ContainsFunc([]string{"LICENSE", "LICENCE", "COPYING", "NOTICE"}, func(start string) bool { return strings.HasPrefix(name, start) }) {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return "", nil, err
		}
		text = append(append(text, bytes.TrimSpace(data)...), "\n\n"...)
		for _, m := range licensecheck.Scan(data).Match {
			if !m.IsURL && !slices.Contains(ids, m.ID) {
				ids = append(ids, m.ID)
			}
		}
	}
	if len(text) == 0 {
		return "", nil, fmt.Errorf("no licence is in %s", dir)
	}
	slices.Sort(ids)
	return strings.Join(ids, " AND "), text, nil
}

// licences is the text that goes along with the binaries.
func licences(parts []component) []byte {
	var all bytes.Buffer
	all.WriteString("Galley is made of these, too, under the licences below each.\n")
	for _, c := range parts {
		fmt.Fprintf(&all, "\n%s\n%s %s (%s)\n\n%s\n", strings.Repeat("=", 76), c.name, c.version, c.licence, bytes.TrimSpace(c.text))
	}
	return all.Bytes()
}

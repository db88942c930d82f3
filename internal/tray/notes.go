package tray

import (
	"path"
	"regexp"
	"strings"
	"time"
)

var (
	noteHeading = regexp.MustCompile(`^(#{1,3})[ \t]+(.+?)[ \t]*#*[ \t]*$`)
	noteVersion = regexp.MustCompile(`\bv?\d+\.\d+(?:\.\d+)*(?:[-+][0-9A-Za-z.+-]*[0-9A-Za-z])?`)
	noteDay     = regexp.MustCompile(`\b\d{4}-\d{2}-\d{2}\b`)
	noteLink    = regexp.MustCompile(`\[([^\[\]]*)\]\((https?://[^\s()]+)\)|<(https?://[^\s<>]+)>`)
	notePoint   = regexp.MustCompile(`^[ \t]*[*+-][ \t]+(\S.*)$`)
	noteFence   = regexp.MustCompile("^ {0,3}(`{3,}|~{3,})")
)

// readNotes reads release notes: each heading with a version in it is one release.
// The project is what the heading, or one above it, says beside; else the file's
// name. The address is the heading's link, or the first one below.
func readNotes(data []byte, at string) (items []Item) {
	project := strings.TrimSuffix(path.Base(at), path.Ext(at))
	above := ""
	fence := ""
	var open *Item
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\r\n")
		if m := noteFence.FindStringSubmatch(line); m != nil {
			switch {
			case fence == "":
				fence = m[1]
			case strings.HasPrefix(m[1], fence) && strings.TrimSpace(line) == m[1]:
				fence = ""
			}
			continue
		}
		if fence != "" {
			continue
		}
		if m := noteHeading.FindStringSubmatch(line); m != nil {
			text := noteLink.ReplaceAllString(m[2], "$1")
			day := noteDay.FindString(text)
			version := noteVersion.FindString(noteDay.ReplaceAllString(text, ""))
			if version == "" {
				if len(m[1]) == 1 {
					above, open = strings.TrimSpace(text), nil
				}
				continue
			}
			if len(items) == maxRead {
				return items
			}
			name := strings.Trim(strings.NewReplacer(version, "", day, "", "[", "", "]", "", "(", "", ")", "", "Release", "", "Version", "").Replace(text), " :,-–—")
			if name == "" {
				name = above
			}
			if name == "" {
				name = project
			}
			items = append(items, Item{Title: name + " " + version, Source: name, Version: version})
			open = &items[len(items)-1]
			open.Date, _ = time.Parse(time.DateOnly, day)
			line = m[2]
		}
		if open == nil {
			continue
		}
		if m := noteLink.FindStringSubmatch(line); m != nil && open.URL == "" {
			open.URL = resolve("", m[2]+m[3])
		}
		if m := notePoint.FindStringSubmatch(line); m != nil && len(open.Summary) < maxSummary {
			if open.Summary != "" {
				open.Summary += "; "
			}
			open.Summary += noteLink.ReplaceAllString(m[1], "$1")
		}
	}
	return items
}

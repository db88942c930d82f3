package forge

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// maxPath is the longest path that is written, in bytes. Git takes more, the
// file systems of those who check it out do not.
const maxPath = 512

// maxName is the longest name of a new file or folder, in bytes. Most file systems take
// 255, and a site generator writes a longer one below it, as .html for .md.
const maxName = 240

var (
	percentEscape = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)
	// deviceName matches the names that Windows gives to devices, with any extension.
	deviceName = regexp.MustCompile(`^(?i:conin\$|conout\$|con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$`)
)

// CheckPath tells whether a file may be written at a path, in any repository
// and on any system that checks it out. It refuses, with ErrInvalid and a
// sentence:
//   - paths that leave the repository or could be read as leaving it: "..",
//     absolute ones, backslashes, drive letters and streams (":"), percent
//     escapes;
//   - names with a leading dot: Git's own (.git, .gitattributes), the
//     forge's (.github), and other tools'. Variants that a file system may
//     take for them are found by folding case and compatibility forms;
//   - control, format (zero-width, bidirectional) and private characters, text
//     that is not UTF-8 or not in Unicode's form NFC, so that no two names look
//     alike and are two;
//   - what Windows cannot check out: names that end in a dot or a space, device
//     names, the characters <>"|?*;
//   - what hardly any system can: names of more than maxName bytes.
//
// Which folders and extensions a site lets writers write to is another
// question: see Writable.
func CheckPath(p string) error { return checkPath(p, false) }

// CheckKept is CheckPath for a file that the branch has, which is only replaced:
// its name may be one that a system cannot check out, have a percent escape, or
// not be composed (NFC). Nobody gets such a name by a writer's doing.
func CheckKept(p string) error { return checkPath(p, true) }

func checkPath(p string, kept bool) error {
	refuse := func(why string) error {
		return &Error{
			Kind:     ErrInvalid,
			Sentence: fmt.Sprintf("The path %q cannot be used: %s.", shorten(p, 120), why),
		}
	}
	switch {
	case p == "":
		return &Error{Kind: ErrInvalid, Sentence: "The file needs a path."}
	case len(p) > maxPath:
		return refuse("it is too long")
	case !utf8.ValidString(p):
		return refuse("it is not UTF-8 text")
	case strings.ContainsRune(p, '\\'):
		return refuse("folders are divided by / and not by \\")
	case strings.ContainsRune(p, ':'), !kept && strings.ContainsAny(p, notOnWindows):
		return refuse(`it has one of the characters : < > " | ? *`)
	case !kept && slices.ContainsFunc(strings.Split(p, "/"), func(name string) bool { return len(name) > maxName }):
		return refuse("a name in it is too long")
	case !kept && percentEscape.MatchString(p):
		return refuse("it has a percent escape")
	case !kept && !norm.NFC.IsNormalString(p):
		return refuse("its letters are not in Unicode's composed form (NFC)")
	}
	for _, r := range p {
		if r != ' ' && !unicode.IsGraphic(r) || unicode.Is(unicode.Co, r) || r != ' ' && unicode.IsSpace(r) || invisible(r) {
			return refuse("it has an invisible character")
		}
	}
	// Full-width and other compatibility forms of dots and slashes are looked
	// at as what they imitate.
	for segment := range strings.SplitSeq(norm.NFKC.String(p), "/") {
		if why := segmentFault(segment, kept); why != "" {
			return refuse(why)
		}
	}
	if !fs.ValidPath(p) {
		return refuse("it is not a path within the repository")
	}
	return nil
}

// notOnWindows are characters of names that Windows cannot check out.
const notOnWindows = `<>"|?*`

// segmentFault says what is wrong with one name of a path; "" when nothing is.
func segmentFault(s string, kept bool) string {
	folded := Fold(s)
	switch {
	case s == "":
		return "a part of it is empty"
	case s == "." || s == "..":
		return "it may not go up or stay with . and .."
	case strings.HasPrefix(s, "."):
		return "names that start with a dot belong to Git and other tools"
	case strings.HasPrefix(folded, "git~"):
		return "it is another spelling of Git's own folder"
	case strings.HasSuffix(s, ".") || strings.HasSuffix(s, " ") || strings.HasPrefix(s, " "):
		return "a name may not begin with a space, or end with a space or a dot"
	case strings.ContainsAny(s, `:\`) || !kept && strings.ContainsAny(s, notOnWindows):
		return "it has a character that only looks like another"
	case deviceName.MatchString(s):
		return "Windows keeps that name for a device"
	}
	return ""
}

// invisible tells whether a character shows nothing although Unicode counts it
// as graphic.
func invisible(r rune) bool {
	switch r {
	case '\u115f', '\u1160', '\u3164', '\uffa0', '\u2800', '\u034f', '\u17b4', '\u17b5':
		return true
	}
	return unicode.Is(unicode.Variation_Selector, r)
}

// CheckReadPath tells whether a path may be asked for: any that Git can hold.
// Reading is laxer than writing, as a repository may have files that Galley
// would not make.
func CheckReadPath(p string) error {
	if !fs.ValidPath(p) || p == "." || strings.ContainsRune(p, 0) {
		return &Error{Kind: ErrInvalid, Sentence: fmt.Sprintf("%q is not a path within the repository.", shorten(p, 120))}
	}
	return nil
}

// Fold gives the form in which two names are the same on some file system:
// without case and without differences of compatibility.
func Fold(s string) string {
	if isASCII(s) { // nearly all are, and it costs a site of thousands of files much
		return strings.ToLower(s)
	}
	return norm.NFKC.String(cases.Fold().String(norm.NFKC.String(s)))
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// Respelled gives the one file whose path is p in another of Unicode's forms:
// with composed letters instead of decomposed ones, say, as they come from other
// systems. It is "" where p itself is there, or none or several such files are.
func Respelled(entries []Entry, p string) string {
	if isASCII(p) {
		return ""
	}
	found, composed := "", norm.NFC.String(p)
	for _, e := range entries {
		switch {
		case e.Path == p:
			return ""
		case isASCII(e.Path) || norm.NFC.String(e.Path) != composed:
		case found != "":
			return ""
		default:
			found = e.Path
		}
	}
	return found
}

// CheckNew tells whether a new file can be added to the files that are there:
// not over one of them, not below one, not in the place of a folder, and not
// at a path that differs only in case or Unicode form, which some file systems
// could not check out.
func CheckNew(entries []Entry, p string) error {
	if clash := Clash(entries, p); clash != "" {
		return &Error{
			Kind:     ErrInvalid,
			Sentence: fmt.Sprintf("The path %q cannot be used: %q is there already.", shorten(p, 120), shorten(clash, 120)),
		}
	}
	return nil
}

// Clash gives the file that keeps a new one from being added at a path, as
// CheckNew says; "" for none.
func Clash(entries []Entry, p string) string {
	folded := Fold(p)
	for _, e := range entries {
		if e.Path == p {
			continue // whether it may be replaced is for the blob id to say
		}
		if clash := clash(p, folded, e.Path); clash != "" {
			return clash
		}
	}
	return ""
}

// clash gives the part of old that stands in the way of p: the file itself, or
// one of its folders written differently.
func clash(p, folded, old string) string {
	if strings.HasPrefix(p, old+"/") || strings.HasPrefix(old, p+"/") {
		return old
	}
	f := Fold(old)
	if f == folded || strings.HasPrefix(folded, f+"/") || strings.HasPrefix(f, folded+"/") {
		return old
	}
	// The same folders, in another spelling.
	dir, oldDir := path.Dir(p), path.Dir(old)
	for dir != "." && oldDir != "." {
		d, o := strings.SplitN(dir, "/", 2)[0], strings.SplitN(oldDir, "/", 2)[0]
		if d != o {
			if Fold(d) == Fold(o) {
				return old
			}
			return ""
		}
		dir, oldDir = rest(dir), rest(oldDir)
	}
	return ""
}

// rest is a path without its first part; "." when nothing is left.
func rest(p string) string {
	if _, after, ok := strings.Cut(p, "/"); ok {
		return after
	}
	return "."
}

// Writable says which files of a site writers may write: its folders for posts
// and pictures, and their kinds of file. The zero value lets nothing through.
type Writable struct {
	// Folders are paths with slashes, such as "_posts" and "assets/images";
	// files may be anywhere below them.
	Folders []string
	// Extensions are with their dot and in small letters: ".md", ".png".
	Extensions []string
}

// Check tells whether a path passes CheckPath and lies in one of the folders
// with one of the extensions. The error is an ErrInvalid.
func (w Writable) Check(p string) error {
	if err := CheckPath(p); err != nil {
		return err
	}
	return w.inside(p)
}

// CheckKept is Check for a file that the branch has; see the function.
func (w Writable) CheckKept(p string) error {
	if err := CheckKept(p); err != nil {
		return err
	}
	return w.inside(p)
}

func (w Writable) inside(p string) error {
	inside := slices.ContainsFunc(w.Folders, func(dir string) bool {
		return strings.HasPrefix(p, strings.Trim(dir, "/")+"/")
	})
	if !inside {
		return &Error{Kind: ErrInvalid, Sentence: fmt.Sprintf("%q is outside the folders for posts and pictures (%s).", shorten(p, 120), strings.Join(w.Folders, ", "))}
	}
	if !slices.Contains(w.Extensions, strings.ToLower(path.Ext(p))) {
		return &Error{Kind: ErrInvalid, Sentence: fmt.Sprintf("%q is not a kind of file that may be written here (%s).", shorten(p, 120), strings.Join(w.Extensions, ", "))}
	}
	return nil
}

// shorten cuts a text for a sentence, between characters.
func shorten(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	cut := limit
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}

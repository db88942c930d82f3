package postindex

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"galley/internal/diag"
	"galley/internal/markdown/outline"
)

// titleTexts is in how many posts a title is looked for, the newest first.
const titleTexts = 20

// fewestWords is how many words the text of a link has that is taken for a title
// though it does not begin with the number.
const fewestWords = 3

// Title is what posts call a pull request, or another address that ends in its
// number: the text of the newest link to it that has its number and words, or else
// of the newest that has three words. The number is not in it. It is empty where
// they only say "here", or link to it nowhere.
func (x *Index) Title(address string) string {
	to := Normalize(address)
	number := to[strings.LastIndexByte(to, '/')+1:]
	other := ""
	var looked []int32
	for _, p := range x.links[to] {
		if slices.Contains(looked, p.file) {
			continue
		}
		if looked = append(looked, p.file); len(looked) > titleTexts {
			break
		}
		for _, text := range x.files[p.file].text.called(to) {
			title, numbered := withoutNumber(text, number)
			if numbered && strings.ContainsFunc(title, isLetter) {
				return title
			}
			if other == "" && len(strings.Fields(title)) >= fewestWords {
				other = title
			}
		}
	}
	return other
}

// Numbered is the address of the pull request or issue with a number that posts link
// to. It is empty where they link to none, or to those of several repositories.
func (x *Index) Numbered(number int) string {
	suffix := "/" + strconv.Itoa(number)
	found := ""
	for to := range x.links {
		rest, ok := strings.CutSuffix(to, suffix)
		if !ok || !numberedPath.MatchString(rest) {
			continue
		}
		// GitHub leads from the one to the other.
		if found != "" && repositoryOf(found) != repositoryOf(to) {
			return ""
		}
		if found == "" || strings.Contains(to, "/pull/") {
			found = to
		}
	}
	if found == "" {
		return ""
	}
	return "https://" + found
}

var numberedPath = regexp.MustCompile(`/(?:pull|pulls|issues|merge_requests)$`)

func repositoryOf(to string) string {
	return numberedPath.ReplaceAllString(to[:strings.LastIndexByte(to, '/')], "")
}

// called gives the texts of the links to a normalised address.
func (t *Text) called(to string) []string {
	src := []byte(t.source)
	var texts []string
	for _, b := range outline.Parse(src, t.body) {
		for n, l := range Links(&b) {
			if l.To != to || b.Spans[n].Kind != outline.Link {
				continue
			}
			texts = append(texts, oneLine(src, b.Spans[n].Text))
		}
	}
	return texts
}

// oneLine is a part of a source without its line ends.
func oneLine(src []byte, r diag.Range) string {
	return strings.Join(strings.Fields(string(src[r.Start:r.End])), " ")
}

// withoutNumber takes the number from the beginning of a link's text, or from its
// end, and tells whether it was there.
func withoutNumber(text, number string) (string, bool) {
	if rest, ok := strings.CutPrefix(strings.TrimPrefix(text, "#"), number); ok && (rest == "" || !isOfWord(rest[0])) {
		return strings.TrimLeft(rest, ": "), true
	}
	rest, ok := strings.CutSuffix(strings.TrimSuffix(text, ")"), number)
	if before := strings.TrimRight(rest, "#("); ok && before != rest {
		return strings.TrimRight(before, ": "), true
	}
	return text, false
}

func isLetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r >= 0x80 }

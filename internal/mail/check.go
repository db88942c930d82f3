package mail

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// What mails are held against.
const (
	// minSubject and maxSubject bound a subject's length, in characters: shorter ones
	// look like spam, longer ones are cut off.
	minSubject, maxSubject = 10, 78
	// maxPreview is how much programs show beside a subject, in characters.
	maxPreview = 140
	// maxHTML is where Gmail cuts a mail's HTML off, in bytes.
	maxHTML = 102 << 10
	// defaultRoom is what services add to it at most, in bytes.
	defaultRoom = 20 << 10
	// maxShown is how much of an address is told, in characters.
	maxShown = 100
	// maxPicture is how large a picture may well be, in bytes.
	maxPicture = 1 << 20
)

// check finds what a mailing service would object to.
func check(p Post, d *document, m Mail) (found []Finding) {
	tell := func(code string, broken bool, format string, args ...any) {
		found = append(found, Finding{code, broken, fmt.Sprintf(format, args...)})
	}
	switch n := utf8.RuneCountInString(m.Subject); {
	case n == 0:
		tell("subject-length", true, "The mail has no subject. Give the post a title, or galley.mail.subject in the settings a pattern.")
	case n < minSubject:
		tell("subject-length", false, "The subject has %d characters; with fewer than %d it looks like spam.", n, minSubject)
	case n > maxSubject:
		tell("subject-length", false, "The subject has %d characters; programs cut it off behind %d.", n, maxSubject)
	}
	switch n := utf8.RuneCountInString(m.Preview); {
	case n == 0:
		tell("preview-text", false, "There is no preview text, so programs show how the mail begins. The settings can have a pattern for it, galley.mail.preview.")
	case n > maxPreview:
		tell("preview-text", false, "The preview text has %d characters; programs show up to %d.", n, maxPreview)
	}
	room := p.Room
	if room <= 0 {
		room = defaultRoom
	}
	if size := len(m.HTML); size > maxHTML {
		tell("size", true, "The mail is %d KB large, and Gmail cuts it off at %d KB. Shorten it, or send a part of it and link to the rest.", kb(size), maxHTML>>10)
	} else if size+room > maxHTML {
		tell("size", true, "The mail is %d KB large, and with the %d KB that the mailing service adds Gmail cuts it off at %d KB. Shorten it.", kb(size), kb(room), maxHTML>>10)
	}
	for _, pic := range d.pictures {
		name := pic.address[strings.LastIndexByte(pic.address, '/')+1:]
		if inside := strings.HasPrefix(pic.address, "data:"); !pic.hasAlt && inside {
			tell("picture-text", true, "A picture that is written into the mail has no alternative text, and many programs show pictures only when asked.")
		} else if !pic.hasAlt {
			tell("picture-text", true, "The picture %s has no alternative text, and many programs show pictures only when asked.", name)
		}
		if p.PictureSize == nil {
			continue
		}
		if size, ok := p.PictureSize(pic.address); ok && size > maxPicture {
			tell("picture-size", false, "The picture %s is %d KB large. Scale it down: readers load it on their phones.", name, kb(size))
		}
	}
	if d.data == 1 {
		tell("data-address", true, "One address holds its content: mail programs do not show what is in data: addresses. Put the content into a file of the site.")
	} else if d.data > 1 {
		tell("data-address", true, "%d addresses hold their content: mail programs do not show what is in data: addresses. Put the content into a file of the site.", d.data)
	}
	for _, address := range d.refused {
		tell("address", true, "The address “%s” cannot be read, and was left out of the mail. Mend it in the text.", shorten(address))
	}
	for _, sheet := range d.sheets {
		tell("style-sheet", false, "The layout links to the style sheet %s, which mail programs do not load. Put what the mail needs into a style element of the layout.", sheet)
	}
	if len(d.dropped) > 0 {
		tell("taken-out", false, "Taken out, since mail programs do not show it: %s.", strings.Join(d.dropped, ", "))
	}
	return found
}

// shorten is an address in one line, as far as one reads it.
func shorten(address string) string {
	runes := []rune(oneLine(address))
	if len(runes) > maxShown {
		return string(runes[:maxShown]) + "…"
	}
	return string(runes)
}

func kb(bytes int) int { return (bytes + 1023) >> 10 }

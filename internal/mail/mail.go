package mail

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/vanng822/go-premailer/premailer"
)

// Post is a post that is to become a mail.
type Post struct {
	// Subject is the mail's, in one line.
	Subject string
	// Preview is what mail programs show beside the subject, in one line. It may be
	// empty: then they show how the mail begins.
	Preview string
	// Title is the post's.
	Title string
	// Site is the title of the site, and Language the language of its texts, as
	// BCP 47 has them: "en".
	Site, Language string
	// Address is where the post is published: what is written relative to it is made
	// absolute by it. It has a scheme and a host.
	Address string
	// HTML is the whole document, as the site's layout for mails has it; empty where
	// there is none. Then Content, the post's, is put into ours.
	HTML, Content []byte
	// PictureSize tells how large a picture is, in bytes, by its absolute address;
	// false where it is not known. Nil knows none.
	PictureSize func(address string) (int, bool)
	// Room is how many bytes the mailing service adds to the HTML; 20 KB when 0.
	Room int
	// Stop ends making the mail, with its error, once it returns one. It is asked between
	// the steps, which are bounded; nil never ends it.
	Stop func() error
}

// Mail is a mail, ready to be copied or to become a draft.
type Mail struct {
	Subject string
	Preview string
	// HTML is a whole document, with its styles in its elements.
	HTML string
	// Text is the same for programs that show no HTML.
	Text string
	// Found is what should be looked at before it is sent.
	Found []Finding
}

// Finding is something about a mail that a mailing service, or the programs of its
// readers, would object to.
type Finding struct {
	// Code names the check: "subject-length".
	Code string
	// Error: readers would get a broken mail. Otherwise it is a warning.
	Error bool
	// Message is a sentence.
	Message string
}

// Make makes the mail of a post. It fails where the address is none, where the styles
// cannot be read, and where the page or what its styles take is far over what a mail has,
// of which it parses nothing.
func Make(p Post) (Mail, error) {
	if err := p.stopped(); err != nil {
		return Mail{}, err
	}
	base, err := url.Parse(p.Address)
	if err != nil || base.Host == "" {
		return Mail{}, fmt.Errorf("a mail needs absolute addresses, and the post's is %q: put the site's address into _config.yml, as “url: https://example.org”", p.Address)
	}
	p.Subject, p.Preview = oneLine(p.Subject), oneLine(p.Preview)
	if err := tooLarge(max(len(p.HTML), len(p.Content))); err != nil {
		return Mail{}, err
	}
	html := p.HTML
	if len(html) == 0 {
		if html, err = plain(p); err != nil {
			return Mail{}, err
		}
	}
	doc, err := newDocument(html, base)
	if err != nil {
		return Mail{}, err
	}
	form := shapeOf(doc.root)
	if err := errors.Join(form.tooManyStyles(), p.stopped()); err != nil {
		return Mail{}, err
	}
	m := Mail{Subject: p.Subject, Preview: p.Preview}
	if m.Text, err = text(doc.root, form.cells <= maxCells); err != nil {
		return Mail{}, err
	}
	if err := p.stopped(); err != nil {
		return Mail{}, err
	}
	doc.addPreview(p.Preview)
	whole, err := doc.html()
	if err != nil {
		return Mail{}, err
	}
	if m.HTML, err = inline(whole); err != nil {
		return Mail{}, fmt.Errorf("the mail's styles cannot be put into its elements: %w", err)
	}
	m.Found = check(p, doc, m)
	return m, nil
}

func (p Post) stopped() error {
	if p.Stop == nil {
		return nil
	}
	return p.Stop()
}

// inline puts styles into the elements that they are for. Classes stay, since rules
// for narrow screens do.
func inline(html string) (string, error) {
	o := premailer.NewOptions()
	o.CssToAttributes = false
	p, err := premailer.NewPremailerFromString(html, o)
	if err != nil {
		return "", err
	}
	return p.Transform()
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// Package mail makes a mail of a post, and checks it as mailing services do before
// they send.
//
//	mail.go      Post, Mail, Make: what goes in and what comes out
//	document.go  the page as a mail: absolute addresses, nothing that mail cannot have
//	bounds.go    what is far from being a mail, and is refused before it takes time
//	text.go      the same as text
//	plain.go     the layout for sites that bring none
//	check.go     what a mailing service, or the reader's program, would object to
//	service.go   mailing services: a draft is made there, and sent by a person there
//
// What a post looks like as a page is the site's to say: the caller renders it, by a
// layout "mail" of the site or without one, and then gets ours around it.
//
// Styles stand in style elements of that layout. They are put into the elements
// (style="..."), since large mail programs drop what is in the head. The selectors
// are matched, and rules for narrow screens kept in the head, by go-premailer, which
// is kept up. It brings html2text along, which makes the text: lists, headings and
// links as people write them in mails.
//
// The package knows no clock, network or disk.
package mail

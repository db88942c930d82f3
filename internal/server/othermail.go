package server

import (
	"fmt"
	"net/http"

	"galley/internal/mail"
)

// otherMail is a mail at a mailing service that is not Galley's to write over.
type otherMail struct {
	Service string `json:"service"`
	URL     string `json:"url"`
	// Seen names it as it is, for the same request again.
	Seen string `json:"seen"`
	// Replaceable: it is a draft, which may be replaced where a person wants that.
	Replaceable bool `json:"replaceable"`
}

// inTheWay is what the browser is told of a mail that a service has already.
func inTheWay(service string, way *mail.InTheWay) error {
	p := problem{Kind: kindOtherMail, status: http.StatusConflict, Mail: &otherMail{service, way.URL, way.Seen, way.State == ""}}
	switch way.State {
	case "":
		p.Sentence = fmt.Sprintf("Somebody changed the draft “%s” at %s. Nothing was written; say what becomes of it.", way.Subject, service)
	case "scheduled":
		p.Sentence = fmt.Sprintf("The mail “%s” of this post is scheduled at %s and goes out by itself. Nothing was written; say whether there is to be another one.", way.Subject, service)
	default:
		p.Sentence = fmt.Sprintf("The mail “%s” of this post is no draft at %s, and not sent (%s). Nothing was written; say whether there is to be another one.", way.Subject, service, way.State)
	}
	return &refusal{problem: p, cause: way}
}

package site

import (
	"slices"

	"galley/internal/diag"
	"galley/internal/post"
)

func parsePost(src string) post.Post { return post.Parse([]byte(src)) }

func hasCode(list []diag.Diagnostic, code string) bool {
	return slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Code == code })
}

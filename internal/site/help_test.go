package site

import "galley/internal/post"

func parsePost(src string) post.Post { return post.Parse([]byte(src)) }

// What a comment says line by line, and what it suggests.
import { expect, test } from "@playwright/test"
import { partsOf, suggest } from "../src/text/suggestion"

test("a comment's words and suggestions are told apart", () => {
  for (const [body, want] of [
    ["Just words.\n\nMore.", [{ kind: "words", text: "Just words.\n\nMore." }]],
    ["```suggestion\n* one\n* two\n```", [{ kind: "suggestion", text: "* one\n* two" }]],
    ["Why?\r\n\r\n```suggestion\r\n* one\r\n```\r\nSo.", [{ kind: "words", text: "Why?" }, { kind: "suggestion", text: "* one" }, { kind: "words", text: "So." }]],
    // Nothing in it takes the lines out; a line end alone leaves an empty one.
    ["```suggestion\n```", [{ kind: "suggestion", text: "" }]],
    ["````suggestion\n```go\n```\n````", [{ kind: "suggestion", text: "```go\n```" }]],
    ["~~~suggestion\na\n~~~", [{ kind: "suggestion", text: "a" }]],
    ["```suggestion\nnot closed", [{ kind: "suggestion", text: "not closed" }]],
    // Other code is words, and suggests nothing by what stands in it.
    ["````md\n```suggestion\na\n```\n````", [{ kind: "words", text: "````md\n```suggestion\na\n```\n````" }]],
    ["```suggestions\na\n```", [{ kind: "words", text: "```suggestions\na\n```" }]],
    ["    ```suggestion\n    a", [{ kind: "words", text: "    ```suggestion\n    a" }]],
    ["", []],
  ] as const) expect(partsOf(body), body).toEqual(want)
})

test("what is suggested is read as it was meant, fences in it too", () => {
  for (const lines of ["* one", "", "```go\nx\n```", "a ```` b", "two\nlines"]) {
    const parts = partsOf(suggest("Words.", lines))
    expect(parts).toEqual([{ kind: "words", text: "Words." }, { kind: "suggestion", text: lines }])
  }
})

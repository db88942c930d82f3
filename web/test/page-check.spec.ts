// What a check of the page found, told apart and led back to the source.
import { expect, test } from "@playwright/test"
import { Failure } from "../src/forge/api"
import { checkPage, sorted } from "../src/post/page-check"
import { readAnswer } from "../src/preview/audit-frame"
import type { AuditFinding } from "../src/protocol/audit"
import type { PageParts } from "../src/protocol/server"

const text = "---\ntitle: x\n---\nOne ![](/a.png) and ![](/a.png)\n\n* ![](/b.png)\n* Two\n"
const first = { html: "", from: 17, to: text.indexOf("* ") }
const parts: PageParts = { before: "<main>", after: "</main>", from: 17, blocks: [first, { html: "", from: first.to, to: text.length }] }

const finding = (rest: Partial<AuditFinding>): AuditFinding => ({ rule: "image-alt", help: "Images must have text", grave: true, block: 0, own: false, texts: [], ...rest })
const find = (findings: AuditFinding[], of = parts, known: Parameters<typeof sorted>[3] = []) => sorted({ findings, more: false }, of, text, known)
const places = (found: ReturnType<typeof sorted>) => found.problems.map(({ from, to }) => text.slice(from, to))

test("a finding is at what the source has of its element, each at its own", () => {
  const found = find([finding({ texts: ["/a.png"] }), finding({ texts: ["/a.png"] }), finding({ block: 1, texts: ["/gone.png", "/b.png"] }), finding({ rule: "list", block: 1 })])
  expect(places(found)).toEqual(["/a.png", "/a.png", "/b.png", "* ![](/b.png)"])
  expect(found.problems[0]!.from).toBeLessThan(found.problems[1]!.from)
  expect(found.problems.every(problem => problem.page)).toBe(true)
  expect(found.layout).toEqual([])
})

test("what is the layout's is told apart, and colours are the layout's unless the text has its own", () => {
  const pale = { rule: "color-contrast", contrast: { is: 2.5, least: 4.5 } }
  const found = find([finding({ ...pale, own: false }), finding({ ...pale, own: true }), finding({ rule: "region" }), finding({ block: -1 }), finding({ block: 7 }), finding({ rule: "new-rule", block: -1, help: "New things" })])
  expect(found.problems.map(({ message }) => message)).toEqual(["The text stands out too little from what is behind it: 2.5 to 1, where 4.5 to 1 is the least."])
  expect(found.layout.map(({ places }) => places)).toEqual([1, 1, 2, 1])
  expect(found.layout.at(-1)!.sentence).toBe("New things.")
})

test("what the source's rules say already is not said again", () => {
  const at = text.indexOf("![](/b")
  const known = [{ from: at, to: at + 3, severity: "warning" as const, code: "picture-text", message: "" }]
  expect(places(find([finding({ texts: ["/a.png"] }), finding({ block: 1, texts: ["/b.png"] })], parts, known))).toEqual(["/a.png"])
})

test("where blocks cannot be told apart, only what the source has is the text's", () => {
  const found = find([finding({ block: -1, texts: ["/b.png"] }), finding({ block: -1, texts: ["/logo.png", "<img"] })], { before: "<p>", after: "", blocks: [], from: 17 })
  expect(places(found)).toEqual(["/b.png"])
  expect(found).toMatchObject({ apart: false, layout: [{ places: 1 }] })
})

test("an answer that is none is a failure, and what is odd in one is left out", () => {
  for (const odd of [null, 1, "x", [], {}, { type: "audited" }, { type: "audited", findings: "all" }]) expect(readAnswer(odd)).toEqual({ type: "failed", why: "error" })
  const answer = readAnswer({ type: "audited", findings: [null, { rule: 1 }, { rule: "r", help: "h", block: "0", texts: [1, "t"], contrast: { is: "2" }, more: 1 }] })
  expect(answer).toEqual({ type: "audited", more: false, findings: [{ rule: "r", help: "h", grave: false, own: false, block: -1, texts: ["t"] }] })
})

test("why the server gives no page is said in its words", async () => {
  const refused = new Failure({ kind: "too-large", sentence: "The post is too large to be checked." })
  const found = await checkPage({ src: "", size: { width: 0, height: 0 }, text: () => text, known: () => [], parts: () => Promise.reject(refused) })
  expect(found).toMatchObject({ failed: true, said: "The page could not be checked. The post is too large to be checked." })
})

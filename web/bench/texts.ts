// Texts are the posts that are measured with, and what is done to them. Where
// the shared folder of real posts is absent, they are made of the example
// site's posts.
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import type { Edit, Step } from "./edit"

const root = resolve(import.meta.dirname, "../..")
const shared = resolve(root, "../shared")
const examples = join(root, "internal/example/site/_posts")

/// A size of post that is measured with.
export interface Size {
  name: "9 KB" | "105 KB" | "1 MB"
  text: string
}

/// Who edits a post in Galley. Each has a copy, since the editor keeps drafts.
const roles = ["start", "galley", "galley-ruled", "galley-whole", "floor", "memory"] as const
export type Role = (typeof roles)[number]

/// Path of a role's copy in the site.
export function pathOf(size: Size, role: Role): string {
  return `_posts/2026-03-${String(roles.indexOf(role) + 1).padStart(2, "0")}-${size.name.replace(" ", "").toLowerCase()}.md`
}

/// A site's posts: a copy of each size for each role.
export function copies(sizes: Size[]): { path: string; text: string }[] {
  return sizes.flatMap(size => roles.map(role => ({ path: pathOf(size, role), text: size.text })))
}

/// The three sizes, and where their text is from.
export function sizes(): { sizes: Size[]; source: string } {
  const small = seed("001"), large = seed("004")
  const own = small === null || large === null
  const nine = small ?? grown(9_000)
  const hundred = large ?? grown(105_000)
  const { head, body } = split(hundred)
  return {
    source: own ? "posts of the example site, repeated" : "two real posts; 1 MB is the second one ten times",
    sizes: [
      { name: "9 KB", text: withHead(nine, "Short") },
      { name: "105 KB", text: withHead(hundred, "Long") },
      { name: "1 MB", text: withHead(head + Array<string>(10).fill(body).join("\n\n"), "Huge") },
    ],
  }
}

/// Posts for a whole site, `count` of them, each with a name and a front matter
/// that every generator reads.
export function sitePosts(count: number): { posts: { name: string; text: string }[]; source: string } {
  const corpus = join(shared, "corpus/posts")
  const folder = existsSync(corpus) ? corpus : examples
  const bodies = readdirSync(folder).filter(name => name.endsWith(".md")).sort()
    .map(name => split(readFileSync(join(folder, name), "utf8")).body)
  const first = Date.UTC(2019, 0, 6)
  const posts = Array.from({ length: count }, (_, i) => {
    const date = new Date(first + i * 7 * 86_400_000).toISOString().slice(0, 10)
    return {
      name: `${date}-update.md`,
      text: `---\nlayout: post\ntitle: "Week Ending ${date}"\ndate: ${date} 12:00:00 +0000\nslug: ${date}-update\n---\n${bodies[i % bodies.length]}`,
    }
  })
  return { posts, source: folder === corpus ? `${bodies.length} real posts, copied` : `${bodies.length} posts of the example site, copied` }
}

function seed(number: string): string | null {
  const folder = join(shared, "seeds")
  if (!existsSync(folder)) return null
  const name = readdirSync(folder).find(name => name.startsWith(number + "_"))
  return name ? readFileSync(join(folder, name), "utf8") : null
}

/// A post of about `size` characters, made of the example site's.
function grown(size: number): string {
  const bodies = readdirSync(examples).sort().map(name => split(readFileSync(join(examples, name), "utf8")).body)
  let text = ""
  for (let i = 0; text.length < size; i++) text += bodies[i % bodies.length]!.trim() + "\n\n"
  return text
}

function split(text: string): { head: string; body: string } {
  const found = /^---\r?\n[^]*?\n---\r?\n/.exec(text)
  return { head: found?.[0] ?? "", body: text.slice(found?.[0].length ?? 0) }
}

function withHead(text: string, title: string): string {
  const lines = text.replace(/\r\n/g, "\n")
  return split(lines).head !== "" ? lines : `---\nlayout: post\ntitle: ${title}\n---\n\n${lines}`
}

/// What a writer does, in the order in which it is measured.
export const actions = ["type a letter", "press Enter", "delete a line", "paste 20 lines", "open a fence", "close a fence"] as const
export type Action = (typeof actions)[number]

const phrase = "and slowly the tide came in over the sand "
const pasted = Array.from({ length: 5 }, (_, i) =>
  `\n* Gauge ${i + 1} reads *twice* an hour and tells [the harbour](https://tidewatch.example/gauges/${i + 1}).\n* Nobody asks it to.\n\n`).join("")

/// Between two letters people take a tenth of a second or two, now more, now
/// less. Milliseconds, the same for every contender.
function pauseBefore(letter: number): number {
  return 60 + ((letter * 67) % 181)
}

/// Types `count` letters in the middle of the text, and takes them back.
export function typing(text: string, count: number): Step[] {
  const at = middle(text)
  const steps = Array.from({ length: count }, (_, i): Step => (
    { edit: { from: at + i, to: at + i, insert: phrase[i % phrase.length]! }, action: "type a letter", timed: true, pause: pauseBefore(i) }))
  return [...steps, back("type a letter", { from: at, to: at + count, insert: "" })]
}

/// Does each of the other actions once, and takes it back.
export function editing(text: string): Step[] {
  const at = middle(text)
  const start = text.lastIndexOf("\n", at) + 1
  const end = text.indexOf("\n", at) + 1
  const line = text.slice(start, end)
  const body = split(text).head.length
  const close = text.indexOf("\n\n", body + 200) + 2
  const fence = "```\n"
  return [
    did("press Enter", { from: at, to: at, insert: "\n" }), back("press Enter", { from: at, to: at + 1, insert: "" }),
    did("delete a line", { from: start, to: end, insert: "" }), back("delete a line", { from: start, to: start, insert: line }),
    did("paste 20 lines", { from: end, to: end, insert: pasted }), back("paste 20 lines", { from: end, to: end + pasted.length, insert: "" }),
    did("open a fence", { from: body, to: body, insert: fence }),
    did("close a fence", { from: close + fence.length, to: close + fence.length, insert: fence }),
    back("close a fence", { from: close + fence.length, to: close + 2 * fence.length, insert: "" }),
    back("open a fence", { from: body, to: body + fence.length, insert: "" }),
  ]
}

function did(action: Action, edit: Edit): Step {
  return { edit, action, timed: true, pause: 60 }
}

function back(action: Action, edit: Edit): Step {
  return { edit, action, timed: false, pause: 60 }
}

/// A place inside a plain word, near the middle of the text.
export function middle(text: string): number {
  const plain = /^[^[\]()<>`|_#:\/&]{30,}$/
  for (let at = text.length >> 1; at < text.length - 40; at++) {
    const around = text.slice(at - 20, at + 20)
    if (plain.test(around) && !around.includes("\n") && /^[a-z]{2}$/.test(text.slice(at - 1, at + 1))) return at
  }
  throw new Error("the text has no plain words behind its middle")
}

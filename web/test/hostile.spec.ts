// What is done with a whole text, or with one line of it, takes a time that its size alone
// decides: one that somebody wrote to stop an editor, or pasted without knowing, does not.
import { Text } from "@codemirror/state"
import { test } from "@playwright/test"
import { createRequire } from "node:module"
import { matterOf } from "../src/editor/completion/matter"
import { valueBegun } from "../src/editor/completion/completion"
import { blocksOf } from "../src/editor/prose"
import { toMarkdown } from "../src/editor/paste/to-markdown"
import { cellsOf, cellText, isDelimiter, isRow, widthOf } from "../src/editor/tables/table"
import { missingPictures } from "../src/post/missing-pictures"
import { concerning } from "../src/post/own-sections"
import { loadsRelatively } from "../src/post/relative-loads"
import { namedByServer } from "../src/post/server-names"
import type { Writer } from "../src/protocol/server"
import { countOf } from "../src/text/announcement"
import { chapterNames } from "../src/text/chapters"
import { outlineOf, readingOf } from "../src/text/outline"

/// Under how many milliseconds nothing is said: the machine has other things to do.
const floor = 100

/// How long some work takes, in milliseconds of the processor's: the shortest of five
/// times, or the first that is below what is expected, or far above it.
function timeOf(work: () => unknown, expected: number): number {
  const times: number[] = []
  do {
    const begun = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(begun)
    times.push((user + system) / 1_000)
  } while (times.length < 5 && times.every(time => time > expected && time < 5_000))
  return Math.min(...times)
}

/// Texts of a number of signs, of which many a pattern begins anew at each sign, and goes on to the end.
const runs = [" ", "\t", "\u00a0", "a", "-", "|", "<", "<a ", "[", "](", "[a](", "[a](b", "[a][", "(", "{", "{%", "{:", " {:", "}", "`", "#", " #", "# ", "=", "!", "<!--", "https://"]
const anything = runs.map(run => (n: number) => run.repeat(n / run.length) + "\u2028x")
/// The same as headings, below which are more.
const headings = runs.map(run => (n: number) => `## a${run.repeat(n / run.length)}x\n`)
/// And as rows of tables.
const rows = runs.map(run => (n: number) => `|-${run.repeat(n / run.length)}x|`)

/// The document that turndown has where there is none.
const domino = createRequire(process.cwd() + "/")("@mixmark-io/domino") as { createWindow(html: string): { document: Document } }

/// What is pasted, made Markdown.
function markdownOf(html: string): string {
  const { body } = domino.createWindow(`<body>${html}</body>`).document
  return toMarkdown(body, "*")
}

/// Marks a hundred pictures that are missing, at addresses as long as a frame may ask for,
/// in a text that has them.
function missingIn(text: string): unknown {
  const folders = text.slice(0, 2_000)
  return missingPictures(`<${text}>`, new Map(Array.from({ length: 100 }, (_, i) => [`/${folders}/${i % 2 ? i : "a"}`, ""])), "http://127.0.0.1/2026/a.html")
}

/// What is done, and the texts that are made of a number of pieces. What has two ways to
/// read each piece takes for ever with some tens of them.
const table: [what: string, work: (text: string) => unknown, texts: ((n: number) => string)[]][] = [
  ["the value that is begun in front matter", valueBegun, [
    n => "tags: [" + "one, ".repeat(n) + "]", n => "tags: [" + "one,  ".repeat(n), n => "tags: [" + " ".repeat(n) + "]", n => "tags:" + " ".repeat(n) + "]", n => " ".repeat(n) + "x", n => "-" + " ".repeat(n) + "\u2028",
  ]],
  ["the values of a site's front matter", text => matterOf([`---\n${text}\n---\n`]), [
    n => "tags: [" + "one, ".repeat(n) + "] x", n => "a: b" + " ".repeat(n) + "c", n => "a: [" + "]".repeat(n) + "c", n => "a: [" + "] #".repeat(n), n => "a:" + " ".repeat(n) + "\u2028", n => "-" + " ".repeat(n) + "\u2028",
  ]],
  ["a picture's name in a text", namedByServer, [...anything, n => "![](data:image/png;base64," + "iVBORw0KGgo".repeat(n) + ")", n => "-12345678.png".repeat(n)]],
  ["a missing picture in a text", missingIn, [...anything, n => "/a".repeat(n), n => "/\"".repeat(n) + "/a", n => "\"/a".repeat(n), n => "(a".repeat(n), n => "<a>/".repeat(n)]],
  ["what raw HTML loads", loadsRelatively, [...anything, n => "<a src=" + " ".repeat(n) + "/>", n => '<a src="' + " ".repeat(n) + "/>", n => "<a" + " src".repeat(n) + ">", n => "<a" + " src=a".repeat(n) + ":>"]],
  ["where a text has blocks", blocksOf, [...anything, n => "\n".repeat(n), n => "a\n \n".repeat(n)]],
  ["which empty sections concern somebody", text => concerning(Array.from({ length: 500 }, (_, i) => ({ code: "empty-section", from: i })), text, [{ section: "a", own: true }, { section: "b", own: false }] as Writer[]), [n => "## a\n".repeat(n)]],
  ["a text's sections", chapterNames, [...anything, ...headings, n => "<!-- -->\n\n".repeat(n), n => "```\n".repeat(n), n => "## a\n".repeat(n)]],
  ["a text's outline", text => outlineOf(Text.of(text.split("\n"))), [...anything, ...headings]],
  ["how long a text is to read", readingOf, [...anything, n => "](a(b)".repeat(n), n => "---\n".repeat(n), n => "a word, ".repeat(n)]],
  ["a line of a table", line => [isDelimiter(line), isRow(line), cellsOf(line)], [...anything, ...rows, n => "|" + "-|".repeat(n) + "x", n => Array.from({ length: Math.sqrt(n) }, (_, i) => "`".repeat(i)).join(" ")]],
  ["what is pasted", markdownOf, ["<li>a", "<li><p>a</p>", "<b>a</b> "].map(piece => (n: number) => `<ul>${piece.repeat(n / 4)}</ul>`)],
  ["how wide a cell is", widthOf, [...anything, n => "a word, ".repeat(n)]],
  ["how a network counts", text => countOf(text, "mastodon"), [...anything, n => "a word, ".repeat(n), n => "https://a.b" + ")".repeat(n)]],
  ["what is put into a cell", cellText, [...anything, n => "a" + "\u00a0".repeat(n) + "b", n => "a" + "\n".repeat(n) + "b"]],
]

for (const [what, work, texts] of table) {
  test(`${what} takes no more than its size`, () => {
    texts.forEach((text, i) => {
      let less = Infinity
      // What grows with the square or the cube is found before it takes minutes.
      for (const n of [64, 512, 4_096, 32_768]) {
        const whole = text(n)
        const most = Math.max(floor, 32 * less)
        const more = timeOf(() => work(whole), most)
        if (more > most) throw new Error(`text ${i + 1}: ${n} take ${Math.round(more)} ms, an eighth of them ${Math.round(less)} ms`)
        less = more
      }
    })
  })
}

// The second promise: whatever is typed, and in whatever order, the patched
// preview is node for node the page rendered from scratch. Posts are edited at
// random through the editor's own transactions, as fast as the preview goes.
import { execFileSync } from "node:child_process"
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import type { Page } from "@playwright/test"
import { differenceTo, expect, openPost, test, tidesText, type Galley } from "./galley"

const root = resolve(import.meta.dirname, "../..")
const bin = process.env["GALLEY_BIN"] ?? join(root, "bin/galley")
const shared = process.env["GALLEY_SHARED"] ?? resolve(root, "../shared")
/// How many edits each walk has; `make test-long` asks for more. After every
/// `between` of them the page is compared.
const long = Number(process.env["GALLEY_WALK"] ?? 0)
const between = 50

const seeds = join(shared, "seeds")
const own = join(root, "internal/example/site/_posts")
const head = "---\nlayout: post\ntitle: Walk\ndate: 2026-04-05 22:00:00 -0000\nslug: walk\n---\n\n"
const samples: { name: string; edits: number; text: () => string }[] = [
  { name: "a post with everything in it", edits: 200, text: () => tidesText },
  ...readdirSync(own).filter(f => f.endsWith(".md")).slice(0, 1).map(f => ({ name: `the example's ${f}`, edits: 150, text: () => readFileSync(join(own, f), "utf8") })),
  ...(existsSync(seeds) ? readdirSync(seeds).sort().map(f => ({ name: `seed ${f.slice(0, 3)}`, edits: 500, text: () => readFileSync(join(seeds, f), "utf8") })) : []),
]

const path = "_posts/2026-04-05-walk.md"

for (const [i, sample] of samples.entries()) {
  test(`after a random walk the preview equals the page: ${sample.name}`, async ({ page, galley }) => {
    const edits = long || sample.edits
    test.setTimeout(60_000 + edits * 500)
    const text = sample.text()
    galley.commit(path, text.startsWith("---") ? text : head + text, "Add a post to walk in")
    await openPost(page, galley, path)
    for (let done = 0; done < edits; done += between) {
      const last = await walk(page, 1000 * i + done + 1, Math.min(between, edits - done))
      const want = built(galley, await textOf(page))
      await expect.poll(() => differenceTo(page, want), { message: `after ${Math.min(done + between, edits)} edits, the last ${JSON.stringify(last)}` }).toBe("")
    }
    await expect(page.locator(".edit")).toHaveAttribute("data-preview", "live")
  })
}

if (!existsSync(seeds)) {
  test("after a random walk the preview equals the page: the seeds", () => {
    test.skip(true, "the seeds are not beside the project")
  })
}

/// The page that the builder makes of a text.
function built(galley: Galley, text: string): string {
  const file = join(galley.dir, path)
  writeFileSync(file, text)
  return execFileSync(bin, ["render", "--site", galley.dir, file], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1 << 26 })
}

/// What the editor holds.
function textOf(page: Page): Promise<string> {
  return page.evaluate(() => (document.querySelector(".cm-content") as any).cmTile.view.state.doc.toString())
}

/// Makes edits by transactions; answers the last few. Most are waited for, so
/// that each is a patch of its own; some come at once.
function walk(page: Page, seed: number, count: number): Promise<unknown[]> {
  return page.evaluate(async ({ seed, count }) => {
    const view = (document.querySelector(".cm-content") as any).cmTile.view
    const random = (n: number) => (seed = (seed * 48271) % 2147483647) % n
    const pick = <T>(list: T[]): T => list[random(list.length)]!
    const words = ["tide", "gauge *read*", "`code`", " ", "x", "é𝄞", "[a](b)", "[x]", "[^1]", "HTML", "**", "_", "<b>", "</b>", "\"quoted\"", "&amp;", "![](/none.png)", "--"]
    const lines = [
      "## Developer News", "# Tides", "### Tides", "* item", "  * nested", "1. one", "> quoted", "```", "```go", "~~~", "    indented",
      "| a | b |", "| --- | --- |", "[x]: https://example.org/y \"t\"", "[^1]: A note.", "*[HTML]: Hypertext", "<div>", "</div>", "<!--", "-->",
      "<details><summary>More</summary>", "</details>", "{: .note}", "{:toc}", "***", "term", ": what it means", "",
    ]
    const matter = ["title: Another\n", "description: \"Of tides\"\n", "author: Ada\n", "tags: [a, b]\n"]
    const done: unknown[] = []
    // No writer edits one half of a character.
    const whole = (at: number) => (/[\udc00-\udfff]/.test(view.state.sliceDoc(at, at + 1)) ? at + 1 : at)
    const edit = (start: number, end: number, insert: string) => {
      const [from, to] = [whole(start), whole(end)]
      done.push([from, to, insert])
      view.dispatch({ changes: { from, to, insert: view.state.toText(insert) }, selection: { anchor: Math.min(from, view.state.doc.length - (to - from)) }, userEvent: "input" })
    }
    const settled = () => new Promise(resolve => setTimeout(resolve, random(3) === 0 ? 0 : 12))
    let fence = -1
    for (let n = 0; n < count; n++) {
      const doc = view.state.doc
      const line = doc.line(1 + random(doc.lines))
      const at = line.from + random(line.length + 1)
      const body = doc.line(Math.min(doc.lines, 8)).from
      switch (random(15)) {
        case 0: case 1: case 2: case 3:
          edit(at, at, pick(words))
          break
        case 4: case 5: {
          const to = Math.min(doc.length, at + random(12))
          edit(at, to, "")
          break
        }
        case 6:
          if (random(3) === 0) edit(line.from, Math.min(doc.length, line.to + 1), "")
          else edit(at, at, "\n")
          break
        case 7: case 8:
          edit(line.from, line.from, Array.from({ length: 1 + random(20) }, () => pick(lines)).join("\n") + "\n")
          break
        case 9:
          edit(line.from, line.from, pick(lines) + "\n")
          break
        case 10: {
          // A fence at the top, and soon its end.
          const top = fence < 0 ? Math.max(body, doc.line(Math.min(doc.lines, 10)).from) : line.from
          edit(top, top, "```\n")
          fence = fence < 0 ? top : -1
          break
        }
        case 11: {
          const heads = /^#+ .*/gm
          const found = [...doc.toString().matchAll(heads)]
          if (found.length > 0) {
            const one = pick(found)
            edit(one.index, one.index + one[0].length, pick(["## Developer News", "# Tides", "plain", "### A *new* name"]))
          }
          break
        }
        case 12: {
          const second = doc.line(Math.min(2, doc.lines))
          if (random(4) > 0) edit(second.from, second.from, pick(matter))
          else if (/^(title|description|author|tags):/.test(second.text)) edit(second.from, Math.min(doc.length, second.to + 1), "")
          break
        }
        case 13: {
          // Letters one by one, of which most are shown ahead of their rendering.
          const word = pick(["slowly and more", "HTML tides", "a b", "x*y* z", "tide."])
          for (let i = 0; i < word.length; i++) {
            edit(at + i, at + i, word[i]!)
            if (random(4) > 0) await settled()
          }
          if (random(3) === 0) edit(at, at + word.length, "")
          break
        }
        default: {
          // Something from elsewhere, moved here.
          const other = doc.line(1 + random(doc.lines))
          edit(at, at, doc.sliceString(other.from, Math.min(doc.length, other.to + 1)))
        }
      }
      await settled()
    }
    return done.slice(-3)
  }, { seed, count })
}

// Source and page follow one another by block. In a post with everything in it
// that makes heights differ, neither loses the other's place.
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import type { Page } from "@playwright/test"
import { expect, openPost, previewFrame, source, test } from "./galley"

const shared = process.env["GALLEY_SHARED"] ?? resolve(import.meta.dirname, "../../../shared")
const path = "_posts/2026-05-10-scroll.md"
const head = "---\nlayout: post\ntitle: Scroll\ndate: 2026-05-10 22:00:00 -0000\nslug: scroll\n---\n\n"

const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="240"><rect width="300" height="240" fill="#8ab"/></svg>\n`
const kinds = [
  (i: number) => `A paragraph ${i}. ${"It goes on for a while, and wraps in both panes. ".repeat(1 + (i % 5))}`,
  (i: number) => `![Picture ${i}](/chart.svg)`,
  (i: number) => `| port | depth |\n| --- | --- |\n${Array.from({ length: 2 + (i % 9) }, (_, n) => `| ${i} | ${n} |`).join("\n")}`,
  (i: number) => "```\n" + Array.from({ length: 3 + (i % 14) }, (_, n) => `line ${n} of ${i}`).join("\n") + "\n```",
  (i: number) => Array.from({ length: 2 + (i % 6) }, (_, n) => `* item ${n} of ${i}`).join("\n"),
]
const mixed = head + Array.from({ length: 120 }, (_, i) => `## Section ${i}\n\n${kinds[i % kinds.length]!(i)}\n\n${kinds[(i * 7 + 3) % kinds.length]!(i)}\n`).join("\n")

/// Scrolls the source so that a line is at its top.
async function scrollSource(page: Page, line: string): Promise<void> {
  await page.evaluate(line => {
    const view = (document.querySelector(".cm-content") as any).cmTile.view
    const at = view.state.doc.toString().indexOf("\n" + line + "\n") + 1
    view.dispatch({ effects: view.constructor.scrollIntoView(at, { y: "start", yMargin: 0 }) })
  }, line)
}

/// Which line is at the source's top.
function sourceTop(page: Page): Promise<string> {
  return page.evaluate(() => {
    const view = (document.querySelector(".cm-content") as any).cmTile.view
    const block = view.lineBlockAtHeight(view.scrollDOM.scrollTop - view.documentPadding.top + 6)
    return view.state.doc.lineAt(block.from).text
  })
}

test("the page is where the source is, over pictures, tables and code, near and far", async ({ page, galley }) => {
  galley.commit("chart.svg", picture, "Add a picture")
  galley.commit(path, mixed, "Add a post")
  await openPost(page, galley, path)
  const frame = await previewFrame(page)
  await expect.poll(() => frame.evaluate(() => [...document.images].every(i => i.complete && i.naturalWidth > 0))).toBe(true)
  // Forth, back and far: what is left over of one step would add up.
  for (const section of [3, 4, 5, 6, 40, 41, 80, 79, 78, 20, 110, 1]) {
    await scrollSource(page, `## Section ${section}`)
    await expect.poll(() => frame.evaluate(section => {
      const heading = [...document.querySelectorAll("h2")].find(h => h.textContent === `Section ${section}`)!
      return Math.abs(heading.getBoundingClientRect().top) < 40
    }, section), { message: `section ${section} on the page` }).toBe(true)
    await expect.poll(() => sourceTop(page), { message: "and the source stays there" }).toBe(`## Section ${section}`)
  }
})

test("the source is where the page is, over pictures, tables and code, near and far", async ({ page, galley }) => {
  galley.commit("chart.svg", picture, "Add a picture")
  galley.commit(path, mixed, "Add a post")
  await openPost(page, galley, path)
  const frame = await previewFrame(page)
  await expect.poll(() => frame.evaluate(() => [...document.images].every(i => i.complete && i.naturalWidth > 0))).toBe(true)
  await page.locator("iframe[title='Page preview']").focus()
  for (const section of [3, 4, 5, 6, 40, 41, 80, 79, 78, 20, 110, 1]) {
    await frame.evaluate(section => {
      const heading = [...document.querySelectorAll("h2")].find(h => h.textContent === `Section ${section}`)!
      scrollBy({ top: heading.getBoundingClientRect().top, behavior: "instant" })
    }, section)
    await expect.poll(() => sourceTop(page), { message: `section ${section} in the source` }).toBe(`## Section ${section}`)
    expect(await frame.evaluate(section => {
      const heading = [...document.querySelectorAll("h2")].find(h => h.textContent === `Section ${section}`)!
      return Math.abs(heading.getBoundingClientRect().top) < 3
    }, section)).toBe(true)
  }
})

test("where a long post of others is scrolled, both panes keep to one block", async ({ page, galley }) => {
  const seed = existsSync(join(shared, "seeds")) ? readdirSync(join(shared, "seeds")).find(f => f.startsWith("004")) : undefined
  test.skip(!seed, "the seeds are not beside the project")
  galley.commit("chart.svg", picture, "Add a picture")
  const own = readFileSync(join(shared, "seeds", seed!), "utf8").replace(/^---\n[\s\S]*?\n---\n/, "")
  // Every tenth paragraph is followed by a picture.
  let count = 0
  const text = head + own.replace(/\n\n(?=[A-Z][a-z])/g, match => (++count % 10 === 0 ? "\n\n![Chart](/chart.svg)\n\n" : match))
  galley.commit(path, text, "Add a post")
  await openPost(page, galley, path)
  await source(page).focus()
  const frame = await previewFrame(page)
  await expect.poll(() => frame.evaluate(() => [...document.images].filter(i => i.src.endsWith("/chart.svg")).every(i => i.complete && i.naturalWidth > 0)), { timeout: 30_000 }).toBe(true)
  for (const part of [0.1, 0.11, 0.12, 0.5, 0.9, 0.89, 0.3]) {
    // A paragraph with words that are nowhere else.
    const line = await page.evaluate(part => {
      const { doc } = (document.querySelector(".cm-content") as any).cmTile.view.state
      const all = doc.toString() as string
      let n = Math.floor(doc.lines * part)
      for (;; n++) {
        const text = doc.line(n).text as string
        if (/^[A-Z][A-Za-z ,]{50,}/.test(text) && doc.line(n - 1).text === "" && all.split(text).length === 2) return text
      }
    }, part)
    await scrollSource(page, line)
    const words = /^[A-Z][A-Za-z ,]{40}/.exec(line)![0]
    await expect.poll(() => frame.evaluate(words => {
      const block = [...document.querySelectorAll("p")].find(p => p.textContent!.replace(/\s+/g, " ").startsWith(words))
      return block ? Math.abs(block.getBoundingClientRect().top) < 40 : "no such paragraph"
    }, words), { message: words }).toBe(true)
    expect(await sourceTop(page)).toBe(line)
  }
})

test("after a reload cursor, selection and both panes are where they were, together or apart", async ({ page, galley }) => {
  galley.commit("chart.svg", picture, "Add a picture")
  galley.commit(path, mixed, "Add a post")
  await openPost(page, galley, path)
  const sectionTop = async (section: number) => (await previewFrame(page)).evaluate(section => {
    const heading = [...document.querySelectorAll("h2")].find(h => h.textContent === `Section ${section}`)
    return heading ? Math.abs(heading.getBoundingClientRect().top) : 9_999
  }, section)
  const selected = () => page.evaluate(() => {
    const { state } = (document.querySelector(".cm-content") as any).cmTile.view
    return state.sliceDoc(state.selection.main.from, state.selection.main.to)
  })
  await page.evaluate(() => {
    const view = (document.querySelector(".cm-content") as any).cmTile.view
    const at = view.state.doc.toString().indexOf("Section 42")
    view.dispatch({ selection: { anchor: at, head: at + 10 } })
  })
  await scrollSource(page, "## Section 40")
  await expect.poll(() => sectionTop(40)).toBeLessThan(40)
  const again = async () => {
    await page.reload()
    await previewFrame(page)
    await expect.poll(() => sourceTop(page)).toBe("## Section 40")
    expect(await selected()).toBe("Section 42")
  }
  await again()
  await expect.poll(() => sectionTop(40)).toBeLessThan(40)
  await page.keyboard.type("Gauges")
  await expect(source(page)).toContainText("## Gauges")
  await page.keyboard.press("ControlOrMeta+z")
  await scrollSource(page, "## Section 40")

  // Where they do not scroll together, the page has its own place.
  await page.keyboard.press("F9")
  // The frame tells where it is behind the scrolling, and nothing shows that it did.
  await expect(async () => {
    await (await previewFrame(page)).evaluate(() => {
      const heading = [...document.querySelectorAll("h2")].find(h => h.textContent === "Section 80")!
      scrollBy({ top: heading.getBoundingClientRect().top, behavior: "instant" })
    })
    await again()
    await expect.poll(() => sectionTop(80), { timeout: 5_000 }).toBeLessThan(40)
  }).toPass()
})

// What letters cost the page: the text that they stand in is changed and nothing
// else, and its element is laid out alone. Nobody can tell from where things are.
import type { Frame, Page } from "@playwright/test"
import { difference, expect, openPost, preview, previewFrame, test } from "./galley"

const path = "_posts/2026-05-10-letters.md"

const many = Array.from({ length: 80 }, (_, i) => `Paragraph ${i} says what the others say.`).join("\n\n")

const letters = `---
layout: post
title: Letters
date: 2026-05-10 22:00:00 -0000
slug: letters
---

The first words, which the page's head tells, too.

A paragraph of *some* words with [a link](https://example.org/) and \`code\`, which is so long that it is broken into lines.

## A heading to type in

* an item, typed in
* an item with a list
  * an inner item

<div style="float: right">

A paragraph that makes its box wide.

</div>

${many}

The last words.
`

/// Types letters behind some words, each when the last one is seen and the page
/// has rested; tells after each what `look` finds.
async function type<T>(page: Page, behind: string, text: string, look: () => Promise<T>): Promise<T[]> {
  const found: T[] = []
  for (let i = 1; i <= text.length; i++) {
    await page.evaluate(({ behind, letter }) => {
      const view = (document.querySelector(".cm-content") as any).cmTile.view
      const at = view.state.doc.toString().indexOf(behind) + behind.length
      view.dispatch({ changes: { from: at, insert: letter } })
    }, { behind: behind + text.slice(0, i - 1), letter: text[i - 1]! })
    await expect(preview(page).locator("main")).toContainText((behind + text.slice(0, i)).trim())
    await page.waitForTimeout(30)
    found.push(await look())
  }
  return found
}

/// The selector of the element that is held, "" for none, and whether all blocks
/// are where they are when nothing is.
function held(frame: Frame): Promise<{ by: string; same: boolean }> {
  return frame.evaluate(async () => {
    await new Promise(resolve => requestIdleCallback(resolve, { timeout: 200 }))
    const by = document.adoptedStyleSheets.flatMap(sheet => [...sheet.cssRules])
      .flatMap(rule => (rule instanceof CSSStyleRule && rule.style.contain ? [rule.selectorText] : []))
    const places = () => JSON.stringify([...document.querySelectorAll("main *")].map(one => one.getBoundingClientRect()).concat(document.documentElement.getBoundingClientRect()))
    const name = by[0] ? document.querySelector(by[0])!.localName : ""
    const now = places()
    dispatchEvent(new Event("beforeprint")) // lets go
    return { by: name, same: now === places() }
  })
}

const isHeld = (frame: Frame) => frame.evaluate(() => document.adoptedStyleSheets.some(sheet => [...sheet.cssRules].some(rule => rule.cssText.includes("contain"))))

const textOf = (page: Page) => page.evaluate(() => (document.querySelector(".cm-content") as any).cmTile.view.state.doc.toString())

test("letters change their text alone, and hold its element's size", async ({ page, galley }) => {
  galley.commit(path, letters, "Add a post")
  await openPost(page, galley, path)
  const frame = await previewFrame(page)
  await frame.evaluate(() => {
    const here = window as any
    here.touched = []
    new MutationObserver(list => here.touched.push(...list.map(m => m.type)))
      .observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
  })
  // Long enough to make a line more.
  for (const [behind, element, text] of [["into lines", "p", " and more lines than it had, by and by"], ["Paragraph 40 says", "p", " aloud"]] as const) {
    const found = await type(page, behind, text, () => held(frame))
    expect(found.map(one => one.same)).not.toContain(false)
    expect(found.filter(one => one.by === element).length, behind).toBeGreaterThan(text.length / 2)
  }
  expect(await frame.evaluate(() => [...new Set((window as any).touched)])).toEqual(["characterData"])
  // What is in a box as wide as its text, or has blocks in it, is not held.
  for (const behind of ["an inner item", "makes its box wide"]) {
    const found = await type(page, behind, ", truly", () => held(frame))
    expect(found).toEqual(found.map(() => ({ by: "", same: true })))
  }
  await expect.poll(async () => difference(page, path, await textOf(page))).toBe("")
})

test("what holds a paragraph lets go of it before anything else changes", async ({ page, galley }) => {
  galley.commit(path, letters, "Add a post")
  await openPost(page, galley, path)
  const frame = await previewFrame(page)
  const places = () => frame.evaluate(() => [...document.querySelectorAll("main p")].map(p => Math.round(p.getBoundingClientRect().top + scrollY)))
  await type(page, "Paragraph 40 says", " so", async () => {})
  await expect.poll(() => isHeld(frame)).toBe(true)
  await page.evaluate(() => {
    const view = (document.querySelector(".cm-content") as any).cmTile.view
    const at = view.state.doc.toString().indexOf("Paragraph 40")
    view.dispatch({ changes: { from: at, insert: "Before it.\n\n" } })
  })
  await expect(preview(page).getByText("Before it.")).toBeAttached()
  const now = await places()
  await frame.evaluate(() => dispatchEvent(new Event("beforeprint")))
  expect(await places()).toEqual(now)
  await type(page, "Paragraph 41 says", " so", async () => {})
  await expect.poll(() => isHeld(frame)).toBe(true)
  // A narrower page breaks its lines elsewhere.
  await page.setViewportSize({ width: 800, height: 900 })
  await expect.poll(async () => (await held(frame)).same).toBe(true)
})

test("letters in odd HTML come where the page has them", async ({ page, galley }) => {
  const odd = [
    "<table><tr><td>foo</td></tr>foo</table>", "foo</em>foo<b>foo</b>", "<div>one<!-- two -->three &copy; &amp; &lt;b></div>", "<pre>\nfour\n</pre>",
    "<p>five<p>six</p></p>", "<select><option>seven</option>eight</select>", "<textarea>nine <b>ten</b></textarea>", "<div title=\"a > b\">eleven</div>",
    "<svg><title>twelve</title><text>thirteen</text></svg>", "<ul><li>fourteen<li>fifteen</ul>", "<a>sixteen<a>seventeen</a></a>",
  ]
  galley.commit(path, letters.replace(many, odd.join("\n\n")), "Add a post")
  await openPost(page, galley, path)
  for (const [i, word] of ["foo</td>", "</tr>foo", "foo</em>", "</em>foo", "<b>foo", "one", "three", "&amp;", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"].entries()) {
    for (const letter of ["x", "&", "y"]) {
      await page.evaluate(({ word, letter }) => {
        const view = (document.querySelector(".cm-content") as any).cmTile.view
        const at = view.state.doc.toString().lastIndexOf(word) + (word.startsWith("f") && word.endsWith(">") ? 3 : word.length)
        view.dispatch({ changes: { from: at, insert: letter } })
      }, { word, letter })
      await page.waitForTimeout(10)
    }
    if (i % 4 === 3 || i > 18) await expect.poll(async () => difference(page, path, await textOf(page)), { message: word }).toBe("")
  }
})

/// Calls do not reach the worker while `window.held` is an array, which takes
/// them.
async function holdWorker(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const post = Worker.prototype.postMessage
    Worker.prototype.postMessage = function (this: Worker, ...args: any[]) {
      const held = (window as any).held as (() => void)[] | undefined
      if (held && args[0]?.type === "call") held.push(() => post.apply(this, args as [any]))
      else post.apply(this, args as [any])
    }
  })
}

const hold = (page: Page) => page.evaluate(() => void ((window as any).held = []))

const letGo = (page: Page) => page.evaluate(() => {
  const held = (window as any).held as (() => void)[]
  delete (window as any).held
  for (const one of held) one()
})

/// Puts letters behind some words, by one transaction each.
const put = (page: Page, behind: string, letters: string) => page.evaluate(({ behind, letters }) => {
  const view = (document.querySelector(".cm-content") as any).cmTile.view
  const at = view.state.doc.toString().indexOf(behind) + behind.length
  for (const [i, letter] of [...letters].entries()) view.dispatch({ changes: { from: at + i, insert: letter } })
}, { behind, letters })

/// How often the frame's document changed since it was asked last.
const changes = (frame: Frame) => frame.evaluate(() => {
  const here = window as any
  here.watch ??= new MutationObserver(list => (here.count += list.length))
  here.watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
  const count = (here.count ?? 0) as number
  here.count = 0
  return count
})

test("letters are shown ahead of their rendering, which changes nothing then", async ({ page, galley }) => {
  galley.commit(path, letters, "Add a post")
  await holdWorker(page)
  await openPost(page, galley, path)
  const frame = await previewFrame(page)
  const main = preview(page).locator("main")
  await type(page, "Paragraph 40 says", " t", async () => {})
  await hold(page)
  await changes(frame)
  await put(page, "Paragraph 40 says t", "ruly and well")
  await expect(main).toContainText("Paragraph 40 says truly and well what the others say.")
  await letGo(page)
  await expect.poll(async () => difference(page, path, await textOf(page))).toBe("")
  // Each letter once; the worker was told of them in two edits.
  expect(await changes(frame)).toBeLessThanOrEqual("ruly and well".length)
  // A character that may become something else waits, and what follows it.
  await type(page, "Paragraph 41 says", " t", async () => {})
  await hold(page)
  await put(page, "Paragraph 41 says t", "ruly 'tis")
  await expect(main).toContainText("Paragraph 41 says truly what")
  await letGo(page)
  await expect(main).toContainText("Paragraph 41 says truly ‘tis what")
})

test("letters that were shown ahead are taken back where the page has them otherwise", async ({ page, galley }) => {
  const odd = "An *[HTM]* one, HT says it.\n\n{::comment}\nunseen\n{:/comment}\n\n*[HTML]: Hypertext\n"
  galley.commit(path, letters.replace(many, many + "\n\n" + odd), "Add a post")
  await holdWorker(page)
  await openPost(page, galley, path)
  const frame = await previewFrame(page)
  const main = preview(page).locator("main")
  await type(page, "one, HT", "M", async () => {})
  await hold(page)
  await put(page, "one, HTM", "L")
  await expect(main).toContainText("one, HTML says")
  expect(await frame.evaluate(() => document.querySelectorAll("abbr").length)).toBe(0)
  await letGo(page)
  await expect(main.locator("abbr")).toHaveText("HTML")
  // Undone before the worker heard of it, which is asked something else just
  // then: nothing is left to render.
  await type(page, "Paragraph 40 says", " t", async () => {})
  await hold(page)
  await expect.poll(() => page.evaluate(() => (window as any).held.length)).toBe(1)
  await put(page, "Paragraph 40 says t", "ru")
  await expect(main).toContainText("Paragraph 40 says tru what")
  await page.evaluate(() => {
    const view = (document.querySelector(".cm-content") as any).cmTile.view
    const at = view.state.doc.toString().indexOf("says tru") + 6
    view.dispatch({ changes: { from: at, to: at + 2 } })
  })
  await letGo(page)
  await expect(main).toContainText("Paragraph 40 says t what")
  await expect.poll(async () => difference(page, path, await textOf(page))).toBe("")
})

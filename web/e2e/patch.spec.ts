// What a patch leaves alone: the page around a change, near and far, stays as
// the reader has it.
import type { Frame, Page } from "@playwright/test"
import { difference, expect, openPost, preview, previewFrame, source, test } from "./galley"

const path = "_posts/2026-05-03-survey.md"

/// A second of silence.
function silence(): string {
  const data = Buffer.alloc(44 + 8000, 128)
  data.write("RIFF", 0); data.writeUInt32LE(36 + 8000, 4); data.write("WAVEfmt ", 8)
  data.writeUInt32LE(16, 16); data.writeUInt16LE(1, 20); data.writeUInt16LE(1, 22)
  data.writeUInt32LE(8000, 24); data.writeUInt32LE(8000, 28); data.writeUInt16LE(1, 32); data.writeUInt16LE(8, 34)
  data.write("data", 36); data.writeUInt32LE(8000, 40)
  return "data:audio/wav;base64," + data.toString("base64")
}

const survey = `---
layout: post
title: Survey of the bay
date: 2026-05-03 22:00:00 -0000
slug: survey
---

The first words of the survey.

## Soundings

![A buoy](/buoy.svg)

<audio id="tone" loop src="${silence()}"></audio>

<details><summary>More about the bay</summary>
It is deep.
</details>

${Array.from({ length: 30 }, (_, i) => `Paragraph ${i} of the survey, which is long enough to be scrolled.`).join("\n\n")}

## Soundings

Between the two.

## Soundings

The last words of the survey.
`

test.beforeEach(async ({ page, galley }) => {
  galley.commit("buoy.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle cx="20" cy="20" r="15"/></svg>\n`, "Add a picture")
  galley.commit(path, survey, "Add a post")
  await openPost(page, galley, path)
})

/// Brings the frame into a state that only its reader has, and watches it.
async function settle(frame: Frame): Promise<void> {
  await expect.poll(() => frame.evaluate(() => document.querySelector("img")!.naturalWidth)).toBe(40)
  await frame.locator("summary").click()
  await frame.evaluate(async () => {
    const here = window as any
    await document.querySelector("audio")!.play()
    const words = [...document.querySelectorAll("p")].find(p => p.textContent!.startsWith("Paragraph 7"))!.firstChild!
    getSelection()!.setBaseAndExtent(words, 2, words, 12)
    scrollTo({ top: 300, behavior: "instant" })
    here.kept = [...document.querySelectorAll("img, audio, details, summary, p")]
    here.loads = 0
    document.querySelector("img")!.addEventListener("load", () => here.loads++)
    here.touched = []
    new MutationObserver(list => {
      for (const { type, target, addedNodes, removedNodes } of list) {
        const element = target instanceof Element ? target : target.parentElement!
        here.touched.push(`${type} in ${element.localName}${[...addedNodes, ...removedNodes].map(n => " " + n.nodeName).join("")}`)
      }
    }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
  })
}

/// Whether all is as settle left it.
async function expectSettled(frame: Frame): Promise<void> {
  const state = await frame.evaluate(async () => {
    const here = window as any
    const audio = document.querySelector("audio")!
    const then = audio.currentTime
    for (let i = 0; i < 100 && audio.currentTime === then; i++) await new Promise(resolve => setTimeout(resolve, 50))
    return {
      connected: here.kept.filter((node: Node) => !node.isConnected).map((node: Node) => node.nodeName + " " + node.textContent!.slice(0, 20)),
      open: document.querySelector("details")!.open, selected: getSelection()!.toString(), scrolled: Math.round(scrollY),
      loads: here.loads, playing: !audio.paused && audio.currentTime !== then,
    }
  })
  expect(state).toEqual({ connected: [], open: true, selected: "ragraph 7 ", scrolled: 300, loads: 0, playing: true })
}

/// Holds the preview against the page from scratch, in which nobody opened
/// anything.
async function expectEqual(page: Page): Promise<void> {
  await preview(page).locator("details").evaluate(details => details.removeAttribute("open"))
  await expect.poll(async () => difference(page, path, await textOf(page))).toBe("")
}

const touched = (frame: Frame) => frame.evaluate(() => [...new Set((window as any).touched as string[])].sort())

/// Replaces a piece of the text by a transaction, without moving anything.
async function edit(page: Page, from: string, to: string): Promise<void> {
  await page.evaluate(({ from, to }) => {
    const view = (document.querySelector(".cm-content") as any).cmTile.view
    const at = view.state.doc.toString().indexOf(from)
    view.dispatch({ changes: { from: at, to: at + from.length, insert: to } })
  }, { from, to })
}

const textOf = (page: Page) => page.evaluate(() => (document.querySelector(".cm-content") as any).cmTile.view.state.doc.toString())

/// Source and page are scrolled apart, so that only patches move things.
async function apart(page: Page): Promise<void> {
  await page.keyboard.press("F9")
}

test("a new title changes the title alone", async ({ page }) => {
  const frame = await previewFrame(page)
  await apart(page)
  await settle(frame)
  await page.getByLabel("title", { exact: true }).fill("Survey of the sound")
  await expect(preview(page).getByRole("heading", { name: "Survey of the sound" })).toBeVisible()
  await expectSettled(frame)
  for (const what of await touched(frame)) expect(what).toMatch(/ in (title|h1|meta|head|script|a|link)\b/)
  await expectEqual(page)
})

test("a table of contents around the content follows its headings, and nothing else moves", async ({ page, galley }) => {
  galley.commit("templates/post.html",
    `<!DOCTYPE html><html><head><title>{{.Page.Title}}</title></head><body><nav>{{range .Page.Headings}}<a href="#{{.ID}}">{{.Text}}</a> {{end}}</nav>\n<main class="x">Start {{.Content}} end</main><footer>{{.Page.Title}}</footer></body></html>`,
    "Add a template")
  await openPost(page, galley, path)
  const frame = await previewFrame(page)
  await apart(page)
  await settle(frame)
  await edit(page, "## Soundings\n\nBetween", "## Depths\n\nBetween")
  await expect(preview(page).locator("nav a", { hasText: "Depths" })).toBeVisible()
  await expectSettled(frame)
  for (const what of await touched(frame)) expect(what).toMatch(/ in (nav|a|h2)\b/)
  await edit(page, "title: Survey", "title: New survey")
  await expect(preview(page).locator("footer", { hasText: "New survey" })).toBeAttached()
  await expectSettled(frame)
  for (const what of await touched(frame)) expect(what).toMatch(/ in (nav|a|h2|title|footer)\b/)
  await expectEqual(page)
})

test("headings that are numbered anew far away leave what is between them alone", async ({ page }) => {
  const frame = await previewFrame(page)
  await apart(page)
  await settle(frame)
  await edit(page, "## Soundings\n\n!", "## First soundings\n\n!")
  await expect.poll(() => frame.evaluate(() => [...document.querySelectorAll("h2")].map(h => h.id))).toEqual(["first-soundings", "soundings", "soundings-1"])
  await expectSettled(frame)
  for (const what of await touched(frame)) expect(what).toMatch(/ in h2\b/)
  await expectEqual(page)
})

test("definitions that reach the whole post change the blocks that use them", async ({ page }) => {
  const frame = await previewFrame(page)
  await apart(page)
  await settle(frame)
  await edit(page, "The first words", "The [first] words")
  await edit(page, "The last words of the survey.\n", "The [last] words of the survey.[^1]\n\n[first]: /one\n[last]: /two\n[^1]: A note.\n")
  await expect(preview(page).getByRole("link", { name: "last" })).toBeAttached()
  await expect(preview(page).getByText("A note.")).toBeAttached()
  await expectSettled(frame)
  await edit(page, "[first]: /one", "[first]: /three")
  await expect(preview(page).getByRole("link", { name: "first" })).toHaveAttribute("href", "/three")
  await expectSettled(frame)
  await expectEqual(page)
})

/// Where the mark beside the cursor's block is, and where the block is.
function markOf(frame: Frame, words: string): Promise<{ content: string; top: number; height: number; block: { top: number; height: number } }> {
  return frame.evaluate(words => {
    const { content, top, height } = getComputedStyle(document.documentElement, "::after")
    const element = [...document.querySelectorAll("p, h2, ul, table, pre")].find(e => e.textContent!.includes(words))
    // It may be still on its way.
    const block = element?.getBoundingClientRect() ?? { top: NaN, height: NaN }
    return { content, top: Math.round(parseFloat(top)), height: Math.round(parseFloat(height)), block: { top: Math.round(block.top + scrollY), height: Math.round(block.height) } }
  }, words)
}

test("the page marks the block that the cursor is in, without a change of its document", async ({ page }) => {
  const frame = await previewFrame(page)
  const marks = (words: string) => expect.poll(async () => {
    const { content, top, height, block } = await markOf(frame, words)
    return content === "none" ? "no mark" : Math.abs(top - block.top) <= 1 && Math.abs(height - block.height) <= 1
  }, { message: words }).toBe(true)
  await source(page).focus()
  await page.keyboard.press("ControlOrMeta+End")
  await marks("The last words")
  // It moves with what is typed above it, and with the cursor.
  await edit(page, "The first words", "Words\n\n* and\n* more\n\nThe first words")
  await marks("The last words")
  await page.keyboard.insertText("And more.\n\nAnother paragraph.")
  await marks("Another paragraph.")
  await page.keyboard.press("ControlOrMeta+Home")
  for (let i = 0; i < 7; i++) await page.keyboard.press("ArrowDown")
  await marks("Words")
  await expectEqual(page)
  await page.getByLabel("title", { exact: true }).focus()
  await expect.poll(async () => (await markOf(frame, "Words")).content).toMatch(/^(none|normal)$/)
})

test("a film and a sound whose source is another one are begun anew", async ({ page }) => {
  const frame = await previewFrame(page)
  const loading = () => frame.evaluate(() => [...document.querySelectorAll<HTMLMediaElement>("video, #other")].map(it => it.currentSrc.replace(/^.*\//, "")))
  await edit(page, "Between the two.", `<video controls><source src="/a.mp4"></video>\n\n<audio id="other" src="/a.mp3"></audio>`)
  await expect.poll(loading).toEqual(["a.mp4", "a.mp3"])
  await edit(page, "/a.mp4", "/b.mp4")
  await expect.poll(loading).toEqual(["b.mp4", "a.mp3"])
  await edit(page, ` src="/a.mp3">`, `><source src="/b.mp3">`)
  await expect.poll(loading).toEqual(["b.mp4", "b.mp3"])
  await expectEqual(page)
})

test("the page is laid out in the mode that it is published in", async ({ page, galley }) => {
  galley.commit("_layouts/post.html", "<!DOCTYPE html><html><head><title>x</title></head><body>{{ content }}</body></html>", "Add a layout")
  await openPost(page, galley, path)
  const mode = async () => (await previewFrame(page)).evaluate(() => document.body.textContent!.includes("The first words") && document.compatMode)
  await expect.poll(mode).toBe("CSS1Compat")
  await edit(page, "layout: post", "layout: none")
  await expect.poll(mode).toBe("BackCompat")
  await expectEqual(page)
  await edit(page, "layout: none", "layout: post")
  await expect.poll(mode).toBe("CSS1Compat")
  // A frame that begins anew knows of no text.
  await edit(page, "Between the two.", `<video src="film.mp4"></video>`)
  await expect.poll(async () => (await previewFrame(page)).evaluate(() => document.URL)).toContain("/frame/")
  await expect.poll(mode).toBe("CSS1Compat")
  await expectEqual(page)
})

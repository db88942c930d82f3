// Names that a post gives to things in it, and what a browser makes of them: a
// field's name stands in the place of its form's property, and a picture's in
// that of the document's.
import type { Page } from "@playwright/test"
import { difference, expect, live, openPost, previewFrame, source, test } from "./galley"

const path = "_posts/2026-05-03-names.md"
const other = "_posts/2026-05-03-names-too.md"

/// The names of all properties that the document or a form has.
const names = (page: Page, interfaces: string[]) => page.evaluate(
  interfaces => [...new Set(interfaces.flatMap(one => Object.getOwnPropertyNames((window as any)[one].prototype)))].sort(),
  interfaces)

const post = (html: string, word = "first") => `---
layout: post
title: Names
---

The ${word} words.

${html}

*The last words.*
`

/// Puts another text into the editor, whole.
async function write(page: Page, text: string): Promise<void> {
  await source(page).focus()
  await page.keyboard.press("ControlOrMeta+A")
  await page.keyboard.insertText(text)
}

/// What the preview shows, compared with what the server makes of the text.
const same = (page: Page, text: string, of = path) => expect.poll(() => difference(page, of, text), { timeout: 20_000 }).toBe("")

for (const [what, interfaces, html] of [
  ["form", ["HTMLFormElement", "HTMLElement", "Element", "Node", "EventTarget"], (all: string[]) =>
    `<form>\n${all.map(name => `<input name="${name}">`).join("\n")}\n<p>In it.</p>\n</form>`],
  ["document", ["Document", "Node", "EventTarget"], (all: string[]) =>
    all.map(name => `<img name="${name}" src="data:," alt=""><form name="${name}"></form>`).join("\n")],
] as const) {
  test(`no name of a ${what}'s properties keeps the preview from following`, async ({ page, galley }) => {
    const start = "---\nlayout: post\ntitle: Names\n---\n\nNothing yet.\n"
    galley.commit(path, start, "Add a post")
    const failures: string[] = []
    page.on("console", message => {
      if (/could not apply/.test(message.text())) failures.push(message.text())
    })
    await openPost(page, galley, path)
    const all = await names(page, [...interfaces])
    expect(all.length).toBeGreaterThan(100)
    // Into a page that was there before, then on from one that has them.
    let text = ""
    for (const change of [post(html(all)), post(html(all), "second"), post(html(all)).replace("In it.", "Within it."), post(html(all.slice(0, -9))),
      post(html(all)).replace("title: Names", "title: Other names"), "# Without\n", post(html([...all].reverse()))]) {
      text = change
      await write(page, text)
      await same(page, text)
    }
    // Letter by letter, behind all of it.
    await page.keyboard.press("ControlOrMeta+End")
    await page.keyboard.type("More words")
    await same(page, text + "More words")
    expect(failures).toEqual([])
    // From the server's page on.
    galley.commit(other, post(html(all)), "Give names")
    await openPost(page, galley, other)
    await live(page)
    await same(page, post(html(all)), other)
    await write(page, post(html(all), "third"))
    await same(page, post(html(all), "third"), other)
    expect(failures).toEqual([])
  })
}

test("a frame that cannot take a page is loaded anew, and that is said", async ({ page, galley }) => {
  galley.commit(path, post("<p>One.</p>"), "Add a post")
  await openPost(page, galley, path)
  await (await previewFrame(page)).evaluate(() => {
    DOMParser.prototype.parseFromString = () => { throw new Error("broken on purpose") }
  })
  const next = post("<p>Two.</p>").replace("title: Names", "title: Another")
  await write(page, next)
  await expect(page.getByText("The preview could not go on in its page, so it began anew.")).toBeVisible()
  await same(page, next)
})

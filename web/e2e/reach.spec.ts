// Whom a preview asks for something: the site, those that the site's templates
// and settings name, and those that the writer said.
import type { BrowserContext } from "@playwright/test"
import { difference, expect, openPost, preview, test, typeAtEnd } from "./galley"

const path = "_posts/2026-05-03-reach.md"
const picture = "https://pictures.example/a.png"

const post = `---
layout: post
title: Reach
---

First words.

![Far](${picture})

<meta http-equiv="refresh" content="0; url=https://refresh.example/">
<link rel="stylesheet" href="https://sheet.example/a.css">
<link rel="prefetch" href="https://prefetch.example/a">
<style>@import "https://import.example/a.css"; @font-face { font-family: Far; src: url(https://font.example/a.woff2) } em { font-family: Far; background: url(https://background.example/a.png) }</style>
<em>Far</em>
<iframe src="https://frame.example/"></iframe>
<video src="https://video.example/a.mp4" poster="https://poster.example/a.png" autoplay></video>
<object data="https://object.example/a"></object>
<embed src="https://embed.example/a">
<img srcset="https://srcset.example/a.png 2x" alt=""><picture><source srcset="https://source.example/a.png"><img src="https://inner.example/a.png" alt=""></picture>
<svg><image href="https://svg.example/a.png"/><use href="https://use.example/a.svg#a"/></svg>
<input type="image" src="https://input.example/a.png" alt="">
<table background="https://table.example/a.png"><tr><td>x</td></tr></table>
<script src="https://script.example/a.js"></script>
`

/// The hosts that were asked for anything.
async function watched(context: BrowserContext): Promise<Set<string>> {
  const asked = new Set<string>()
  await context.route(url => url.hostname !== "127.0.0.1", route => {
    asked.add(new URL(route.request().url()).hostname)
    return route.fulfill({ status: 200, contentType: "image/svg+xml", body: "<svg xmlns='http://www.w3.org/2000/svg' width='30' height='20'/>" })
  })
  return asked
}

test("a post makes its preview ask nobody, until the writer says so", async ({ page, context, galley }) => {
  galley.commit(path, post, "Add a post")
  const asked = await watched(context)
  await openPost(page, galley, path)
  const notice = page.getByText(/The preview leaves out what the page has from/)
  await expect(notice).toContainText("other places")
  await typeAtEnd(page, `\n![Farther](https://farther.example/b.png)\n`)
  await expect(preview(page).getByAltText("Farther")).toHaveCount(1)
  expect([...asked]).toEqual([])
  await page.getByRole("button", { name: "Show it, from now on" }).click()
  await expect.poll(() => [...asked].includes("pictures.example")).toBe(true)
  await expect.poll(() => preview(page).getByAltText("Far", { exact: true }).evaluate(img => (img as HTMLImageElement).naturalWidth)).toBe(30)
  // It stays said.
  asked.clear()
  await page.reload({ waitUntil: "commit" }) // its frames never end loading what nobody answers
  await expect.poll(() => [...asked].includes("pictures.example")).toBe(true)
  await expect(notice).toBeHidden()
  // What no policy forbids to a page of its own does not happen, either.
  for (const host of ["refresh.example", "script.example", "prefetch.example", "object.example", "embed.example"]) expect([...asked]).not.toContain(host)
})

test("Back leaves the editor though its preview was loaded anew", async ({ page, context, galley }) => {
  const text = `---\nlayout: post\ntitle: Reach\n---\n\n![Far](${picture})\n`
  galley.commit(path, text, "Add a post")
  await watched(context)
  await page.goto(galley.url)
  await page.getByRole("link", { name: "Reach" }).click()
  await expect(page.locator(".edit")).toHaveAttribute("data-preview", "live")
  const before = await page.evaluate(() => history.length)
  await page.getByRole("button", { name: "Show it, from now on" }).click()
  await expect.poll(() => preview(page).getByAltText("Far", { exact: true }).evaluate(img => (img as HTMLImageElement).naturalWidth)).toBe(30)
  expect(await page.evaluate(() => history.length)).toBe(before)
  await page.goBack()
  await expect(page.getByRole("link", { name: "Reach" })).toBeVisible()
})

test("what is left out is left out without another word", async ({ page, context, galley }) => {
  galley.commit(path, `---\nlayout: post\ntitle: Reach\n---\n\n![Far](${picture})\n`, "Add a post")
  const asked = await watched(context)
  await openPost(page, galley, path)
  await expect(page.getByText("The preview leaves out what the page has from pictures.example: who previews it would be known there.")).toBeVisible()
  await page.getByRole("button", { name: "Leave it out" }).click()
  await typeAtEnd(page, `\n![Again](https://pictures.example/b.png)\n`)
  await expect(preview(page).getByAltText("Again")).toHaveCount(1)
  await expect(page.getByText(/The preview leaves out/)).toBeHidden()
  expect([...asked]).toEqual([])
  // The document is the published page all the same.
  expect(await difference(page, path, `---\nlayout: post\ntitle: Reach\n---\n\n![Far](${picture})\n\n![Again](https://pictures.example/b.png)\n`)).toBe("")
})

test("whom the site itself asks, its preview asks", async ({ page, context, galley }) => {
  galley.commit("_config.yml", galley.show("HEAD", "_config.yml").toString() + "\ngalley_pictures: https://pictures.example\n", "Name where pictures are")
  galley.commit(path, `---\nlayout: post\ntitle: Reach\n---\n\n![Far](${picture})\n`, "Add a post")
  const asked = await watched(context)
  await openPost(page, galley, path)
  await expect.poll(() => [...asked]).toEqual(["pictures.example"])
  await expect(page.getByText(/The preview leaves out/)).toBeHidden()
})

// Spelling: loaded when somebody wants it, mended by a press, and there without the server.
import AxeBuilder from "@axe-core/playwright"
import type { Page } from "@playwright/test"
import { body, expect, openPost, source, test, typeAtEnd } from "./galley"

const path = "_posts/2026-05-10-words.md"
const text = `---
layout: post
title: The week
---

The kuberntes relaese, and the relaese of Kubernetes, with \`kuberntes\`.

Gaugekeepers keep the color of their gauges.
`

const problems = (page: Page) => page.locator("#problem-list")
const row = (page: Page, word: string) => problems(page).locator("> li", { hasText: `“${word}” is not in the dictionary` })

test("what is not in the dictionary is told, mended and learned, also without the server", async ({ page, galley }) => {
  galley.commit("_config.yml", "title: Sample\ngalley:\n  spelling: {words: words.txt}\n", "Name the site's words")
  galley.commit("words.txt", "# ours\nKubernetes\n", "Add words")
  galley.commit(path, text, "Add a post")
  const asked: string[] = []
  page.on("request", request => asked.push(request.url()))
  await openPost(page, galley, path)
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  await page.getByRole("button", { name: "No problems" }).click()
  expect(asked.filter(url => /en-(us|gb)|api\/(prose|words)/.test(url))).toEqual([])

  await page.getByRole("button", { name: "Check the spelling" }).click()
  await expect(row(page, "relaese")).toHaveCount(2)
  await expect(row(page, "kuberntes")).toHaveCount(1)
  await expect(row(page, "kuberntes")).toContainText("Warning")
  await expect(row(page, "Gaugekeepers")).toContainText("line 8")
  await expect(row(page, "color")).toHaveCount(0)
  await expect(row(page, "kuberntes").getByRole("button", { name: "Write “Kubernetes”" })).toBeVisible()
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme })
    expect((await new AxeBuilder({ page }).include("#problem-list").analyze()).violations).toEqual([])
  }
  // One of the site's words is what was meant; a press mends all places of a word.
  await row(page, "kuberntes").getByRole("button", { name: "Write “Kubernetes”" }).click()
  await expect(row(page, "kuberntes")).toHaveCount(0)
  await row(page, "relaese").first().getByRole("button", { name: "Write “release” at all 2 places" }).click()
  await expect(row(page, "relaese")).toHaveCount(0)
  await body(page).toBe("The Kubernetes release, and the release of Kubernetes, with `kuberntes`.\n\nGaugekeepers keep the color of their gauges.\n")
  await row(page, "Gaugekeepers").getByRole("button", { name: "Add to my words" }).click()
  await expect(problems(page)).toContainText("Nothing to mend.")

  // British English has it otherwise, and a word in the text's tooltip is mended there.
  await page.keyboard.press("F1")
  await page.getByRole("combobox", { name: "Find a command" }).fill("British")
  await page.keyboard.press("Enter")
  await expect(row(page, "color")).toHaveCount(1)
  await page.locator(".cm-lintRange-warning", { hasText: "color" }).hover()
  await page.locator(".cm-tooltip").getByRole("button", { name: "Write “colour”" }).click()
  await expect(source(page)).toContainText("the colour of")
  await expect(row(page, "color")).toHaveCount(0)

  // Kept with the app, it goes on without the server.
  await expect.poll(() => page.evaluate(async () => (await Promise.all((await caches.keys()).map(async name => (await (await caches.open(name)).keys()).map(({ url }) => url)))).flat().some(url => /en-gb/.test(url)))).toBe(true)
  await page.locator("[data-keep=kept]").waitFor()
  await galley.stop()
  await page.reload()
  await expect(source(page)).toContainText("the colour of")
  await typeAtEnd(page, "\nGaugekeepers wirte `wirte`.\n")
  await page.getByRole("button", { name: "1 warning" }).click()
  await expect(row(page, "wirte")).toHaveCount(1)
  await expect(row(page, "Gaugekeepers")).toHaveCount(0)
})

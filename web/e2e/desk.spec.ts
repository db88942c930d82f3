// The list of posts of a repository with very many.
import { test as base, expect } from "@playwright/test"
import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { serve } from "./galley"

base("a desk with 5,000 posts opens, and finds one of them", async ({ page }) => {
  const dir = mkdtempSync(join(tmpdir(), "galley-desk-"))
  mkdirSync(join(dir, "_posts"))
  writeFileSync(join(dir, "_config.yml"), "title: Harbour Notes\n")
  for (let i = 0; i < 5000; i++) {
    const day = new Date(Date.UTC(2010, 0, 1 + i)).toISOString().slice(0, 10)
    writeFileSync(join(dir, "_posts", `${day}-update.md`), `---\ntitle: Week ${i}\n---\n\nText.\n`)
  }
  const git = (...args: string[]) => execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", ...args], { cwd: dir })
  git("init", "-q", "-b", "main")
  git("add", "-A")
  git("commit", "-q", "-m", "Begin")
  const { url, server } = await serve(["--site", dir])
  try {
    await page.goto(url)
    await expect(page.getByRole("status").filter({ hasText: "5,000 posts" })).toBeVisible()
    const posts = page.locator(".posts li")
    expect(await posts.count()).toBeLessThan(100)
    await expect(posts.first().getByText("Week 4999")).toBeVisible()
    const search = page.getByRole("searchbox", { name: "Search titles, dates and texts" })
    // What one letter finds is not drawn as a whole, either.
    const took = await search.evaluate(async (element: HTMLInputElement) => {
      const start = performance.now()
      element.value = "e"
      element.dispatchEvent(new Event("input", { bubbles: true }))
      await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))
      return performance.now() - start
    })
    console.log(`drawing what one letter finds among 5,000 posts took ${Math.round(took)} ms`)
    expect(took).toBeLessThan(3000)
    expect(await posts.count()).toBeLessThan(100)
    await search.fill("2010-01-07")
    await expect(posts).toHaveCount(1)
  } finally {
    server.kill("SIGTERM")
    rmSync(dir, { recursive: true, force: true })
  }
})

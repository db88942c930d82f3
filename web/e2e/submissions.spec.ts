// Pull requests that add to the post are chosen, looked at and put in by one merge,
// while the writer has words of their own that nobody has yet. The example site has two.
import AxeBuilder from "@axe-core/playwright"
import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Page } from "@playwright/test"
import { expect, live, serve, source, test } from "./galley"

const path = "_posts/2026-03-22-update.md"
const meeting = "* [An evening of tide tables](https://tidewatch.example/sankt-orm) in Sankt Orm, May 21, 2026\n"
const thanks = "* [mokoena](https://tidewatch.example/people/mokoena) for two times on every reading\n"

test("chosen submissions go into the edition by one merge, beside what is being written", async ({ page }) => {
  const dir = mkdtempSync(join(tmpdir(), "galley-e2e-"))
  const { url, server } = await serve(["--data", dir])
  try {
    const git = (...args: string[]) => execFileSync("git", args, { cwd: join(dir, "example"), encoding: "utf8" })
    const before = git("show", `main:${path}`)
    // One that changes a line.
    const text = before.replace("It happened twice.", "It happened three times.")
    const body = JSON.stringify({ base: "main", path, text, blob: git("rev-parse", `main:${path}`).trim(), title: "Count again", message: "" })
    await fetch(url + "/api/submit", { method: "POST", headers: { "Content-Type": "application/json" }, body }).then(answer => answer.text())

    const line = before.split("\n").indexOf("It happened twice.") + 1
    await page.goto(`${url}/edit?${new URLSearchParams({ branch: "main", path, line: String(line) })}`)
    await live(page)
    await page.locator(".source .cm-line").filter({ hasText: "It happened twice." }).click()
    await page.keyboard.press("End")
    await page.keyboard.type(" Never again.")
    const material = page.getByRole("region", { name: "Material" })
    await expect(material.getByRole("button", { name: /^Material: \d+ new/ })).toBeVisible()
    await page.keyboard.press("Alt+m")
    await material.getByLabel("Tray", { exact: true }).selectOption("Submissions")
    await expect(material.getByText("By itself: It changes or removes lines, such as “It happened twice.”")).toBeVisible()
    await material.getByRole("checkbox", { name: /Sankt Orm/ }).focus()
    await page.keyboard.press("Space")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Space")
    await expect(material.getByRole("checkbox", { name: /Thank mokoena/ })).toBeChecked()
    await shots(page, "material")
    await material.getByRole("button", { name: "Put 2 submissions in" }).click()
    const dialog = page.getByRole("dialog", { name: "Put 2 submissions in" })
    await expect(dialog).toContainText("#1 Add the evening of tide tables in Sankt Orm by Ines Barros, in Events")
    await expect(dialog.locator(".diff")).toContainText("An evening of tide tables")
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().exclude("iframe[title='Page preview']").analyze()
    expect(violations.map(v => `${v.id}: ${v.nodes.map(n => n.target.join(" ") + " " + n.failureSummary).join("; ")}`)).toEqual([])
    await shots(page, "dialog")
    await dialog.getByRole("button", { name: "Put them in" }).click()
    await expect(material.getByText("#1 and #2 are merged; their lines come into your text.")).toBeVisible()

    const merged = before.replace(/(\* Office hours.*\n)/, "$1" + meeting).replace(/(\* \[lindqvist\].*\n)/, "$1" + thanks)
    expect(git("show", `main:${path}`)).toBe(merged)
    expect(git("log", "-1", "--format=%P", "main").trim().split(" ")).toHaveLength(3)
    expect(git("log", "--format=%an", "main")).toContain("Ines Barros")
    // The writer's own words are there, and the new lines.
    await expect.poll(() => page.evaluate(async () => (await (await fetch("/api/pulls")).json() as { state: string }[]).map(pull => pull.state))).toEqual(expect.arrayContaining(["merged", "merged", "open"]))
    await page.keyboard.press("ControlOrMeta+End")
    await expect(source(page)).toContainText("for two times on every reading")
    await page.reload()
    await live(page)
    await expect(source(page)).toContainText("for two times on every reading")
    await page.keyboard.press("ControlOrMeta+Home")
    await expect(source(page)).toContainText("It happened twice. Never again.")
  } finally {
    server.kill("SIGTERM")
    await new Promise(resolve => server.once("exit", resolve))
    rmSync(dir, { recursive: true })
  }
})

test("what is put in from a pull request's own branch is not said to come into it", async ({ page }) => {
  const dir = mkdtempSync(join(tmpdir(), "galley-e2e-"))
  const { url, server } = await serve(["--data", dir])
  try {
    const git = (...args: string[]) => execFileSync("git", args, { cwd: join(dir, "example"), encoding: "utf8" })
    const before = git("show", `main:${path}`)
    const body = JSON.stringify({ base: "main", path, text: before.replace("twice", "three times"), blob: git("rev-parse", `main:${path}`).trim(), title: "Count again", message: "" })
    const answer = await fetch(url + "/api/submit", { method: "POST", headers: { "Content-Type": "application/json" }, body })
    const { pull } = JSON.parse((await answer.text()).trim().split("\n").at(-1)!) as { pull: { number: number; branch: string } }
    await page.goto(`${url}/edit?${new URLSearchParams({ branch: pull.branch, path, into: "main", pull: String(pull.number) })}`)
    await live(page)
    const material = page.getByRole("region", { name: "Material" })
    await expect(material.getByRole("button", { name: /^Material: \d+ new/ })).toBeVisible()
    await page.keyboard.press("Alt+m")
    await material.getByLabel("Tray", { exact: true }).selectOption("Submissions")
    await material.getByRole("checkbox", { name: /Sankt Orm/ }).check()
    await material.getByRole("button", { name: "Put 1 submission in" }).click()
    await expect(page.getByRole("dialog")).toContainText("The pull request that you write in stays as it is")
    await page.getByRole("button", { name: "Put it in", exact: true }).click()
    await expect(material.getByText("#1 is merged into main; its lines are beside yours once yours is merged.")).toBeVisible()
    expect(git("show", `main:${path}`)).toContain(meeting)
    expect(git("show", `${pull.branch}:${path}`)).not.toContain(meeting)
  } finally {
    server.kill("SIGTERM")
    await new Promise(resolve => server.once("exit", resolve))
    rmSync(dir, { recursive: true })
  }
})

/// Pictures to look at, where a folder for them is named.
async function shots(page: Page, name: string): Promise<void> {
  const folder = process.env["SHOTS"]
  if (!folder) return
  const size = page.viewportSize()!
  for (const [width, colorScheme] of [[1440, "light"], [1440, "dark"], [390, "light"], [390, "dark"]] as const) {
    await page.setViewportSize({ width, height: width > 1000 ? 900 : 844 })
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: `${folder}/submissions-${name}-${width}-${colorScheme}.png` })
  }
  await page.emulateMedia({ colorScheme: "light" })
  await page.setViewportSize(size)
}

// An edition on GitHub, written by three people with different rights. What
// plays GitHub is started by the Go test TestEditionOnGitHubInTheBrowser in
// cmd/galley, which runs this file and then looks at what arrived there.
import { test, expect, type Browser, type Page } from "@playwright/test"
import { live, serve, source } from "./galley"

const api = process.env["GALLEY_EDITION_API"] ?? ""
const repo = process.env["GALLEY_EDITION_REPO"] ?? ""
const path = process.env["GALLEY_EDITION_PATH"] ?? ""

/// Runs a person's part in a browser and on a server of their own.
async function as(browser: Browser, token: string, part: (page: Page, url: string) => Promise<void>): Promise<void> {
  const { url, server } = await serve(["--repo", repo, "--github-api", api], { GITHUB_TOKEN: process.env[token]! })
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  try {
    await part(await context.newPage(), url)
  } finally {
    await context.close()
    server.kill("SIGTERM")
  }
}

async function write(page: Page, text: string): Promise<void> {
  await live(page)
  await source(page).focus()
  await page.keyboard.press("ControlOrMeta+End")
  await page.keyboard.insertText(text)
  await page.keyboard.press("Enter")
}

/// Submits, and looks at what the dialog says on the way.
async function submit(page: Page, button: string, said: string[], unsaid: string): Promise<void> {
  await page.getByRole("button", { name: button }).first().click()
  const dialog = page.getByRole("dialog")
  await expect(dialog.getByLabel("Into")).toHaveValue("20260816")
  for (const words of said) await expect(dialog).toContainText(words)
  if (unsaid) await expect(dialog).not.toContainText(unsaid)
  await dialog.getByRole("button", { name: button }).click()
  await expect(dialog.locator("a.pull-address")).toBeVisible({ timeout: 30_000 })
}

test("three with different rights write an edition", async ({ browser }) => {
  test.skip(api === "", "run by cmd/galley's TestEditionOnGitHubInTheBrowser, which starts what plays GitHub")
  test.slow()
  const noAccess = `You have no write access to ${repo}`
  await as(browser, "TOKEN_CAM", async (page, url) => {
    await page.goto(url)
    await expect(page.getByLabel("Branch")).toHaveValue("20260816")
    // Whoever may not push does not open the edition's pull request either.
    await expect(page.getByRole("heading", { name: "Posts in the edition of 16 August 2026" })).toBeVisible()
    await expect(page.getByRole("button", { name: "Open the edition's pull request" })).toBeHidden()
    await page.locator(".posts").getByRole("link").first().click()
    await write(page, "Written by Cam.")
    await submit(page, "Open pull request", [noAccess, "As Cam", "Signed-off-by: Cam"], "")
  })
  await as(browser, "TOKEN_ANA", async (page, url) => {
    await page.goto(`${url}/pulls/1`)
    await expect(page.getByText("You may not write to")).toBeVisible()
    await expect(page.getByRole("link", { name: "Continue writing" })).toBeHidden()
    await page.getByRole("button", { name: "Write on in a copy" }).click()
    await expect(source(page)).toContainText("Written by Cam.")
    await write(page, "Written by Ana.")
    await submit(page, "Open pull request", [noAccess], "")
    // A second copy would replace what is written here.
    await page.goto(`${url}/pulls/1`)
    await page.getByRole("button", { name: "Write on in a copy" }).click()
    await expect(page.getByRole("alert")).toContainText("You have a draft of this post on 20260816 already")
  })
  await as(browser, "TOKEN_BEN", async (page, url) => {
    await page.goto(`${url}/edit?${new URLSearchParams({ branch: "20260816", path })}`)
    await live(page)
    await page.getByRole("button", { name: "2 pull requests on this post" }).click()
    await page.getByRole("button", { name: "Continue pull request #1" }).click()
    await expect(source(page)).toContainText("Written by Cam.")
    await write(page, "Written by Ben.")
    await submit(page, "Update pull request", ["Signed-off-by: Ben"], noAccess)
    await expect(page.getByRole("dialog", { name: "Pull request #1 is updated" })).toBeVisible()
  })
})

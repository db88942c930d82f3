// A post on its way to GitHub, through the real server. What plays GitHub is
// started by the Go test TestGitHubInTheBrowser in cmd/galley, which runs this
// file and then looks at what arrived there.
import { test, expect, type Page } from "@playwright/test"
import { live, preview, serve, source } from "./galley"

const api = process.env["GALLEY_GITHUB_API"] ?? ""
const repo = process.env["GALLEY_GITHUB_REPO"] ?? ""
const path = process.env["GALLEY_GITHUB_PATH"] ?? ""
const token = process.env["GITHUB_TOKEN"] ?? ""

async function submit(page: Page, button: string): Promise<string> {
  await page.getByRole("button", { name: button }).first().click()
  const dialog = page.getByRole("dialog")
  await dialog.getByRole("button", { name: button }).click()
  const address = dialog.locator("a.pull-address")
  await expect(address).toBeVisible({ timeout: 30_000 })
  const href = await address.getAttribute("href")
  await dialog.getByRole("button", { name: "Go on writing" }).click()
  // It gives the focus back when it has gone.
  await expect(dialog).toBeHidden()
  return href!
}

test("submit to GitHub, and again", async ({ page }) => {
  test.skip(api === "", "run by cmd/galley's TestGitHubInTheBrowser, which starts what plays GitHub")
  const { url, server } = await serve(["--repo", repo, "--github-api", api])
  try {
    const seen: string[] = []
    page.on("response", async response => {
      seen.push(response.url(), JSON.stringify(response.headers()), await response.text().catch(() => ""))
    })
    await page.goto(`${url}/edit?${new URLSearchParams({ branch: "main", path })}`)
    await live(page)
    await source(page).focus()
    await page.keyboard.press("ControlOrMeta+End")
    await page.keyboard.press("Enter")
    await page.keyboard.insertText("Typed in the browser: ü, 𝄞.")
    await page.keyboard.press("Enter")
    await expect(preview(page).getByText("Typed in the browser")).toBeVisible()
    const first = await submit(page, "Open pull request")
    await source(page).focus()
    await page.keyboard.press("ControlOrMeta+End")
    await page.keyboard.insertText("And once more.")
    await page.keyboard.press("Enter")
    await expect(preview(page).getByText("And once more.")).toBeVisible()
    expect(await submit(page, "Update pull request")).toBe(first)
    const stored = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie)
    expect(seen.join("\n") + stored).not.toContain(token)
  } finally {
    server.kill("SIGTERM")
  }
})

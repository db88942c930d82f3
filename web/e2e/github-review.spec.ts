// A review on GitHub. What plays GitHub is started by the Go test
// TestReviewOnGitHubInTheBrowser in cmd/galley, which runs this file and then looks
// at what arrived there.
import { test, expect } from "@playwright/test"
import { live, serve } from "./galley"

const api = process.env["GALLEY_REVIEW_API"] ?? ""
const repo = process.env["GALLEY_REVIEW_REPO"] ?? ""
const path = process.env["GALLEY_REVIEW_PATH"] ?? ""
const branch = process.env["GALLEY_REVIEW_BRANCH"] ?? ""

test("a review on GitHub", async ({ page }) => {
  test.skip(api === "", "run by cmd/galley's TestReviewOnGitHubInTheBrowser, which starts what plays GitHub")
  test.slow()
  const as = (token: string) => serve(["--repo", repo, "--github-api", api], { GITHUB_TOKEN: process.env[token]! })
  const [ana, ben] = await Promise.all([as("TOKEN_ANA"), as("TOKEN_BEN")])
  try {
    await page.goto(ben.url + "/pulls/1")
    const shown = page.getByRole("link", { name: "Preview of this pull request" })
    await expect(shown).toHaveAttribute("href", "https://notes-1.example/")
    await expect(shown).toHaveAttribute("rel", /noopener/)
    await expect(shown).toHaveAttribute("target", "_blank")
    await expect(page.getByText("at notes-1.example")).toBeVisible()
    await page.getByRole("button", { name: `Comment on a line of ${path}` }).click()
    const compose = page.getByRole("region", { name: /^Your comment on line/ })
    await compose.getByRole("textbox", { name: "Comment" }).fill("```suggestion\nTwo.\n```")
    await compose.getByRole("button", { name: "Comment", exact: true }).click()
    await expect(page.getByRole("region", { name: "Comments on line 8" })).toContainText("Suggests instead")
    await page.getByRole("button", { name: "Approve" }).click()
    await expect(page.getByText("You approved it.")).toBeVisible()

    await page.goto(`${ana.url}/edit?${new URLSearchParams({ branch, path, into: "main", pull: "1" })}`)
    await live(page)
    await expect(page.getByRole("link", { name: /^preview/ })).toHaveAttribute("href", "https://notes-1.example/")
    await page.getByRole("button", { name: "Comment by ben", exact: true }).click()
    const thread = page.locator(".cm-thread")
    await thread.getByRole("textbox", { name: "Answer" }).fill("Thanks.")
    await thread.getByRole("button", { name: "Answer", exact: true }).click()
    await expect(thread).toContainText("Thanks.")
    await expect(thread.getByRole("textbox", { name: "Answer" })).toHaveValue("")
    await thread.getByRole("button", { name: "Resolve" }).click()
    await expect(thread).toContainText("Resolved")
  } finally {
    ana.server.kill("SIGTERM")
    ben.server.kill("SIGTERM")
  }
})

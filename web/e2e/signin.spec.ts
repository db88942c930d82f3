// The whole way of a writer who signs in: to the pull request, through a
// sign-in that ends in the middle of the submission, and out again. What plays
// GitHub, its sign-in pages among it, is started by the Go test
// TestSignInInTheBrowser in cmd/galley, which runs this file and looks at what
// arrived; a control address of it ends tokens and merges. SCREENSHOTS names a
// folder for pictures of the screens, in two widths, light and dark.
import AxeBuilder from "@axe-core/playwright"
import { test, expect, type Page } from "@playwright/test"
import { kept, live, preview, serve, source } from "./galley"

const api = process.env["GITHUB_ADDRESS"] ?? ""
const repo = process.env["GITHUB_REPOSITORY_NAME"] ?? ""
const control = process.env["GITHUB_CONTROL"] ?? ""
const secret = process.env["GITHUB_PRIVATE"] === "yes"
const shots = process.env["SCREENSHOTS"] ?? ""
const path = "_posts/2026-08-16-update.md"
const editor = `/edit?${new URLSearchParams({ branch: "main", path })}`

test.setTimeout(180_000)
test.skip(api === "", "run by cmd/galley's TestSignInInTheBrowser, which starts what plays GitHub")

/// Has what plays GitHub do something: expire, revoke, merge.
async function github(what: string): Promise<void> {
  expect((await fetch(control + "/" + what, { method: "POST" })).status).toBe(200)
}

async function look(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).exclude("iframe").analyze()
  expect(violations.map(v => `${name}: ${v.id} ${v.nodes.map(n => n.target).join(" ")}`)).toEqual([])
  if (shots === "") return
  const before = page.viewportSize()!
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    for (const [width, height] of [[1440, 900], [390, 844]] as const) {
      await page.setViewportSize({ width, height })
      await page.waitForTimeout(150)
      await page.screenshot({ path: `${shots}/${name}-${width}-${scheme}.png` })
    }
  }
  await page.emulateMedia({ colorScheme: "light" })
  await page.setViewportSize(before)
}

/// Presses a person's button on GitHub's page.
const agree = (page: Page, login: string) => page.getByRole("button", { name: new RegExp(login, "i") }).first().click()

test("the page of a private repository has its style sheets and pictures", async ({ page }) => {
  test.skip(!secret, "run by cmd/galley's TestPrivateInTheBrowser")
  const { url, server } = await serve(["--repo", repo, "--github-api", api])
  try {
    await page.goto(url + editor)
    await page.getByRole("link", { name: "Sign in with GitHub" }).click()
    await agree(page, "ana")
    await live(page)
    expect((await fetch(url + "/assets/site.css")).status).toBe(401)
    const text = preview(page).getByText("The first line.")
    await expect.poll(() => text.evaluate(element => getComputedStyle(element).color)).toBe("rgb(1, 2, 3)")
    const picture = preview(page).locator("img[alt=Lighthouse]")
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => getComputedStyle(image).content)).toContain("blob:")
    await expect(picture).toHaveAttribute("src", "/assets/images/lighthouse.png")

    // The sign-in ends while the person writes: told quietly, without a word
    // lost, and over with another sign-in.
    await source(page).focus()
    await page.keyboard.press("ControlOrMeta+End")
    await page.keyboard.insertText("Written on.")
    await github("revoke")
    await Promise.all([
      page.waitForResponse(response => response.url().includes("/api/standing") && response.status() === 401),
      page.evaluate(() => dispatchEvent(new Event("focus"))),
    ])
    await expect(page.getByText("You are no longer signed in.")).toBeVisible()
    await look(page, "lapsed-while-writing")
    await expect(page.getByRole("dialog")).toHaveCount(0)
    await page.getByRole("link", { name: "Posts", exact: true }).click()
    const again = page.getByRole("dialog", { name: "Sign in again to go on" })
    await again.getByRole("button", { name: "Not now" }).click()
    await expect(page.getByText("You are no longer signed in.")).toBeVisible()
    await look(page, "lapsed")
    const [popup] = await Promise.all([page.context().waitForEvent("page"), page.getByRole("button", { name: "Sign in again" }).click()])
    await agree(popup, "ana")
    await expect(page.getByText("You are no longer signed in.")).toHaveCount(0)
    await expect(page.getByRole("heading", { name: "Waiting in this browser" })).toBeVisible()
    await expect(page.getByRole("status").filter({ hasText: "One post" })).toBeVisible()
  } finally {
    server.kill("SIGTERM")
  }
})

test("sign in, write, sign in again in the middle of it, sign out", async ({ page, context }) => {
  test.skip(secret, "run by cmd/galley's TestSignInInTheBrowser")
  const { url, server } = await serve(["--repo", repo, "--github-api", api])
  const seen: string[] = []
  context.on("response", async response => {
    if (!response.url().startsWith(url)) return
    // A window that closes takes the answers along that it had no time to read.
    const headers = await response.allHeaders().catch(() => ({}) as Record<string, string>)
    delete headers["set-cookie"]
    seen.push(response.url(), JSON.stringify(headers), await response.text().catch(() => ""))
  })
  try {
    // What was begun elsewhere is refused, with what to do.
    await page.goto(`${url}/auth/callback?${new URLSearchParams({ code: "x", state: "another-browsers-state-0123456789" })}`)
    await expect(page.getByRole("heading", { name: "You are not signed in" })).toBeVisible()
    await expect(page.getByRole("link", { name: "Sign in again" })).toBeVisible()
    await look(page, "refused")

    // The screen says what will be asked for, before the browser goes there.
    await page.goto(url + editor)
    await expect(page.getByRole("heading", { name: `Write for ${repo}` })).toBeVisible()
    await expect(page.getByText("the contents and the pull requests of")).toBeVisible()
    await look(page, "sign-in")
    await page.getByRole("link", { name: "Sign in with GitHub" }).click()
    await agree(page, "ana")
    await expect(page).toHaveURL(url + editor)
    await live(page)

    await source(page).focus()
    await page.keyboard.press("ControlOrMeta+End")
    await page.keyboard.insertText("Typed by who signed in.")
    await expect(preview(page).getByText("Typed by who signed in.")).toBeVisible()
    await expect(preview(page).locator("link[rel=stylesheet]").first()).toBeAttached()
    await kept(page)

    // A token that has expired is renewed, and nobody notices.
    await github("expire")
    await page.reload()
    await live(page)
    await expect(page.getByRole("dialog")).toHaveCount(0)

    // A sign-in that is over in the middle of a submission: after the branch,
    // before the commit.
    await github("revoke-in-the-middle")
    await page.getByRole("button", { name: "Open pull request" }).first().click()
    await page.getByRole("dialog").getByRole("button", { name: "Open pull request" }).click()
    const again = page.getByRole("dialog", { name: "Sign in again to go on" })
    await expect(again).toBeVisible({ timeout: 30_000 })
    await look(page, "sign-in-again")
    const [popup] = await Promise.all([context.waitForEvent("page"), again.getByRole("button", { name: "Sign in again" }).click()])
    await popup.waitForLoadState()
    if (shots !== "") await popup.screenshot({ path: `${shots}/window.png` })

    // Somebody else's sign-in does not go on with it.
    await agree(popup, "ben")
    await expect(again.getByText("You signed in as ben")).toBeVisible()
    await expect.poll(() => popup.isClosed()).toBe(true)
    await look(page, "somebody-else")
    const [second] = await Promise.all([context.waitForEvent("page"), again.getByRole("button", { name: "Sign in again" }).click()])
    await agree(second, "ana")

    // It goes on by itself.
    const address = page.getByRole("dialog").locator("a.pull-address")
    await expect(address).toBeVisible({ timeout: 30_000 })
    await expect(again).toHaveCount(0)
    await page.getByRole("dialog").getByRole("button", { name: "Go on writing" }).click()
    await page.getByRole("button", { name: "Update pull request" }).first().click()
    await page.getByRole("dialog").getByLabel(/^Message/).fill("Not sent.")
    await page.keyboard.press("Escape")

    // A sign-in that is over while nothing waits is said quietly.
    await github("revoke")
    await page.evaluate(() => dispatchEvent(new Event("focus")))
    await page.goto(url + "/")
    await expect(page.getByRole("heading", { name: `Write for ${repo}` })).toBeVisible()
    await page.getByRole("link", { name: "Sign in with GitHub" }).click()
    await agree(page, "ana")
    await expect(page.getByText("Signed in as Ana")).toBeVisible()
    await look(page, "desk")

    // Another person is not offered the draft.
    await page.getByRole("button", { name: "Sign out" }).click()
    const out = page.getByRole("dialog", { name: "Sign out?" })
    await expect(out.getByText("One draft of yours is kept in this browser")).toBeVisible()
    await look(page, "sign-out")
    await out.getByRole("button", { name: "Sign out and keep it" }).click()
    await page.getByRole("link", { name: "Sign in with GitHub" }).click()
    await agree(page, "ben")
    await expect(page.getByText("Signed in as Ben")).toBeVisible()
    await expect(page.getByRole("heading", { name: "Waiting in this browser" })).toHaveCount(0)
    await page.getByRole("button", { name: "Sign out" }).click()
    await out.getByRole("button", { name: "Sign out", exact: true }).click()

    // Merged on GitHub; the desk shows it, and the draft can be forgotten.
    await github("merge")
    await page.getByRole("link", { name: "Sign in with GitHub" }).click()
    await agree(page, "ana")
    await expect(page.getByRole("heading", { name: "Waiting in this browser" })).toBeVisible()
    await page.getByRole("button", { name: "Sign out" }).click()
    await expect(out.getByText("Messages and comments that you have typed and not sent are kept in this browser, too.")).toBeVisible()
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).toContain("Not sent.")
    // A browser that holds its database back is not waited for without an end.
    await page.evaluate(() => {
      const { getAllKeys } = IDBIndex.prototype
      IDBIndex.prototype.getAllKeys = function (...asked) {
        const request = getAllKeys.apply(this, asked)
        request.addEventListener("success", event => event.stopImmediatePropagation())
        return request
      }
    })
    await out.getByRole("button", { name: "Sign out and forget the draft" }).click()
    await expect(out.getByRole("alert")).toContainText("You are signed out, but this browser's storage does not say", { timeout: 20_000 })
    await out.getByRole("button", { name: "All right" }).click()
    await page.getByRole("link", { name: "Sign in with GitHub" }).click()
    await agree(page, "ana")
    await expect(page.getByRole("heading", { name: "Waiting in this browser" })).toBeVisible()
    await page.getByRole("button", { name: "Sign out" }).click()
    await out.getByRole("button", { name: "Sign out and forget the draft" }).click()
    await expect(page.getByRole("link", { name: "Sign in with GitHub" })).toBeVisible()
    expect((await context.cookies(url)).filter(c => c.name.includes("galley"))).toEqual([])
    const drafts = await page.evaluate(() => new Promise(resolve => {
      const opening = indexedDB.open("galley")
      opening.onsuccess = () => {
        const count = opening.result.transaction("drafts").objectStore("drafts").count()
        count.onsuccess = () => resolve(count.result)
      }
    }))
    expect(drafts).toBe(0)

    // The cookie is not for scripts, and no secret was in anything they read.
    const stored = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie)
    const secrets = (await (await fetch(control + "/secrets", { method: "POST" })).text()).split("\n").filter(Boolean)
    expect(secrets.length).toBeGreaterThan(5)
    expect(stored).not.toContain("Not sent.")
    for (const secret of secrets) expect(seen.join("\n") + stored).not.toContain(secret)
  } finally {
    server.kill("SIGTERM")
  }
})

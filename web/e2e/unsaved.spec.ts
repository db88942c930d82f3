// What is said of a text follows from what the browser kept of it, and nobody
// leaves words behind that are in one tab alone without having been asked.
import type { Page } from "@playwright/test"
import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { crlf, expect, kept, keptText, openPost, serve, source, test, tides, tidesText, typeAtEnd } from "./galley"

/// From here on the browser takes no draft; with `all`, nothing at all.
async function fill(page: Page, all: boolean): Promise<void> {
  await page.addInitScript(all => {
    const full = () => {
      throw new DOMException("no room", "QuotaExceededError")
    }
    IDBObjectStore.prototype.put = full
    if (all) Storage.prototype.setItem = full
  }, all)
}

const words = "\nIn this tab alone.\n"

test("with the storage full, nothing promises that a text is kept, and what works is offered", async ({ page, context, galley }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"])
  await fill(page, true)
  await openPost(page, galley, tides)
  await typeAtEnd(page, words)
  await page.route("**/api/submit", route => route.fulfill({ status: 500, contentType: "application/json", body: JSON.stringify({ error: { kind: "internal", sentence: "Galley failed at this." } }) }))
  await expect(page.locator(".bar .keep")).toHaveText("Not saved")
  await page.getByRole("button", { name: "Open pull request" }).click()
  const dialog = page.getByRole("dialog", { name: "Open pull request" })
  await dialog.getByRole("button", { name: "Open pull request" }).click()
  const alert = dialog.getByRole("alert")
  await expect(alert).toContainText("Galley failed at this.")
  await expect(alert).toContainText("Not saved: this browser's storage is full.")
  await expect(alert).not.toContainText(/is kept|stays|Nothing is lost/)
  const [download] = await Promise.all([page.waitForEvent("download"), alert.getByRole("button", { name: "Download the text" }).click()])
  expect(download.suggestedFilename()).toBe(tides.replace("_posts/", ""))
  expect(readFileSync(await download.path(), "utf8")).toBe(tidesText + words)
  await alert.getByRole("button", { name: "Copy the text" }).click()
  await expect(alert).toContainText("Copied.")
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(tidesText + words)
  await alert.getByRole("button", { name: "Try to save again" }).click()
  await expect(alert).toContainText("It is still not saved.")
})

test("a browser that takes a draft and has not got it is not believed", async ({ page, galley }) => {
  await page.addInitScript(() => {
    const put = IDBObjectStore.prototype.put
    IDBObjectStore.prototype.put = function (value: { text?: string }, key?: IDBValidKey) {
      return put.call(this, "text" in value ? { ...value, text: "" } : value, key)
    }
  })
  await openPost(page, galley, tides)
  await typeAtEnd(page, words)
  await expect(page.getByRole("alert")).toContainText("Not saved: this browser took the draft and has not got it.")
  await page.keyboard.press("ControlOrMeta+s")
  await expect(page.locator(".bar .keep")).toHaveText("Not saved")
})

test("a text for which the database has no room is found again where it was left", async ({ page, galley }) => {
  await fill(page, false)
  await openPost(page, galley, tides)
  await typeAtEnd(page, words)
  await expect(page.locator(".bar .keep")).toHaveText("Not saved")
  page.once("dialog", dialog => void dialog.accept())
  await page.reload()
  await expect(source(page)).toContainText(words.trim())
})

test("leaving asks while something is not saved, and only then", async ({ page, galley }) => {
  const asked: string[] = []
  page.on("dialog", dialog => {
    asked.push(dialog.type())
    void dialog.dismiss()
  })
  await page.addInitScript(() => {
    const put = IDBObjectStore.prototype.put
    IDBObjectStore.prototype.put = function (value: unknown, key?: IDBValidKey) {
      if (document.documentElement.dataset["full"]) throw new DOMException("no room", "QuotaExceededError")
      return put.call(this, value, key)
    }
  })
  const reload = () => page.evaluate(() => location.reload())
  await page.goto(galley.url)
  await page.getByRole("link", { name: /Tides and charts/ }).click()
  await source(page).waitFor()
  await typeAtEnd(page, words)
  await kept(page)
  await page.reload()
  await expect(source(page)).toContainText(words.trim())
  expect(asked).toEqual([])

  await page.evaluate(() => (document.documentElement.dataset["full"] = "yes"))
  await typeAtEnd(page, words)
  await expect(page.locator(".bar .keep")).toHaveText("Not saved")
  await reload()
  await expect.poll(() => asked).toEqual(["beforeunload"])
  await page.close({ runBeforeUnload: true })
  await expect.poll(() => asked).toEqual(["beforeunload", "beforeunload"])
  // Within the app, by a link and by the browser's way back.
  const question = page.getByRole("dialog", { name: "Leave what is not saved?" })
  await page.getByRole("link", { name: "Posts" }).click()
  await question.getByRole("button", { name: "Stay" }).click()
  await expect(question).toBeHidden()
  await page.evaluate(() => history.back())
  await expect(question).toBeVisible()
  await expect(page).toHaveURL(/\/edit\?/)
  await expect(source(page)).toContainText(words.trim())
  // When there is room again it is saved, and the way is free.
  await page.evaluate(() => delete document.documentElement.dataset["full"])
  await question.getByRole("button", { name: "Try to save again" }).click()
  await expect(page.getByRole("region", { name: "Waiting in this browser" })).toContainText("Tides and charts")
  await reload()
  await expect(page.getByRole("region", { name: "Waiting in this browser" })).toBeVisible()
  expect(asked).toEqual(["beforeunload", "beforeunload"])
})

test("what a browser does not keep and a pull request holds is not called unsaved", async ({ page, galley }) => {
  await fill(page, true)
  await openPost(page, galley, tides)
  await typeAtEnd(page, words)
  const bar = page.locator(".bar .keep")
  await expect(bar).toHaveText("Not saved")
  await page.getByRole("button", { name: "Open pull request" }).click()
  await page.getByRole("dialog").getByRole("button", { name: "Open pull request" }).click()
  await page.getByRole("dialog").getByRole("button", { name: "Go on writing" }).click()
  await expect(bar).toHaveText("All is in pull request #1")
  await expect(page.getByText("Not saved")).toHaveCount(0)
  await typeAtEnd(page, "More.\n")
  await expect(bar).toHaveText("Not saved")
  await page.keyboard.press("ControlOrMeta+z")
  await page.getByRole("link", { name: "Posts" }).click()
  await expect(page.getByRole("dialog", { name: /Not saved|leave/i })).toBeVisible()
})

test("a draft that is gone while its post is open is kept again, or not called saved", async ({ page, context, galley }) => {
  await openPost(page, galley, tides)
  await typeAtEnd(page, words)
  await kept(page)
  await page.evaluate(() => new Promise(resolve => {
    const asked = indexedDB.deleteDatabase("galley")
    asked.onsuccess = asked.onerror = resolve
  }))
  await expect.poll(() => keptText(page, tides)).toBe(tidesText + words)
  await kept(page)

  const desk = await context.newPage()
  await desk.goto(galley.url)
  await desk.getByRole("region", { name: "Waiting in this browser" }).getByRole("button", { name: /Forget/ }).first().click()
  const dialog = desk.getByRole("dialog", { name: "Forget this draft?" })
  await expect(dialog).toContainText("It is open in another tab.")
  // What went on since one looked is not forgotten unseen.
  await typeAtEnd(page, "More of it.\n")
  await kept(page)
  await dialog.getByRole("button", { name: "Forget it" }).click()
  await expect(dialog.getByRole("alert")).toHaveText("It went on in another tab since you looked. Nothing was forgotten yet.")
  expect(await keptText(page, tides)).toBe(tidesText + words + "More of it.\n")
  await dialog.getByRole("button", { name: "Forget it" }).click()
  const bar = page.locator(".bar .keep")
  await expect(bar).toHaveText("Not saved")
  await expect(page.getByText("this draft was forgotten")).toBeVisible()
  await expect.poll(() => keptText(page, tides)).toBeNull()
  const asked: string[] = []
  page.once("dialog", dialog => {
    asked.push(dialog.type())
    void dialog.dismiss()
  })
  await page.evaluate(() => location.reload())
  await expect.poll(() => asked).toEqual(["beforeunload"])
  await typeAtEnd(page, "More.\n")
  await kept(page)
  expect(await keptText(page, tides)).toBe(`${tidesText}${words}More of it.\nMore.\n`)
})

test("a text that the database refuses is forgotten with all drafts, and is not left when its page goes", async ({ page, context, galley }) => {
  await fill(page, false)
  await openPost(page, galley, tides)
  await typeAtEnd(page, words)
  await expect(page.locator(".bar .keep")).toHaveText("Not saved")
  // Another window is looked at.
  await page.evaluate(() => dispatchEvent(new Event("pagehide")))
  const desk = await context.newPage()
  const left = () => desk.evaluate(() => Object.keys(localStorage).filter(name => name.startsWith("galley:leaving:")))
  await openPost(desk, galley, crlf)
  await typeAtEnd(desk, words)
  await kept(desk)
  await desk.goto(galley.url)
  expect(await left()).toHaveLength(1)
  await expect(desk.getByRole("heading", { name: "Waiting in this browser" })).toBeVisible()
  await desk.keyboard.press("F1")
  await desk.keyboard.type("Forget all")
  await desk.keyboard.press("Enter")
  await desk.getByRole("button", { name: "Forget them" }).click()
  await expect(page.getByText("this draft was forgotten")).toBeVisible()
  page.on("dialog", dialog => void dialog.accept())
  await page.goto("about:blank")
  expect(await left()).toEqual([])
})

test("two folders of one name at one address do not see each other's drafts", async ({ page }) => {
  const dir = mkdtempSync(join(tmpdir(), "galley-e2e-"))
  const make = (owner: string) => {
    const cwd = join(dir, owner, "docs")
    mkdirSync(cwd, { recursive: true })
    writeFileSync(join(cwd, "_config.yml"), `title: Site of ${owner}\n`)
    writeFileSync(join(cwd, "about.md"), `---\ntitle: About\n---\n\nAbout ${owner}.\n`)
    const git = (...args: string[]) => execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", ...args], { cwd })
    git("init", "-q", "-b", "main")
    git("config", "user.name", "Ada")
    git("config", "user.email", "ada@example.org")
    git("add", "-A")
    git("commit", "-q", "-m", "Begin")
    return cwd
  }
  const [one, two] = [make("one"), make("two")]
  let { url, server } = await serve(["--site", one])
  const change = async (to: string) => {
    server.kill("SIGTERM")
    await new Promise(resolve => server.once("exit", resolve))
    ;({ server } = await serve(["--site", to], {}, Number(new URL(url).port)))
  }
  const edit = async () => {
    await page.goto(`${url}/edit?branch=main&path=about.md`)
    await source(page).waitFor()
  }
  try {
    await edit()
    await typeAtEnd(page, "A secret of one.\n")
    await kept(page)
    // As an earlier Galley kept it: by the folder's name.
    await page.goto(url)
    await expect(page.getByRole("region", { name: "Waiting in this browser" })).toBeVisible()
    await page.evaluate(() => new Promise<void>((resolve, reject) => {
      localStorage.clear()
      const opening = indexedDB.open("galley")
      opening.onsuccess = () => {
        const tx = opening.result.transaction("drafts", "readwrite")
        const store = tx.objectStore("drafts")
        const all = store.getAll()
        all.onsuccess = () => {
          for (const draft of all.result as { site: string; person: string; branch: string; path: string }[]) {
            store.delete([draft.site, draft.person, draft.branch, draft.path])
            store.put({ ...draft, site: "docs" })
          }
        }
        tx.oncomplete = () => {
          opening.result.close()
          resolve()
        }
        tx.onerror = () => reject(tx.error)
      }
    }))
    await change(two)
    await edit()
    await expect(source(page)).toContainText("About two.")
    await expect(source(page)).not.toContainText("secret")
    await page.goto(url)
    await expect(page.getByRole("heading", { name: "Site of two" })).toBeVisible()
    await expect(page.getByRole("region", { name: "Waiting in this browser" })).toHaveCount(0)
    await change(one)
    await edit()
    await expect(source(page)).toContainText("A secret of one.")
    await expect(page.locator(".bar .keep")).toHaveText("Draft saved in this browser")
  } finally {
    server.kill("SIGTERM")
    rmSync(dir, { recursive: true, force: true })
  }
})

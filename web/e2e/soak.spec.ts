// What a browser goes through in a year: it is killed in the middle of a word, its
// storage is taken away, its clock jumps, a thousand drafts pile up, and a later
// Galley was here and is gone again.
import { chromium, type Page } from "@playwright/test"
import { spawn } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, keptText, kept, openPost, source, test, tides, tidesText, typeAtEnd } from "./galley"

test.use({ trace: "off" })

/// How often the browser is killed; `make test-long` does it 200 times.
const kills = Number(process.env["GALLEY_KILLS"] ?? 3)
/// What may be lost is younger than this, in milliseconds, and than what the machine
/// is late by in two writes, the one that is under way when a letter comes and the
/// letter's own: twice the longest that it took at that time to take a letter, or to
/// write one into a database.
const youth = 1_000

/// Writes a letter into a database of its own, as drafts are written.
function probe(page: Page): Promise<void> {
  return page.evaluate(() => new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open("probe", 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore("letters")
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const tx = opening.result.transaction("letters", "readwrite", { durability: "strict" })
      tx.objectStore("letters").put("x", "x")
      tx.oncomplete = () => {
        opening.result.close()
        resolve()
      }
    }
  }))
}

/// A browser in a process of its own, with a profile that outlives it.
async function launch(profile: string): Promise<{ page: Page; kill(): Promise<void> }> {
  const { executablePath, args } = test.info().project.use.launchOptions!
  rmSync(join(profile, "DevToolsActivePort"), { force: true })
  const child = spawn(executablePath!, [...args!, "--headless=new", "--no-first-run", "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"], { detached: true, stdio: "ignore" })
  const gone = new Promise<void>(resolve => child.once("exit", () => resolve()))
  const kill = async () => {
    try {
      process.kill(-child.pid!, "SIGKILL")
    } catch {} // it is gone
    await gone
  }
  for (const end = Date.now() + 120_000; Date.now() < end;) {
    await new Promise(resolve => setTimeout(resolve, 50))
    let written: string[] = [] // the port, and a path behind it
    try {
      written = readFileSync(join(profile, "DevToolsActivePort"), "utf8").split("\n")
    } catch {} // not yet
    if (!written[1]) continue
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${written[0]}`)
    return { page: await browser.contexts()[0]!.newPage(), kill }
  }
  await kill()
  throw new Error("the browser did not start")
}

test(`a browser that is killed ${kills} times in the middle of a word loses nothing that is older than a second`, async ({ galley }) => {
  test.setTimeout(60_000 + kills * 60_000)
  const profile = mkdtempSync(join(tmpdir(), "galley-profile-"))
  const typed: { letter: string; at: number }[] = [] // since the text that was found last
  let found = tidesText
  let oldest = 0
  let letters = 0
  let late = 0
  const lateness: number[] = []
  const words = (n: number) => `${n} words that nobody has written down but here; `
  try {
    for (let round = 0; round <= kills; round++) {
      const { page, kill } = await launch(profile)
      try {
        await page.goto(`${galley.url}/edit?${new URLSearchParams({ branch: "main", path: tides })}`)
        await expect(source(page)).toContainText("The gauges were read twice")
        // Where the draft is longer than what is drawn, its end is not in the document.
        const now = (await keptText(page, tides)) ?? tidesText
        const all = found + typed.map(t => t.letter).join("")
        expect(all.startsWith(now), `what is kept is none of what was typed: ${JSON.stringify(now.slice(-80))}`).toBe(true)
        const lost = typed.slice(now.length - found.length)
        const end = typed.at(-1)?.at ?? 0
        if (lost[0]) oldest = Math.max(oldest, end - lost[0].at)
        expect(lost[0] ? end - lost[0].at : 0, `killed for the ${round}th time, it lost ${JSON.stringify(lost.map(t => t.letter).join(""))}`).toBeLessThanOrEqual(youth + 2 * late)
        found = now
        lateness.push(late)
        late = 0
        typed.length = 0
        if (round === kills) break
        if (round > 0 && round % 20 === 0) console.log(`killed ${round} times`)
        await source(page).focus()
        await page.keyboard.press("ControlOrMeta+End")
        let alive = true
        // Not all at once; a kill comes at any moment of a write.
        const dies = new Promise<void>(resolve => setTimeout(resolve, 300 + Math.random() * 2_700)).then(kill).then(() => (alive = false))
        try {
          for (const letter of words(round)) {
            const begin = Date.now()
            await page.keyboard.insertText(letter)
            late = Math.max(late, Date.now() - begin)
            typed.push({ letter, at: Date.now() })
            if (letters++ % 4 === 0) {
              const begin = Date.now()
              await probe(page).finally(() => (late = Math.max(late, Date.now() - begin)))
            }
            await new Promise(resolve => setTimeout(resolve, 20 + Math.random() * 80))
          }
        } catch (error) {
          if (alive) await dies
          if (alive) throw error
        }
        await dies
      } finally {
        await kill()
      }
    }
    console.log(`killed ${kills} times while ${letters} letters were typed: the oldest that was lost was ${oldest} ms old; the machine was late by ${lateness.sort((a, b) => a - b)[lateness.length >> 1]} ms half of the time, ${lateness.at(-1)} ms at most`)
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }) // processes of it end a moment later
  }
})

/// Writes drafts of other posts into the database of a Galley that was here before.
async function pile(page: Page, n: number): Promise<void> {
  await page.evaluate(
    n => new Promise<void>((resolve, reject) => {
      const opening = indexedDB.open("galley")
      opening.onerror = () => reject(opening.error)
      opening.onsuccess = () => {
        const tx = opening.result.transaction("drafts", "readwrite")
        const store = tx.objectStore("drafts")
        const first = store.getAll()
        first.onsuccess = () => {
          const like = first.result[0] as { text: string }
          for (let i = 0; i < n; i++) store.put({ ...like, path: `_posts/2020-01-01-draft-${i}.md`, title: `Draft ${i}`, text: like.text.repeat(8) })
        }
        tx.oncomplete = () => {
          opening.result.close()
          resolve()
        }
        tx.onerror = () => reject(tx.error)
      }
    }),
    n,
  )
}

test("a thousand drafts are listed, and slow nobody down", async ({ page, galley }) => {
  await openPost(page, galley, tides)
  await typeAtEnd(page, "\nMine.\n")
  await kept(page)
  await pile(page, 1_000)
  await page.goto(galley.url + "/")
  await expect(page.getByText("Draft 999", { exact: true })).toBeVisible()
  await expect(page.getByText("Draft 0", { exact: true })).toHaveCount(1)
  await openPost(page, galley, tides)
  await expect(source(page)).toContainText("Mine.")
  const begin = Date.now()
  await typeAtEnd(page, "More of mine.\n")
  await kept(page)
  console.log(`beside a thousand drafts one is kept after ${Date.now() - begin} ms`)
  expect(await keptText(page, tides)).toBe(tidesText + "\nMine.\nMore of mine.\n")
})

test("storage that the browser evicts is filled again with the whole text", async ({ page, galley }) => {
  await openPost(page, galley, tides)
  await typeAtEnd(page, "\nBefore.\n")
  await kept(page)
  await page.evaluate(() => new Promise<void>((resolve, reject) => {
    const deleting = indexedDB.deleteDatabase("galley")
    deleting.onsuccess = () => resolve()
    deleting.onerror = () => reject(deleting.error)
  }))
  await typeAtEnd(page, "After.\n")
  // Not looked into before the tab has made it anew: looking would make an empty one.
  await expect.poll(() => page.evaluate(async () => (await indexedDB.databases()).some(d => d.name === "galley"))).toBe(true)
  await expect.poll(() => keptText(page, tides)).toBe(tidesText + "\nBefore.\nAfter.\n")
  await page.reload()
  await expect(source(page)).toContainText("After.")
})

for (const [name, years] of [["back", -3], ["ahead", 3]] as const) {
  test(`a clock that jumps ${name} loses nothing, in one tab and in the next`, async ({ page, context, galley }) => {
    await context.addInitScript(() => {
      const now = Date.now.bind(Date)
      Date.now = () => now() + Number(sessionStorage.getItem("jump") ?? 0)
    })
    await openPost(page, galley, tides)
    await typeAtEnd(page, "\nBefore.\n")
    await kept(page)
    await page.evaluate(jump => sessionStorage.setItem("jump", String(jump)), years * 365 * 86_400_000)
    await typeAtEnd(page, "After.\n")
    await expect.poll(() => keptText(page, tides)).toBe(tidesText + "\nBefore.\nAfter.\n")
    await page.close()
    const next = await context.newPage() // whose clock is right again
    await openPost(next, galley, tides)
    await expect(source(next)).toContainText("After.")
    await typeAtEnd(next, "And later.\n")
    await expect.poll(() => keptText(next, tides)).toBe(tidesText + "\nBefore.\nAfter.\nAnd later.\n")
  })
}

test("drafts of a later Galley are there in an earlier one, and are kept by it", async ({ page, galley }) => {
  await openPost(page, galley, tides)
  await typeAtEnd(page, "\nBefore.\n")
  await kept(page)
  await page.goto("about:blank")
  await page.route("**/later", route => route.fulfill({ contentType: "text/html", body: "<p>Later" }))
  await page.goto(galley.url + "/later")
  // What a later version may do: add stores, indexes and members.
  await page.evaluate(() => new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open("galley", 99)
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore("later")
      const drafts = opening.transaction!.objectStore("drafts")
      drafts.createIndex("later", "later")
      const all = drafts.getAll()
      all.onsuccess = () => (all.result as object[]).forEach(draft => drafts.put({ ...draft, later: { what: "unknown" } }))
    }
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      opening.result.close()
      resolve()
    }
  }))
  await openPost(page, galley, tides)
  await expect(source(page)).toContainText("Before.")
  await typeAtEnd(page, "After.\n")
  await expect.poll(() => keptText(page, tides)).toBe(tidesText + "\nBefore.\nAfter.\n")
  await page.reload()
  await expect(source(page)).toContainText("After.")
})

test("a tab of the version before lets a later one change the database, and both keep what they write", async ({ page, context, galley }) => {
  await openPost(page, galley, tides)
  await typeAtEnd(page, "\nBefore.\n")
  await kept(page)
  const later = await context.newPage()
  await later.route("**/later", route => route.fulfill({ contentType: "text/html", body: "<p>Later" }))
  await later.goto(galley.url + "/later")
  const blocked = await later.evaluate(() => new Promise<boolean>((resolve, reject) => {
    let waited = false
    const opening = indexedDB.open("galley", 50)
    opening.onblocked = () => (waited = true)
    opening.onupgradeneeded = () => opening.result.createObjectStore("later")
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      opening.result.close()
      resolve(waited)
    }
  }))
  expect(blocked, "the open tab held the database").toBe(false)
  await typeAtEnd(page, "After.\n")
  await expect.poll(() => keptText(page, tides)).toBe(tidesText + "\nBefore.\nAfter.\n")
})

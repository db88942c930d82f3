// Pictures: from the clipboard to the page, the draft, the commit and the built
// site.
import type { Page } from "@playwright/test"
import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { crc32, deflateSync } from "node:zlib"
import { difference, expect, kept, keptText, openPost, paste, preview, previewFrame, source, submittedBranch, test, tides, tidesText } from "./galley"

const secret = "GPS 53.55 N 9.99 E"

/// A PNG of one colour, with a text that must not be published.
function png(width: number, height: number, rgb: [number, number, number], text = secret): Buffer {
  const chunk = (name: string, body: Buffer) => {
    const data = Buffer.concat([Buffer.from(name, "latin1"), body])
    const whole = Buffer.alloc(body.length + 12)
    whole.writeUInt32BE(body.length, 0)
    data.copy(whole, 4)
    whole.writeUInt32BE(crc32(data), whole.length - 4)
    return whole
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const row = Buffer.concat([Buffer.from([0]), ...Array.from({ length: width }, () => Buffer.from(rgb))])
  const pixels = Buffer.concat(Array.from({ length: height }, () => row))
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", header), chunk("tEXt", Buffer.from("Comment\0" + text)),
    chunk("IDAT", deflateSync(pixels)), chunk("IEND", Buffer.alloc(0)),
  ])
}

interface Given {
  name: string
  type?: string
  data: Buffer
}

/// Pastes or drops files, with a text beside them where there is one.
async function give(page: Page, how: "paste" | "drop", files: Given[], text: Record<string, string> = {}): Promise<void> {
  await source(page).evaluate((element, { how, files, text }) => {
    const data = new DataTransfer()
    for (const file of files) {
      const bytes = Uint8Array.from(atob(file.data), c => c.charCodeAt(0))
      data.items.add(new File([bytes], file.name, { type: file.type }))
    }
    for (const [type, value] of Object.entries(text)) data.setData(type, value)
    if (how === "paste") element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
    else {
      const box = [...element.querySelectorAll(".cm-line")].find(l => l.textContent!.startsWith("The gauges"))!.getBoundingClientRect()
      element.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true, clientX: box.right - 2, clientY: box.bottom - 4 }))
    }
  }, { how, files: files.map(f => ({ name: f.name, type: f.type ?? "image/png", data: f.data.toString("base64") })), text })
}

/// The names of the pictures that the browser keeps.
function keptPictures(page: Page): Promise<string[]> {
  return page.evaluate(() => new Promise<string[]>((resolve, reject) => {
    const opening = indexedDB.open("galley")
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const all = opening.result.transaction("pictures").objectStore("pictures").getAll()
      all.onsuccess = () => {
        opening.result.close()
        resolve((all.result as { path: string }[]).map(p => p.path))
      }
    }
  }))
}

const dialog = (page: Page) => page.getByRole("dialog")
const altField = (page: Page) => dialog(page).getByLabel("Alternative text")

/// Waits until the page shows a picture, of this size in pixels.
async function shown(page: Page, selector: string, width: number, height: number): Promise<void> {
  // The frame may be about to begin anew.
  await expect.poll(async () => (await previewFrame(page)).evaluate(selector => {
    const image = document.querySelector(selector)
    if (!image) return "none"
    const { width, height } = image.getBoundingClientRect()
    return `${width} x ${height}`
  }, selector).catch(() => "leaving")).toBe(`${width} x ${height}`)
}

/// The source's text.
const typed = (page: Page) => source(page).evaluate(element => (element as any).cmTile.view.state.doc.toString() as string)

async function atEnd(page: Page): Promise<void> {
  await source(page).focus()
  await page.keyboard.press("ControlOrMeta+End")
}

test("a pasted picture is on the page at once, gets words, survives a reload, and is committed with the post", async ({ page, galley }) => {
  test.setTimeout(120_000)
  const faults: string[] = []
  page.on("console", message => message.type() === "error" && /harbour-at-dawn/.test(message.location().url) && faults.push(message.text()))
  await openPost(page, galley, tides)
  await atEnd(page)
  await give(page, "paste", [{ name: "Harbour at dawn.png", data: png(120, 80, [200, 40, 40]) }])
  // On the page before anything was asked for is answered.
  await shown(page, "img[src*='harbour-at-dawn']", 120, 80)
  await expect(altField(page)).toBeFocused()
  await expect(dialog(page).getByRole("button", { name: "Done" })).toBeDisabled()
  await page.keyboard.type("Red [dawn] over the harbour")
  await page.keyboard.press("Enter")
  await expect(dialog(page)).toBeHidden()
  await expect(source(page)).toBeFocused()
  const image = preview(page).getByRole("img", { name: "Red [dawn] over the harbour" })
  await expect(image).toBeVisible()
  const address = (await image.getAttribute("src"))!
  expect(address).toMatch(/^\/assets\/images\/2026-03-08-tides-harbour-at-dawn-[0-9a-f]{8}\.png$/)
  const text = `${tidesText}\n![Red \\[dawn\\] over the harbour](${address})\n`
  expect(await typed(page)).toBe(text)
  // The document is the published page's all the same.
  expect(await difference(page, tides, text)).toBe("")

  await kept(page)
  await page.reload()
  await expect(page.locator(".edit")).toHaveAttribute("data-preview", "live", { timeout: 30_000 })
  await shown(page, `img[src="${address}"]`, 120, 80)
  // A patch that makes the element anew does not lose it.
  await atEnd(page)
  await page.keyboard.type("\nMore of it.\n")
  await expect(preview(page).getByText("More of it.")).toBeVisible()
  await shown(page, `img[src="${address}"]`, 120, 80)

  // It is in no commit, which is no fault.
  expect(faults).toEqual([])
  await page.getByRole("button", { name: "Open pull request" }).click()
  await dialog(page).getByRole("button", { name: "Open pull request" }).click()
  await expect(page.getByRole("dialog", { name: /is open/ })).toBeVisible()
  const branch = submittedBranch(galley)
  const path = address.slice(1)
  expect(galley.git("diff", "--name-only", "main", branch).trim().split("\n")).toEqual([tides, path])
  expect(galley.git("rev-list", "--count", `main..${branch}`).trim()).toBe("1")
  const bytes = galley.show(branch, path)
  expect(bytes.subarray(1, 4).toString()).toBe("PNG")
  expect(bytes.includes("GPS") || bytes.includes("tEXt")).toBe(false)

  // The built site has it where the post says.
  const out = mkdtempSync(join(tmpdir(), "galley-built-"))
  galley.git("checkout", "-q", branch)
  execFileSync(process.env["GALLEY_BIN"] ?? resolve(import.meta.dirname, "../../bin/galley"), ["build", "--site", galley.dir, "--out", out])
  expect(readFileSync(join(out, path)).equals(bytes)).toBe(true)
  rmSync(out, { recursive: true, force: true })

  // And the branch's own pictures are shown when it is edited, drafts or none.
  galley.git("checkout", "-q", "main")
  const other = await page.context().browser()!.newContext()
  const elsewhere = await other.newPage()
  await openPost(elsewhere, galley, tides, branch)
  await shown(elsewhere, `img[src="${address}"]`, 120, 80)
  expect(await difference(elsewhere, tides, galley.show(branch, tides).toString(), branch)).toBe("")
  await other.close()

  // Once it is merged, the draft goes, and the picture with it.
  expect(await keptPictures(page)).toEqual([path])
  galley.git("merge", "-q", branch)
  await openPost(page, galley, tides)
  await expect.poll(() => keptPictures(page)).toEqual([])
  await shown(page, `img[src="${address}"]`, 120, 80)
})

test("pictures are dropped and picked, several at once, where they were meant to be", async ({ page, galley }) => {
  await openPost(page, galley, tides)
  await give(page, "drop", [{ name: "one.png", data: png(30, 20, [0, 0, 200]) }, { name: "two.png", data: png(40, 20, [0, 200, 0]) }, { name: "notes.svg", type: "image/svg+xml", data: Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>") }])
  await expect(dialog(page).getByRole("alert")).toContainText("An SVG can carry programs")
  await altField(page).first().fill("One")
  await dialog(page).getByRole("checkbox").nth(1).check()
  await dialog(page).getByRole("button", { name: "Done" }).click()
  await expect(dialog(page)).toBeHidden()
  expect(await typed(page)).toMatch(/nobody knows why\.\n\n!\[One\]\(\S*-one-\S*\)\n\n!\[\]\(\S*-two-\S*\)\n\n## Developer News/)
  await shown(page, "img[src*='-one-']", 30, 20)
  await shown(page, "img[src*='-two-']", 40, 20)
  // Undone and done again, they are still known.
  for (let i = 0; i < 2; i++) await page.keyboard.press("ControlOrMeta+z")
  await expect.poll(() => typed(page)).toBe(tidesText)
  for (let i = 0; i < 2; i++) await page.keyboard.press("ControlOrMeta+Shift+z")
  await shown(page, "img[src*='-one-']", 30, 20)

  const choosing = page.waitForEvent("filechooser")
  await page.keyboard.press("Alt+p")
  await (await choosing).setFiles([{ name: "three.png", mimeType: "image/png", buffer: png(50, 20, [9, 9, 9]) }])
  await shown(page, "img[src*='-three-']", 50, 20)
  // Who changes their mind has the text as it was.
  await page.keyboard.press("Escape")
  await expect(dialog(page)).toBeHidden()
  expect(await typed(page)).not.toContain("-three-")

  // Only what the text refers to is submitted.
  await page.getByRole("button", { name: "Open pull request" }).click()
  await dialog(page).getByRole("button", { name: "Open pull request" }).click()
  await expect(page.getByRole("dialog", { name: /is open/ })).toBeVisible()
  const files = galley.git("diff", "--name-only", "main", submittedBranch(galley)).trim().split("\n")
  expect(files).toHaveLength(3)
  expect(files.join(" ")).not.toContain("three")
})

test("a picture that is dropped beside the editor goes to the cursor, and is forgotten with its draft", async ({ page, galley }) => {
  await openPost(page, galley, tides)
  await atEnd(page)
  const left = await page.evaluate(data => {
    const files = new DataTransfer()
    files.items.add(new File([Uint8Array.from(atob(data), c => c.charCodeAt(0))], "beside.png", { type: "image/png" }))
    const event = (type: string) => new DragEvent(type, { dataTransfer: files, bubbles: true, cancelable: true })
    const bar = document.querySelector(".bar")!
    return bar.dispatchEvent(event("dragover")) || bar.dispatchEvent(event("drop"))
  }, png(33, 22, [1, 90, 1]).toString("base64"))
  expect(left).toBe(false)
  await shown(page, "img[src*='-beside-']", 33, 22)
  await dialog(page).getByRole("checkbox").check()
  await page.keyboard.press("Enter")
  await kept(page)
  expect(await keptPictures(page)).toHaveLength(1)
  await page.goto(galley.url)
  await page.getByRole("button", { name: "Forget the draft of Tides and charts" }).click()
  await dialog(page).getByRole("button", { name: "Forget it" }).click()
  await expect.poll(() => keptPictures(page)).toEqual([])
})

test("what comes into the text behind the dialog moves no picture, and stays when that is taken out", async ({ page, galley }) => {
  await openPost(page, galley, tides)
  /// The form's words, as they come once the renderer lives.
  const retitle = (from: string, to: string) => source(page).evaluate((element, [from, to]) => {
    const { view } = (element as any).cmTile
    const at = view.state.doc.toString().indexOf(from!)
    view.dispatch({ changes: { from: at, to: at + from!.length, insert: to }, userEvent: "input.form" })
  }, [from, to])
  await give(page, "drop", [{ name: "buoy.png", data: png(8, 8, [200, 30, 30]) }])
  await retitle("Tides and charts", "Tides and charts of the north")
  const out = dialog(page).getByRole("button", { name: "Take it out again" })
  await expect(out).toBeVisible()
  const northern = tidesText.replace("Tides and charts", "Tides and charts of the north")
  expect((await typed(page)).replace(/\n*!\[\]\([^)]*\)/, "")).toBe(northern)
  expect(await typed(page)).toMatch(/nobody knows why\.\n\n!\[\]/)
  await retitle("of the north", "of the south")
  await out.click()
  await expect(dialog(page)).toHaveCount(0)
  expect(await typed(page)).toBe(northern.replace("north", "south"))
})

test("a picture goes with its paragraph to another post", async ({ page, galley }) => {
  const other = "_posts/2026-03-09-other.md"
  galley.commit(other, "---\ntitle: Other\n---\nFirst.\n", "Another post")
  await openPost(page, galley, tides)
  await atEnd(page)
  await give(page, "paste", [{ name: "moved.png", data: png(31, 22, [9, 90, 1]) }])
  await shown(page, "img[src*='-moved-']", 31, 22)
  await dialog(page).getByRole("checkbox").check()
  await page.keyboard.press("Enter")
  await kept(page)
  const line = (await typed(page)).split("\n").find(line => line.startsWith("!["))!
  // Cut, so that there is no draft any more, and put in elsewhere, later.
  await source(page).focus()
  await page.keyboard.press("ControlOrMeta+a")
  await page.keyboard.insertText(tidesText)
  await expect(page.locator("[data-keep=unchanged]")).toBeVisible()
  await openPost(page, galley, tides)
  await openPost(page, galley, other)
  await atEnd(page)
  await page.keyboard.insertText("\n" + line + "\n")
  await shown(page, "img[src*='-moved-']", 31, 22)
  await kept(page)
  await page.keyboard.press("ControlOrMeta+Enter")
  await dialog(page).getByRole("button", { name: "Open pull request" }).click()
  await expect(page.getByText(/Pull request #1/).first()).toBeVisible()
  expect(galley.git("diff", "--name-only", "main", submittedBranch(galley))).toMatch(/-moved-[0-9a-f]{8}\.png/)
})

test("pictures are shown on a page whose names shadow the document's", async ({ page, galley }) => {
  galley.git("checkout", "-q", "-b", "side")
  const names = ["images", "baseURI", "getElementsByTagName", "querySelectorAll", "adoptedStyleSheets", "addEventListener"]
  const text = tidesText + names.map(n => `<img name="${n}" src="data:," alt="">`).join("") + `<form><input name="querySelectorAll"><input name="getAttribute"></form>\n\n![Blue](/assets/images/blue.png)\n`
  mkdirSync(join(galley.dir, "assets/images"), { recursive: true })
  writeFileSync(join(galley.dir, "assets/images/blue.png"), png(60, 30, [0, 0, 250]))
  galley.commit(tides, text, "Names")
  galley.git("checkout", "-q", "main")
  await openPost(page, galley, tides, "side")
  await shown(page, "img[alt=Blue]", 60, 30)
  expect(await difference(page, tides, text, "side")).toBe("")
})

test("text that brings an image along is pasted as text, and what is no picture is refused in a sentence", async ({ page, galley }) => {
  await openPost(page, galley, tides)
  await atEnd(page)
  await give(page, "paste", [{ name: "image.png", data: png(9, 9, [1, 2, 3]) }], { "text/plain": "From a spreadsheet", "text/html": "<table><tr><td>From a spreadsheet</td></tr></table>" })
  await expect(source(page)).toContainText("From a spreadsheet")
  await expect(dialog(page)).toBeHidden()
  await give(page, "paste", [{ name: "a.png", data: Buffer.from("<!doctype html><script>1</script>") }])
  await expect(page.getByRole("dialog", { name: "This picture is not taken" })).toContainText("This is not a picture that Galley takes")
  await page.keyboard.press("Enter")
  await expect(dialog(page)).toBeHidden()
  expect(await typed(page)).toBe(tidesText + "From a spreadsheet")
})

test("when the browser keeps no pictures, that is said", async ({ page, galley }) => {
  await page.addInitScript(() => {
    const put = IDBObjectStore.prototype.put
    IDBObjectStore.prototype.put = function (...args: Parameters<typeof put>) {
      if (this.name === "pictures") throw new DOMException("full", "QuotaExceededError")
      return put.apply(this, args)
    }
  })
  await openPost(page, galley, tides)
  await atEnd(page)
  // Whoever is faster than the server says it all the same.
  let answer = () => {}
  const said = new Promise<void>(resolve => (answer = resolve))
  await page.route("**/api/pictures?**", async route => {
    await said
    await route.continue()
  })
  await give(page, "paste", [{ name: "x.png", data: png(21, 12, [1, 2, 3]) }])
  await altField(page).fill("Dark")
  await page.keyboard.press("Enter")
  await expect(dialog(page).getByRole("button", { name: "Done" })).toBeDisabled()
  answer()
  await expect(dialog(page)).toBeHidden()
  await expect(page.getByText("This browser does not keep the picture")).toBeVisible()
  await shown(page, "img[src*='-x-']", 21, 12)
})

test("drafts of an earlier Galley are there when pictures can be kept", async ({ page, galley }) => {
  await page.route("**/before", route => route.fulfill({ contentType: "text/html", body: "<p>Before" }))
  await page.goto(galley.url + "/before")
  await page.evaluate(({ path, text }) => new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open("galley", 1)
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore("drafts", { keyPath: ["site", "person", "branch", "path"] }).createIndex("owner", ["site", "person"])
    }
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const tx = opening.result.transaction("drafts", "readwrite")
      tx.objectStore("drafts").put({ site: "SITE", person: "x", branch: "main", path, text, blob: "", base: "", title: "", updated: 1, version: 1 })
      tx.oncomplete = () => {
        opening.result.close()
        resolve()
      }
    }
  }), { path: tides, text: "kept" })
  await openPost(page, galley, tides)
  await paste(page, "More.\n")
  await kept(page)
  const found = await page.evaluate(() => new Promise<string[]>(resolve => {
    const opening = indexedDB.open("galley")
    opening.onsuccess = () => {
      const all = opening.result.transaction("drafts").objectStore("drafts").getAll()
      all.onsuccess = () => resolve([...opening.result.objectStoreNames, ...(all.result as { text: string }[]).map(d => d.text.slice(0, 4))])
    }
  }))
  expect(found).toContain("pictures")
  expect(found).toContain("kept")
  expect(found).toHaveLength(5)
})

/// Has what the browser keeps of pictures be three days older, and adds `more` pictures
/// as old, of posts that have no draft.
async function age(page: Page, more: string[] = []): Promise<void> {
  await page.evaluate(more => new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open("galley")
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const tx = opening.result.transaction(["pictures", ...[...opening.result.objectStoreNames].filter(name => name === "alone")], "readwrite")
      const days = 3 * 24 * 60 * 60 * 1000
      for (const [name, when] of [["pictures", "added"], ["alone", "since"]] as const) {
        if (![...tx.objectStoreNames].includes(name)) continue
        const store = tx.objectStore(name)
        const all = store.getAll()
        all.onsuccess = () => {
          const old = (all.result as Record<string, any>[]).map(one => ({ ...one, [when]: one[when] - days }))
          for (const one of old) store.put(one)
          if (name === "pictures") for (const post of more) store.put({ ...old[0], post })
        }
      }
      tx.oncomplete = () => {
        opening.result.close()
        resolve()
      }
    }
  }), more)
}

test("a picture whose paragraph was cut is there when that is pasted elsewhere, and goes in a day", async ({ page, galley }) => {
  const other = "_posts/2026-03-15-other.md"
  galley.commit(other, tidesText.replace("03-08", "03-15"), "Another")
  await openPost(page, galley, tides)
  await atEnd(page)
  await give(page, "paste", [{ name: "Cut.png", data: png(23, 17, [9, 9, 9]) }])
  await altField(page).fill("Cut out")
  await page.keyboard.press("Enter")
  await kept(page)
  const paragraph = (await typed(page)).slice(tidesText.length)
  await age(page)
  await page.keyboard.press("ControlOrMeta+a")
  await paste(page, tidesText)
  await expect.poll(() => keptText(page, tides)).toBe(null)
  await page.getByRole("link", { name: "Posts" }).click()
  await expect(page.locator("main")).toContainText("Tides")
  await page.evaluate(() => new Promise(resolve => setTimeout(resolve, 500)))
  await openPost(page, galley, other)
  await atEnd(page)
  await paste(page, paragraph)
  await shown(page, "img[src*='-cut-']", 23, 17)
  await kept(page)
  expect(await keptPictures(page)).toHaveLength(2)
  // In a day it is the other's alone; what a page left of a text is a draft, too.
  await age(page, ["_posts/gone.md", "_posts/left.md"])
  await page.evaluate(() => new Promise<void>(resolve => {
    const opening = indexedDB.open("galley")
    opening.onsuccess = () => {
      const all = opening.result.transaction("drafts").objectStore("drafts").getAll()
      all.onsuccess = () => {
        opening.result.close()
        const { site, person, branch, ...more } = all.result[0]
        const path = "_posts/left.md"
        localStorage.setItem("galley:leaving:" + JSON.stringify([site, person, branch, path]), JSON.stringify({ draft: { ...more, site, person, branch, path }, seen: 0 }))
        resolve()
      }
    }
  }))
  expect(await keptPictures(page)).toHaveLength(4)
  await page.getByRole("link", { name: "Posts" }).click()
  await expect.poll(() => keptPictures(page)).toHaveLength(2)
  await openPost(page, galley, other)
  await shown(page, "img[src*='-cut-']", 23, 17)
})

test("a picture that is missing, and a pointer in its place, are problems at their place", async ({ page, galley }) => {
  const pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n"
  galley.commit("assets/images/pointer.png", pointer, "A pointer")
  await openPost(page, galley, tides)
  const marks = page.locator(".cm-lintRange-warning").filter({ hasText: ".png" }) // the post says "link" in a link, too
  await expect(marks).toHaveCount(0)
  await source(page).focus()
  await page.keyboard.press("ControlOrMeta+End")
  await paste(page, "\n![a](/assets/images/gone.png) and ![b](/assets/images/pointer.png)\n")
  await expect(marks).toHaveText(["/assets/images/gone.png", "/assets/images/pointer.png"])
  // The page says so in the picture's place, in a document that is the published page's.
  const frame = await previewFrame(page)
  const sign = () => frame.locator("img[src='/assets/images/gone.png']").evaluate(image => [getComputedStyle(image).content.slice(0, 10), image.clientWidth])
  await expect.poll(sign).toEqual(['url("blob:', 420])
  expect(await difference(page, tides, await typed(page))).toBe("")
  // Problems move with the text, and go with what they are about.
  await page.keyboard.press("ControlOrMeta+Home")
  await page.keyboard.press("ControlOrMeta+End")
  await page.keyboard.type("More.")
  await expect(marks).toHaveText(["/assets/images/gone.png", "/assets/images/pointer.png"])
  await page.keyboard.press("ControlOrMeta+a")
  await paste(page, "---\ntitle: x\n---\n\n![b](/assets/images/pointer.png)\n")
  await expect(marks).toHaveText(["/assets/images/pointer.png"])
})

test("relative addresses lead from the preview where they lead from the page", async ({ page, galley }) => {
  for (const [name, size] of [["pic.png", 10], ["2026/pic.png", 40], ["2027/pic.png", 20]] as const) {
    mkdirSync(join(galley.dir, name, ".."), { recursive: true })
    writeFileSync(join(galley.dir, name), png(size, size, [1, 2, 3]))
  }
  writeFileSync(join(galley.dir, "2026", "own.css"), ":root { --own: here }")
  const other = "_posts/2026-03-15-other.md"
  galley.commit(other, tidesText.replace("The gauges", '<link rel="stylesheet" href="own.css">\n\n![p](pic.png)\n\nThe gauges').replace("03-08", "03-15"), "Relative")
  // As it is typed.
  await openPost(page, galley, tides)
  await atEnd(page)
  await paste(page, "\n![a](pic.png)\n\n![b](../pic.png)\n\n<img alt=\"c\" src='gone.png'>\n\n![d](2026/pic.png)\n")
  await shown(page, "img[alt=a]", 40, 40)
  await shown(page, "img[alt=b]", 10, 10)
  const marks = page.locator(".cm-lintRange-warning").filter({ hasText: ".png" })
  await expect(marks).toHaveText(["gone.png", "2026/pic.png"])
  // What the site has at that address from its top alone is not on the page.
  await expect.poll(() => preview(page).locator("img[alt=d]").evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(0)
  // In raw HTML, too, and where the page's address becomes another.
  await paste(page, "\n<img alt='e' srcset='pic.png 1x'>\n")
  await shown(page, "img[alt=e]", 40, 40)
  // The lines of the front matter are folded until one goes there.
  await page.keyboard.press("ControlOrMeta+Home")
  await source(page).getByText("date: 2026-03-08").click()
  await page.keyboard.press("Home")
  for (let i = 0; i < "date: 2026".length; i++) await page.keyboard.press("ArrowRight")
  await page.keyboard.press("Backspace")
  await page.keyboard.type("7")
  await expect(page.locator(".address")).toContainText("/2027/")
  await shown(page, "img[alt=a]", 20, 20)
  await shown(page, "img[alt=e]", 20, 20)
  // And in the server's page.
  await openPost(page, galley, other)
  await shown(page, "img[alt=p]", 40, 40)
  const frame = await previewFrame(page)
  expect(new URL(frame.url()).pathname).toBe("/frame/2026/20260315")
  await expect.poll(() => frame.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--own"))).toBe("here")
})

test("without the server the page has its pictures after a reload, and accuses none that cannot be reached", async ({ page, galley }) => {
  const commitPicture = (name: string, data: Buffer) => {
    mkdirSync(join(galley.dir, "assets/images"), { recursive: true })
    writeFileSync(join(galley.dir, "assets/images", name), data)
  }
  commitPicture("north.png", png(90, 60, [20, 120, 60]))
  commitPicture("never-seen.png", png(50, 40, [20, 20, 160]))
  galley.commit(tides, `${tidesText}\n![The north gauge](/assets/images/north.png)\n`, "Show the gauge")
  await openPost(page, galley, tides)
  await shown(page, "img[src*='north']", 90, 60)
  await atEnd(page)
  await give(page, "paste", [{ name: "South gauge.png", data: png(120, 80, [200, 40, 40]) }])
  await altField(page).fill("The south gauge")
  await page.keyboard.press("Enter")
  await kept(page)
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  await expect.poll(() => page.evaluate(async () => (await (await caches.open("galley-answers")).keys()).some(key => key.url.includes("/api/file?")))).toBe(true)
  await galley.stop()

  await page.reload()
  await expect(page.locator(".edit")).toHaveAttribute("data-preview", "live", { timeout: 60_000 })
  await shown(page, "img[src*='north']", 90, 60)
  await shown(page, "img[src*='south-gauge']", 120, 80)
  await atEnd(page)
  await page.keyboard.type("\n![Known to the server](/assets/images/never-seen.png)\n")
  await expect(preview(page).getByRole("img", { name: "Known to the server" })).toHaveCount(1)
  await atEnd(page)
  await page.keyboard.type("\n![Another look](/assets/images/north.png)\n")
  await shown(page, "img[alt='Another look']", 90, 60)
  await expect(page.getByText("picture is missing")).toHaveCount(0)
  if (process.env["GALLEY_SHOTS"]) await page.screenshot({ path: `${process.env["GALLEY_SHOTS"]}/pictures-offline.png` })

  // Once it answers, what was not to be reached is there.
  await galley.start()
  await page.evaluate(() => dispatchEvent(new Event("online")))
  await shown(page, "img[src*='never-seen']", 50, 40)
})

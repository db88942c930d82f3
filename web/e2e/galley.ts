// What every test in the browser begins with: a server of its own over a Git
// repository of its own, and a hand for what is done again and again.
import { test as base, expect, type Frame, type Page } from "@playwright/test"
import { execFileSync, spawn, type ChildProcess } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"

export { expect }

/// A post of the site that each test gets; see `files`.
export const tides = "_posts/2026-03-08-tides.md"
export const crlf = "_posts/2026-03-01-crlf.md"
export const hostile = "_posts/2026-02-22-hostile.md"

export const tidesText = `---
layout: post
title: "Tides and charts"  # the week's title
date: 2026-03-08 22:00:00 -0000
slug: tides
---

The gauges were read twice, and nobody knows why.

## Developer News

* The collector keeps its queue
* Charts load while offline

Some words with a [link](https://example.org/), and \`code\`.

<details><summary>More about buoys</summary>
There are seven of them.
</details>

| harbour | gauge |
| --- | --- |
| north | 3 |
| south | 4 |

\`\`\`go
func main() {}
\`\`\`

The last line of all.
`

const files: Record<string, string> = {
  "_config.yml": "title: Harbour Notes\nurl: https://harbour.example\npermalink: /:year/:year:month:day\n",
  [tides]: tidesText,
  [crlf]: "---\r\nlayout: post\r\ntitle: Two ends\r\ndate: 2026-03-01 22:00:00 -0000\r\nslug: crlf\r\n---\r\n\r\nFirst line.\r\nSecond line.\r\n\r\n* one\r\n* two\r\n",
  [hostile]: `---
layout: post
title: Hostile
date: 2026-02-22 22:00:00 -0000
slug: hostile
---

Before.

<script>document.title = "owned"; parent.document.title = "owned"</script>
<img src="x" onerror="document.body.dataset.owned = 1">
<svg onload="document.body.dataset.owned = 1"></svg>
<a href="javascript:document.body.dataset.owned=1" id="trap">trap</a>
<iframe srcdoc="&lt;script&gt;parent.document.body.dataset.owned = 1&lt;/script&gt;"></iframe>
<meta http-equiv="refresh" content="0;url=/healthz">

After.
`,
}

/// A running server and its repository.
export interface Galley {
  /// Its address, without a slash at the end.
  url: string
  /// The repository's folder.
  dir: string
  /// Runs git in the repository.
  git(...args: string[]): string
  /// The bytes of a file at a revision.
  show(revision: string, path: string): Buffer
  /// Writes a file and commits it.
  commit(path: string, text: string, message: string): void
  /// Ends the server's process.
  stop(): Promise<void>
  /// Starts it again, at the same address.
  start(): Promise<void>
}

/// An editor that is open already, for the many tests of what keys make of a text,
/// which leave nothing behind but the text. Its page, server and repository serve
/// all tests of a worker; a test that fails ends them.
export interface Editor {
  page: Page
  /// Replaces the text behind the front matter. A bar in it is the cursor, two are
  /// what is selected between them; `bar` is another sign where the text has bars.
  write(marked: string, bar?: string): Promise<void>
  /// Undoes until the text behind the front matter is this one, and fails where
  /// eight times lead past it.
  undo(body: string): Promise<void>
}

/// What stands before the text that an editor writes.
const head = tidesText.slice(0, tidesText.indexOf("The gauges"))

export const test = base.extend<{ galley: Galley; editor: Editor }, { template: string; openEditor: Page }>({
  // The repository as each test gets it, which is copied: Git is asked to make it once.
  template: [
    async ({}, use) => {
      const dir = mkdtempSync(join(tmpdir(), "galley-e2e-"))
      const git = gitIn(dir)
      git("init", "-q", "-b", "main")
      git("config", "user.name", "Ada")
      git("config", "user.email", "ada@example.org")
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(dir, name)), { recursive: true })
        writeFileSync(join(dir, name), text)
      }
      git("add", "-A")
      git("commit", "-q", "-m", "Begin")
      await use(dir)
      rmSync(dir, { recursive: true, force: true })
    },
    { scope: "worker" },
  ],
  galley: async ({ template }, use) => {
    await repository(template, use)
  },
  openEditor: [
    async ({ browser, template }, use) => {
      await repository(template, async galley => {
        const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, permissions: ["clipboard-read", "clipboard-write"] })
        const page = await context.newPage()
        await openPost(page, galley, tides)
        await use(page)
        await context.close()
      })
    },
    { scope: "worker", timeout: 120_000 },
  ],
  editor: async ({ openEditor: page }, use) => {
    await use({
      page,
      async write(marked, bar = "|") {
        const parts = marked.split(bar)
        const [before, words, after] = [parts[0]!, parts.length > 2 ? parts[1]! : "", parts.at(-1)!]
        const from = (head + before).length
        await source(page).evaluate((element, [text, from, to]) => {
          const { view } = (element as any).cmTile
          view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } })
          view.dispatch({ selection: { anchor: from, head: to }, userEvent: "select", scrollIntoView: true }) // and what follows is undone alone
          view.focus()
        }, [head + before + words + after, from, from + words.length] as const)
      },
      async undo(body) {
        const text = () => source(page).evaluate(element => (element as any).cmTile.view.state.doc.toString() as string)
        for (let i = 0; i < 8 && (await text()) !== head + body; i++) await page.keyboard.press("ControlOrMeta+z")
        expect(await text()).toBe(head + body)
      },
    })
  },
})

/// Runs git in a folder, as Ada.
const gitIn = (dir: string) => (...args: string[]) => execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", ...args], { cwd: dir, encoding: "utf8" })

/// Makes a repository and a server over it, which end when `use` has.
async function repository(template: string, use: (galley: Galley) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "galley-e2e-"))
  cpSync(template, dir, { recursive: true })
  const git = gitIn(dir)
  let { url, server } = await serve(["--site", dir])
  const stop = async () => {
    server.kill("SIGTERM")
    await new Promise(resolve => (server.exitCode === null ? server.once("exit", resolve) : resolve(null)))
  }
  await use({
    stop,
    async start() {
      ;({ server } = await serve(["--site", dir], {}, Number(new URL(url).port)))
    },
    url, dir, git,
    show: (revision, path) => execFileSync("git", ["show", `${revision}:${path}`], { cwd: dir }),
    commit(path, text, message) {
      mkdirSync(dirname(join(dir, path)), { recursive: true })
      writeFileSync(join(dir, path), text)
      git("add", "-A")
      git("commit", "-q", "-m", message)
    },
  })
  await stop()
  rmSync(dir, { recursive: true, force: true })
}

/// Starts the binary, on a free port unless one is given. GALLEY_BIN names another than bin/galley.
export async function serve(args: string[], env: Record<string, string> = {}, at = 0): Promise<{ url: string; server: ChildProcess }> {
  const port = at || (await freePort())
  const bin = process.env["GALLEY_BIN"] ?? resolve(import.meta.dirname, "../../bin/galley")
  const server = spawn(bin, ["serve", ...args, "--addr", `127.0.0.1:${port}`], { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] })
  let log = ""
  server.stdout!.on("data", data => (log += data))
  server.stderr!.on("data", data => (log += data))
  const url = `http://127.0.0.1:${port}`
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    if (server.exitCode !== null) break
    const there = await fetch(url + "/healthz").then(r => r.ok, () => false)
    if (there) return { url, server }
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  server.kill("SIGKILL")
  throw new Error("galley did not start:\n" + log)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once("error", reject)
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0))
    })
  })
}

/// Opens a post in the editor, and waits until the preview follows.
export async function openPost(page: Page, galley: Galley, path: string, branch = "main"): Promise<void> {
  await page.goto(`${galley.url}/edit?${new URLSearchParams({ branch, path })}`)
  await live(page)
}

/// The text behind the front matter, as it becomes.
export const body = (page: Page) => expect.poll(() => page.locator(".source .cm-line").evaluateAll(lines => {
  const text = lines.map(line => line.textContent).join("\n")
  // Folded, the front matter is no line.
  return text.startsWith("---\n") ? text.split("---\n\n").slice(1).join("---\n\n") : text.slice(1)
}))

/// Shows the lines of the front matter, which are folded while the form has them.
export async function showMatter(page: Page): Promise<void> {
  await page.locator(".source").getByRole("button", { name: /^front matter, \d+ lines$/ }).click()
}

/// Waits until the worker renders what is typed.
export async function live(page: Page): Promise<void> {
  await expect(page.locator(".edit")).toHaveAttribute("data-preview", "live", { timeout: 60_000 })
}

/// The source's text area.
export const source = (page: Page) => page.getByRole("textbox", { name: "Source of the post" })

/// The preview's frame.
export async function previewFrame(page: Page): Promise<Frame> {
  const element = await page.locator("iframe[title='Page preview']").elementHandle()
  const frame = await element!.contentFrame()
  return frame!
}

/// The preview as a locator.
export const preview = (page: Page) => page.frameLocator("iframe[title='Page preview']")

/// Waits until what was typed is kept in the browser.
export async function kept(page: Page): Promise<void> {
  await expect(page.locator(".edit")).toHaveAttribute("data-keep", "kept")
}

/// Pastes at the end of the text, line ends and all.
export async function typeAtEnd(page: Page, text: string): Promise<void> {
  await source(page).focus()
  await page.keyboard.press("ControlOrMeta+End")
  await paste(page, text)
}

/// Pastes where the cursor is, as from another program.
export async function paste(page: Page, text: string): Promise<void> {
  await source(page).evaluate((element, text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData("text/plain", text)
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}

/// The draft that the browser keeps of a post, or null.
export function keptText(page: Page, path: string): Promise<string | null> {
  return page.evaluate(
    path => new Promise<string | null>((resolve, reject) => {
      const opening = indexedDB.open("galley")
      opening.onerror = () => reject(opening.error)
      opening.onsuccess = () => {
        const all = opening.result.transaction("drafts").objectStore("drafts").getAll()
        all.onsuccess = () => {
          opening.result.close()
          resolve((all.result as { path: string; text: string }[]).find(d => d.path === path)?.text ?? null)
        }
      }
    }),
    path,
  )
}

/// Where the preview's document first differs from the page that the server
/// renders from a text; "" when they are equal, node for node.
export async function difference(page: Page, path: string, text: string, branch = "main"): Promise<string> {
  const html = await page.evaluate(
    async ({ branch, path, text }) => {
      const response = await fetch("/api/preview", {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ branch, path, text }),
      })
      return (await response.json()).patch.html as string
    },
    { branch, path, text },
  )
  return differenceTo(page, html)
}

/// Where the preview's document first differs from a page.
export async function differenceTo(page: Page, html: string): Promise<string> {
  const frame = await previewFrame(page)
  return frame.evaluate(html => {
    // Names in the page may shadow what a form or the document has.
    const read = <T extends object>(of: T, name: keyof T) => Object.getOwnPropertyDescriptor(of, name)!.get!
    const outerHTML = read(Element.prototype, "outerHTML")
    const name = read(Node.prototype, "nodeName")
    const children = (node: Node): Node[] => [...read(Node.prototype, "childNodes").call(node)]
    const show = (node: Node | undefined) =>
      node === undefined ? "nothing" : node instanceof Element ? outerHTML.call(node).slice(0, 200) : node.nodeName + " " + JSON.stringify(node.nodeValue)
    const compare = (now: Node, wanted: Node): string => {
      if (Node.prototype.isEqualNode.call(now, wanted)) return ""
      const [here, there] = [children(now), children(wanted)]
      for (let i = 0; i < Math.max(here.length, there.length); i++) {
        const [a, b] = [here[i], there[i]]
        if (!a || !b || name.call(a) !== name.call(b)) return `in ${name.call(now)}: ${show(a)} instead of ${show(b)}`
        const inside = compare(a, b)
        if (inside) return inside
      }
      return `${show(now)} instead of ${show(wanted)}`
    }
    return compare(document, new DOMParser().parseFromString(html, "text/html"))
  }, html)
}

/// The branch that a submission made.
export function submittedBranch(galley: Galley): string {
  const branches = galley.git("for-each-ref", "--format=%(refname:short)", "refs/heads").split("\n").filter(b => b !== "" && b !== "main")
  expect(branches).toHaveLength(1)
  return branches[0]!
}

// Galley is the product, as its users run it: `bin/galley serve` over a Git
// repository, and its editor in the browser.
import { execFileSync, spawn, type ChildProcess } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createServer, type AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import type { Page } from "playwright-core"

/// The binary under measurement.
export const binary = resolve(import.meta.dirname, "../../bin/galley")

export const settings = `title: Measured
description: What is measured with.
url: https://news.example.org
timezone: UTC
permalink: /:year/:year:month:day
markdown: kramdown
`

/// The same with all that looks at a text while one writes it: every house rule, and
/// the memory of what earlier posts said.
export const ruled = settings + `galley:
  placeholders: [TODO]
  edition: {weekday: sunday}
  memory: {topics: [{name: KEP, text: 'KEP-?(\\d+)', address: '/keps/[^/]+/(\\d+)-'}]}
  rules:
    required: {list: [{text: '^\\*\\*Next Deadline: .+', say: Name the next deadline.}]}
    date-distance: on
    date-zone: on
    weekday: on
    bullet-full-stop: on
    bullet-length: on
    bullet-case: on
    bullet-tense: on
    paragraph-full-stop: on
    section-order: {order: [Developer News, Release Schedule, Shoutouts]}
    form: {list: [{of: bullet, match: '^[A-Z[]', say: A bullet begins with a capital letter.}]}
    words: {list: [Kubernetes, etcd, kubelet, {e-mail: email}]}
    code-format: on
    patterns: {list: [{find: '(?i)\\bbackports?\\b', say: Backports are not reported.}]}
    link-text: {bare: true}
    link-number: {list: [{text: '^(\\d+):', address: '/pull/(\\d+)'}]}
    link-repeated: {match: /pull/}
    link-again: {match: /pull/, passing: true}
    topic-again: on
`

export interface Galley {
  url: string
  port: number
  /// The site's folder.
  dir: string
  close(): Promise<void>
}

/// Serves a site with these posts, by path.
export async function serveGalley(posts: { path: string; text: string }[], config = settings): Promise<Galley> {
  const dir = mkdtempSync(join(tmpdir(), "galley-bench-"))
  const git = (...args: string[]) => execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", ...args], { cwd: dir })
  git("init", "-q", "-b", "main")
  git("config", "user.name", "Ada")
  git("config", "user.email", "ada@example.org")
  for (const { path, text } of [{ path: "_config.yml", text: config }, ...posts]) {
    mkdirSync(dirname(join(dir, path)), { recursive: true })
    writeFileSync(join(dir, path), text)
  }
  git("add", "-A")
  git("commit", "-q", "-m", "Begin")
  const port = await freePort()
  const server = spawn(binary, ["serve", "--site", dir, "--addr", `127.0.0.1:${port}`, "--log", "error"], { stdio: ["ignore", "ignore", "inherit"] })
  const url = `http://127.0.0.1:${port}`
  await reachable(url, server)
  return {
    url, port, dir,
    async close() {
      server.kill("SIGTERM")
      await new Promise(resolve => (server.exitCode === null ? server.once("exit", resolve) : resolve(null)))
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

async function reachable(url: string, server: ChildProcess): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    if (server.exitCode !== null) break
    if (await fetch(url + "/healthz").then(r => r.ok, () => false)) return
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  server.kill("SIGKILL")
  throw new Error("galley did not start")
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once("error", reject)
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}

/// The address of a post in the editor.
export function editURL(base: string, path: string): string {
  return `${base}/edit?${new URLSearchParams({ branch: "main", path })}`
}

/// Opens a post in the editor and waits until the preview follows.
export async function openPost(page: Page, base: string, path: string): Promise<void> {
  await page.goto(editURL(base, path))
  await page.waitForSelector(".edit[data-preview=live]", { timeout: 60_000 })
}

/// The frame that the preview is in.
export async function previewFrame(page: Page) {
  const element = await page.waitForSelector("iframe[title='Page preview']")
  const frame = await element.contentFrame()
  if (!frame) throw new Error("the preview has no document")
  return frame
}

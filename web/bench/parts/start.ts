// Start measures how soon a visit gets where it wants to be, and what it moves.
import { execFileSync } from "node:child_process"
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { BrowserContext, Page } from "playwright-core"
import type { Browser } from "../browser"
import { built } from "../bundle"
import { binary, editURL, previewFrame, type Galley } from "../galley"
import { meter, type StaticServer } from "../server"
import { shuffled } from "../statistics"
import { pathOf, type Size } from "../texts"

/// Milliseconds since the navigation began, of several visits.
export interface StartResult {
  /// Galley's visits by the post's size, cold and second.
  galley: Record<string, Record<"cold" | "second", GalleyVisit>>
  /// The published page of the same posts as a plain file, cold.
  page: Record<string, number[]>
  /// The same in a frame of an origin of its own, in a page with nothing else.
  framed: Record<string, number[]>
  /// The module alone, cold: fetched, compiled and started by Galley's worker, in a page
  /// with nothing else.
  module: number[]
  /// From the click on a post in the list until its first preview is painted and shown, where the link was
  /// pressed as by a hand, with and without the mouse resting on it before, and where
  /// nothing went before the click.
  opened: Record<string, Record<Way, number[]>>
  /// Content managers to their first screen.
  rivals: Record<string, Record<"cold" | "second", { screen: number[]; bytes: number }>>
}

export interface GalleyVisit {
  /// The text can be typed in.
  editor: number[]
  /// The preview's frame has painted.
  preview: number[]
  /// The preview follows what is typed.
  live: number[]
  /// To the browser, headers and all.
  bytes: number
}

/// The content managers that start is compared with.
export const managers = { decap: "Decap CMS", sveltia: "Sveltia CMS" } as const

const patience = 60_000
/// How long a hand presses a button, in milliseconds.
const press = 90

/// How long a mouse is on a link before that, in milliseconds.
const resting = 250

/// How a link gets to its click: the mouse rests on it and it is pressed, it is pressed
/// as by a finger, or neither.
type Way = "rested" | "pressed" | "clicked"

export async function measureStart(
  { browser, galley, rivalServer, pagesServer, sizes, visits, tell }:
  { browser: Browser; galley: Galley; rivalServer: StaticServer; pagesServer: StaticServer; sizes: Size[]; visits: number; tell: (line: string) => void },
): Promise<StartResult> {
  const { context } = browser
  const result: StartResult = { galley: {}, page: {}, framed: {}, module: [], opened: {}, rivals: {} }
  const tasks: (() => Promise<void>)[] = []
  for (const size of sizes) {
    const visit = () => ({ editor: [], preview: [], live: [], bytes: 0 })
    const taken: Record<"cold" | "second", GalleyVisit> = (result.galley[size.name] = { cold: visit(), second: visit() })
    const pageTook: number[] = (result.page[size.name] = [])
    const framedTook: number[] = (result.framed[size.name] = [])
    tasks.push(async () => {
      await forget(context, galley.url)
      for (const kind of ["cold", "second"] as const) await visitGalley(context, galley.url, size, taken[kind])
    })
    tasks.push(async () => {
      await forget(context, pagesServer.url)
      pageTook.push(await visitPage(context, `${pagesServer.url}/${fileOf(size)}`))
    })
    tasks.push(async () => {
      await forget(context, pagesServer.url)
      framedTook.push(await visitFramed(context, `${pagesServer.url}/${framedFileOf(size)}`))
    })
    const opened: Record<Way, number[]> = (result.opened[size.name] = { rested: [], pressed: [], clicked: [] })
    for (const way of ["rested", "pressed", "clicked"] as const) {
      tasks.push(async () => {
        await forget(context, galley.url)
        opened[way].push(await openFromList(context, galley.url, pathOf(size, "start"), way))
      })
    }
    const metered = await meter(galley.port)
    for (const kind of ["cold", "second"] as const) {
      if (kind === "cold") await forget(context, metered.url)
      await visitGalley(context, metered.url, size, visit())
      taken[kind].bytes = metered.take()
    }
    metered.close()
  }
  const assets = await assetsOf(galley.url)
  tasks.push(async () => {
    await forget(context, galley.url)
    result.module.push(await startModule(context, galley.url, assets))
  })
  for (const name of Object.keys(managers)) {
    const visit = () => ({ screen: [] as number[], bytes: 0 })
    const taken = (result.rivals[name] = { cold: visit(), second: visit() })
    tasks.push(async () => {
      await forget(context, rivalServer.url)
      for (const kind of ["cold", "second"] as const) taken[kind].screen.push(await visitManager(context, `${rivalServer.url}/${name}/`))
    })
    const metered = await meter(rivalServer.port)
    for (const kind of ["cold", "second"] as const) {
      if (kind === "cold") await forget(context, metered.url)
      await visitManager(context, `${metered.url}/${name}/`)
      taken[kind].bytes = metered.take()
    }
    metered.close()
  }
  for (let round = 1; round <= visits; round++) {
    tell(`start: round ${round} of ${visits}`)
    for (const task of shuffled(tasks)) await task()
  }
  return result
}

/// Writes the published page of each post, as a folder to serve.
export function writePages(galley: Galley, sizes: Size[], folder: string): void {
  mkdirSync(join(folder, "assets"), { recursive: true })
  copyFileSync(join(built, "galley.css"), join(folder, "assets/galley.css"))
  for (const size of sizes) {
    const html = execFileSync(binary, ["render", pathOf(size, "start")], { cwd: galley.dir, maxBuffer: 64 << 20 })
    writeFileSync(join(folder, fileOf(size)), html)
    writeFileSync(join(folder, framedFileOf(size)),
      `<!doctype html><title>Framed</title><body style="margin: 0"><iframe title="Page preview" sandbox="allow-scripts" src="${fileOf(size)}" style="width: 100%; height: 100vh; border: 0"></iframe>`)
  }
}

function fileOf(size: Size): string {
  return size.name.replace(" ", "").toLowerCase() + ".html"
}

function framedFileOf(size: Size): string {
  return "framed-" + fileOf(size)
}

/// Makes the next visit the first one.
async function forget(context: BrowserContext, origin: string): Promise<void> {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send("Network.clearBrowserCache")
  await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "all" })
  await page.close()
}

async function newVisit(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.addInitScript({ path: join(built, "visit.js") })
  await page.bringToFront()
  return page
}

async function visitGalley(context: BrowserContext, base: string, size: Size, into: GalleyVisit): Promise<void> {
  const page = await newVisit(context)
  await page.goto(editURL(base, pathOf(size, "start")), { waitUntil: "commit" })
  await reached(page, "live")
  const frame = await previewFrame(page)
  const preview = await frame.evaluate(painted).catch(() => NaN)
  const top = await page.evaluate(() => ({
    origin: performance.timeOrigin,
    editor: performance.getEntriesByName("visit:editor")[0]?.startTime ?? NaN,
    live: performance.getEntriesByName("visit:live")[0]?.startTime ?? NaN,
  }))
  into.editor.push(top.editor)
  into.live.push(top.live)
  into.preview.push(preview - top.origin)
  // What is fetched after the preview lives is part of the visit.
  await page.waitForTimeout(300)
  await page.close()
}

/// Opens a post from the list, once what the list begins when nobody waits has had
/// its time.
async function openFromList(context: BrowserContext, base: string, path: string, way: Way): Promise<number> {
  const page = await newVisit(context)
  await page.goto(base + "/")
  const link = page.locator(`a[href^="/edit?"][href*="${encodeURIComponent(path)}"]`).first()
  await link.scrollIntoViewIfNeeded()
  await page.waitForTimeout(2_000)
  await page.evaluate(() => addEventListener("click", () => performance.mark("visit:click"), { capture: true, once: true }))
  if (way === "rested") {
    await link.hover()
    await page.waitForTimeout(resting)
  }
  if (way !== "clicked") await link.click({ delay: press })
  else await link.evaluate(link => (link as HTMLElement).click())
  await reached(page, "live")
  const at = await (await previewFrame(page)).evaluate(painted)
  const top = await page.evaluate(() => ({
    clicked: performance.timeOrigin + performance.getEntriesByName("visit:click")[0]!.startTime,
    shown: performance.timeOrigin + performance.getEntriesByName("visit:shown")[0]!.startTime,
  }))
  await page.close()
  // A frame that waits for the click is painted before it is shown.
  return Math.max(at, top.shown) - top.clicked
}

/// The addresses of the app's files, as its page has them.
async function assetsOf(base: string): Promise<Record<string, string>> {
  const meta = /<meta name="galley-assets" content='([^']*)'/.exec(await (await fetch(base + "/")).text())
  if (!meta) throw new Error("the app's page does not say where its files are")
  return JSON.parse(meta[1]!.replaceAll("&#34;", '"').replaceAll("&quot;", '"').replaceAll("&amp;", "&")) as Record<string, string>
}

async function startModule(context: BrowserContext, base: string, assets: Record<string, string>): Promise<number> {
  const page = await newVisit(context)
  const address = base + "/module-alone"
  await page.route(address, route => route.fulfill({ contentType: "text/html", body: `<!doctype html><title>Module</title><script>
    const worker = new Worker(${JSON.stringify(assets["worker.js"])}, { type: "module" })
    worker.onmessage = event => { if (event.data.type === "ready") performance.mark("visit:ready") }
    worker.postMessage({ type: "start", wasm: ${JSON.stringify(assets["galley.wasm"])} })
  </script>` }))
  await page.goto(address, { waitUntil: "commit" })
  await reached(page, "ready")
  const at = await page.evaluate(() => performance.getEntriesByName("visit:ready")[0]!.startTime)
  await page.close()
  return at
}

async function visitPage(context: BrowserContext, url: string): Promise<number> {
  const page = await newVisit(context)
  await page.goto(url, { waitUntil: "commit" })
  const at = await page.evaluate(painted)
  const origin = await page.evaluate(() => performance.timeOrigin)
  await page.close()
  return at - origin
}

async function visitFramed(context: BrowserContext, url: string): Promise<number> {
  const page = await newVisit(context)
  await page.goto(url, { waitUntil: "commit" })
  const origin = await page.evaluate(() => performance.timeOrigin)
  await page.waitForLoadState("load")
  const at = await (await previewFrame(page)).evaluate(painted)
  await page.close()
  return at - origin
}

async function visitManager(context: BrowserContext, url: string): Promise<number> {
  const page = await newVisit(context)
  await page.goto(url, { waitUntil: "commit" })
  await reached(page, "screen")
  const at = await page.evaluate(() => performance.getEntriesByName("visit:screen")[0]!.startTime)
  await page.waitForTimeout(300)
  await page.close()
  return at
}

async function reached(page: Page, mark: string): Promise<void> {
  await page.waitForFunction(name => performance.getEntriesByName("visit:" + name).length > 0, mark, { timeout: patience, polling: 50 })
}

/// When the document that it runs in was first painted with something in it, in
/// milliseconds since 1970.
function painted(): Promise<number> {
  return new Promise(resolve => {
    new PerformanceObserver(list => {
      for (const entry of list.getEntries()) {
        if (entry.name === "first-contentful-paint") resolve(performance.timeOrigin + entry.startTime)
      }
    }).observe({ type: "paint", buffered: true })
  })
}

import { launch } from "./browser"
import { writePages } from "./parts/start"
import { serveFolders } from "./server"
import { serveGalley, editURL, previewFrame } from "./galley"
import { copies, pathOf, sizes } from "./texts"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
const browser = await launch()
const { sizes: all } = sizes()
const size = all.find(s => s.name === (process.argv[2] ?? "9 KB"))!
const galley = await serveGalley(copies([size]))
writePages(galley, [size], "/work/tmp/start2/pages")
const pagesServer = await serveFolders({ "/": "/work/tmp/start2/pages" })
const forget = async (origin: string) => {
  const page = await browser.context.newPage(); const s = await browser.context.newCDPSession(page)
  await s.send("Network.clearBrowserCache"); await s.send("Storage.clearDataForOrigin", { origin, storageTypes: "all" }); await page.close()
}
const vs = (process.argv[4] ?? "now").split(",")
const got: Record<string, number[][]> = {}
const n = Number(process.argv[3] ?? 5)
for (let i = 0; i < n; i++) {
  if (vs[i % vs.length] === "framed") {
    await forget(pagesServer.url)
    const page = await browser.context.newPage(); await page.bringToFront()
    await page.goto(`${pagesServer.url}/framed-${size.name.replace(" ", "").toLowerCase()}.html`, { waitUntil: "commit" })
    const origin = await page.evaluate(() => performance.timeOrigin)
    await page.waitForLoadState("load")
    const frame = await previewFrame(page)
    await frame.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0)
    const fp = await frame.evaluate(() => { const nav = performance.getEntriesByType("navigation")[0] as any; return { origin: performance.timeOrigin, fcp: performance.getEntriesByName("first-contentful-paint")[0]!.startTime, req: nav.requestStart, resp: nav.responseStart, inter: nav.domInteractive } })
    const off = fp.origin - origin
    ;(got["framed"] ??= []).push([off + fp.fcp, 0, 0])
    if (process.env.V) console.log(`framed ${Math.round(off + fp.fcp)} nav ${Math.round(off)} req ${Math.round(off + fp.req)} resp ${Math.round(off + fp.resp)} inter ${Math.round(off + fp.inter)}`)
    await page.close()
    continue
  }
  await forget(galley.url)
  const page = await browser.context.newPage()
  await page.addInitScript({ path: join(import.meta.dirname, "build/visit.js") })
  await page.bringToFront()
  const bs = await browser.context.browser()!.newBrowserCDPSession().catch(() => null)
  const events: any[] = []
  const last = i === n - 1
  if (last && bs) {
    bs.on("Tracing.dataCollected", (e: any) => events.push(...e.value))
    await bs.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: ["devtools.timeline", "loading", "navigation", "v8", "v8.wasm", "disabled-by-default-v8.wasm.detailed","disabled-by-default-v8.wasm.turbofan", "blink.user_timing", "toplevel", "disabled-by-default-devtools.timeline", "v8.execute","blink"] } } as any)
  }
  await page.goto(editURL(galley.url, pathOf(size, "start")) + "&v=" + vs[i % vs.length], { waitUntil: "commit" })
  await page.waitForFunction(() => performance.getEntriesByName("visit:live").length > 0, null, { timeout: 60000, polling: 50 })
  const frame = await previewFrame(page)
  const fp = await frame.evaluate(() => { const nav = performance.getEntriesByType("navigation")[0] as any; return { origin: performance.timeOrigin, fcp: performance.getEntriesByName("first-contentful-paint")[0]?.startTime, req: nav.requestStart, resp: nav.responseStart, end: nav.responseEnd, dcl: nav.domContentLoadedEventEnd, inter: nav.domInteractive } })
  const top = await page.evaluate(() => { const nav = performance.getEntriesByType("navigation")[0] as any; return ({ origin: performance.timeOrigin, resp: nav.responseStart, end: nav.responseEnd, dcl: nav.domContentLoadedEventEnd, editor: performance.getEntriesByName("visit:editor")[0]?.startTime, live: performance.getEntriesByName("visit:live")[0]?.startTime, marks: performance.getEntriesByType('mark').map(m => m.name + ' ' + Math.round(m.startTime)).join(', '), res: performance.getEntriesByType("resource").map((r: any) => `${r.name.replace(location.origin, "").slice(0, 60)} ${Math.round(r.startTime)}-${Math.round(r.responseEnd)} rs${Math.round(r.responseStart)} ${r.encodedBodySize}`) }) })
  const off = fp.origin - top.origin
  ;(got[vs[i % vs.length]!] ??= []).push([off + fp.fcp!, top.editor!, top.live!])
  if (process.env.V) console.log(`preview ${Math.round(off + fp.fcp!)} editor ${Math.round(top.editor!)} live ${Math.round(top.live!)} | top resp ${Math.round(top.resp)} dcl ${Math.round(top.dcl)} | frame nav ${Math.round(off)} req ${Math.round(off + fp.req)} resp ${Math.round(off + fp.resp)} end ${Math.round(off + fp.end)} inter ${Math.round(off + fp.inter)} dcl ${Math.round(off + fp.dcl)} | ${top.marks}`)
  if (last) { if (process.env.V) console.log(top.res.join("\n"))
    if (bs) { const done = new Promise(r => bs.once("Tracing.tracingComplete", r)); await bs.send("Tracing.end"); await done; writeFileSync("/work/tmp/start2/trace.json", JSON.stringify({ traceEvents: events })) } }
  await page.close()
}
pagesServer.close(); await galley.close(); await browser.close()

for (const v of vs) { const m = (k: number) => Math.round(got[v]!.map(x => x[k]!).sort((a, b) => a - b)[got[v]!.length >> 1]!); console.log(v.padEnd(14), "preview", m(0), "editor", m(1), "live", m(2), "min", [0, 1, 2].map(k => Math.round(Math.min(...got[v]!.map(x => x[k]!)))).join(" ")) }

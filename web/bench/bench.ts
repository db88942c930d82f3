// Bench measures Galley beside its rivals, in one run, and writes down what it
// found. It is started by `make bench`, which builds bin/galley before.
//
// PART names what to measure: keystroke, start, site, jekyll or memory; without
// it all are measured and docs/benchmarks.md is written. SIZE names one size of
// post ("9 KB", "105 KB", "1 MB") for the keystrokes. QUICK=1 measures little, to
// see that everything works. CHROMIUM and HUGO name other programs, and
// JEKYLL_SITES a folder of Jekyll sites, without which that part is left out.
import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs"
import { cpus, loadavg, tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { launch } from "./browser"
import { built, bundlePages } from "./bundle"
import { chart } from "./chart"
import { ruled, serveGalley } from "./galley"
import { measureKeystrokes } from "./parts/keystroke"
import { measureJekyll } from "./parts/jekyll"
import { measureMemory } from "./parts/memory"
import { buildHugo, measureSite } from "./parts/site"
import { measureStart, writePages } from "./parts/start"
import { document, printed } from "./report"
import type { Results } from "./results"
import { serveFolders } from "./server"
import { copies, sizes } from "./texts"

const root = resolve(import.meta.dirname, "../..")
const partNames = ["keystroke", "start", "site", "jekyll", "memory"]

async function main(): Promise<void> {
  const { PART: part = "", SIZE: onlySize = "", QUICK, JEKYLL_SITES: jekyllSites = "" } = process.env
  const quick = !!QUICK
  if (part !== "" && !partNames.includes(part)) throw new Error(`there is no part ${part}; PART is one of ${partNames.join(", ")}`)
  const wants = (name: string) => part === "" || part === name
  const begun = Date.now()
  const tell = (line: string) => process.stderr.write(`${clock(Date.now() - begun)}  ${line}\n`)
  const { sizes: all, source } = sizes()
  const chosen = all.filter(size => onlySize === "" || size.name === onlySize)
  if (chosen.length === 0) throw new Error(`there is no size ${onlySize}; SIZE is one of ${all.map(size => size.name).join(", ")}`)
  const results: Results = {
    date: new Date().toISOString(), machine: machine(), load: loadavg()[0]!, chromium: "", revision: revision(), texts: source,
    keystroke: null, start: null, site: null, jekyll: null, memory: null, wasm: wasmSize(),
  }
  await attempt("site", async () => {
    results.site = measureSite({ runs: quick ? 2 : 10, hugo: buildHugo(tell), tell })
  })
  if (jekyllSites !== "" || part === "jekyll") {
    await attempt("jekyll", async () => {
      results.jekyll = measureJekyll({ folder: jekyllSites, runs: quick ? 1 : 5, tell })
    })
  }
  if (wants("keystroke") || wants("start") || wants("memory")) await measureInBrowser()
  process.stdout.write("\n" + printed(results) + "\n")
  if (part !== "" || onlySize !== "" || quick || process.exitCode) return
  const docs = join(root, "docs")
  mkdirSync(join(docs, "images"), { recursive: true })
  writeFileSync(join(docs, "images/keystroke.svg"), chart(results.keystroke!))
  writeFileSync(join(docs, "benchmarks.md"), document(results, "images/keystroke.svg"))
  tell("wrote docs/benchmarks.md and docs/images/keystroke.svg")

  /// Runs a part that is wanted. What fails does not take the others with it.
  async function attempt(name: string, measure: () => Promise<void>): Promise<void> {
    if (!wants(name)) return
    try {
      await measure()
    } catch (error) {
      console.error(`The part ${name} failed:`, error)
      process.exitCode = 1
    }
  }

  async function measureInBrowser(): Promise<void> {
    tell("bundling the rivals")
    await bundlePages()
    const galley = await serveGalley(copies(all))
    const ruledGalley = await serveGalley(copies(all), ruled)
    const rivalServer = await serveFolders({ "/": built })
    const browser = await launch()
    const folder = mkdtempSync(join(tmpdir(), "galley-bench-pages-"))
    results.chromium = browser.version
    try {
      await attempt("start", async () => {
        const posts = all.filter(size => size.name !== "1 MB")
        writePages(galley, posts, folder)
        const pagesServer = await serveFolders({ "/": folder })
        try {
          results.start = await measureStart({ browser, galley, rivalServer, pagesServer, sizes: posts, visits: quick ? 2 : 12, tell })
        } finally {
          pagesServer.close()
        }
      })
      await attempt("keystroke", async () => {
        results.keystroke = []
        for (const size of chosen) results.keystroke.push(await measureKeystrokes({ browser, galley, ruledGalley, rivalServer, size, quick, tell }))
      })
      await attempt("memory", async () => {
        results.memory = await measureMemory({ browser, galley, size: all[1]!, counts: quick ? [100, 300] : [100, 1_000, 10_000], tell })
      })
    } finally {
      await browser.close()
      rivalServer.close()
      await galley.close()
      await ruledGalley.close()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

function clock(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return `${String(Math.floor(seconds / 60)).padStart(2)}:${String(seconds % 60).padStart(2, "0")}`
}

function machine(): string {
  const all = cpus()
  return `${all.length} cores of ${all[0]?.model.trim().replace(/\s+/g, " ") || "an unknown processor"}`
}

function revision(): string {
  return execFileSync("git", ["describe", "--always", "--dirty"], { cwd: root, encoding: "utf8" }).trim()
}

/// The size of the module as it is served to browsers that take brotli.
function wasmSize(): number | null {
  const dist = join(root, "web/dist")
  const name = readdirSync(dist).find(name => /\.wasm\.br$/.test(name))
  return name ? statSync(join(dist, name)).size : null
}

main().catch(error => {
  console.error(error)
  process.exitCode = 1
})

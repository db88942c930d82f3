// Jekyll measures building Jekyll sites, in Galley and in Jekyll, in turn.
import { execFileSync, spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import { binary } from "../galley"
import { shuffled } from "../statistics"

export interface JekyllResult {
  /// Jekyll's version.
  version: string
  sites: JekyllSite[]
}

export interface JekyllSite {
  name: string
  /// What Jekyll wrote.
  has: Contents
  /// Milliseconds of wall time.
  took: { galley: number[]; jekyll: number[] }
}

/// How many files of each kind a built site has.
export interface Contents {
  pages: number
  /// Style sheets with a source map, which are made of Sass.
  sheets: number
  others: number
}

/// Builds each site of a folder, `runs` times after one that is not counted. A
/// site is in a folder NAME/site; settings in NAME/extra.yml are Jekyll's alone,
/// such as the plugins that a Gemfile would have loaded.
///
/// Each build has a new folder, and all of them stay until the end: on ext4
/// without a journal, making files is many times as slow for five minutes after
/// others were removed, and whoever builds next would pay for it.
export function measureJekyll({ folder, runs, tell }: { folder: string; runs: number; tell: (line: string) => void }): JekyllResult {
  const dir = mkdtempSync(join(tmpdir(), "galley-bench-jekyll-"))
  try {
    const names = readdirSync(folder).filter(name => existsSync(join(folder, name, "site"))).sort()
    if (names.length === 0) throw new Error(`${folder} has no folder NAME/site`)
    return {
      version: execFileSync("jekyll", ["--version"], { encoding: "utf8" }).trim().replace(/^jekyll /, ""),
      sites: names.map(name => measureOne(join(folder, name), dir, runs, tell)),
    }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

function measureOne(site: string, dir: string, runs: number, tell: (line: string) => void): JekyllSite {
  const name = basename(site)
  const source = join(site, "site")
  const settings = [join(source, "_config.yml"), join(site, "extra.yml")].filter(existsSync)
  const took = { galley: [] as number[], jekyll: [] as number[] }
  let has: Contents = { pages: 0, sheets: 0, others: 0 }
  for (let round = 0; round <= runs; round++) {
    tell(`${name}: ${round === 0 ? "warming up" : `round ${round} of ${runs}`}`)
    for (const builder of shuffled(["galley", "jekyll"] as const)) {
      const out = join(dir, `${name}-${builder}-${round}`)
      const ms = builder === "galley"
        ? run(binary, ["build", "-q", "--site", source, "--out", out])
        : run("jekyll", ["build", "--quiet", "--disable-disk-cache", "--source", source, "--destination", out,
            ...(settings.length > 0 ? ["--config", settings.join(",")] : [])])
      if (builder === "jekyll") has = contents(out)
      if (round > 0) took[builder].push(ms)
    }
  }
  return { name, has, took }
}

function contents(out: string): Contents {
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile()).map(entry => entry.name)
  const count = (ending: string) => files.filter(file => file.endsWith(ending)).length
  const [pages, sheets] = [count(".html"), count(".css.map")]
  return { pages, sheets, others: files.length - pages - 2 * sheets }
}

/// Where nobody answers: plugins of Jekyll's that ask GitHub would be measured
/// with its answers.
const noNetwork = "http://127.0.0.1:9"

/// Runs a program and answers its wall time in milliseconds.
function run(program: string, args: string[]): number {
  const env = { ...process.env, JEKYLL_ENV: "production", JEKYLL_NO_BUNDLER_REQUIRE: "true", TZ: "UTC", LANG: "C.UTF-8",
    http_proxy: noNetwork, https_proxy: noNetwork, HTTP_PROXY: noNetwork, HTTPS_PROXY: noNetwork, NO_NETRC: "1" }
  const start = process.hrtime.bigint()
  const { status, stderr, error } = spawnSync(program, args, { encoding: "utf8", env, maxBuffer: 1 << 26 })
  const took = Number(process.hrtime.bigint() - start) / 1e6
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} failed: ${stderr || error}`)
  return took
}

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
  /// How many pages Jekyll wrote.
  pages: number
  /// Milliseconds of wall time.
  took: { galley: number[]; jekyll: number[] }
}

/// Builds each site of a folder, `runs` times after one that is not counted. A
/// site is in a folder NAME/site; settings in NAME/extra.yml are Jekyll's alone,
/// such as the plugins that a Gemfile would have loaded.
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
  let pages = 0
  for (let round = 0; round <= runs; round++) {
    tell(`${name}: ${round === 0 ? "warming up" : `round ${round} of ${runs}`}`)
    for (const builder of shuffled(["galley", "jekyll"] as const)) {
      const out = join(dir, `${name}-${builder}-${round}`)
      const ms = builder === "galley"
        ? run(binary, ["build", "-q", "--site", source, "--out", out])
        : run("jekyll", ["build", "--quiet", "--disable-disk-cache", "--source", source, "--destination", out,
            ...(settings.length > 0 ? ["--config", settings.join(",")] : [])])
      if (builder === "jekyll") pages = readdirSync(out, { recursive: true }).filter(file => String(file).endsWith(".html")).length
      rmSync(out, { recursive: true, force: true })
      if (round > 0) took[builder].push(ms)
    }
  }
  return { name, pages, took }
}

/// Runs a program and answers its wall time in milliseconds.
function run(program: string, args: string[]): number {
  const env = { ...process.env, JEKYLL_ENV: "production", JEKYLL_NO_BUNDLER_REQUIRE: "true", TZ: "UTC", LANG: "C.UTF-8" }
  const start = process.hrtime.bigint()
  const { status, stderr, error } = spawnSync(program, args, { encoding: "utf8", env, maxBuffer: 1 << 26 })
  const took = Number(process.hrtime.bigint() - start) / 1e6
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} failed: ${stderr || error}`)
  return took
}

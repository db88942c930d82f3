// Site measures building a whole site, in Galley and in Hugo, in turn.
import { execFileSync, spawnSync } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { binary, settings } from "../galley"
import { shuffled } from "../statistics"
import { sitePosts } from "../texts"

export interface SiteResult {
  posts: number
  source: string
  hugo: string
  /// Milliseconds of wall time.
  took: { galley: number[]; hugo: number[] }
}

/// Builds Hugo out of its Go module, pinned in hugo/go.mod, or takes the one
/// that HUGO names. Answers the program's path.
export function buildHugo(tell: (line: string) => void): string {
  if (process.env["HUGO"]) return process.env["HUGO"]
  const folder = resolve(import.meta.dirname, "../hugo")
  const program = join(folder, "bin", "hugo")
  if (existsSync(program)) return program
  tell("building Hugo, which takes minutes the first time")
  execFileSync("go", ["build", "-trimpath", "-ldflags=-s -w", "-o", program, "github.com/gohugoio/hugo"],
    { cwd: folder, stdio: "inherit", env: { ...process.env, CGO_ENABLED: "0" } })
  return program
}

export function measureSite({ runs, hugo, tell }: { runs: number; hugo: string; tell: (line: string) => void }): SiteResult {
  const { posts, source } = sitePosts(386)
  const dir = mkdtempSync(join(tmpdir(), "galley-bench-site-"))
  try {
    writeGalleySite(join(dir, "galley"), posts)
    writeHugoSite(join(dir, "hugo"), posts)
    const took = { galley: [] as number[], hugo: [] as number[] }
    const commands = {
      galley: (out: string) => run(binary, ["build", "-q", "--site", join(dir, "galley"), "--out", out]),
      hugo: (out: string) => run(hugo, ["--quiet", "--source", join(dir, "hugo"), "--destination", out]),
    }
    for (let round = 0; round <= runs; round++) {
      tell(`whole site: ${round === 0 ? "warming up" : `round ${round} of ${runs}`}`)
      for (const name of shuffled(["galley", "hugo"] as const)) {
        // A folder of its own each time: to make files where many were just
        // deleted takes the file system longer than the rest of a build.
        const out = join(dir, `out-${name}-${round}`)
        const ms = commands[name](out)
        const pages = readdirSync(out, { recursive: true }).filter(file => String(file).endsWith(".html")).length
        if (pages < posts.length) throw new Error(`${name} wrote ${pages} pages of ${posts.length} posts`)
        if (round > 0) took[name].push(ms)
      }
    }
    const version = /v\d+\.\d+\.\d+/.exec(execFileSync(hugo, ["version"], { encoding: "utf8" }))?.[0] ?? ""
    return { posts: posts.length, source, hugo: version, took }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/// Runs a program and answers its wall time in milliseconds.
function run(program: string, args: string[]): number {
  const start = process.hrtime.bigint()
  const { status, stderr, error } = spawnSync(program, args, { encoding: "utf8" })
  const took = Number(process.hrtime.bigint() - start) / 1e6
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} failed: ${stderr || error}`)
  return took
}

function writeGalleySite(dir: string, posts: { name: string; text: string }[]): void {
  mkdirSync(join(dir, "_posts"), { recursive: true })
  writeFileSync(join(dir, "_config.yml"), settings)
  for (const { name, text } of posts) writeFileSync(join(dir, "_posts", name), text)
}

/// The same posts with layouts as small as they get.
function writeHugoSite(dir: string, posts: { name: string; text: string }[]): void {
  const page = (body: string) => `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body>${body}</body></html>\n`
  const list = page(`<h1>{{ .Title }}</h1><ul>{{ range .RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>`)
  const files: Record<string, string> = {
    "hugo.toml": `baseURL = "https://news.example.org/"\ntitle = "Measured"\ndisableKinds = ["taxonomy", "term"]\n[markup.goldmark.renderer]\nunsafe = true\n`,
    "layouts/_default/single.html": page(`<h1>{{ .Title }}</h1>{{ .Content }}`),
    "layouts/_default/list.html": list,
    "layouts/index.html": list.replace(".RegularPages", ".Site.RegularPages"),
  }
  mkdirSync(join(dir, "layouts/_default"), { recursive: true })
  mkdirSync(join(dir, "content/posts"), { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text)
  // "{{<" and "{{%" would be Hugo's own commands.
  for (const { name, text } of posts) writeFileSync(join(dir, "content/posts", name), text.replace(/\{\{([<%])/g, "{ {$1"))
}

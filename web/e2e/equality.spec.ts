// The first promise: what the editor shows is, node for node, what the site
// builder writes. Every post is opened in the editor, and its preview's
// document compared with the page that bin/galley made of the same file.
import { test as base, expect } from "@playwright/test"
import { execFileSync, spawnSync } from "node:child_process"
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, join, resolve } from "node:path"
import { previewFrame, serve } from "./galley"

const root = resolve(import.meta.dirname, "../..")
const shared = process.env["GALLEY_SHARED"] ?? resolve(root, "../shared")
const bin = process.env["GALLEY_BIN"] ?? join(root, "bin/galley")
const config = "title: Equality\nurl: https://news.example.org\npermalink: /:year/:year:month:day\nfuture: true\n"

/// A folder of posts to compare.
interface Sample {
  name: string
  /// Fills _posts, and whatever else the site has.
  fill(dir: string): void
  /// Whether it is there on this machine.
  there: boolean
}

const posts = (dir: string) => (existsSync(dir) ? readdirSync(dir).filter(f => f.endsWith(".md")) : [])

/// Of a corpus, every how many posts are opened; where time is short, not all.
const every = Number(process.env["GALLEY_EVERY"] ?? 1)
/// A corpus is cut into parts, so that the workers share it, unless it is small: each
/// part has a site and an editor of its own.
const parts = every > 4 ? 1 : 4

const samples: Sample[] = [
  { name: "the example site", there: true, fill: dir => cpSync(join(root, "internal/example/site"), dir, { recursive: true }) },
  {
    name: "the seeds", there: existsSync(join(shared, "seeds")),
    fill(dir) {
      for (const [i, file] of readdirSync(join(shared, "seeds")).entries()) {
        cpSync(join(shared, "seeds", file), join(dir, "_posts", `2024-01-0${i + 1}-seed.md`))
      }
    },
  },
  ...["posts", "drafts"].flatMap(kind =>
    Array.from({ length: parts }, (_, part) => ({
      name: `the corpus's ${kind}, part ${part + 1} of ${parts}`,
      there: existsSync(join(shared, "corpus", kind)),
      fill(dir: string) {
        for (const [i, file] of posts(join(shared, "corpus", kind)).entries()) {
          if (i % (parts * every) === part) cpSync(join(shared, "corpus", kind, file), join(dir, "_posts", file))
        }
      },
    })),
  ),
]

for (const sample of samples) {
  base(`the preview equals the built page: ${sample.name}`, async ({ page }) => {
    base.skip(!sample.there, "these posts are not beside the project")
    base.setTimeout(300_000)
    const dir = mkdtempSync(join(tmpdir(), "galley-equality-"))
    mkdirSync(join(dir, "_posts"))
    writeFileSync(join(dir, "_config.yml"), config)
    sample.fill(dir)
    const git = (...args: string[]) => execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", ...args], { cwd: dir })
    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-q", "-m", "Begin")
    const out = join(dir, "..", basename(dir) + "-out")
    // Two revisions of a draft may have one date, and so one address: the second is not
    // written, which is told, and is the one error that there may be.
    const built = spawnSync(bin, ["build", "--site", dir, "--out", out], { encoding: "utf8" })
    const errors = built.stderr.split("\n").filter(line => line.includes(": error: "))
    const taken = errors.filter(line => line.endsWith("(address-taken)")).map(line => line.slice("_posts/".length, line.indexOf(":")))
    expect([built.status, errors.length]).toEqual([taken.length > 0 ? 1 : 0, taken.length])
    expect(taken.length).toBeLessThan(5)
    const { url, server } = await serve(["--site", dir])
    try {
      await page.goto(url + "/")
      for (const file of posts(join(dir, "_posts")).filter(file => !taken.includes(file))) {
        const path = "_posts/" + file
        await base.step(file, async () => {
          await openWithin(page, `/edit?${new URLSearchParams({ branch: "main", path })}`)
          const want = builtPage(dir, out, path)
          const frame = await previewFrame(page)
          const compare = (html: string) => {
            const built = new DOMParser().parseFromString(html, "text/html")
            if (built.isEqualNode(document)) return ""
            // Say where, for whoever has to mend it.
            const walk = (a: Node, b: Node, at: string): string => {
              for (let i = 0; i < Math.max(a.childNodes.length, b.childNodes.length); i++) {
                const x = a.childNodes[i], y = b.childNodes[i]
                if (!x || !y) return `${at}[${i}]: ${x ? "missing" : "extra"} ${(x ?? y)!.nodeName} ${JSON.stringify((x ?? y)!.textContent?.slice(0, 80))}`
                if (!x.isEqualNode(y)) return walk(x, y, `${at}/${x.nodeName}[${i}]`)
              }
              return `${at}: ${a.nodeName} ${JSON.stringify((a as Element).outerHTML?.slice(0, 200) ?? a.nodeValue)} is ${JSON.stringify((b as Element).outerHTML?.slice(0, 200) ?? b.nodeValue)}`
            }
            return walk(built, document, "") || "differs"
          }
          await expect.poll(() => frame.evaluate(compare, want), { message: file, timeout: 15_000 }).toBe("")
        })
      }
    } finally {
      server.kill("SIGTERM")
      rmSync(dir, { recursive: true, force: true })
      rmSync(out, { recursive: true, force: true })
    }
  })
}

/// Goes to an address of the app as its own links do, and waits until the
/// worker renders the post there.
async function openWithin(page: import("@playwright/test").Page, address: string): Promise<void> {
  await page.evaluate(address => {
    history.pushState(null, "", address)
    dispatchEvent(new PopStateEvent("popstate"))
  }, address)
  await expect(page.locator(`.edit[data-preview=live]`)).toBeVisible({ timeout: 60_000 })
}

/// The page that the builder wrote for a post. Several versions of one post
/// have one address, and then only one of them has a file; the others are
/// rendered by themselves.
function builtPage(dir: string, out: string, path: string): string {
  const rendered = execFileSync(bin, ["render", "--site", dir, join(dir, path)], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1 << 26 })
  const address = /<link rel="canonical" href="https:\/\/[^/"]*([^"]*)">/.exec(rendered)?.[1] ?? ""
  const file = join(out, address + ".html")
  if (address !== "" && existsSync(file)) {
    const built = readFileSync(file, "utf8")
    if (built === rendered) return built
  }
  return rendered
}

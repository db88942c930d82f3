// Browser is the one Chromium of a run.
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { chromium, type BrowserContext } from "playwright-core"

export interface Browser {
  context: BrowserContext
  version: string
  close(): Promise<void>
}

/// Starts Debian's Chromium, or the one that CHROMIUM names. Nothing is to be
/// had but what this machine serves.
export async function launch(): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), "galley-bench-chromium-"))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env["CHROMIUM"] || "/usr/bin/chromium",
    headless: true,
    viewport: { width: 1440, height: 900 },
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ],
  })
  return {
    context, version: context.browser()?.version() ?? "",
    async close() {
      await context.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

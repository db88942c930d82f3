import { defineConfig } from "@playwright/test"
import { existsSync } from "node:fs"

/// Debian's Chromium, its build without windows where that is installed: it makes the
/// same pages in two thirds of the processor's time.
const chromium = existsSync("/usr/lib/chromium/chromium-headless-shell") ? "/usr/lib/chromium/chromium-headless-shell" : "/usr/bin/chromium"

// `unit` needs no browser. `chromium` drives Debian's Chromium (CHROMIUM names
// another) against a server that each worker starts for itself.
export default defineConfig({
  // A test machine may be several times slower than a writer's.
  timeout: process.env["CI"] ? 180_000 : 60_000,
  expect: { timeout: process.env["CI"] ? 30_000 : 15_000 },
  fullyParallel: true,
  workers: process.env["CI"] ? 2 : 1,
  forbidOnly: !!process.env["CI"],
  // No test is tried twice, in CI either: one that passes at the second try only has a
  // fault, or finds one.
  retries: 0,
  reporter: [["list"]],
  outputDir: "test-results",
  projects: [
    { name: "unit", testDir: "test" },
    {
      name: "chromium",
      testDir: "e2e",
      use: {
        browserName: "chromium",
        viewport: { width: 1440, height: 900 },
        locale: "en-US", // in which language Galley is
        // Recording takes a fifth of a run's time: `--trace on` asks for it.
        trace: "off",
        launchOptions: {
          executablePath: process.env["CHROMIUM"] ?? chromium,
          // A test is over before what V8 makes faster in the background pays for it: a
          // fifth of what a page costs here.
          args: ["--js-flags=--liftoff-only", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"],
        },
      },
    },
  ],
})

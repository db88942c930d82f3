import { defineConfig } from "@playwright/test"

// `unit` needs no browser. `chromium` drives Debian's Chromium (CHROMIUM names
// another) against a server that each worker starts for itself.
export default defineConfig({
  // A test machine may be several times slower than a writer's.
  timeout: process.env["CI"] ? 180_000 : 60_000,
  expect: { timeout: process.env["CI"] ? 30_000 : 15_000 },
  fullyParallel: true,
  workers: process.env["CI"] ? 2 : 1,
  forbidOnly: !!process.env["CI"],
  // On a loaded machine a key can come before what it is for; a test that passes
  // only then is listed as flaky.
  retries: process.env["CI"] ? 1 : 0,
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
        // Recording takes a fifth of a run's time: where nobody looks at it there is none.
        trace: process.env["CI"] ? "off" : "retain-on-failure",
        launchOptions: {
          executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
          args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"],
        },
      },
    },
  ],
})

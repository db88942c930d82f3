// Makes pictures of the README anew, docs/images/editor.png and newsroom.png: starts
// bin/galley over the example site, and has Chromium open its newest post.
//
//     node web/pictures.mjs        after make build; CHROMIUM names another browser
import { spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { chromium } from "playwright-core"

const root = resolve(import.meta.dirname, "..")
const address = "127.0.0.1:8917"
const folder = mkdtempSync(join(tmpdir(), "galley-pictures-"))
const server = spawn(join(root, "bin/galley"), ["serve", "--addr", address], { cwd: folder, stdio: "ignore" })
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] })

async function open() {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: "light", locale: "en-GB" })).newPage()
  await page.goto(`http://${address}/`)
  await page.getByRole("link", { name: "Week Ending March 22, 2026" }).first().click()
  await page.waitForSelector(".edit[data-preview=live]", { timeout: 60_000 })
  return page
}

try {
  for (let i = 0; !(await fetch(`http://${address}/healthz`).then(answer => answer.ok, () => false)); i++) {
    if (i === 100) throw new Error("galley does not start")
    await new Promise(wait => setTimeout(wait, 100))
  }
  const editor = await open()
  await editor.locator(".source .cm-line", { hasText: "issues/1260" }).click()
  await editor.keyboard.press("End")
  await editor.keyboard.type(" The *harbour masters* asked for it.")
  await editor.waitForSelector('.edit[data-keep="kept"]')
  await editor.frameLocator("iframe[title='Page preview']").locator("em", { hasText: "harbour masters" }).waitFor()
  await editor.screenshot({ path: join(root, "docs/images/editor.png") })

  const newsroom = await open()
  const material = newsroom.getByRole("button", { name: /^Material: \d+ new/ })
  await material.waitFor()
  if ((await material.getAttribute("aria-expanded")) !== "true") await material.click()
  await newsroom.getByRole("button", { name: "Look again" }).waitFor()
  await newsroom.getByText("Tomas Vehko, in Shoutouts").waitFor()
  await newsroom.screenshot({ path: join(root, "docs/images/newsroom.png") })
} finally {
  await browser.close()
  server.kill()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

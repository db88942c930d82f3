// What becomes of the preview where the renderer does not arrive as it is: cut
// off, as something else, or forbidden by a policy. Writing goes on, the server
// renders, and that is said.
import { expect, kept, preview, source, test, tides } from "./galley"
import type { Page } from "@playwright/test"

/// The text is written, kept and shown by the server.
async function serverRenders(page: Page): Promise<void> {
  await expect(page.locator(".edit")).toHaveAttribute("data-preview", "server", { timeout: 45_000 })
  await source(page).focus()
  await page.keyboard.press("ControlOrMeta+End")
  await page.keyboard.type("Written all the same.")
  await expect(preview(page).locator("main")).toContainText("Written all the same.")
  await kept(page)
}

const address = (url: string, path: string) => `${url}/edit?${new URLSearchParams({ branch: "main", path })}`

test("a module that is cut off is given up, and the server renders", async ({ page, galley }) => {
  await page.route(/\/app\/galley-.*\.wasm/, async route => {
    const whole = await route.fetch()
    const body = await whole.body()
    await route.fulfill({ response: whole, headers: { "content-type": "application/wasm" }, body: body.subarray(0, body.length / 2) })
  })
  await page.goto(address(galley.url, tides))
  await serverRenders(page)
})

test("a module of another type is compiled or given up, and the preview is there", async ({ page, galley }) => {
  await page.route(/\/app\/galley-.*\.wasm/, async route => {
    const whole = await route.fetch()
    await route.fulfill({ response: whole, headers: { "content-type": "text/plain" }, body: await whole.body() })
  })
  await page.goto(address(galley.url, tides))
  await expect(page.locator(".edit")).toHaveAttribute("data-preview", /live|server/, { timeout: 45_000 })
  await source(page).focus()
  await page.keyboard.press("ControlOrMeta+End")
  await page.keyboard.type("Written all the same.")
  await expect(preview(page).locator("main")).toContainText("Written all the same.")
})

test("where a policy forbids WebAssembly, the server renders", async ({ page, galley }) => {
  // As a proxy or an extension may have it.
  await page.route(url => url.pathname === "/edit" || url.pathname.startsWith("/app/"), async route => {
    const response = await route.fetch()
    const headers = response.headers()
    if (headers["content-security-policy"]) headers["content-security-policy"] = headers["content-security-policy"].replace(" 'wasm-unsafe-eval'", "")
    delete headers["content-encoding"]
    await route.fulfill({ response, headers })
  })
  await page.goto(address(galley.url, tides))
  await serverRenders(page)
})

test("a module that does not come at all keeps nobody from writing", async ({ page, galley }) => {
  await page.route(/\/app\/galley-.*\.wasm/, route => route.abort())
  await page.goto(address(galley.url, tides))
  await serverRenders(page)
})

// Galley's own words in another language: a writer whose browser wants German finds
// German, from the desk to the pull request, and may choose otherwise.
import AxeBuilder from "@axe-core/playwright"
import { expect, openPost, test, tides } from "./galley"
import { startProxy } from "./proxy"

test.use({ locale: "de-DE" })

test("a writer goes from the desk to a pull request in German", async ({ page, galley }) => {
  const axe = async () => expect((await new AxeBuilder({ page }).exclude("iframe").analyze()).violations.map(v => v.id)).toEqual([])
  await page.goto(galley.url)
  await expect(page.locator("html")).toHaveAttribute("lang", "de")
  await expect(page.getByRole("button", { name: "Neuer Beitrag" })).toBeVisible()
  await expect(page.getByText("3 Beiträge")).toBeVisible()
  await axe()

  await openPost(page, galley, tides)
  await expect(page.getByRole("status").filter({ hasText: "Keine Änderungen" })).toBeVisible()
  await page.getByRole("textbox", { name: "Quelltext des Beitrags" }).click()
  await page.keyboard.press("ControlOrMeta+End")
  await page.keyboard.type("Noch ein Satz.")
  await expect(page.getByText("Entwurf in diesem Browser gespeichert")).toBeVisible()
  await axe()
  // Long words stay in the bar of a phone.
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  const submit = page.locator(".bar").getByRole("button", { name: "Pull Request öffnen" })
  await expect(submit).toBeInViewport({ ratio: 1 })
  await page.setViewportSize({ width: 1440, height: 900 })

  await submit.click()
  const dialog = page.getByRole("dialog", { name: "Pull Request öffnen" })
  await expect(dialog.getByLabel("Titel")).toBeVisible()
  await axe()
  await dialog.getByRole("button", { name: "Pull Request öffnen" }).click()
  await expect(page.getByRole("dialog", { name: /^Pull Request #\d+ ist offen$/ })).toBeVisible()
  await page.getByRole("button", { name: "Weiterschreiben" }).click()
  await expect(page.getByText(/Alles ist in Pull Request #\d+/)).toBeVisible()

  // What the server says, too.
  await page.goto(`${galley.url}/ready?branch=main&path=_posts/2020-01-01-nobody.md`)
  await expect(page.getByText("Eine Datei _posts/2020-01-01-nobody.md gibt es auf dem Branch main nicht.")).toBeVisible()

  // The language that was chosen goes before the browser's, also on the next visit.
  await page.goto(galley.url)
  await page.getByRole("button", { name: "Befehle" }).click()
  await page.getByRole("combobox", { name: "Befehl suchen" }).fill("Sprache")
  await page.getByRole("option", { name: "Sprache: English" }).click()
  await expect(page.getByRole("button", { name: "New post" })).toBeVisible()
  await page.reload()
  await expect(page.locator("html")).toHaveAttribute("lang", "en")
})

test("a page that comes in pieces is read whole", async ({ page, galley }) => {
  const between = await startProxy(galley.url)
  try {
    const rest = between.halve(/^\/$/)
    await page.goto(between.url, { waitUntil: "commit" })
    await expect.poll(() => page.evaluate(() => document.getElementById("words")?.textContent.length ?? 0)).toBeGreaterThan(0)
    expect(await page.locator("script[type=module]").count()).toBe(0)
    rest.release()
    await expect(page.getByRole("button", { name: "Neuer Beitrag" })).toBeVisible()
  } finally {
    await between.close()
  }
})

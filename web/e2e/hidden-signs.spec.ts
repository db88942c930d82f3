// What is not seen in a text, and makes it look otherwise than it is, is marked
// wherever its source is shown: where one writes, before one submits, and where a
// pull request is looked at.
import type { Locator } from "@playwright/test"
import { expect, openPost, test, tides, tidesText } from "./galley"

const override = "Pay \u202eeno\u202c to all.\n"
const parted = "Read ex\u200bample and a\u200db.\n"
const hidden = "Hello\u{e0049}\u{e0067}\u{e006e} you.\n"
// What has a purpose: a family, a flag, a word of Persian.
const fair = "A \u{1f468}\u200d\u{1f469}\u200d\u{1f467}, the \u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} and \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645.\n"

/// That a text's source has a box for each sign that deceives, and for no other.
async function expectMarked(where: Locator): Promise<void> {
  await expect(where.locator(".cm-hiddenSign")).toHaveText(["U+202E", "U+202C", "U+200B", "U+200D", "U+E0049"])
  await expect(where.getByLabel("turns the direction around")).toHaveCount(2)
  const size = await where.locator(".cm-hiddenSign").first().evaluate(box => box.getBoundingClientRect())
  expect(Math.min(size.width, size.height)).toBeGreaterThan(5)
}

test("signs that deceive are marked in the editor, before submitting and in a pull request", async ({ page, galley }) => {
  const text = tidesText + "\n" + override + parted + hidden + fair
  galley.git("checkout", "-q", "-b", "theirs")
  galley.commit(tides, text, "Theirs")
  galley.git("checkout", "-q", "main")
  await openPost(page, galley, tides)
  await page.getByRole("textbox", { name: "Source of the post" }).focus()
  await page.keyboard.press("ControlOrMeta+End")
  // As from another program; what is written for one word is not what is read.
  await page.getByRole("textbox", { name: "Source of the post" }).evaluate((element, text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData("text/plain", text)
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
  }, "\n" + override + parted + hidden + fair)
  await expectMarked(page.locator(".source"))
  await expect(page.locator(".edit")).toHaveAttribute("data-keep", "kept")

  await page.getByRole("button", { name: "Open pull request" }).click()
  const dialog = page.getByRole("dialog", { name: "Open pull request" })
  await expectMarked(dialog.locator(".diff"))
  await dialog.getByRole("button", { name: "Open pull request" }).click()
  await expect(page.locator(".pull-address")).toBeVisible()
  // They are shown, and nothing of the text is changed for that.
  const address = await page.locator(".pull-address").getAttribute("href")
  const branch = galley.git("for-each-ref", "--format=%(refname:short)", "refs/heads/galley").trim()
  expect(galley.show(branch, tides).toString()).toBe(text)

  await page.goto(galley.url + address!)
  await expectMarked(page.locator(".diff"))
})

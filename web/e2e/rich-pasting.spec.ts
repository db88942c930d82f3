// Pasting from other programs: their clipboards become Markdown.
import type { Page } from "@playwright/test"
import { clipboards } from "./clipboards"
import { body, expect, openPost, preview, source, test, tides } from "./galley"

/// Pastes a clipboard as it comes, which the browser's own would have cleaned.
async function paste(page: Page, text: string, html: string, picture = false): Promise<void> {
  await source(page).evaluate((element, [text, html, picture]) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData("text/plain", text as string)
    clipboardData.setData("text/html", html as string)
    if (picture) clipboardData.items.add(new File([new Uint8Array([137, 80, 78, 71])], "image.png", { type: "image/png" }))
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
  }, [text, html, picture] as const)
}

test("what programs copy becomes Markdown, and one undo takes it back", async ({ editor: { page, write } }) => {
  await write("* own\n\n|")
  for (const [name, { text, html, markdown }] of Object.entries(clipboards)) {
    await test.step(name, async () => {
      await paste(page, text, html, /Excel|Calc|Sheets/.test(name))
      await body(page).toBe("* own\n\n" + markdown)
      await page.keyboard.press("ControlOrMeta+z")
      await body(page).toBe("* own\n\n")
    })
  }
})

test("the browser's own clipboard: rich, and plain with Shift", async ({ editor: { page, write } }) => {
  await write("- own\n\n|")
  await page.evaluate(() => navigator.clipboard.write([new ClipboardItem({
    "text/plain": new Blob(["north and south"], { type: "text/plain" }),
    "text/html": new Blob(["<ul><li><b>north</b> and <a href='https://example.org/'>south</a></li></ul>"], { type: "text/html" }),
  })]))
  await page.keyboard.press("ControlOrMeta+v")
  await body(page).toBe("- own\n\n- **north** and [south](https://example.org/)")
  await expect(preview(page).getByRole("link", { name: "south" })).toBeVisible()
  await page.keyboard.press("ControlOrMeta+z")
  await page.keyboard.press("ControlOrMeta+Shift+v")
  await body(page).toBe("- own\n\nnorth and south")
})

for (const [name, before, after, html, wanted] of [
  ["words go into the line", "one ", " two\n", "<b>bold</b>", "one **bold** two\n"],
  ["a list leaves the paragraph", "one", " two\n", "<ul><li>a</li><li>b</li></ul>", "one\n\n* a\n* b\n\n two\n"],
  ["a list takes an empty item's place", "* one\n* ", "\n", "<ul><li>a<ul><li>b</li></ul></li></ul>", "* one\n* a\n  * b\n"],
  ["in an item, lines stay its own", "1. ", "\n", "<p><b>a</b></p><p>b</p>", "1. **a**\n\n   b\n"],
  ["in a quotation, too", "> one ", "\n", "<p><b>a</b></p><p>b</p>", "> one **a**\n>\n> b\n"],
  ["in code, the plain text", "```\n", "\n```\n", "<b>bold</b>", "```\nplain\n```\n"],
  ["no more than plain text is plain", "", "\n", "<div><span style='color:red'>*plain*</span></div>", "plain\n"],
  ["code of an editor is plain", "", "\n", "<div style='color:#000;font-family:Consolas;white-space:pre;'><div><b>x</b></div></div>", "plain\n"],
] as const) {
  test(`rich text: ${name}`, async ({ editor: { page, write } }) => {
    await write(`${before}|${after}`)
    await paste(page, "plain", html)
    await body(page).toBe(wanted)
  })
}

test("hostile HTML in the clipboard does not run, and becomes text", async ({ page, galley }) => {
  let asked = 0
  await page.route(/evil\.example/, route => {
    asked++
    return route.abort()
  })
  await openPost(page, galley, tides)
  await source(page).focus()
  await page.keyboard.press("ControlOrMeta+Home")
  for (let i = 0; i < 7; i++) await page.keyboard.press("ArrowDown")
  await page.keyboard.press("ControlOrMeta+Shift+End")
  await page.keyboard.press("Delete")
  await paste(page, "x", `<b>a</b><img src="https://evil.example/a.png" width=1 height=1 onerror="document.title='owned'"><img src=x onerror="document.title='owned'"><script>document.title='owned'</script><svg onload="document.title='owned'"></svg><iframe srcdoc="<script>parent.document.title='owned'</script>"></iframe><a href="javascript:document.title='owned'">j</a><a href=" java\nscript:alert(1)">k</a><style>@import "https://evil.example/b.css"</style><p>&lt;script&gt;document.title='owned'&lt;/script&gt;</p><math><mtext><img src=x onerror="document.title='owned'"></mtext></math>`)
  await body(page).toBe("**a**jk\n\n\\<script>document.title='owned'\\</script>")
  await expect(preview(page).getByText("ajk")).toBeVisible()
  expect(await page.title()).not.toBe("owned")
  expect(asked).toBe(0)
})

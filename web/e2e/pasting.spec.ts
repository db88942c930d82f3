// Pasting as people do it, by the browser's own clipboard.
import type { Page } from "@playwright/test"
import { body, expect, openPost, preview, source, test, tides, typeAtEnd } from "./galley"

/// Puts a text into the clipboard, and with `html` what programs put beside it.
async function copied(page: Page, text: string, html = ""): Promise<void> {
  await page.evaluate(([text, html]) => navigator.clipboard.write([new ClipboardItem({
    "text/plain": new Blob([text!], { type: "text/plain" }),
    ...(html ? { "text/html": new Blob([html], { type: "text/html" }) } : {}),
  })]), [text, html])
}

const address = "https://example.org/a?b=c#d"
for (const [name, html] of [["plain", ""], ["with HTML beside it", `<meta charset="utf-8"><a href="${address}">A page's own title</a>`]] as const) {
  for (const [marked, wanted] of [
    ["The |gauges| were read.\n", `The [gauges](${address}) were read.\n`],
    ["* in |a list|\n", `* in [a list](${address})\n`],
    ["## |A heading|\n", `## [A heading](${address})\n`],
    ["some |**bold** words| here\n", `some [**bold** words](${address}) here\n`],
    // What is an address already, code or a link's own address is replaced.
    ["see |https://old.example/| there\n", `see ${address} there\n`],
    ["a `|word|` of code\n", `a \`${address}\` of code\n`],
    ["[words](|/old|)\n", `[words](${address})\n`],
  ] as const) {
    test(`an address pasted over words links them, ${name}: ${marked.trim()}`, async ({ editor: { page, write } }) => {
      await write(marked)
      await copied(page, address, html)
      await page.keyboard.press("ControlOrMeta+v")
      await body(page).toBe(wanted)
    })
  }
}

for (const html of ["", `<meta charset="utf-8"><a href="${address}">A page's <b>own</b> title</a>`]) {
  test(`with Shift an address${html && " with HTML beside it"} is pasted as it is, and the next one links again`, async ({ editor: { page, write } }) => {
    await write("The |gauges| were read.\n")
    await copied(page, address, html)
    await page.keyboard.press("ControlOrMeta+Shift+v")
    await body(page).toBe(`The ${address} were read.\n`)
    await page.keyboard.press("ControlOrMeta+z")
    await body(page).toBe("The gauges were read.\n")
    await page.keyboard.press("ControlOrMeta+v")
    await body(page).toBe(`The [gauges](${address}) were read.\n`)
  })
}

test("two addresses, or words with one, are no link's address", async ({ editor: { page, write } }) => {
  await write("The |gauges| were read.\n")
  await copied(page, `${address} ${address}`)
  await page.keyboard.press("ControlOrMeta+v")
  await body(page).toBe(`The ${address} ${address} were read.\n`)
})

test("a no-break space pasted behind a mark becomes a space, and nowhere else", async ({ editor: { page, write } }) => {
  await write("one\n\n||")
  await copied(page, "##\u00a0A heading\n\n-\u00a0an item\n  1.\u202fa step\n\n10\u00a0km\n\n```\n-\u00a0code\n```\n")
  await page.keyboard.press("ControlOrMeta+v")
  await body(page).toBe("one\n\n## A heading\n\n- an item\n  1. a step\n\n10\u00a0km\n\n```\n-\u00a0code\n```\n")
  await page.keyboard.type("###")
  await copied(page, "\u00a0Typed before")
  await page.keyboard.press("ControlOrMeta+v")
  await body(page).toContain("### Typed before")
  await expect(preview(page).getByRole("heading", { name: "Typed before" })).toBeVisible()
})

test("a no-break space behind a mark that is there already is told, and mended at a press", async ({ editor: { page, write } }) => {
  await write("one\n\n##\u00a0A heading\n||")
  await page.getByRole("region", { name: "Problems" }).getByRole("button").first().click()
  const problem = page.locator("#problem-list li", { hasText: "no-break space" })
  await problem.getByRole("button", { name: "Put a plain space", exact: true }).click()
  await body(page).toBe("one\n\n## A heading\n")
  await expect(preview(page).getByRole("heading", { name: "A heading" })).toBeVisible()
  await page.keyboard.press("ControlOrMeta+z")
  await body(page).toBe("one\n\n##\u00a0A heading\n")
})

const pull = "https://github.com/kubernetes/kubernetes/pull/123516"
for (const [marked, wanted] of [
  [`### |123516 ${pull}|\n`, `### [123516: X](${pull})\n`],
  [`### DRA: structured parameters (#123516) ${pull}||\n`, `### [123516: DRA: structured parameters](${pull})\n`],
  [`* [Use http/2](${pull}/files) and more||\n`, `* [123516: Use http/2X](${pull}) and more\n`],
] as const) {
  test(`a pull request's number and address become its link on request: ${marked.trim()}`, async ({ editor: { page, write } }) => {
    await write(marked)
    await page.keyboard.press("ControlOrMeta+Shift+P")
    await page.getByRole("dialog").getByRole("combobox").fill("link a pull request")
    await page.keyboard.press("Enter")
    await expect(source(page)).toBeFocused()
    // Its title is looked for before the link is there.
    await body(page).toBe(wanted.replace("X", ""))
    if (wanted.includes("X")) await page.keyboard.type("X")
    await body(page).toBe(wanted)
  })
}

test("a pull request's title comes from what the site has, and what it has not is said", async ({ page, galley }) => {
  galley.commit("_posts/2026-02-15-known.md", `---\nlayout: post\ntitle: Known\n---\n\n* [123516: Faster gauges](${pull})\n`, "Add a post")
  await openPost(page, galley, tides)
  const link = async (line: string) => {
    await typeAtEnd(page, line)
    await page.keyboard.press("ControlOrMeta+Shift+P")
    await page.getByRole("dialog").getByRole("combobox").fill("link a pull request")
    await page.keyboard.press("Enter")
  }
  await link(`\n### 123516`)
  await body(page).toContain(`### [123516: Faster gauges](${pull})`)
  await link(`\n### 99`)
  await expect(page.getByRole("status").filter({ hasText: "No earlier text links to pull request 99" })).toBeVisible()
  await link(`\n### ${pull}7`)
  await expect(page.getByRole("status").filter({ hasText: "No earlier text has a title for pull request 1235167" })).toBeVisible()
  await page.keyboard.type("Typed")
  await body(page).toContain(`### [1235167: Typed](${pull}7)`)
})

// A site's other texts: its pages and the documents of its collections are
// listed, opened, shown as they are built, and submitted.
import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { differenceTo, expect, live, preview, source, submittedBranch, test, tides, type Galley } from "./galley"

const bin = process.env["GALLEY_BIN"] ?? resolve(import.meta.dirname, "../../bin/galley")

const site: Record<string, string> = {
  "_config.yml": `title: Harbour Notes
url: https://harbour.example
permalink: /:year/:year:month:day
collections:
  guides:
    output: true
    permalink: /guides/:name/
defaults:
  - scope: {path: "", type: guides}
    values: {layout: page}
`,
  "_layouts/page.html": `<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{{ page.title }}</title><link rel="stylesheet" href="{{ '/assets/main.css' | relative_url }}"></head>
<body><nav>{% for guide in site.guides %}<a href="{{ guide.url }}">{{ guide.title }}</a>{% endfor %}</nav><h1>{{ page.title }}</h1>{{ content }}</body></html>
`,
  "_layouts/post.html": "---\nlayout: page\n---\n<article>{{ content }}</article>\n",
  "_guides/buoys.md": "---\ntitle: Buoys\n---\n\nThere are seven buoys.\n\n* red\n* green\n",
  "_guides/deep/charts.md": "---\ntitle: Charts\n---\n\nCharts are drawn by {{ page.collection }}.\n\n{% highlight ruby %}\nputs \"seven\"\n{% endhighlight %}\n",
  "about.md": "---\ntitle: About\nlayout: page\n---\n\nWho writes this, and why.\n",
  "index.html": "---\ntitle: Home\nlayout: page\n---\n<ul>\n{% for guide in site.guides %}<li>{{ guide.title }}</li>\n{% endfor %}</ul>\n<p>The end of home.</p>\n",
  "assets/main.scss": "---\n---\n@import \"colours\";\nh1 { color: darken($sea, 10%); }\n",
  "_sass/_colours.scss": "$sea: #006688;\n",
}

/// Makes the test's site one with pages and a collection, and builds it.
function build(galley: Galley): string {
  for (const [name, text] of Object.entries(site)) {
    mkdirSync(dirname(join(galley.dir, name)), { recursive: true })
    writeFileSync(join(galley.dir, name), text)
  }
  galley.git("add", "-A")
  galley.git("commit", "-q", "-m", "Pages and guides")
  const out = mkdtempSync(join(tmpdir(), "galley-texts-"))
  execFileSync(bin, ["build", "--site", galley.dir, "--out", out], { stdio: "ignore" })
  return out
}

const texts = [
  { group: "Guides", name: "Buoys", path: "_guides/buoys.md", built: "guides/buoys/index.html" },
  { group: "Guides", name: "Charts", path: "_guides/deep/charts.md", built: "guides/charts/index.html" },
  { group: "Pages", name: "About", path: "about.md", built: "about.html" },
  { group: "Pages", name: "Home", path: "index.html", built: "index.html" },
  { group: "", name: "Tides and charts", path: tides, built: "2026/20260308.html" },
]

for (const text of texts) {
  test(`a site's texts: ${text.path} is opened, shown as it is built, and submitted`, async ({ page, galley }) => {
    const out = build(galley)
    try {
      await page.goto(galley.url + "/")
      if (text.group) await page.getByRole("group", { name: "What to list" }).getByRole("button", { name: text.group, exact: true }).click()
      await page.locator(".posts li").getByRole("link", { name: text.name }).click()
      await live(page)
      await expect.poll(() => differenceTo(page, readFileSync(join(out, text.built), "utf8"))).toBe("")
      await expect(preview(page).locator("h1").first()).toHaveCSS("color", "rgb(0, 64, 85)")

      await source(page).focus()
      await page.keyboard.press("ControlOrMeta+End")
      await page.keyboard.insertText("\nOne more line.\n")
      await expect(preview(page).locator("body")).toContainText("One more line.")
      await page.getByRole("button", { name: "Open pull request" }).first().click()
      const dialog = page.getByRole("dialog")
      await expect(dialog.getByRole("textbox", { name: "Title" })).not.toHaveValue("")
      await dialog.getByRole("button", { name: /^Open pull request/ }).click()
      await expect(page.getByText(/#1\b/).first()).toBeVisible()
      const branch = submittedBranch(galley)
      const before = galley.show("main", text.path).toString()
      const after = galley.show(branch, text.path).toString()
      expect(after.startsWith(before.trimEnd())).toBe(true)
      expect(after).toContain("One more line.")
      expect(galley.git("diff", "--name-only", "main", branch).trim()).toBe(text.path)
    } finally {
      rmSync(out, { recursive: true, force: true })
    }
  })
}

test("a site's texts: what makes pages is not opened", async ({ page, galley }) => {
  const out = build(galley)
  rmSync(out, { recursive: true, force: true })
  await page.goto(galley.url + "/")
  await expect(page.getByRole("group", { name: "What to list" }).getByRole("button")).toHaveText(["Posts", "Guides", "Pages"])
  await page.getByRole("button", { name: "Pages", exact: true }).click()
  await expect(page.locator(".posts li .detail")).toHaveText(["about.md", "index.html"])
  await page.goto(`${galley.url}/edit?${new URLSearchParams({ branch: "main", path: "_layouts/page.html" })}`)
  await expect(page.getByRole("heading", { name: "There is no such post" })).toBeVisible()
})

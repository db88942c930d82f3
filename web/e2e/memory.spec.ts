// What earlier posts said, beside what is written, and what a date does to a post's
// address.
import { expect, openPost, showMatter, source, test, tides, typeAtEnd } from "./galley"

test("what an earlier edition reported is told at the line, and again when it is another's", async ({ page, galley }) => {
  galley.commit("_config.yml", "title: Harbour Notes\nurl: https://harbour.example\npermalink: /:year/:year:month:day\ngalley:\n  edition: {weekday: sunday}\n  memory: {topics: [{name: TEP, text: 'TEP-(\\d+)'}]}\n  rules: {link-again: info, topic-again: warning, empty-section: off}\n", "Rules")
  galley.commit("_posts/2026-02-01-earlier.md", "---\ntitle: Earlier\ndate: 2026-02-01 22:00:00 -0000\n---\n\n## Featured\n\n### TEP-14: One clock\n\n* [A gauge](http://www.code.example/pull/12/)\n", "Earlier")
  await openPost(page, galley, tides)
  await typeAtEnd(page, "\n* [The gauge](https://code.example/pull/12?utm_source=x)\n\n### TEP-14, again\n")
  const problems = page.getByRole("region", { name: "Problems" })
  await problems.getByRole("button", { name: /note/ }).click()
  await expect(problems.getByText("Reported already in the edition of February 1, 2026, in “Featured” (line 10). Is it news?")).toBeVisible()
  await expect(problems.getByText("TEP 14 was covered five weeks ago, in the edition of February 1, 2026, in “Featured” (line 8).")).toBeVisible()
  await expect(page.locator(".cm-lintRange-info")).toHaveText("[The gauge](https://code.example/pull/12?utm_source=x)")
})

test("the present is written as the date was, and what moves is told before it lands", async ({ page, galley }) => {
  galley.commit("_posts/2026-02-01-linking.md", "---\ntitle: Linking\ndate: 2026-02-01 22:00:00 -0000\n---\n\nSee [tides](/2026/20260308).\n", "Link")
  await openPost(page, galley, tides)
  await page.getByRole("button", { name: "Now", exact: true }).click()
  const date = page.locator("input[name=matter-date]")
  await expect(date).toHaveValue(/^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d -0000$/)
  await expect(date).not.toHaveValue(/2026-03-08/)
  // Nothing else of the front matter is touched.
  await showMatter(page)
  await expect(source(page)).toContainText("title: \"Tides and charts\"  # the week's title")
  const problems = page.getByRole("region", { name: "Problems" })
  await problems.getByRole("button").first().click()
  await expect(problems.getByText(/The published post moves from \/2026\/20260308 to .*, and so does one link of the site: _posts\/2026-02-01-linking\.md:6\./)).toBeVisible()
  await date.fill("2026-02-01 10:00:00 -0000")
  await expect(problems.getByText("_posts/2026-02-01-linking.md has the address /2026/20260201, too.")).toBeVisible()
})

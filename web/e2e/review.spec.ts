// A review between two people: Ben comments at a line and suggests another, Ada
// takes it over in the editor, answers and submits, and Ben approves.
import AxeBuilder from "@axe-core/playwright"
import type { Page } from "@playwright/test"
import { expect, kept, live, serve, source, test, tides, tidesText, type Galley } from "./galley"

const hostile = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script> [x](javascript:alert(1)) \u202egnihton"
const branch = "galley/ada/2026-03-08-tides"

/// Opens a pull request of Ada's, and starts a server for each of the two.
async function begin(galley: Galley): Promise<{ ada: string; ben: string; end: () => void }> {
  const as = (name: string) => ({
    GIT_CONFIG_COUNT: "3", GIT_CONFIG_KEY_0: "user.name", GIT_CONFIG_VALUE_0: name, GIT_CONFIG_KEY_1: "user.email", GIT_CONFIG_VALUE_1: name.toLowerCase() + "@example.org",
    GIT_CONFIG_KEY_2: "github.user", GIT_CONFIG_VALUE_2: name.toLowerCase(),
  })
  const [ada, ben] = await Promise.all([serve(["--site", galley.dir], as("Ada")), serve(["--site", galley.dir], as("Ben"))])
  await submit(ada.url, "main", tidesText.replace("* Charts load while offline", "* Charts loads offline now\n* Buoys report twice"))
  return {
    ada: ada.url, ben: ben.url,
    end() {
      ada.server.kill("SIGTERM")
      ben.server.kill("SIGTERM")
    },
  }
}

/// Submits a text: a pull request, or more of it where it is on that one's branch.
async function submit(url: string, on: string, text: string): Promise<void> {
  const { blob } = await (await fetch(`${url}/api/post?${new URLSearchParams({ branch: on, path: tides })}`)).json() as { blob: string }
  const answer = await fetch(url + "/api/submit", {
    method: "POST", headers: { "Content-Type": "application/json", "Sec-Fetch-Site": "same-origin" },
    body: JSON.stringify({ base: "main", path: tides, text, blob, title: "Charts", message: "Please look.", ...(on === "main" ? {} : { pull: 1 }) }),
  })
  expect(await answer.text()).toContain('"pull"')
}

/// Opens Ada's post in her pull request.
async function openInPull(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/edit?${new URLSearchParams({ branch, path: tides, into: "main", pull: "1" })}`)
  await live(page)
}

async function axe(page: Page, part: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
}

test("a review: a comment at a line, a suggestion taken over, an answer, an approval", async ({ page, galley, browser }) => {
  test.slow()
  const { ada, ben, end } = await begin(galley)
  const theirs = await (await browser.newContext()).newPage()
  try {
    // Ben, by the keyboard's way to a line.
    await theirs.goto(ben + "/pulls/1")
    await theirs.getByRole("button", { name: `Comment on a line of ${tides}` }).click()
    const compose = theirs.getByRole("region", { name: /^Your comment on line/ })
    await compose.getByRole("button", { name: "Suggest other words" }).click()
    const field = compose.getByRole("textbox", { name: "Comment" })
    await expect(field).toHaveValue("```suggestion\n* Charts loads offline now\n```")
    await field.fill(hostile + "\n\n```suggestion\n* Charts load offline now\n```")
    await compose.getByRole("button", { name: "Comment", exact: true }).click()
    const said = theirs.getByRole("region", { name: "Comments on line 13" })
    await expect(said).toContainText("<img src=x")
    await expect(said).toContainText("[U+202E]gnihton")
    await expect(said.locator("img, script, a")).toHaveCount(0)
    await theirs.getByRole("button", { name: "Ask for changes" }).click()
    await expect(theirs.getByRole("alert")).toHaveText("Say in a sentence what is to be changed.")
    await theirs.getByRole("textbox", { name: "What you think of it" }).fill("One word is wrong.")
    await theirs.getByRole("button", { name: "Ask for changes" }).click()
    await expect(theirs.getByText("You asked for changes to it.")).toBeVisible()
    await axe(theirs, ".pull-screen main")

    // Ada, in the editor.
    await openInPull(page, ada)
    const mark = page.getByRole("button", { name: "Comment by Ben", exact: true })
    await expect(mark).toBeVisible()
    const review = page.getByRole("region", { name: "Review", exact: true })
    await expect(review.getByRole("button", { name: "Review: one thread to settle" })).toBeVisible()
    // It stays at its line while one types before it.
    await source(page).focus()
    await page.keyboard.press("ControlOrMeta+Home")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.insertText("lang: en\n")
    await page.keyboard.press("Alt+k")
    const row = review.getByRole("button", { name: /^Line 14 Ben: <img/ })
    await expect(row).toBeFocused()
    await axe(page, ".source")
    await row.press("Enter")
    const thread = page.locator(".cm-thread")
    await expect(thread).toContainText("Suggests instead")
    await expect(thread.locator("img, script, a")).toHaveCount(0)
    expect(await page.title()).not.toContain("owned")
    await thread.getByRole("button", { name: "Take it over" }).click()
    await expect(source(page)).toContainText("* Charts load offline now")
    await expect(thread).toContainText("It is in your text.")
    await page.keyboard.press("ControlOrMeta+z")
    await expect(source(page)).toContainText("* Charts loads offline now")
    await thread.getByRole("button", { name: "Take it over" }).click()
    await expect(source(page)).toContainText("* Charts load offline now")
    await thread.getByRole("textbox", { name: "Answer" }).fill("Thanks!")
    await page.keyboard.press("ControlOrMeta+Enter")
    await expect(thread).toContainText("You just now")
    await expect(thread.getByRole("textbox", { name: "Answer" })).toHaveValue("")
    await thread.getByRole("button", { name: "Resolve" }).click()
    await expect(thread).toContainText("Resolved")
    await expect(review.getByRole("button", { name: "Review: nothing to settle" })).toBeVisible()
    await review.getByRole("textbox", { name: "Comment on all of it" }).fill("All done.")
    await review.getByRole("button", { name: "Comment", exact: true }).click()
    await expect(review.getByText("All done.")).toBeVisible()
    await kept(page)
    await page.getByRole("button", { name: "Update pull request" }).first().click()
    await page.getByRole("dialog").getByRole("button", { name: "Update pull request" }).click()
    await expect(page.getByRole("dialog").locator("a.pull-address")).toBeVisible({ timeout: 30_000 })
    await page.getByRole("dialog").getByRole("button", { name: "Go on writing" }).click()

    // Ben looks again.
    await theirs.reload()
    const earlier = theirs.locator(".astray")
    await expect(earlier).toContainText("On an earlier version")
    await expect(earlier.locator(".was")).toHaveText("* Charts loads offline now")
    await expect(theirs.getByText("All done.")).toBeVisible()
    await theirs.getByRole("button", { name: "Approve" }).click()
    await expect(theirs.getByText("You approved it.")).toBeVisible()
    await expect(theirs.locator(".facts")).toContainText("approved")

    // What was approved is told where it is written.
    await page.reload()
    await live(page)
    await page.keyboard.press("Alt+k")
    await expect(review.getByText("Ben approved it.")).toBeVisible()
  } finally {
    end()
    await theirs.context().close()
  }
})

test("what is typed in a review is there in another tab, until it is sent", async ({ page, galley, context }) => {
  const { ben, end } = await begin(galley)
  try {
    const fields = (on: Page) => [
      on.getByRole("textbox", { name: "Comment on all of it" }), on.getByRole("textbox", { name: "What you think of it" }),
      on.getByRole("region", { name: /^Your comment on line/ }).getByRole("textbox", { name: "Comment" }),
    ] as const
    const compose = (on: Page) => on.getByRole("button", { name: `Comment on a line of ${tides}` }).click()
    await page.goto(ben + "/pulls/1")
    await compose(page)
    for (const [n, field] of fields(page).entries()) await field.fill(`Words with care, ${n}.`)
    await page.keyboard.press("Escape")
    await page.close()

    const other = await context.newPage()
    await other.goto(ben + "/pulls/1")
    await compose(other)
    for (const [n, field] of fields(other).entries()) await expect(field).toHaveValue(`Words with care, ${n}.`)
    await axe(other, ".pull-screen main")
    await fields(other)[2].press("ControlOrMeta+Enter")
    await expect(other.getByRole("region", { name: /^Comments on line/ })).toContainText("Words with care, 2.")
    await fields(other)[0].press("ControlOrMeta+Enter")
    await expect(other.getByRole("region", { name: "Conversation" })).toContainText("Words with care, 0.")
    await other.getByRole("button", { name: "Ask for changes" }).click()
    await expect(other.getByText("You asked for changes to it.")).toBeVisible()
    expect(await other.evaluate(() => Object.keys(localStorage).filter(name => name.startsWith("galley:words:")))).toEqual([])
    await other.reload()
    await expect(fields(other)[0]).toHaveValue("")
  } finally {
    end()
  }
})

test("what somebody is about to say stays with its line when the pull request is shown as it is by now", async ({ page, galley }) => {
  const { ada, ben, end } = await begin(galley)
  try {
    await page.goto(ben + "/pulls/1")
    await page.getByRole("button", { name: `Comment on a line of ${tides}` }).click()
    const compose = page.getByRole("region", { name: /^Your comment on line/ })
    const field = compose.getByRole("textbox", { name: "Comment" })
    await field.fill("Which charts?")
    await expect(page.getByRole("region", { name: "Your comment on line 13" })).toBeVisible()
    const push = async (text: string) => {
      await submit(ada, branch, text)
      await compose.getByRole("button", { name: "Comment", exact: true }).click()
      await expect(page.getByRole("alert")).toContainText("has changed since you looked at it")
      await page.getByRole("button", { name: "Show it as it is now" }).click()
    }
    const theirs = galley.show(branch, tides).toString().replace("## Developer News", "Two lines\nmore.\n\n## Developer News")
    await push(theirs)
    await expect(page.getByRole("region", { name: "Your comment on line 16" })).toBeVisible()
    await expect(field).toHaveValue("Which charts?")
    await push(theirs.replace("* Charts loads offline now", "* All of them load"))
    await expect(compose).toHaveCount(0)
    await page.getByRole("button", { name: `Comment on a line of ${tides}` }).click()
    await expect(field).toHaveValue("Which charts?")
    await compose.getByRole("button", { name: "Comment", exact: true }).click()
    await expect(page.getByRole("region", { name: /^Comments on line/ })).toContainText("Which charts?")
  } finally {
    end()
  }
})

test("somebody is asked, what changed meanwhile is told, and a phone has it all", async ({ page, galley }) => {
  const { ada, ben, end } = await begin(galley)
  try {
    await page.setViewportSize({ width: 360, height: 740 })
    await page.goto(ada + "/pulls/1")
    await page.getByRole("button", { name: "Ask for a review" }).click()
    await page.getByRole("combobox", { name: "Whom do you ask?" }).fill("Ben")
    await page.keyboard.press("Enter")
    await expect(page.getByText("Ben was asked for a review.")).toBeVisible()
    // One's own is not reviewed.
    await expect(page.getByRole("button", { name: "Approve" })).toHaveCount(0)

    await page.goto(ben + "/pulls/1")
    await expect(page.getByText("Your review is asked for.")).toBeVisible()
    await expect(page.getByRole("button", { name: "Approve" })).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
    // Ada pushes while Ben looks at what was there.
    const head = galley.git("rev-parse", branch).trim()
    const tree = galley.git("rev-parse", "main^{tree}").trim()
    galley.git("update-ref", "refs/heads/" + branch, galley.git("commit-tree", tree, "-p", head, "-m", "Take it back").trim())
    await page.getByRole("button", { name: "Approve" }).click()
    await expect(page.getByRole("alert")).toContainText("has changed since you looked at it")
    await page.getByRole("button", { name: "Show it as it is now" }).click()
    await expect(page.getByText("It changes nothing.")).toBeVisible()
  } finally {
    end()
  }
})

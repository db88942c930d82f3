// A draft that goes into pull requests of two bases, or of the same one after another.
import { expect, test } from "@playwright/test"
import { otherBase } from "./life/repository"
import type { Tab } from "./life/tab"
import { linesOf } from "./life/texts"
import { World } from "./life/world"

function opened(): { world: World; tab: Tab } {
  const world = new World()
  const tab = world.browsers[0]!.open()
  tab.drain()
  return { world, tab }
}

/// Writes a line, submits it into a base, and answers the line.
function submit(tab: Tab, base: string): string {
  tab.send({ type: "submit closed" })
  tab.type()
  tab.drain()
  tab.send({ type: "submit opened", now: tab.text, base })
  tab.drain()
  for (let i = 0; i < 3 && tab.open!.submitting.is === "asking"; i++) {
    tab.press(base)
    tab.drain()
  }
  return linesOf(tab.text).at(-1)!
}

function reload(tab: Tab): Tab {
  const { browser, place } = tab
  tab.drain()
  tab.close(false)
  const next = browser.open(place)
  next.drain()
  return next
}

for (const [first, second] of [["main", otherBase], [otherBase, "main"]] as const) {
  for (const anew of [false, true]) {
    test(`a text in a pull request into ${first} goes into ${second}, too, and on into each${anew ? ", opened anew between" : ""}`, () => {
      const { world: { repository }, tab: begun } = opened()
      let tab = begun
      for (const [i, base] of [first, second, first, second, second, first].entries()) {
        submit(tab, base)
        expect(tab.open?.submitting, `${i}: ${base}`).toMatchObject({ is: "done", pull: { base } })
        expect(repository.at(repository.ownBranch("ada", base))).toBe(tab.text)
        if (anew) tab = reload(tab)
      }
      expect(repository.pulls.map(({ base }) => base)).toEqual([first, second])
    })
  }
}

test("what went into another base's pull request is not undone by the older one that a claim opened", () => {
  const { world: { repository }, tab } = opened()
  const holds = repository.file("main")!
  const { branch, number } = repository.propose("galley/ada", "ada")
  repository.branches.set(branch, repository.add([repository.branches.get("main")!], holds.text))
  tab.send({ type: "claimed", now: tab.text, pull: repository.pull(number), holds: { ...holds, branch }, before: holds.text })
  const mine = submit(tab, otherBase)
  submit(tab, "main")
  expect(tab.open?.submitting).toMatchObject({ is: "done", pull: { number } })
  expect(linesOf(repository.at(branch)!)).toContain(mine)
})

test("what was pushed into the first base's pull request is met from what was submitted there", () => {
  const { world, tab } = opened()
  const { repository } = world
  const out = submit(tab, "main")
  const { branch } = repository.pulls[0]!
  submit(tab, otherBase)
  tab.send({ type: "submit closed" })
  tab.remove(0)
  repository.commit(branch, `${repository.at(branch)}pushed\n`)
  submit(tab, "main")
  expect(linesOf(repository.at(branch)!)).toContain("pushed")
  // What the writer took out since does not come back from there.
  expect(linesOf(repository.at(branch)!)).not.toContain(out)
})

test("what is not on the branch of the next pull request was not taken out of the closed one's", () => {
  const { world, tab } = opened()
  const { repository } = world
  const mine = submit(tab, "main")
  repository.pulls[0]!.state = "closed"
  const other = world.browsers[1]!.open()
  other.drain()
  const beside = submit(other, "main")
  expect(repository.pulls).toHaveLength(2)
  submit(tab, "main")
  expect(tab.open?.submitting).toMatchObject({ is: "done", pull: { number: 2 } })
  const lines = linesOf(repository.at(repository.pulls[1]!.branch)!)
  expect([lines.includes(mine), lines.includes(beside)]).toEqual([true, true])
})

test("what was merged from a base goes with the submission into that one, and with no other", () => {
  const { world, tab } = opened()
  const { repository } = world
  submit(tab, "main")
  tab.send({ type: "submit closed" })
  repository.commit("main", "first\nsecond\nnew\n")
  repository.commit(otherBase, "first\nsecond\nnew\n")
  tab.type()
  tab.send({ type: "submit opened", now: tab.text, base: "main" })
  tab.drain()
  const commit = String(repository.branches.get("main"))
  expect(tab.open?.origin).toMatchObject({ into: "main", merged: commit })
  tab.press(otherBase)
  tab.drain()
  expect(tab.open?.submitting).toMatchObject({ is: "done", pull: { base: otherBase } })
  expect(tab.open?.origin.aside).toMatchObject([{ into: "main", merged: commit }])
  submit(tab, "main")
  expect(tab.open?.submitting).toMatchObject({ is: "done", pull: { base: "main" } })
  expect(repository.ancestors(repository.branches.get(repository.pulls[0]!.branch)!)).toContain(Number(commit))
})

test("a draft from before, which knows no base, goes on in its pull request", () => {
  const { world, tab } = opened()
  const mine = submit(tab, "main")
  const { browser } = tab
  tab.close(false)
  const draft = browser.drafts.get("main")!
  const { number, url, text, title } = draft.submitted!
  browser.drafts.set("main", { ...draft, sentInto: undefined, aside: undefined, submitted: { number, url, text, ...(title ? { title } : {}) } })
  const next = browser.open()
  next.drain()
  submit(next, "main")
  expect(next.open?.submitting).toMatchObject({ is: "done", updates: true, pull: { number: 1 } })
  expect(linesOf(world.repository.at(world.repository.pulls[0]!.branch)!)).toContain(mine)
})

// A draft that goes into pull requests of two bases, or of the same one after another, and
// is opened anew on the way.
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

/// Somebody commits a line to main.
function commit(world: World): string {
  const line = world.line("somebody")
  world.repository.commit("main", `${world.repository.at("main")}${line}\n`)
  return line
}

test("what was taken out again after it was submitted does not come back when the post is opened later", () => {
  const { world, tab: begun } = opened()
  const { repository } = world
  const out = submit(begun, "main")
  begun.send({ type: "submit closed" })
  begun.remove(0)
  let tab = reload(begun)
  commit(world)
  tab = reload(tab)
  expect(tab.open?.submission).toMatchObject({ is: "open", number: 1 })
  const mine = submit(tab, "main")
  expect(tab.open?.submitting).toMatchObject({ is: "done", updates: true, pull: { number: 1 } })
  const lines = linesOf(repository.at(repository.pulls[0]!.branch)!)
  expect([lines.includes(out), lines.includes(mine)]).toEqual([false, true])
})

test("nor where the rest of the text is on the base by somebody else's hand", () => {
  const { world, tab: begun } = opened()
  const { repository } = world
  const out = submit(begun, "main")
  begun.send({ type: "submit closed" })
  begun.remove(0)
  begun.type()
  repository.commit("main", begun.text)
  const tab = reload(begun)
  expect(tab.open?.submission).toMatchObject({ is: "open", number: 1 })
  submit(tab, "main")
  expect(tab.open?.submitting).toMatchObject({ is: "done", pull: { number: 1 } })
  expect(linesOf(repository.at(repository.pulls[0]!.branch)!)).not.toContain(out)
})

test("a text that went in needs no draft, though no answer came", () => {
  const { world: { repository }, tab: begun } = opened()
  submit(begun, "main")
  begun.send({ type: "submit closed" })
  begun.type()
  begun.drain()
  begun.send({ type: "submit opened", now: begun.text, base: "main" })
  begun.drain()
  begun.press()
  begun.drain(({ effect }) => effect.do !== "submit")
  begun.deliver(0, "lost")
  expect(repository.at(repository.pulls[0]!.branch)).toBe(begun.text)
  repository.merge(repository.pulls[0]!)
  begun.close(false)
  const tab = begun.browser.open()
  tab.drain()
  expect(tab.draft()).toBeUndefined()
})

test("a section taken in another pull request says nothing of the text after a reload", () => {
  const { world, tab: begun } = opened()
  const { repository } = world
  const other = world.browsers[1]!.open()
  other.drain()
  begun.claim()
  repository.merge(repository.pulls[0]!)
  let tab = reload(begun)
  const theirs = commit(world)
  other.claim()
  tab.claim()
  // What the pull request holds besides is not met yet.
  repository.merge(repository.pulls[1]!)
  tab.close(false)
  tab = tab.browser.open()
  tab.drain()
  const mine = submit(tab, "main")
  expect(tab.open?.submitting).toMatchObject({ is: "done" })
  const lines = linesOf(repository.at(repository.pulls.at(-1)!.branch)!)
  expect([lines.includes(theirs), lines.includes(mine)]).toEqual([true, true])
})

for (const claimed of [false, true]) {
  test(`a text that met a base from which the post is gone by now can be submitted${claimed ? ", after a section was taken, too" : ""}`, () => {
    const { world, tab: begun } = opened()
    const { repository } = world
    if (claimed) begun.claim()
    else submit(begun, "main")
    begun.send({ type: "submit closed" })
    begun.type()
    commit(world)
    let tab = reload(begun)
    expect(tab.open?.origin.merged).not.toBe("")
    repository.commit("main", null)
    tab = reload(tab)
    tab.send({ type: "submit opened", now: tab.text, base: "main" })
    tab.drain()
    tab.press()
    tab.drain()
    // Nobody took it out of the pull request.
    expect(tab.open?.meeting).toMatchObject({ is: "calm" })
    expect(tab.open?.submitting).toMatchObject({ is: "done", pull: { number: 1 } })
    expect(repository.at(repository.pulls[0]!.branch)).toBe(tab.text)
  })
}

test("a pull request that is merged while the post is being opened takes nothing of its own out", () => {
  const { world, tab: begun } = opened()
  const mine = submit(begun, "main")
  begun.drain()
  begun.close(false)
  const theirs = commit(world)
  const tab = begun.browser.open() // its file is read
  world.repository.merge(world.repository.pulls[0]!)
  tab.drain()
  expect(linesOf(tab.text)).toEqual(["first", "second", mine, theirs])
})

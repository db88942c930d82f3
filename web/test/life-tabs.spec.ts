// What becomes of a post in single orders of events: other tabs, drafts that are held
// back, other places.
import { expect, test } from "@playwright/test"
import { mayReplace, type Draft, type Drafts } from "../src/post/drafts"
import { open } from "../src/post/life/begin"
import type { Read } from "../src/post/life/state"
import { viewOf } from "../src/post/life/view"
import { comparedThere, keptChoice } from "../src/post/kept-choice"
import { fateOf, leaveBehind, recover } from "../src/post/parting-draft"
import type { Tab } from "./life/tab"
import { linesOf } from "./life/texts"
import { World } from "./life/world"
import { emptyStorage } from "./storage"

/// Ben goes on in Ada's pull request, in two tabs of one browser.
function continued(): { world: World; one: Tab; two: Tab } {
  const world = new World()
  const [ada, , ben] = world.browsers as [typeof world.browsers[number], unknown, typeof world.browsers[number]]
  const tab = ada.open()
  tab.drain()
  submit(tab)
  const [pull] = world.repository.pulls
  const place = { branch: pull!.branch, into: "main", pull: pull!.number }
  const [one, two] = [ben.open(place), ben.open(place)]
  one.drain()
  two.drain()
  expect([one.open?.tab.is, two.open?.tab.is]).toEqual(["writing", "watching"])
  return { world, one, two }
}

function submit(tab: Tab): void {
  tab.type()
  tab.drain()
  tab.send({ type: "submit opened", now: tab.text, base: tab.place.branch })
  tab.drain()
  tab.press()
  tab.drain()
}

test("what somebody takes back in the pull request stays out, though that is what it began with", () => {
  const world = new World()
  const tab = world.browsers[0]!.open()
  tab.drain()
  submit(tab)
  const [pull] = world.repository.pulls
  const [line] = linesOf(tab.text).slice(-1)
  world.gone.add(line!)
  world.repository.commit(pull!.branch, world.repository.at("main"))
  submit(tab)
  expect(world.repository.at(pull!.branch)).toBe(world.repository.at("main"))
  tab.press()
  tab.drain()
  expect(linesOf(world.repository.at(pull!.branch)!)).not.toContain(line)
  expect(world.repository.at(pull!.branch)).toBe(tab.text)
  // Where it was closed and its branch is gone, the text goes into another one.
  pull!.state = "closed"
  world.repository.branches.delete(pull!.branch)
  submit(tab)
  tab.press()
  tab.drain()
  expect(tab.open?.submitting.is).toBe("done")
  expect(world.repository.pulls).toHaveLength(2)
  expect(world.repository.at(world.repository.pulls[1]!.branch)).toBe(tab.text)
})

/// Two tabs of one post, of which the second has taken over and written on.
function takenOver() {
  const [browser] = new World().browsers as [World["browsers"][number]]
  const [one, two] = [browser.open(), browser.open()]
  one.type()
  one.drain()
  two.send({ type: "take over" })
  two.drain()
  two.type()
  two.drain()
  return { one, two }
}

test("what comes into a text while another tab writes is not called kept, and the writer chooses", () => {
  const { one, two } = takenOver()
  // A picture that was being prepared, say.
  one.type()
  const put = linesOf(one.text).at(-1)!
  expect(one.open?.keeping.shown).toEqual({ kind: "moved", theirs: undefined })
  one.send({ type: "take over" })
  one.drain()
  expect(linesOf(one.text)).toContain(put)
  expect(one.open?.other?.text).toBe(two.text)
})

test("what is typed before a comparison is on the screen is not taken out by its answer", () => {
  const world = new World()
  const tab = world.browsers[0]!.open()
  tab.type()
  tab.drain()
  const shown = tab.text
  world.repository.commit("main", null)
  tab.send({ type: "submit opened", now: tab.text, base: tab.place.branch })
  tab.drain()
  expect(tab.open?.meeting).toMatchObject({ is: "choosing", mine: shown })
  tab.type()
  const now = tab.text
  tab.send({ type: "chose text", text: shown, shown, now })
  expect(tab.text).toBe(now)
  expect(tab.open?.meeting).toMatchObject({ is: "choosing", mine: now })
  tab.send({ type: "chose text", text: now, shown: now, now })
  expect(tab.text).toBe(now)
  expect(tab.open?.meeting.is).toBe("calm")
})

test("what comes into a text behind the question of two tabs is not thrown away by its answer", () => {
  const { one, two } = takenOver()
  one.type()
  one.send({ type: "take over" })
  one.drain()
  const shown = one.text
  expect(one.open?.other?.text).toBe(two.text)
  one.type()
  const now = one.text
  one.send({ type: "chose tab", text: two.text, shown, now })
  expect(one.text).toBe(now)
  expect(one.open?.other?.text).toBe(two.text)
  one.send({ type: "chose tab", text: now, shown: now, now })
  expect(one.text).toBe(now)
  expect(one.open?.other).toBe(null)
})

test("what comes into a text behind the question where it goes goes along, or is asked about again", () => {
  const [browser] = new World().browsers as [World["browsers"][number]]
  const tab = browser.open()
  tab.type()
  tab.drain()
  browser.drafts.set("edition", { ...tab.draft()!, branch: "edition", text: "first\nsecond\nanother\n", version: 7, wrote: undefined })
  tab.send({ type: "carry", to: "edition", address: "/there", now: tab.text })
  tab.drain()
  const shown = tab.text
  tab.type()
  tab.drain()
  const now = tab.text
  expect(tab.draft()?.text).toBe(now)
  tab.send({ type: "chose place", text: shown, shown, now })
  tab.drain()
  expect([tab.gone, tab.open?.moving.is]).toEqual([null, "asking"])
  tab.send({ type: "chose place", text: now, shown: now, now })
  tab.drain()
  expect([tab.gone, browser.drafts.get("edition")?.text, tab.draft()]).toEqual(["/there", now, undefined])
})

test("a tab that takes over goes where the other one went: into a pull request of its own, or not", () => {
  const { world, one, two } = continued()
  world.repository.pulls[0]!.state = "closed"
  submit(one)
  one.send({ type: "leave pull" })
  one.drain()
  expect(one.open).toMatchObject({ left: true, target: { into: "main", pull: 0 } })
  one.send({ type: "save", now: one.text })
  one.drain()
  two.send({ type: "take over" })
  two.drain()
  expect(two.text).toBe(one.text)
  expect(two.open).toMatchObject({ tab: { is: "writing" }, left: true, target: { into: "main", pull: 0 } })
  // And back: where this tab knows that it was left, and the draft is from before.
  const before: Draft = { ...two.draft()!, left: undefined, version: two.draft()!.version + 1 }
  one.send({ type: "take over" })
  one.send({ type: "took over", now: one.text, draft: before })
  expect(one.open).toMatchObject({ tab: { is: "writing" }, left: false, target: { into: "main", pull: world.repository.pulls[0]!.number } })
})

test("the other tab's text, when it is chosen, goes where that tab went", () => {
  const { world, one, two } = continued()
  world.repository.pulls[0]!.state = "closed"
  submit(one)
  one.send({ type: "leave pull" })
  one.drain()
  one.send({ type: "save", now: one.text })
  one.drain()
  const theirs = one.draft()!
  two.send({ type: "take over" })
  two.send({ type: "took over", now: two.text, draft: undefined, unread: true })
  two.type()
  two.send({ type: "save", now: two.text })
  two.drain()
  expect(two.open?.other?.text).toBe(theirs.text)
  two.send({ type: "chose tab", text: theirs.text, shown: two.text, now: two.text })
  expect(two.open).toMatchObject({ other: null, left: true, target: { into: "main", pull: 0 } })
})

test("a refusal that comes when another tab writes opens no question, and is told", () => {
  const world = new World()
  const [one, two] = [world.browsers[0]!.open(), world.browsers[0]!.open()]
  one.drain()
  two.drain()
  one.type()
  one.send({ type: "submit opened", now: one.text, base: "main" })
  one.drain(pending => pending.effect.do !== "submit")
  one.press()
  one.drain(pending => pending.effect.do !== "submit")
  expect(one.open?.submitting.is).toBe("sending")
  two.send({ type: "take over" })
  two.drain()
  expect(one.open?.tab.is).toBe("watching")
  one.deliver(one.pending.findIndex(pending => pending.effect.do === "submit"), "badly")
  expect(one.open?.submitting.is).toBe("idle")
  expect(one.open?.notice).toContain("The server does not answer.")
})

test("a draft that was held back, and kept after all, is not another's", () => {
  const world = new World()
  const tab = world.browsers[0]!.open()
  tab.drain()
  tab.type()
  tab.send({ type: "save", now: tab.text })
  tab.deliver(tab.pending.findIndex(pending => pending.effect.do === "keep"), "late")
  expect(tab.open?.keeping.shown.kind).toBe("failed")
  const held = tab.text
  tab.type()
  tab.send({ type: "save", now: tab.text })
  // The one before is done first, and said to be when the next is under way.
  const [effect] = tab.held
  tab.land()
  expect(tab.draft()?.text).toBe(held)
  expect(effect?.do).toBe("keep")
  tab.drain()
  expect(tab.open?.other).toBeNull()
  expect(tab.open?.keeping.shown.kind).toBe("kept")
  expect(tab.draft()?.text).toBe(tab.text)
})

test("a draft that was held back is removed where its text was taken back meanwhile", () => {
  const world = new World()
  const tab = world.browsers[0]!.open()
  tab.drain()
  tab.type()
  tab.send({ type: "save", now: tab.text })
  tab.deliver(tab.pending.findIndex(pending => pending.effect.do === "keep"), "late")
  tab.undo()
  tab.send({ type: "save", now: tab.text })
  tab.drain()
  expect(tab.open?.keeping.shown.kind).toBe("unchanged")
  tab.land()
  tab.drain()
  expect(tab.draft()).toBeUndefined()
})

test("who may write in a draft's place: who saw it, and the page that wrote it before", () => {
  const kept = { version: 7, text: "same", wrote: { page: "one", turn: 3 } } as Draft
  expect(mayReplace(undefined, 0)).toBe(true)
  expect(mayReplace(kept, 7, { page: "two", turn: 1 })).toBe(true)
  expect(mayReplace(kept, 6, { page: "two", turn: 4 }), "another tab, whatever the text").toBe(false)
  expect(mayReplace(kept, 6, { page: "one", turn: 4 })).toBe(true)
  expect(mayReplace(kept, 6, { page: "one", turn: 2 }), "an older one that comes late").toBe(false)
  expect(mayReplace(kept, 6)).toBe(false)
  expect(mayReplace({ ...kept, wrote: undefined }, 6), "of nobody").toBe(false)
})

test("a draft of the same text that another tab has submitted stays submitted", () => {
  const world = new World()
  const browser = world.browsers[0]!
  const [one, two] = [browser.open(), browser.open()]
  one.drain()
  two.drain()
  submit(one)
  const there = one.draft()!
  expect(there.submitted).toBeDefined()
  // It takes over without having been told of the draft, and has the very text.
  two.send({ type: "take over" })
  two.send({ type: "took over", now: two.text, draft: undefined, unread: true })
  two.text = one.text
  two.send({ type: "typed" })
  two.send({ type: "save", now: two.text })
  two.drain()
  expect(two.open?.other).toBeNull()
  expect(two.draft()?.submitted, "as it was").toEqual(there.submitted)
  expect(two.open?.submission).toMatchObject({ is: "open", number: there.submitted!.number })
  expect(two.origin.sent).toEqual(there.sent)
})

test("where a text is taken, a draft that is there is shown, and the writer says what becomes of both", () => {
  const place = "edition"
  const begin = () => {
    const world = new World()
    world.repository.branches.set(place, world.repository.branches.get("main")!)
    const browser = world.browsers[0]!
    const there = browser.open({ branch: place })
    there.drain()
    there.type()
    there.send({ type: "save", now: there.text })
    there.drain()
    const tab = browser.open()
    tab.drain()
    tab.type()
    tab.send({ type: "carry", to: place, address: place, now: tab.text })
    tab.drain()
    const open = tab.open!
    expect(open.moving).toMatchObject({ is: "asking", theirs: { text: there.text } })
    expect(tab.gone, "nobody went anywhere").toBeNull()
    return { browser, tab, theirs: there.text }
  }
  const stays = begin()
  stays.tab.send({ type: "chose place", text: null })
  expect(stays.tab.open?.moving.is).toBe("staying")
  expect(stays.browser.drafts.get(place)?.text).toBe(stays.theirs)

  const goes = begin()
  goes.tab.send({ type: "chose place", text: goes.theirs, shown: goes.tab.text, now: goes.tab.text })
  expect(goes.tab.gone).toBe(place)
  expect(goes.browser.drafts.get(place)?.text).toBe(goes.theirs)
  expect(goes.browser.drafts.get("main")?.text, "what was written here waits").toBe(goes.tab.text)

  const both = begin()
  const text = [...new Set([...linesOf(both.theirs), ...linesOf(both.tab.text)])].join("\n") + "\n"
  both.tab.send({ type: "chose place", text, shown: both.tab.text, now: both.tab.text })
  both.tab.drain()
  expect(both.tab.gone).toBe(place)
  expect(both.browser.drafts.get(place)?.text).toBe(text)
  expect(both.browser.drafts.get("main"), "it is all there").toBeUndefined()
})

for (const [how, sentence] of [["there is another draft there by then", ""], ["the browser does not take it", "full"]] as const) {
  test("what is written into the comparison with a draft that is there is kept until it is there: " + how, () => {
    emptyStorage()
    const world = new World()
    const [browser] = world.browsers as [typeof world.browsers[number]]
    const there = browser.open({ branch: "edition" })
    const on = (tab: Tab) => {
      tab.type()
      tab.send({ type: "save", now: tab.text })
      tab.drain()
    }
    there.drain()
    on(there)
    const tab = browser.open()
    tab.drain()
    on(tab)
    tab.send({ type: "carry", to: "edition", address: "edition", now: tab.text })
    tab.drain()
    const theirs = () => browser.drafts.get("edition")!
    const place = comparedThere({ ...theirs(), branch: "main" })
    const kept = keptChoice(place, tab.text, theirs().text)
    const written = tab.text + "written into the comparison\n"
    kept.put(written)
    if (sentence) browser.full = true
    else on(there)
    tab.send({ type: "chose place", text: written, shown: tab.text, now: tab.text })
    expect(viewOf(tab.life).placeChoice, "the dialog stays").toMatchObject({ busy: true })
    tab.drain()
    expect(viewOf(tab.life).placeChoice).toEqual({ theirs: theirs(), busy: false, why: sentence })
    expect(tab.gone).toBeNull()
    // In it, or offered beside it.
    const again = keptChoice(place, tab.text, theirs().text)
    expect([again.begin, ...again.left()].join("")).toContain("written into the comparison\n")
    browser.full = false
    tab.send({ type: "chose place", text: written, shown: tab.text, now: tab.text })
    tab.drain()
    expect([tab.gone, theirs().text, viewOf(tab.life).placeChoice]).toEqual(["edition", written, null])
  })
}

test("a text that cannot be taken along in time stays, and says so", () => {
  const world = new World()
  world.repository.branches.set("edition", world.repository.branches.get("main")!)
  const tab = world.browsers[0]!.open()
  tab.drain()
  tab.type()
  tab.send({ type: "carry", to: "edition", address: "edition", now: tab.text })
  tab.drain(pending => pending.effect.do === "keep")
  tab.deliver(tab.pending.findIndex(pending => pending.effect.do === "carry"), "late", { twice: true })
  expect(tab.open?.moving.is).toBe("staying")
  expect(tab.open?.notice).toBe("late")
  expect(tab.gone).toBeNull()
  expect(tab.typable).toBe(true)
  expect(tab.draft()?.text, "it is kept here").toBe(tab.text)
})

test("a draft that the browser has lost is kept again, and one that was forgotten is not said to be kept", () => {
  const world = new World()
  const [ada] = world.browsers as [typeof world.browsers[number]]
  const tab = ada.open()
  tab.drain()
  tab.type()
  tab.drain()
  expect(tab.open?.keeping.shown.kind).toBe("kept")
  ada.wipe()
  tab.look()
  expect(tab.open?.keeping).toMatchObject({ is: "waiting", shown: { kind: "pending" } })
  tab.drain()
  expect([tab.open?.keeping.shown.kind, tab.draft()?.text]).toEqual(["kept", tab.text])

  ada.forget()
  tab.look()
  tab.drain()
  expect(tab.open?.keeping).toMatchObject({ is: "resting", shown: { kind: "failed", why: "forgotten" } })
  expect(tab.draft()).toBeUndefined()
  tab.type()
  tab.drain()
  expect([tab.open?.keeping.shown.kind, tab.draft()?.text]).toEqual(["kept", tab.text])
})

for (const [how, ending] of [["has failed", "badly"], ["has not ended", null]] as const) {
  test(`what is forgotten with all drafts while its keeping ${how} is neither left nor kept`, () => {
    const [ada] = new World().browsers as [World["browsers"][number]]
    const tab = ada.open()
    tab.drain()
    tab.type()
    tab.send({ type: "save", now: tab.text })
    const keeping = tab.pending.findIndex(pending => pending.effect.do === "keep")
    if (ending) tab.deliver(keeping, ending)
    // Another window is looked at.
    tab.send({ type: "leaving", now: tab.text })
    expect(ada.lines()).toContain(linesOf(tab.text).at(-1))
    ada.forget()
    expect(tab.open?.keeping).toMatchObject({ is: "resting", shown: { kind: "failed", why: "forgotten" } })
    // What was on its way comes to its end after the rest is removed.
    tab.drain()
    expect([ada.drafts.size, tab.open?.keeping.shown.kind]).toEqual([0, "failed"])
    tab.close(false)
    expect(ada.lines()).toEqual([])
  })
}

test("what is forgotten with all drafts beside another tab's text is not left", () => {
  const { one, two } = takenOver()
  one.type()
  one.send({ type: "forgotten", why: "forgotten", all: true })
  expect(one.open?.keeping.shown.kind).toBe("failed")
  one.close(false)
  expect(one.browser.parted.get(one.key) ?? []).toEqual([])
  // One draft that is forgotten is not this text.
  two.type()
  two.send({ type: "forgotten", why: "forgotten", all: false })
  expect(two.open?.keeping.shown.kind).toBe("pending")
})

/// The draft is kept, and the tab does not hear of it.
function unheard(tab: Tab): void {
  tab.deliver(tab.pending.findIndex(pending => pending.effect.do === "keep"), "well", { answer: false })
}

test("what was taken back in the last moment before the page was left does not come back", () => {
  const world = new World()
  const [ada] = world.browsers as [typeof world.browsers[number]]
  const tab = ada.open()
  tab.drain()
  const before = tab.text
  tab.type()
  tab.drain()
  const kept = tab.text
  tab.undo()
  expect([tab.text, tab.draft()?.text]).toEqual([before, kept])
  // Nothing that was to be done about it is done any more.
  tab.close(false)
  const again = ada.open()
  again.drain()
  expect([again.text, again.draft()]).toEqual([before, undefined])
  expect(again.open?.keeping.shown.kind).toBe("unchanged")

  // Also where what was typed before that is still being kept, and nobody was told.
  again.type()
  again.send({ type: "save", now: again.text })
  unheard(again)
  expect(again.draft()?.text).toBe(again.text)
  again.undo()
  again.close(false)
  const third = ada.open()
  third.drain()
  expect([third.text, third.draft(), third.open?.other]).toEqual([before, undefined, null])
})

test("a draft that is kept though the browser said that it is not does not come back once it was taken back", () => {
  const [ada] = new World().browsers as [World["browsers"][number]]
  const tab = ada.open()
  tab.drain()
  const before = tab.text
  tab.type()
  tab.send({ type: "save", now: tab.text })
  tab.deliver(tab.pending.findIndex(pending => pending.effect.do === "keep"), "lost")
  expect([tab.open?.keeping.shown.kind, tab.draft()?.text]).toEqual(["failed", tab.text])
  tab.undo()
  tab.drain()
  expect(tab.open?.keeping.shown.kind).toBe("unchanged")
  // That is remembered whatever is typed and taken back after it.
  tab.type()
  tab.undo()
  tab.close(false)
  const again = ada.open()
  again.drain()
  expect([again.text, again.draft()]).toEqual([before, undefined])
})

test("a page is not asked about what it left and what it had just written, as if two tabs had", () => {
  const world = new World()
  const [ada] = world.browsers as [typeof world.browsers[number]]
  const tab = ada.open()
  tab.drain()
  tab.type()
  tab.send({ type: "save", now: tab.text })
  unheard(tab)
  expect(tab.draft()?.text).toBe(tab.text)
  tab.type()
  const last = tab.text
  tab.close(false)
  const again = ada.open()
  again.drain()
  expect([again.text, again.draft()?.text, again.open?.other]).toEqual([last, last, null])
})

test("what becomes of what a page left, by what is kept", () => {
  const kept = (version: number, page: string, turn: number, text = "kept") => ({ version, text, wrote: { page, turn } }) as Draft
  const left = (text: string | null, seen: number) => ({ draft: text === null ? null : ({ text } as Draft), seen, page: "one", turn: 5 })
  const fates: [string, Parameters<typeof fateOf>[0], Draft | undefined, ReturnType<typeof fateOf>][] = [
    ["a text, and nothing is kept", left("left", 3), undefined, "newer"],
    ["nothing, and nothing is kept", left(null, 3), undefined, "outdated"],
    ["a text that went on from what is kept", left("left", 3), kept(3, "two", 9), "newer"],
    ["nothing in the place of what is kept", left(null, 3), kept(3, "two", 9), "newer"],
    ["a text after one of the same page that nobody heard of", left("left", 3), kept(4, "one", 4), "newer"],
    ["nothing, after such a one", left(null, 0), kept(4, "one", 4), "newer"],
    ["a text that the same page has gone on from", left("left", 3), kept(4, "one", 6), "outdated"],
    ["a text beside another tab's", left("left", 3), kept(4, "two", 1), "apart"],
    ["the same as another tab's", left("kept", 3), kept(4, "two", 1), "outdated"],
    ["nothing, and another tab has written since", left(null, 3), kept(4, "two", 1), "outdated"],
    ["one of an earlier Galley", { draft: { text: "left" } as Draft, seen: 3 }, kept(4, "one", 4), "apart"],
  ]
  for (const [what, parting, draft, fate] of fates) expect(fateOf(parting, draft), what).toBe(fate)
})

/// Two tabs of a browser. The first has typed, and the second was opened on its draft.
function watched(): { browser: World["browsers"][number]; one: Tab; two: Tab } {
  const browser = new World().browsers[0]!
  const one = browser.open()
  one.drain()
  one.type()
  one.drain()
  const two = browser.open()
  two.drain()
  expect([two.text, two.open?.tab.is]).toEqual([one.text, "watching"])
  return { browser, one, two }
}

test("a text that was forgotten stays on its screen when its tab writes again after one that did not ask it", () => {
  const browser = new World().browsers[0]!
  const one = browser.open()
  one.drain()
  one.type()
  one.drain()
  const { text } = one
  browser.forget()
  const two = browser.open()
  two.drain()
  two.send({ type: "take over" })
  two.deliver(0, "late")
  expect([one.open?.tab.is, two.open?.tab.is]).toEqual(["watching", "writing"])
  one.send({ type: "take over" })
  one.drain()
  expect(one.text).toBe(text)
  expect(one.open?.keeping).toMatchObject({ is: "resting", shown: { kind: "failed", why: "forgotten" } })
  expect(one.draft(), "it is not kept behind the writer's back").toBeUndefined()
  one.type()
  one.drain()
  expect(one.draft()?.text).toBe(one.text)
})

test("a forgotten text and what another tab has kept since are both the writer's to choose from", () => {
  const { browser, one, two } = watched()
  const text = one.text
  browser.forget()
  two.send({ type: "take over" })
  two.deliver(0, "late")
  two.type()
  two.drain()
  one.send({ type: "take over" })
  one.drain()
  expect([one.text, one.open?.other?.text]).toEqual([text, two.text])
})

test("a tab that takes over where the draft is gone keeps its text on the screen, and says that nothing keeps it", () => {
  const { browser, one, two } = watched()
  const text = two.text
  // Submitted and done with, forgotten on the desk or lost: nobody tells this tab.
  one.close(false)
  browser.drafts.clear()
  two.send({ type: "take over" })
  two.drain()
  expect(two.text).toBe(text)
  const keeping = two.open!.keeping
  expect(keeping).toMatchObject({ is: "resting", seen: 0, shown: { kind: "failed" } })
  expect(keeping.shown.kind === "failed" && keeping.shown.why).toContain("has no draft in this browser any more")
  expect(two.draft()).toBeUndefined()
  two.type()
  two.drain()
  expect([two.open?.keeping.shown.kind, two.draft()?.text]).toEqual(["kept", two.text])
})

test("a tab that takes over from one where all was taken back goes back too, says so, and can undo it", () => {
  const { one, two } = watched()
  const text = two.text
  one.undo()
  two.send({ type: "take over" })
  two.drain()
  expect(two.text).toBe(one.text)
  expect(two.open?.keeping.shown.kind).toBe("unchanged")
  expect(two.open?.notice).toContain("was taken back in the other tab")
  two.undo()
  two.drain()
  expect([two.text, two.draft()?.text]).toEqual([text, text])
})

test("what a page left behind is asked about where the answer is kept, in the tab that writes", () => {
  const world = new World()
  const browser = world.browsers[0]!
  const [a, b] = [browser.open(), browser.open()]
  a.drain()
  b.drain()
  a.type()
  a.drain()
  b.send({ type: "take over" })
  b.drain()
  b.type()
  b.drain()
  a.type() // a picture that was on its way
  const words = linesOf(a.text).at(-1)!
  a.close(false)
  const c = browser.open()
  c.drain()
  expect(c.open?.tab.is).toBe("watching")
  expect(viewOf(c.life).tabChoice).toBeNull()
  c.send({ type: "chose tab", text: c.text + words + "\n", shown: c.text, now: c.text })
  expect(browser.lines()).toContain(words)
  expect(c.text).not.toContain(words)
  c.send({ type: "take over" })
  c.drain()
  expect(viewOf(c.life).tabChoice?.text).toContain(words)
  c.answer("both")
  c.send({ type: "save", now: c.text })
  c.drain()
  expect(linesOf(c.draft()?.text ?? "")).toContain(words)
  world.check()
})

test("where the browser did not say whether it keeps a draft, none is denied", () => {
  const place = { branch: "main", path: "_posts/2026-03-08-tides.md", into: "", pull: 0 }
  const read = { place, draft: undefined, other: null, unread: true, fresh: null, target: { into: "", pull: 0, title: "", url: "" }, left: false, began: null, renamed: null, notice: "", asBefore: false }
  const there = { path: place.path, text: "Words.\n", blob: "1", commit: "1", branch: "main", url: "" }
  const notice = (file: Read["file"], unread: boolean) => {
    const life = open({ phase: "claiming", place, read: { ...read, unread, file } }, true, [])
    return "notice" in life ? life.notice : ""
  }
  for (const file of ["unknown", null, there] as const) {
    expect(notice(file, true)).toContain("did not say whether it keeps a draft")
    expect(notice(file, true)).toContain("Reload the page")
  }
  expect(notice("unknown", false)).toMatch(/keeps no draft of this post\.$/)
  expect(notice(null, false)).toBe("_posts/2026-03-08-tides.md is not on main, and this browser keeps no draft of it.")
  expect(notice(there, false)).toBe("")
})

for (const take of ["both", "theirs", "mine"] as const) {
  test(`what a page left behind stays until the browser has what the writer made of it: ${take}`, () => {
    const world = new World()
    const browser = world.browsers[0]!
    const before = browser.open()
    before.drain()
    before.type()
    before.drain()
    // A page of the same post that was left has words of its own.
    const left = { ...before.draft()!, text: before.text + world.line(browser.name) + "\n", version: 0 }
    browser.part(before.key, { draft: left, seen: 0, page: "gone", turn: 1 })
    const words = linesOf(left.text).at(-1)!
    before.close(false)
    const tab = browser.open()
    tab.drain()
    expect(viewOf(tab.life).tabChoice?.text).toBe(left.text)
    tab.answer(take)
    expect(viewOf(tab.life).tabChoice).toBeNull()
    for (const why of ["badly", "late"] as const) {
      tab.drain(pending => pending.effect.do === "wait")
      tab.deliver(tab.pending.findIndex(pending => pending.effect.do === "keep"), why)
      expect(browser.lines(), why).toContain(words)
    }
    // Its process ends: they are asked again, and nothing is gone.
    const chosen = tab.text
    tab.close(true)
    const again = browser.open()
    again.drain()
    expect(viewOf(again.life).tabChoice?.text).toBe(left.text)
    again.answer(take)
    expect(again.text).toBe(chosen)
    again.drain()
    expect(again.draft()?.text).toBe(chosen)
    expect([...browser.parted.values()].flat()).toEqual([])
  })
}

test("what was chosen and left again is not asked about once more", async () => {
  emptyStorage()
  const key = { site: "s", person: "ada", branch: "main", path: "_posts/2026-03-08-tides.md" }
  let kept: Draft = { ...key, text: "one\n", blob: "b", base: "", title: "", updated: 1, version: 3 }
  const drafts = {
    get: async () => kept,
    put: async (draft: Draft, seen: number) => (expect(seen).toBe(kept.version), (kept = { ...draft, version: seen + 1, updated: 1 })),
  } as unknown as Drafts
  const { version, ...words } = kept
  leaveBehind(key, { draft: { ...words, text: "left\n" }, seen: 1, page: "gone", turn: 1 })
  expect((await recover(drafts, key)).other?.text).toBe("left\n")
  // It is chosen, and its page goes before the browser has it.
  leaveBehind(key, { draft: { ...words, text: "left\n" }, seen: version, page: "later", turn: 1 })
  expect(await recover(drafts, key)).toMatchObject({ draft: { text: "left\n" }, other: null })
  expect(await recover(drafts, key)).toMatchObject({ draft: { text: "left\n" }, other: null })
  expect(Object.keys(localStorage)).toEqual([])
})

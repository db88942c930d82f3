// Tab is a post that is open: its life, an editor that can undo, the writer before it,
// and effects whose answers come when the test says, or fail, or come twice, or never.
import type { Draft, Wrote } from "../../src/post/drafts"
import { reading } from "../../src/post/life/begin"
import type { Effect, Event } from "../../src/post/life/events"
import type { Life, Open, Place, Read } from "../../src/post/life/state"
import { step } from "../../src/post/life/step"
import { viewOf } from "../../src/post/life/view"
import type { PieceChoice } from "../../src/post/merge"
import { originOf, type Origin } from "../../src/text/origin"
import type { Browser } from "./browser"
import { serve, type Ending } from "./serving"
import { blobOf, linesOf, path, textOf } from "./texts"
import type { World } from "./world"

/// An effect that is not answered yet.
interface Pending {
  effect: Effect
  event?: Event
}

interface Done {
  text: string
  /// What the text was made from before, where that changed with it.
  origin: Origin | null
}

export class Tab {
  life: Life
  text = ""
  /// Names the page in what it writes.
  readonly page: string
  /// What the browser holds back.
  held: Effect[] = []
  /// Whether the browser lost its drafts since it was looked.
  stale = false
  /// Where the writer was taken to; null for nowhere. With that text.
  gone: string | null = null
  carried = ""
  origin: Origin = originOf("", "")
  pending: Pending[] = []
  /// The text as the question shows it that is before the writer; null for none.
  private compared: string | null = null
  private undone: Done[] = []
  private done: Done[] = []
  private readonly queue: Event[] = []
  private stepping = false

  constructor(readonly browser: Browser, readonly place: Place) {
    this.life = reading(place)
    this.page = String(browser.world.later())
    this.read()
  }

  get world(): World {
    return this.browser.world
  }

  get key(): string {
    return this.place.branch
  }

  draft(): Draft | undefined {
    return this.browser.drafts.get(this.key)
  }

  /// Reads as opening a post does.
  private read(): void {
    const { repository } = this.world
    const { draft, other } = this.browser.recover(this.key)
    const read: Read = {
      place: this.place, file: repository.file(this.place.branch), draft, other, unread: false, fresh: null, target: { into: "", pull: 0, title: "", url: "" },
      left: false, began: null, renamed: null, notice: "", asBefore: false,
    }
    if (this.place.pull) {
      const pull = repository.pulls.find(pull => pull.number === this.place.pull)!
      if (pull.state === "open") read.target = { into: pull.base, pull: pull.number, title: "", url: "" }
      else {
        const began = repository.began(pull.branch)
        Object.assign(read, {
          file: repository.file(pull.base), left: true, target: { into: pull.base, pull: 0, title: "", url: "" },
          began: pull.state === "merged" ? null : { blob: blobOf(began), text: began, head: blobOf(repository.at(pull.branch) ?? "") },
        })
      }
    }
    this.send({ type: "read", read })
  }

  send(event: Event): void {
    this.queue.push(event)
    if (this.stepping) return
    this.stepping = true
    for (let next = this.queue.shift(); next; next = this.queue.shift()) {
      const before = this.life.phase
      const { state, effects } = step(this.life, next)
      this.life = state
      if (before === "claiming" && state.phase === "open") {
        this.text = state.initial
        this.origin = state.origin
      }
      effects.forEach(effect => this.carry(effect, next.type))
    }
    this.stepping = false
    this.compared = this.asked ? (this.compared ?? this.text) : null
  }

  /// Whether two texts are before the writer to choose from.
  get asked(): boolean {
    const { open } = this
    return open !== null && (open.other !== null || viewOf(open).placeChoice !== null || open.meeting.is === "choosing")
  }

  private carry(effect: Effect, by: Event["type"]): void {
    const { browser } = this
    switch (effect.do) {
      case "claim tab": {
        this.holds = !browser.tabs.some(tab => tab.key === this.key && tab !== this && tab.holds)
        return this.send({ type: "tab", writer: this.holds })
      }
      case "write":
        // What merges by itself takes out only what somebody took out.
        if (by === "merged") this.world.written(null, this.text, effect.text)
        this.done.push({ text: this.text, origin: effect.from ? this.origin : null })
        this.undone = []
        if (this.text !== effect.text) this.send({ type: "typed" })
        this.text = effect.text
        if (effect.from) {
          this.origin = effect.from
          this.send({ type: "remade", origin: effect.from })
        }
        return
      case "set origin":
        this.origin = effect.origin
        return this.send({ type: "remade", origin: effect.origin })
      case "part":
        return browser.part(this.key, { draft: effect.draft && this.whole(effect.draft, effect.seen), seen: effect.seen, page: this.page, turn: effect.turn })
      case "forget parting":
        return browser.forgetParting(this.key, one => one.page === this.page || (one.draft !== null && effect.others.includes(one.draft.text)))
      case "discard":
        if (!browser.full && this.draft()?.version === effect.seen) browser.drafts.delete(this.key)
        return
      case "go":
        this.gone = effect.address
        return
      case "forget comparison":
        browser.compared.delete(this.key)
        return
      case "lock":
      case "forget pictures":
      case "keep pictures":
        return
      default:
        this.pending.push({ effect })
    }
  }

  /// Whether it is the tab that may write, as the browser has it.
  holds = false

  whole(draft: Partial<Draft>, version: number, wrote?: Wrote): Draft {
    return { site: "", person: this.browser.person, path, branch: this.key, title: "", updated: 0, text: "", blob: "", base: "", ...draft, version, wrote }
  }
  /// `answer`: whether the answer arrives now; otherwise it does later, and `twice`
  /// once more after that.
  deliver(at: number, ending: Ending, { collide = false, answer = true, twice = false } = {}): void {
    const one = this.pending[at % this.pending.length]
    if (!one) return
    const event = one.event ?? serve(this, one.effect, one.effect.do === "wait" ? "well" : ending, collide)
    one.event = event
    if (!answer) return
    if (!twice) this.pending.splice(this.pending.indexOf(one), 1)
    this.send("now" in event ? { ...event, now: this.text } : event)
  }

  /// The browser does what it held back longest.
  land(): void {
    const effect = this.held.shift()
    if (!effect) return
    const event = serve(this, effect, "well", false)
    this.send("now" in event ? { ...event, now: this.text } : event)
  }

  /// Has everything answered, well.
  drain(which: (pending: Pending) => boolean = () => true): void {
    for (let i = 0; ; i++) {
      const at = this.pending.findIndex(which)
      if (at < 0) return
      if (i > 200) throw new Error("it never comes to rest: " + JSON.stringify(this.pending[at]!.effect.do))
      this.deliver(at, "well")
    }
  }

  /// What the writer does to the text by hand.
  private byHand(text: string, act: () => void): void {
    const { alive } = this.world
    const mine = (line: string) => line.startsWith(this.browser.name + " ")
    const [before, after] = [linesOf(this.text), linesOf(text)]
    for (const line of before) if (mine(line) && !after.includes(line)) alive.delete(line)
    for (const line of after) if (mine(line) && !before.includes(line)) alive.set(line, this.browser.name)
    act()
  }

  get open(): Open | null {
    return this.life.phase === "open" ? this.life : null
  }

  /// Whether the editor takes keys: no dialog is before it.
  get typable(): boolean {
    const { open } = this
    return open !== null && open.tab.is === "writing" && open.other === null && viewOf(open).placeChoice === null && open.meeting.is !== "colliding" && open.meeting.is !== "choosing" && open.submitting.is === "idle"
  }

  type(): void {
    this.edit([...linesOf(this.text), this.world.line(this.browser.name)])
  }

  remove(at: number): void {
    const mine = linesOf(this.text).filter(line => line.startsWith(this.browser.name + " "))
    if (mine.length > 0) this.edit(linesOf(this.text).filter(line => line !== mine[at % mine.length]))
  }

  private edit(lines: string[]): void {
    const text = textOf(lines)
    this.byHand(text, () => {
      this.done.push({ text: this.text, origin: null })
      this.undone = []
      this.text = text
      this.send({ type: "typed" })
    })
  }

  /// As the driver does it now and then.
  look(): void {
    const seen = this.open?.keeping.seen
    if (seen === undefined || this.browser.full) return
    // What it was told before, and hears of later, it believes until the next look.
    this.stale = this.stale && this.pending.some(one => one.event)
    this.send({ type: "looked", seen, now: this.text, draft: this.draft() })
  }

  undo(again = false): void {
    const [from, to] = again ? [this.undone, this.done] : [this.done, this.undone]
    const last = from.pop()
    if (!last) return
    this.byHand(last.text, () => {
      to.push({ text: this.text, origin: last.origin && this.origin })
      const changed = this.text !== last.text
      this.text = last.text
      if (changed) this.send({ type: "typed" })
      if (last.origin) {
        this.origin = last.origin
        this.send({ type: "remade", origin: last.origin })
      }
    })
  }

  /// The writer answers whatever is asked, and gives nothing up; with `theirs`, takes
  /// the other's where there is a choice. Where texts of two places are compared they may
  /// write something into it first.
  answer(take: "both" | "mine" | "theirs", writes = false): void {
    const { open, browser } = this
    if (!open || open.tab.is !== "writing") return
    const now = this.text
    const shown = this.compared ?? now
    const leave = (from: string, text: string) => {
      for (const line of linesOf(from)) {
        if (linesOf(text).includes(line)) continue
        browser.dropped.add(line)
        if (line.startsWith(browser.name + " ")) this.world.alive.delete(line)
      }
    }
    const one = (mine: string, theirs: string) => {
      const text = take === "mine" ? mine : take === "theirs" ? theirs : textOf([...new Set([...linesOf(mine), ...linesOf(theirs)])])
      // Where something came into the text behind the question nothing is chosen yet.
      if (mine !== now) return text
      leave(mine, text)
      leave(theirs, text)
      return text
    }
    // Where it is asked again, it is about the text as it is by now.
    this.compared = null
    if (open.other) return this.send({ type: "chose tab", text: one(shown, open.other.text), shown, now })
    if (open.moving.is === "asking") return this.answerPlace(open.moving.theirs, take === "theirs" ? null : one(shown, open.moving.theirs.text), shown, writes)
    const { meeting } = open
    if (meeting.is === "choosing") return this.send({ type: "chose text", text: one(shown, meeting.theirs?.text ?? ""), shown, now })
    if (meeting.is === "colliding") {
      const choices = meeting.up.pieces.filter(piece => piece.kind === "collision").map((piece): PieceChoice => {
        if (take === "mine") leave(piece.theirs, piece.mine)
        if (take === "theirs") leave(piece.mine, piece.theirs)
        return { take }
      })
      this.send({ type: "chose pieces", choices, now })
    }
  }

  /// The writer answers which text goes to another place: `text`, or null for what is there.
  private answerPlace(theirs: Draft, text: string | null, shown: string, writes: boolean): void {
    const { browser, key } = this
    const before = linesOf(browser.compared.get(key) ?? "")
    if (text === null) {
      // With the other's text both stay, and what was written into the comparison does not.
      for (const line of before) if (!linesOf(this.text).includes(line) && !linesOf(theirs.text).includes(line)) this.world.alive.delete(line)
      this.send({ type: "chose place", text: theirs.text, shown, now: this.text })
    } else {
      // It is carried over where it is asked again.
      const lines = new Set([...linesOf(text), ...before.filter(line => this.world.alive.has(line)), ...(writes ? [this.world.line(browser.name)] : [])])
      if (lines.size > linesOf(text).length) browser.compared.set(key, textOf([...lines]))
      this.send({ type: "chose place", text: textOf([...lines]), shown, now: this.text })
    }
    if (!this.open || viewOf(this.open).placeChoice === null) browser.compared.delete(key)
  }

  /// The writer takes a section: a commit that changes nothing, in the pull request that
  /// is open or in a new one.
  claim(): void {
    const { world: { repository }, browser: { person }, open } = this
    const branch = open?.target.pull ? this.place.branch : repository.ownBranch(person, "main")
    const there = repository.openPull(branch)
    if (!there && open?.target.pull) return // the forges refuse one that is closed
    const holds = repository.file(there ? branch : "main")
    if (!holds) return
    if (!there) repository.branches.set(branch, repository.add([repository.branches.get("main")!], holds.text))
    const before = there ? repository.began(branch) : holds.text
    const { number } = there ?? repository.propose(branch, person)
    this.send({ type: "claimed", now: this.text, pull: repository.pull(number), holds, before })
  }

  /// `base` is what the dialog's choice of it says; there is one where the text is not
  /// for a pull request that is there.
  press(base = "main"): void {
    const { open } = this
    if (open?.submitting.is !== "asking") return
    const { text } = open.submitting
    this.send({ type: "submit", now: this.text, text, blob: blobOf(text), form: { base: open.target.into || base, title: "Edit", message: "", signOff: false } })
  }

  /// The tab is closed, or its process dies.
  close(dies: boolean): void {
    const { browser, world } = this
    const said = this.open?.keeping
    // They were asked before they left what they had forgotten.
    const forgotten = said?.is === "resting" && said.shown.kind === "failed"
    const safe = !this.stale && said?.is === "resting" && (said.shown.kind === "kept" || said.shown.kind === "unchanged")
    if (!dies && this.open) this.send({ type: "leaving", now: this.text })
    if (!dies) browser.left(this)
    browser.tabs.splice(browser.tabs.indexOf(this), 1)
    if (safe || (!dies && !browser.full && !this.stale && !forgotten)) return
    // What nobody promised to keep may be gone, though a tab that only shows the post has
    // it on its screen still.
    const kept = browser.lines()
    const elsewhere = browser.tabs.filter(tab => tab.open?.tab.is === "writing").flatMap(tab => linesOf(tab.text))
    for (const line of linesOf(this.text)) {
      if (line.startsWith(browser.name + " ") && !kept.includes(line) && !elsewhere.includes(line) && !world.repository.ever.has(line)) world.alive.delete(line)
    }
  }
}

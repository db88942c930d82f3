// Driver carries out what a post's life (life/step.ts) says is to be done: it asks
// the server, writes drafts, waits, commands the editor, and tells the life what came
// of it. What asks the server or keeps a draft is answered, at the latest when its
// time is over.
import { inTime } from "../base/in-time"
import { t } from "../base/words"
import { hearForgotten } from "./forgetting"
import { problemOf } from "../forge/api"
import { comparedThere, forgetChoice } from "./kept-choice"
import type { PostContext } from "./post-context"
import type { DraftKey } from "./drafts"
import type { Editor, EditorOptions } from "../editor/editor"
import type { Written } from "../editor/written"
import type { Effect, Event } from "./life/events"
import { reading } from "./life/begin"
import { saysKept, unchangedFile } from "./life/keeping"
import { keptOf, type KeepState, type Life, type Place, type Read } from "./life/state"
import { step } from "./life/step"
import { catchUp } from "./merge"
import type { Pictures } from "./pictures"
import { originOf } from "../text/origin"
import { createPresence, presenceName, type Presence } from "./presence"
import { createLooking } from "./looking"
import { readDraft } from "./reading"
import { readInPull } from "./in-pull"
import { createKeeper } from "./keeper"
import { createSending } from "./sending"

/// How long after a failure it is tried again, in milliseconds.
const retryDelay = 5_000

/// How often it is looked whether what was kept is still there, and how long the
/// database may take to say so, in milliseconds.
const lookInterval = 10_000
const lookLimit = 15_000

export interface DriverOptions {
  app: PostContext
  key: DraftKey
  place: Place
  pictures: Pictures
  /// Reads the post and what this browser keeps.
  read: () => Promise<Read>
  editor: () => Editor | null
  /// The post's title, for its draft.
  title: () => string
  /// How long after a change it is kept, in milliseconds.
  delay: () => number
  /// Called when the post is open, before anything is done about it.
  onOpen: () => void
  /// Puts into the text what was typed beside it and belongs there; null where that is
  /// nothing. It is kept afterwards.
  settle: () => Promise<void> | null
}

export interface Driver {
  /// What is known of the post, for those who draw it.
  store: { get(): Life; subscribe(listener: () => void): () => void }
  send(event: Event): void
  /// What the editor begins with.
  beginning(): Required<Pick<EditorOptions, "text" | "origin" | "since">>
  /// The editor's text, or what it will begin with.
  text(): string
  /// Keeps the draft now, and answers whether it is.
  save(): Promise<KeepState>
  destroy(): void
}

export function createDriver(options: DriverOptions): Driver {
  const { app, key, place, editor } = options
  const { api, drafts } = app
  const { path } = place
  const looking = createLooking(api, path)
  const keeper = createKeeper({ drafts, key, title: options.title })
  const sending = createSending({ api, branch: place.branch, path, pictures: options.pictures })
  const listeners = new Set<() => void>()
  const queue: Event[] = []
  let life: Life = reading(place)
  let opened = { text: "", origin: originOf("", "") }
  // What was written into the text since by others' doing, while there is no editor yet.
  const since: Written[] = []
  let presence: Presence | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let waiting: ((keep: KeepState) => void)[] = []
  let stepping = false
  let gone = false // after pagehide
  let destroyed = false
  let askedToPersist = false

  const text = () => editor()?.text() ?? since.reduce((text, written) => written.text ?? text, opened.text)
  const shown = (): KeepState => (life.phase === "open" ? keptOf(life) : { kind: "unchanged" })

  function send(event: Event): void {
    queue.push(event)
    // A page that goes away runs on for a while, and its last words may come into the text
    // only then, out of the form or from behind a script: no timer would keep them.
    if (event.type === "typed" && (gone || document.visibilityState === "hidden")) queue.push({ type: "leaving", now: text() })
    if (stepping) return
    stepping = true
    try {
      for (let next = queue.shift(); next; next = queue.shift()) take(next)
    } finally {
      stepping = false
    }
  }

  function take(event: Event): void {
    const before = life
    const { state, effects } = step(life, event)
    life = state
    if (before.phase !== "open" && life.phase === "open") {
      opened = { text: life.initial, origin: life.origin }
      options.onOpen()
    }
    effects.forEach(carryOut)
    if (life.phase !== "open" || life.keeping.is !== "writing") {
      const settled = waiting
      waiting = []
      settled.forEach(settle => settle(shown()))
    }
    if (life === before) return
    if (life.phase === "open" && !(before.phase === "open" && keptOf(before) === keptOf(life))) told(keptOf(life))
    for (const listener of [...listeners]) listener()
  }

  function told(keep: KeepState): void {
    app.unsaved.tell(keep)
    if (keep.kind !== "kept" || askedToPersist) return
    askedToPersist = true
    void drafts.persist()
  }

  /// Tells what came of an effect, unless the post was left.
  function answer(promise: Promise<Event>): void {
    promise.then(tell, console.error)
  }

  function tell(event: Event): void {
    // What is decided by an answer is decided for the text as it is by then.
    if (!destroyed) send("now" in event ? { ...event, now: text() } : event)
  }

  function write(written: Written): void {
    const there = editor()
    if (there) there.put(written)
    else since.push(written)
  }

  function carryOut(effect: Effect): void {
    const now = ""
    switch (effect.do) {
      case "claim tab":
        return answer(claim())
      case "take over":
        return answer((async () => {
          const file = await presence?.takeOver()
          const { draft, unread } = await readDraft(drafts, key)
          return { type: "took over", now, draft, unread, file, own: keeper.isOwn(draft) }
        })())
      case "write":
        return write({ text: effect.text, origin: effect.from })
      case "set origin":
        return write({ origin: effect.origin })
      case "lock":
        return editor()?.setReadOnly(effect.on)
      case "wait":
        clearTimeout(timer)
        timer = setTimeout(() => send({ type: "due", ticket: effect.ticket, now: text() }), effect.long ? retryDelay : options.delay())
        return
      case "keep":
        return keeper.keep(effect, tell)
      case "remove":
        return keeper.remove(effect, tell)
      case "part":
        return keeper.part(effect)
      case "forget parting":
        return keeper.forgetParting(effect)
      case "forget pictures":
        return void options.pictures.forget(text())
      case "keep pictures":
        return void options.pictures.keepAgain()
      case "look":
        return answer(looking.look(effect))
      case "gather":
        return answer(looking.gather(effect))
      case "gather pull":
        return answer(looking.gatherPull(effect))
      case "merge": {
        const { ticket, base, since, next, theirs } = effect
        return answer(catchUp({ api, path, mine: text(), base, theirs, since, next }).then(
          up => ({ type: "merged", ticket, now, up }), (error: unknown) => ({ type: "not merged", ticket, now, problem: problemOf(error) })))
      }
      case "submit":
        return answer(sending.submit(effect, step => !destroyed && send({ type: "step", ticket: effect.ticket, step })))
      case "look at pull":
        app.quiet.pull(effect.number).then(({ pull }) => !destroyed && send({ type: "stands", pull }), () => {})
        return
      case "leave pull":
        return answer(readInPull(api, place, async () => place).then(
          left => ({ type: "pull left", ticket: effect.ticket, now, target: left!.target, began: left!.began }),
          (error: unknown) => ({ type: "pull not left", ticket: effect.ticket, now, sentence: problemOf(error).sentence })))
      case "carry":
        return answer(keeper.carry(effect))
      case "discard":
        return keeper.discard(effect)
      case "forget comparison":
        return forgetChoice(comparedThere(key))
      case "go":
        return app.go(effect.address)
    }
  }

  async function claim(): Promise<Event> {
    const made = await createPresence({
      name: presenceName(key),
      onWriter: writer => send({ type: "tab", writer }),
      async onYield() {
        editor()?.releaseKeys()
        await save()
        return life.phase === "open" ? unchangedFile(life) : undefined
      },
    })
    if (destroyed) made.destroy()
    presence = made
    return { type: "tab", writer: made.writer }
  }

  function save(): Promise<KeepState> {
    return options.settle()?.then(keepNow) ?? keepNow()
  }

  function keepNow(): Promise<KeepState> {
    if (life.phase !== "open") return Promise.resolve(shown())
    return new Promise(resolve => {
      waiting.push(resolve)
      send({ type: "save", now: text() })
    })
  }

  /// Looks whether what is said to be kept is there. Where a connection was closed the
  /// next question opens another; a database that does not answer has nothing.
  async function look(): Promise<void> {
    if (life.phase !== "open" || !saysKept(life)) return
    const { seen } = life.keeping
    const ask = () => inTime(drafts.get(key), lookLimit)
    const draft = await ask().catch(ask).catch(() => undefined)
    if (draft?.version !== seen) tell({ type: "looked", seen, now: "", draft })
  }

  const looks = () => void look()
  const lookTimer = setInterval(looks, lookInterval)
  const unwatch = drafts.onClosed(looks)
  const unhear = hearForgotten(key, all => send({
    type: "forgotten", all,
    why: t("Not saved: this draft was forgotten, and its text is in this tab alone. It is kept again when you write on."),
  }))
  addEventListener("focus", looks)
  document.addEventListener("visibilitychange", looks)

  const leaving = () => send({ type: "leaving", now: text() })
  const hidden = () => document.visibilityState === "hidden" && leaving()
  const goes = () => {
    gone = true
    leaving()
  }
  const comes = () => (gone = false) // again, out of the browser's cache of pages
  document.addEventListener("visibilitychange", hidden)
  addEventListener("pagehide", goes)
  addEventListener("pageshow", comes)
  answer(options.read().then(read => ({ type: "read", read })))

  return {
    store: {
      get: () => life,
      subscribe(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    send, text, save,
    beginning: () => ({ ...opened, since }),
    destroy() {
      leaving()
      destroyed = true
      clearTimeout(timer)
      clearInterval(lookTimer)
      unwatch()
      unhear()
      removeEventListener("focus", looks)
      document.removeEventListener("visibilitychange", looks)
      document.removeEventListener("visibilitychange", hidden)
      removeEventListener("pagehide", goes)
      removeEventListener("pageshow", comes)
      presence?.destroy()
    },
  }
}

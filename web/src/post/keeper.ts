// Keeper keeps a post's draft in this browser as its life says, takes it to another
// place, and leaves it where a page that goes away still can. A browser may hold its
// database back without a word: each answer comes at the latest when its time is over.
import { inTime, TooLate } from "../base/in-time"
import { DraftMoved, NotKept, whyNotKept, type Draft, type DraftKey, type Drafts, type Wrote } from "./drafts"
import type { Effect, Event } from "./life/events"
import { forgetParting, leaveBehind } from "./parting-draft"
import { t } from "../base/words"

type Do<T extends Effect["do"]> = Extract<Effect, { do: T }>

export interface Keeper {
  /// Each tells what came of it; once more when it comes after its time. `now` is left
  /// empty in it.
  keep(effect: Do<"keep">, tell: (event: Event) => void): void
  remove(effect: Do<"remove">, tell: (event: Event) => void): void
  carry(effect: Do<"carry">): Promise<Event>
  discard(effect: Do<"discard">): void
  part(effect: Do<"part">): void
  forgetParting(effect: Do<"forget parting">): void
  /// Whether this page wrote a draft last.
  isOwn(draft: Draft | undefined): boolean
}

export interface KeeperOptions {
  /// How long the database may take before it counts as failed, in milliseconds.
  /// Defaults to 15,000.
  limit?: number
  drafts: Drafts
  key: DraftKey
  /// The post's title, for its draft.
  title: () => string
}

export function createKeeper({ drafts, key, title, limit = 15_000 }: KeeperOptions): Keeper {
  // Names this page in what it writes and leaves behind.
  const page = `${Date.now()} ${Math.random()}`

  function write(ticket: number, act: (wrote: Wrote) => Promise<Event>, tell: (event: Event) => void): void {
    const late = setTimeout(() => tell({ type: "not kept", ticket, now: "", why: whyNotKept(null) }), limit)
    void act({ page, turn: ticket }).catch((error: unknown): Event => {
      if (error instanceof DraftMoved) return { type: "moved on", ticket, now: "", theirs: error.theirs }
      console.error(error)
      return { type: "not kept", ticket, now: "", why: whyNotKept(error), ...(error instanceof NotKept ? { version: error.version } : {}) }
    }).finally(() => clearTimeout(late)).then(tell)
  }

  async function copy({ ticket, to, draft, over }: Do<"carry">): Promise<Event> {
    const there = { ...key, ...to }
    // Without a change nothing is taken along.
    if (over === 0 && draft.text === draft.base) return { type: "carried", ticket }
    const found = await drafts.get(there)
    if (found && found.version !== over) return { type: "taken", ticket, theirs: found }
    await Promise.all((await drafts.pictures(key)).map(picture => drafts.putPicture({ ...picture, branch: to.branch, post: to.path })))
    await drafts.put({ ...there, ...draft, title: title() }, over)
    return { type: "carried", ticket }
  }

  return {
    keep({ ticket, draft, seen }, tell) {
      write(ticket, async wrote => ({ type: "kept", ticket, now: "", draft: await drafts.put({ ...key, ...draft, title: title(), wrote }, seen) }), tell)
    },
    remove({ ticket, seen }, tell) {
      write(ticket, async wrote => {
        await drafts.remove(key, seen, wrote)
        return { type: "removed", ticket, now: "" }
      }, tell)
    },
    async carry(effect) {
      const { ticket } = effect
      try {
        return await inTime(copy(effect), limit)
      } catch (error) {
        if (error instanceof DraftMoved && error.theirs) return { type: "taken", ticket, theirs: error.theirs }
        console.error(error)
        const why = error instanceof TooLate ? t("This browser's storage does not answer.") : t("This browser's storage does not take it.")
        return { type: "not carried", ticket, why: `${t("Your text was not taken along.")} ${why} ${t("It is here as before: write on, or try again.")}` }
      }
    },
    discard({ seen }) {
      void drafts.remove(key, seen).catch(() => {})
    },
    part({ draft, seen, turn }) {
      leaveBehind(key, { draft: draft && { ...key, ...draft, title: title() }, seen, page, turn })
    },
    forgetParting({ others }) {
      forgetParting(key, parting => parting.page === page || (parting.draft !== null && others.includes(parting.draft.text)))
    },
    isOwn: draft => draft?.wrote?.page === page,
  }
}

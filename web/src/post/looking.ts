// Looking asks the server what others did to a post: what its branch has now, and what
// a text and that of a pull request began with. It takes no answer from before: what is
// older than what the text was made from would seem to have taken out what is new in it.
import { problemOf, type Api } from "../forge/api"
import type { Pull } from "../protocol/server"
import type { Effect, Event } from "./life/events"

export interface Looking {
  look(effect: Extract<Effect, { do: "look" }>): Promise<Event>
  gather(effect: Extract<Effect, { do: "gather" }>): Promise<Event>
  gatherPull(effect: Extract<Effect, { do: "gather pull" }>): Promise<Event>
}

/// Each answers with the event that its effect is to bring; `now` is left empty in it.
export function createLooking(api: Api, path: string): Looking {
  async function look({ ticket, branch }: Extract<Effect, { do: "look" }>): Promise<Event> {
    const found = { type: "found", ticket, now: "", renamed: null } as const
    try {
      return { ...found, file: await api.post(branch, path, true) }
    } catch (error) {
      const { kind, renamed = null } = problemOf(error)
      return { ...found, file: kind === "not-found" ? "gone" : "unknown", renamed }
    }
  }

  async function gather({ ticket, theirs, landing }: Extract<Effect, { do: "gather" }>): Promise<Event> {
    try {
      if (landing) {
        const pull = await api.pull(landing.number).then(answer => answer.pull, () => null)
        const landed = pull?.state === "merged" && pull.base === landing.base
        // What was read before may be the base as it was before the merge: all that was
        // merged would seem to have been taken out of it.
        return { type: "gathered", ticket, now: "", shared: null, landed, ...(landed ? { theirs: await api.post(landing.base, path, true) } : {}) }
      }
      // Nothing that was submitted is known here: it was done in another browser.
      const open = (await api.pulls(path, true)).find(pull => pull.branch === theirs.branch && pull.state === "open")
      const known = open && (await api.pull(open.number))
      const file = known?.files.find(file => file.path === path)
      // Both of one answer: what a pull request began with may be another by now.
      if (known && file?.new != null) {
        const there = { ...theirs, text: file.new, blob: file.blob, commit: known.pull.head }
        return { type: "gathered", ticket, now: "", shared: file.old ?? "", landed: false, theirs: there }
      }
      const there = await api.post(theirs.branch, path, true)
      return { type: "gathered", ticket, now: "", shared: open ? there.text : null, landed: false, theirs: there }
    } catch (error) {
      return { type: "not gathered", ticket, now: "", problem: problemOf(error) }
    }
  }

  async function gatherPull({ ticket, pull, onBranch }: Extract<Effect, { do: "gather pull" }>): Promise<Event> {
    try {
      const [shared, theirs] = await Promise.all([
        beforePull(pull, async () => onBranch ?? (await api.post(pull.branch, path, true)).text), api.post(pull.base, path, true),
      ])
      return { type: "gathered", ticket, now: "", shared, landed: false, theirs }
    } catch (error) {
      return { type: "not gathered", ticket, now: "", problem: problemOf(error) }
    }
  }

  /// The post as a pull request found it. Where it does not change the post, that is
  /// what its branch has.
  async function beforePull({ number }: Pull, unchanged: () => Promise<string>): Promise<string> {
    const { files } = await api.pull(number)
    const file = files.find(file => file.path === path)
    return file ? (file.old ?? "") : unchanged()
  }

  return { look, gather, gatherPull }
}

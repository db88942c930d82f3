// Versions is a post's history as far as it was asked for: its pages, and the texts
// that were looked at.
import { problemOf, type Api } from "../../forge/api"
import type { Version } from "../../protocol/server"
import { t } from "../../base/words"

/// A text of a version as far as it is known: "gone" where the file is not there,
/// and null while it is on its way.
export type Known = { text: string } | { failure: string } | "gone" | null

export interface VersionsSoFar {
  list(): readonly Version[]
  /// Whether there are more.
  next(): boolean
  busy(): boolean
  /// What goes wrong, in a sentence; "" for nothing.
  failure(): string
  /// How it stands, in words; "" where the list says it.
  said(): string
  /// Asks for the next page. Where that has none, for the one behind it.
  more(): Promise<void>
  /// The text of a version, which is asked for when it is not known.
  text(version: Version): Known
  /// The text before a version.
  before(at: number): Known
  /// Calls back after each change; answers how to stop.
  onChange(listener: () => void): () => void
}

export function createVersions(api: Pick<Api, "versions" | "version">, branch: string, path: string): VersionsSoFar {
  const list: Version[] = []
  const texts = new Map<string, Known>()
  let next = ""
  let begun = false
  let busy = false
  let failure = ""
  let listener: (() => void) | null = null
  const changed = () => listener?.()

  async function more(): Promise<void> {
    if (busy || begun && next === "") return
    busy = true
    failure = ""
    changed()
    const before = list.length
    try {
      do {
        const page = await api.versions(branch, path, next)
        begun = true
        list.push(...page.versions)
        next = page.next
        changed()
      } while (next !== "" && list.length === before && listener)
    } catch (error) {
      failure = problemOf(error).sentence
    }
    busy = false
    changed()
  }

  function text(version: Version): Known {
    const { commit } = version
    if (!texts.has(commit)) {
      texts.set(commit, null)
      api.version(branch, path, version.path, commit).then(
        text => texts.set(commit, text === null ? "gone" : { text }),
        (error: unknown) => texts.set(commit, { failure: problemOf(error).sentence }),
      ).finally(changed)
    }
    return texts.get(commit) ?? null
  }

  return {
    list: () => list,
    next: () => next !== "",
    busy: () => busy,
    failure: () => failure,
    said() {
      if (busy) return list.length === 0 ? t("Looking for versions.") : t("Looking further back.")
      if (failure || !begun || next !== "") return ""
      return list.length === 0 ? t("This branch has no version of the post yet.") : ""
    },
    more, text,
    before(at) {
      const older = list[at + 1]
      if (older) return text(older)
      if (failure) return { failure }
      if (next === "" && begun && !busy) return "gone" // it is the first
      void Promise.resolve().then(more)
      return null
    },
    onChange(call) {
      listener = call
      return () => {
        listener = null
      }
    },
  }
}

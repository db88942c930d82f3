// A parting draft keeps what was typed in the last moment before a page goes away,
// when nothing that takes its time is certain to be done: the database's
// writes are not, local storage's are.
import type { Draft, DraftKey, Drafts } from "./drafts"

/// A draft on its way, and the version that its tab last saw.
export interface Parting {
  draft: Omit<Draft, "version" | "updated">
  seen: number
  /// Which page left it; absent for one of an earlier Galley.
  page?: string
}

const prefix = "galley:leaving:"

/// What pages left behind of one person's posts on one site.
export function partingsOf(site: string, person: string): Parting[] {
  try {
    const begin = prefix + JSON.stringify([site, person]).slice(0, -1) + ","
    return Object.keys(localStorage).filter(name => name.startsWith(begin)).flatMap(name => parsePartings(localStorage.getItem(name)))
  } catch {
    return []
  }
}

function nameOf(key: DraftKey): string {
  return prefix + JSON.stringify([key.site, key.person, key.branch, key.path])
}

/// Keeps a draft at once, in place of what its page left before; what others left
/// stays. False where there is no room or no permission.
export function leaveBehind(parting: Parting): boolean {
  return change(parting.draft, partings => [...partings.filter(other => other.page !== parting.page), parting])
}

/// Forgets those that `which` tells, or all, once the database has them.
export function forgetParting(key: DraftKey, which: (parting: Parting) => boolean = () => true): void {
  change(key, partings => partings.filter(parting => !which(parting)))
}

function change(key: DraftKey, act: (partings: Parting[]) => Parting[]): boolean {
  const name = nameOf(key)
  try {
    const next = act(parsePartings(localStorage.getItem(name)))
    if (next.length === 0) {
      localStorage.removeItem(name)
      return true
    }
    const written = JSON.stringify(next)
    localStorage.setItem(name, written)
    return localStorage.getItem(name) === written
  } catch {
    return false
  }
}

/// What pages left behind, as a text that is read from storage: one, or a list.
export function parsePartings(kept: string | null): Parting[] {
  try {
    const found = JSON.parse(kept ?? "[]") as Parting | Parting[]
    return [found].flat().filter(parting => parting && typeof parting.draft?.text === "string" && typeof parting.seen === "number")
  } catch {
    return []
  }
}

/// Brings what pages left behind into the database, and answers the draft that is
/// kept now. `other` is set when both the database and a page hold a text of their
/// own: neither replaces the other.
export async function recover(drafts: Drafts, key: DraftKey): Promise<{ draft: Draft | undefined; other: Draft | null }> {
  let draft = await drafts.get(key)
  let partings: Parting[] = []
  try {
    partings = parsePartings(localStorage.getItem(nameOf(key)))
  } catch {
    // Nothing can have been left there.
  }
  let apart: Parting | undefined
  for (const parting of partings) {
    if (draft && draft.text !== parting.draft.text && draft.version !== parting.seen) {
      apart ??= parting
      continue
    }
    const version: number = draft?.version ?? 0
    if (draft?.text !== parting.draft.text) {
      try {
        draft = await drafts.put(parting.draft, version)
      } catch {
        // Where the database still takes nothing, it is here and stays here.
        draft = { ...parting.draft, version, updated: Date.now() }
        continue
      }
    }
    forgetParting(key, other => other.draft.text === parting.draft.text)
  }
  return { draft, other: apart && draft ? { ...apart.draft, version: draft.version, updated: draft.updated } : null }
}

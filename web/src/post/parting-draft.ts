// A parting draft keeps what was typed, or taken back, in the last moment before a page
// goes away, when nothing that takes its time is certain to be done: the database's
// writes are not, local storage's are.
import { mayReplace, type Draft, type DraftKey, type Drafts } from "./drafts"

/// What is on its way to the database, and the version that its tab last saw there.
export interface Parting {
  /// null where nothing is to be kept any more.
  draft: Omit<Draft, "version" | "updated"> | null
  seen: number
  /// Which page left it, and as its how manieth write; absent for one of an earlier
  /// Galley.
  page?: string
  turn?: number
}

/// One that has a text.
export type PartingText = Parting & { draft: NonNullable<Parting["draft"]> }

const prefix = "galley:leaving:"

/// What pages left behind of the texts of one person's posts on one site.
export function partingsOf(site: string, person: string): PartingText[] {
  try {
    const begin = prefix + JSON.stringify([site, person]).slice(0, -1) + ","
    return Object.keys(localStorage).filter(name => name.startsWith(begin)).flatMap(name => parsePartings(localStorage.getItem(name))).filter((parting): parting is PartingText => parting.draft !== null)
  } catch {
    return []
  }
}

function nameOf(key: DraftKey): string {
  return prefix + JSON.stringify([key.site, key.person, key.branch, key.path])
}

/// Keeps it at once, in place of what its page left before; what others left stays.
/// False where there is no room or no permission.
export function leaveBehind(key: DraftKey, parting: Parting): boolean {
  return change(key, partings => [...partings.filter(other => other.page !== parting.page), parting])
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
    return [found].flat().filter(parting => parting && (parting.draft === null || typeof parting.draft?.text === "string") && typeof parting.seen === "number")
  } catch {
    return []
  }
}

/// What becomes of what a page left where a draft is kept: it is "newer" and takes its
/// place, "outdated" since it is kept already or its page or another tab has gone on, or
/// "apart", where both have words of their own.
export function fateOf({ draft: left, seen, page, turn }: Parting, kept: Draft | undefined): "newer" | "outdated" | "apart" {
  if (!kept) return left ? "newer" : "outdated"
  const wrote = page === undefined || turn === undefined ? undefined : { page, turn }
  if (mayReplace(kept, seen, wrote)) return "newer"
  return !left || left.text === kept.text || (wrote && kept.wrote?.page === page) ? "outdated" : "apart"
}

/// What there is to go on from where the browser did not take what a page left: that,
/// on the condition that the draft is still there.
export function asLeft({ draft: left }: Parting, kept: Draft | undefined, updated = kept?.updated ?? 0): Draft | undefined {
  if (left) return { ...left, version: kept?.version ?? 0, updated }
  return kept && { ...kept, text: kept.base, merged: undefined, submitted: undefined }
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
  let other: Draft | null = null
  for (const parting of partings) {
    const fate = fateOf(parting, draft)
    if (fate === "apart") {
      other ??= asLeft(parting, draft) ?? null
      continue
    }
    if (fate === "newer") {
      try {
        draft = await bring(drafts, key, parting, draft?.version ?? 0)
      } catch {
        // Where the database still takes nothing, it is here and stays here.
        draft = asLeft(parting, draft, Date.now())
        continue
      }
    }
    forgetParting(key, other => other.page === parting.page && other.draft?.text === parting.draft?.text)
  }
  // It may have been chosen before, by a page that left what came of it.
  return { draft, other: other && draft && other.text !== draft.text ? { ...other, version: draft.version, updated: draft.updated } : null }
}

async function bring(drafts: Drafts, key: DraftKey, { draft }: Parting, seen: number): Promise<Draft | undefined> {
  if (draft) return drafts.put(draft, seen)
  await drafts.remove(key, seen)
  return undefined
}

// Kept words keeps what somebody typed beside the text, into a field of a dialog or of a
// review, until it is sent: in local storage, which has it at once and still has it when
// the tab is gone. They are one person's on one site, as drafts are, and go with those.
// Two tabs in which the same field is open keep theirs beside each other.
import type { Site } from "../protocol/server"

/// Where a field is.
export interface WordsPlace {
  /// The site's id, as the server gives it.
  site: string
  /// The person's login, or address.
  person: string
  /// From the largest to the smallest: what it is about, and last the field.
  at: readonly string[]
}

export interface KeptWords {
  /// What was typed there last, in whatever tab, and not sent; "" for nothing.
  readonly text: string
  /// False where the browser did not keep the text that it was given last, which is not
  /// empty: it goes with the field.
  readonly kept: boolean
  /// Keeps a text at once, in place of what this field has kept or begun with; ""
  /// forgets that. False where there is no room or no permission: what was kept
  /// before is kept still.
  keep(text: string): boolean
}

/// What was typed in one tab.
interface Kept {
  text: string
  /// In milliseconds since 1970.
  when: number
  /// On how many days since it was looked through, and the last of them, in days since
  /// 1970; none where an earlier Galley kept it.
  days?: number
  seen?: number
}

const prefix = "galley:words:"

/// On how many days what is kept is looked through before words go. They are counted, and
/// not told from the clock, which may be years wrong for a moment.
const longest = 60

const dayOf = (now: number) => Math.floor(now / (24 * 60 * 60 * 1000))

/// How many fields have words kept, how many tabs of each, and how many UTF-16 units all
/// have together. Where there are more, those written last stay. Local storage has room
/// for five million, which drafts of closing pages need, too.
const [mostFields, mostTabs, mostUnits] = [200, 4, 1_000_000]

/// A place on a site, of the person who is signed in.
export function placeOf(site: Pick<Site, "id" | "person">, ...at: string[]): WordsPlace {
  return { site: site.id, person: site.person.login || site.person.email || "", at }
}

/// A place within another.
export function within(place: WordsPlace, ...at: string[]): WordsPlace {
  return { ...place, at: [...place.at, ...at] }
}

/// The words of a field that is shown. Never throws. `now` defaults to Date.now.
export function wordsAt(place: WordsPlace, now: () => number = Date.now): KeptWords {
  const name = nameOf(place)
  quietly(() => sweep(now()), undefined)
  let mine = quietly(() => read(name).at(-1)?.text ?? "", "")
  let all = true
  const keep = (text: string) => quietly(() => {
    if (text.length > mostUnits / 2) return false
    const others = read(name).filter(kept => kept.text !== mine && kept.text !== text)
    write(name, text === "" ? others : [...others, { text, when: now(), days: 0, seen: dayOf(now()) }].slice(-mostTabs))
    mine = text
    return true
  }, false)
  return {
    text: mine,
    get kept() {
      return all
    },
    keep(text) {
      const done = keep(text)
      all = done || text === ""
      return done
    },
  }
}

/// Whether anything is kept at a place or within it.
export function hasWords(place: WordsPlace): boolean {
  return quietly(() => namesIn(place).length > 0, false)
}

/// Forgets all that is kept at a place and within it.
export function forgetWords(place: WordsPlace): void {
  quietly(() => namesIn(place).forEach(name => localStorage.removeItem(name)), undefined)
}

function nameOf({ site, person, at }: WordsPlace): string {
  return prefix + JSON.stringify([site, person, ...at])
}

function namesIn(place: WordsPlace): string[] {
  const name = nameOf(place)
  const begin = name.slice(0, -1) + "," // in place of the bracket
  return Object.keys(localStorage).filter(other => other === name || other.startsWith(begin))
}

/// Where storage is refused, full or broken it is as if there were none.
function quietly<T>(act: () => T, otherwise: T): T {
  try {
    return act()
  } catch {
    return otherwise
  }
}

/// What is kept of a field, that written last at the end.
function read(name: string): Kept[] {
  return quietly(() => {
    const kept: unknown = JSON.parse(localStorage.getItem(name) ?? "[]")
    return Array.isArray(kept) ? kept.filter(isKept) : []
  }, [])
}

function isKept(value: unknown): value is Kept {
  const one = value as Partial<Kept> | null
  const isCount = (value: unknown) => value === undefined || typeof value === "number"
  return typeof one?.text === "string" && typeof one.when === "number" && isCount(one.days) && isCount(one.seen)
}

function write(name: string, kept: readonly Kept[]): void {
  if (kept.length > 0) localStorage.setItem(name, JSON.stringify(kept))
  else localStorage.removeItem(name)
}

/// Forgets what was looked through on too many days, and the oldest of what is too much.
function sweep(now: number): void {
  const fields = Object.keys(localStorage).filter(name => name.startsWith(prefix)).map(name => {
    const all = read(name)
    const today = dayOf(now)
    const young = all.map(one => one.seen === today ? one : { ...one, days: (one.days ?? 0) + 1, seen: today }).filter(({ days = 0 }) => days < longest)
    // Where there is no room for that, another day counts.
    if (all.length === 0 || young.length < all.length || all.some(({ seen }) => seen !== today)) quietly(() => write(name, young), undefined)
    return { name, last: young.at(-1)?.when ?? 0, units: young.reduce((sum, { text }) => sum + text.length, 0) }
  })
  fields.sort((a, b) => b.last - a.last)
  let units = 0
  for (const [n, field] of fields.entries()) {
    units += field.units
    if (n >= mostFields || units > mostUnits) localStorage.removeItem(field.name)
  }
}

// Missing pictures finds where a text asks for pictures that are not to be had.
import { addressIn } from "../protocol/addresses"
import type { Diagnostic } from "../protocol/preview"

/// The code of what is found here.
const missingCode = "missing-picture"

/// How many folders may be left out of an address: those that the site has on its host,
/// or those of a page that asks for what is in its own folder.
const mostFolders = 16

/// How much is done for one address, about as many times as two signs are compared: a post
/// may ask for hundreds, of thousands of signs, whose names it has thousands of times.
const mostWork = 300_000

/// How many places are told of.
const mostFound = 500

/// `missing` has the pictures that nobody has: their addresses on the site, and a
/// sentence for each. Those that a template asks for are not found in the text.
/// `page` is the page's own address there, whole. No more than 500 places are told of,
/// and none where more than sixteen folders of an address are left out.
export function missingPictures(text: string, missing: ReadonlyMap<string, string>, page: string): Diagnostic[] {
  const found: Diagnostic[] = []
  for (const [address, message] of missing) {
    const forms = [...new Set([address, decoded(address)])]
    const places = forms.flatMap(form => placesOf(text, form, (dots, written) => {
      const url = addressIn(dots + written, page)
      return url !== null && decoded(url.pathname) === decoded(address)
    }))
    // The most exact spelling that the text has is the picture's, as others may be another's.
    const least = places.reduce((least, { left }) => Math.min(least, left), Infinity)
    for (const { from, to, left } of places) {
      if (left === least && found.length < mostFound) found.push({ from, to, severity: "warning", code: missingCode, message })
    }
  }
  return found.sort((a, b) => a.from - b.from)
}

interface Place {
  from: number
  to: number
  /// How much of the address is left out there.
  left: number
}

/// Where a text has an address, or the end of it that may stand for it, between the signs
/// that enclose one. `leads` says so of what does not begin at the root, with the dots
/// before it.
function placesOf(text: string, form: string, leads: (dots: string, written: string) => boolean): Place[] {
  const places: Place[] = []
  const name = form.slice(form.lastIndexOf("/", form.length - 2) + 1)
  if (name === "") return places
  const begins = beginsOf(form)
  let work = mostWork
  const known = new Map<string, boolean>()
  const leadsThere = (relative: string, dots: number): boolean => {
    if (!known.has(relative)) {
      known.set(relative, leads(relative.slice(0, dots), relative.slice(dots)))
      work -= 100 + 5 * relative.length
    }
    return known.get(relative)!
  }
  for (let at = text.indexOf(name); at >= 0 && work > 0; at = text.indexOf(name, at + name.length)) {
    const to = at + name.length
    work -= 20
    if (!/^[)>"'\s?#]?$/.test(text.charAt(to))) continue
    const same = sameBefore(text, at, form, form.length - name.length)
    work -= same
    const left = begins.findIndex(begin => {
      if (form.length - begin > same + name.length) return false
      work -= 100
      return isEnclosed(text, to - form.length + begin, to, leadsThere)
    })
    if (left >= 0) places.push({ from: to - form.length + begins[left]!, to, left })
  }
  return places
}

/// Where in an address what is written of it may begin, the most exact first: at a
/// folder's slash, and behind one.
function beginsOf(form: string): number[] {
  const slashes: number[] = []
  for (let at = 0; at >= 0 && at < form.length - 1 && slashes.length <= mostFolders; at = form.indexOf("/", at + 1)) slashes.push(at)
  return [...slashes, ...slashes.map(at => at + 1)]
}

/// How many signs before a place in a text are those before one in an address.
function sameBefore(text: string, at: number, form: string, place: number): number {
  let same = 0
  while (same < at && same < place && text.charCodeAt(at - same - 1) === form.charCodeAt(place - same - 1)) same++
  return same
}

/// Whether what is written in a text is an address. Where it does not begin at the root a
/// template or the front matter takes it for what they want.
function isEnclosed(text: string, from: number, to: number, leads: (relative: string, dots: number) => boolean): boolean {
  const before = text.slice(Math.max(0, from - 40), from)
  // eslint-disable-next-line regexp/no-super-linear-move -- of 40 signs
  const dots = text[from] === "/" ? "" : /(?:\.{1,2}\/)*$/.exec(before)![0]
  const sign = before.slice(0, before.length - dots.length)
  if (!/(?:[(<"'=]|:[ \t]+)$/.test(sign)) return false
  return text[from] === "/" || /(?:\{\{-?\s*["']|:[ \t]+["']?)$/.test(sign) || leads(text.slice(from - dots.length, to), dots.length)
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address)
  } catch {
    return address
  }
}

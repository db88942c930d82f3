// Missing pictures finds where a text asks for pictures that are not to be had.
import { addressIn } from "../protocol/addresses"
import type { Diagnostic } from "../protocol/preview"

/// The code of what is found here.
const missingCode = "missing-picture"

/// `missing` has the pictures that nobody has: their addresses on the site, and a
/// sentence for each. Those that a template asks for are not found in the text.
/// `page` is the page's own address there, whole.
export function missingPictures(text: string, missing: ReadonlyMap<string, string>, page: string): Diagnostic[] {
  const found: Diagnostic[] = []
  for (const [address, message] of missing) {
    for (const written of spellings(address)) {
      const places = placesOf(text, written, dots => {
        const url = addressIn(dots + written, page)
        return url !== null && decoded(url.pathname) === decoded(address)
      })
      if (places.length === 0) continue
      for (const from of places) found.push({ from, to: from + written.length, severity: "warning", code: missingCode, message })
      break
    }
  }
  return found.sort((a, b) => a.from - b.from)
}

/// What may be written for an address: within the folder that the site has on its
/// host, and from the page's own folder, too. The most exact ones come first.
function spellings(address: string): string[] {
  const forms = [address, decoded(address)]
  const list = new Set<string>()
  for (let cut = 0; cut < address.split("/").length - 1; cut++) {
    for (const form of forms) list.add("/" + form.split("/").slice(cut + 1).join("/"))
  }
  return [...list, ...[...list].map(form => form.slice(1))].filter(form => form.length > 1)
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address)
  } catch {
    return address
  }
}

/// Where a text has an address, between the signs that enclose one. What does not
/// begin at the root stands for it if `leads` says so, with the dots before it, and
/// where a template or the front matter takes it for what they want.
function placesOf(text: string, written: string, leads: (dots: string) => boolean): number[] {
  const places: number[] = []
  for (let at = text.indexOf(written); at >= 0; at = text.indexOf(written, at + written.length)) {
    let before = text.slice(Math.max(0, at - 40), at)
    if (!written.startsWith("/")) {
      // eslint-disable-next-line regexp/no-super-linear-move -- of 40 signs
      const dots = /(?:\.{1,2}\/)*$/.exec(before)![0]
      before = before.slice(0, before.length - dots.length)
      if (!/(?:\{\{-?\s*["']|:[ \t]+["']?)$/.test(before) && !leads(dots)) continue
    }
    if (/(?:[(<"'=]|:[ \t]+)$/.test(before) && /^(?:[)>"'\s?#]|$)/.test(text.slice(at + written.length, at + written.length + 1))) places.push(at)
  }
  return places
}

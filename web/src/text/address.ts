// Addresses that mean the same page: internal/postindex does the same in Go, and
// one table (internal/postindex/testdata/addresses.json) tests both.

/// The parameters that only tell where a visitor came from.
const tracking = new Set(["fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "yclid", "_hsenc", "_hsmi", "ref_src"])

/// An address without the scheme, www, the slash at the end, the fragment and what
/// only tells where a visitor came from; "" for what is no address of the web.
export function normalize(address: string): string {
  const match = /^https?:\/\/([^]*)$/i.exec(address)
  if (!match) return ""
  const [place = "", query = ""] = cut(cut(match[1]!, "#")[0], "?")
  const [host, path] = cut(place, "/")
  const name = host.toLowerCase().replace(/^www\./, "").replace(/:443$/, "").replace(/:80$/, "")
  const parts = query.split("&").filter(part => {
    const [key] = cut(part, "=")
    return part !== "" && !key.startsWith("utm_") && !tracking.has(key)
  })
  return (name + "/" + path).replace(/(?<!\/)\/+$/, "") + (parts.length ? "?" + parts.join("&") : "")
}

function cut(text: string, at: string): [string, string] {
  const i = text.indexOf(at)
  return i < 0 ? [text, ""] : [text.slice(0, i), text.slice(i + at.length)]
}

/// Where addresses stand in a text: the normalised address, and the offset of its
/// first place.
export function addressesIn(text: string): Map<string, number> {
  const found = new Map<string, number>()
  for (const match of text.matchAll(/https?:\/\/[^\s<>"'`\]]+/gi)) {
    const address = sameForm(normalize(trimmed(match[0])))
    if (address && !found.has(address)) found.set(address, match.index)
  }
  return found
}

/// The form in which addresses are looked up in what `addressesIn` found.
export function lookedUp(address: string): string {
  return sameForm(normalize(address))
}

/// Brackets are written in two ways, since Markdown's links end with one.
function sameForm(address: string): string {
  return address.replace(/%28/g, "(").replace(/%29/g, ")")
}

/// An address without what stands behind it in a sentence or a link.
function trimmed(address: string): string {
  let depth = 0
  for (let i = 0; i < address.length; i++) {
    if (address[i] === "(") depth++
    if (address[i] === ")" && --depth < 0) return address.slice(0, i)
  }
  return address.replace(/(?<![.,;:!?])[.,;:!?]+$/, "")
}

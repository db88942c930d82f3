// Announcement counts a text as the network counts that it is for: in graphemes,
// which are what readers take for one character, and links by the network's own
// rule. Which networks there are says internal/social.
import { withoutEnd } from "./ends"
import { segmentsOf } from "./segments"

/// How a network counts, by the server's name for it.
export type Counts = "plain" | "bluesky" | "mastodon"

/// How many characters a text has on a network.
export function countOf(text: string, counts: Counts): number {
  return graphemes(shown(text, counts))
}

/// What Mastodon counts for a link, however long it is.
const mastodonLink = 23

/// An address as people write it into a text; what ends a sentence is not its own.
const link = /https?:\/\/[^\s<>"“”]+/gi
const behindLink = ".,;:!?'’…"
/// "@user@server", of which Mastodon counts "@user".
const person = /(^|[^\w/])(@[\w-]+)@[\w.-]+\w/g

/// The text that is counted in a text's place.
function shown(text: string, counts: Counts): string {
  switch (counts) {
    case "plain":
      return text
    case "bluesky":
      return replaceLinks(text, shortLink)
    case "mastodon":
      return replaceLinks(text, () => "x".repeat(mastodonLink)).replace(person, "$1$2")
  }
}

function replaceLinks(text: string, by: (address: string) => string): string {
  return text.replace(link, found => {
    // A bracket behind belongs to the sentence, unless one stands in the address.
    const address = withoutEnd(found, found.includes("(") ? behindLink : behindLink + ")")
    return by(address) + found.slice(address.length)
  })
}

/// A link as Bluesky's own app writes it: the host, and the path up to 15 letters,
/// or its first 13 with three dots.
function shortLink(address: string): string {
  if (!URL.canParse(address)) return address
  const url = new URL(address)
  const path = (url.pathname === "/" ? "" : url.pathname) + url.search + url.hash
  return url.host + (path.length > 15 ? path.slice(0, 13) + "..." : path)
}

function graphemes(text: string): number {
  let n = 0
  for (const _ of segmentsOf(text, new Intl.Segmenter("en", { granularity: "grapheme" }))) n++
  return n
}

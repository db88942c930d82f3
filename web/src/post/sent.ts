// Sent remembers what was sent of a post from this browser: its mail, and texts for
// networks, each with the address and the words that it carried, so that it can be
// said what has to be sent again. It is one person's, and goes with their drafts.
import { t } from "../base/words"

export interface Sent {
  /// The address of the post, as it stood in what was sent.
  address: string
  text: string
  /// In milliseconds since 1970.
  when: number
}

/// What was sent of one post, by what it is: "mail", or a network's name.
export type SentOf = Record<string, Sent>

const prefix = "galley-sent:"

function nameOf(site: string, person: string, path: string): string {
  return prefix + JSON.stringify([site, person, path])
}

/// What was sent of a post; nothing where the browser keeps nothing.
export function readSent(site: string, person: string, path: string): SentOf {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(nameOf(site, person, path)) ?? "{}")
    if (typeof kept !== "object" || kept === null) return {}
    return Object.fromEntries(Object.entries(kept).filter(([, one]) => isSent(one)))
  } catch {
    return {}
  }
}

function isSent(value: unknown): value is Sent {
  const one = value as Partial<Sent> | null
  return typeof one === "object" && one !== null && typeof one.address === "string" && typeof one.text === "string" && typeof one.when === "number"
}

/// Keeps that something was sent; answers all that was.
export function keepSent(site: string, person: string, path: string, what: string, sent: Sent): SentOf {
  const all = { ...readSent(site, person, path), [what]: sent }
  try {
    localStorage.setItem(nameOf(site, person, path), JSON.stringify(all))
  } catch {
    // It is a help, and nothing is lost without it.
  }
  return all
}

/// Forgets all that a person sent of a site's posts.
export function forgetSent(site: string, person: string): void {
  try {
    const begin = nameOf(site, person, "").replace(/""\]$/, "")
    for (const name of Object.keys(localStorage)) if (name.startsWith(begin)) localStorage.removeItem(name)
  } catch {
    // Then there is nothing.
  }
}

/// Why something has to be sent again, as what a sentence ends with; "" where it
/// has not.
export function whyAgain(sent: Sent, address: string, text: string): string {
  if (sent.address !== address) return t("carries the address {old}, and the post is at {now}", { old: sent.address, now: address })
  return sent.text === text ? "" : t("carries another text than the post has now")
}

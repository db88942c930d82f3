// Listing decides which texts of a branch are listed, and in which order.
import { t } from "../base/words"
import { longDate, nameOf } from "./posts"
import type { PostEntry } from "../protocol/server"

/// What a person asked for; "" for no such wish.
export interface Filter {
  /// Words in title, date or path.
  query: string
  tag: string
  author: string
  state: State | ""
  order: Order
}

/// `open`: an open pull request changes it. `draft`: this browser keeps a draft of it.
/// `future`: its date is still to come. `hidden`: its front matter says that it is not
/// published.
export type State = "open" | "draft" | "future" | "hidden"
export type Order = "newest" | "oldest" | "title" | "path"

export const noFilter: Filter = { query: "", tag: "", author: "", state: "", order: "newest" }

/// What a state is called.
export const stateNames: Record<State, string> = {
  open: t("In a pull request"), draft: t("Draft in this browser"), future: t("Dated in the future"), hidden: t("Not published"),
}
export const orderNames: Record<Order, string> = { newest: t("Newest first"), oldest: t("Oldest first"), title: t("By title"), path: t("By file") }

/// A filter as it stands in an address, and back.
export function filterOf(query: URLSearchParams): Filter {
  const [state, order] = [query.get("state") ?? "", query.get("order") ?? ""]
  return {
    query: query.get("q") ?? "", tag: query.get("tag") ?? "", author: query.get("author") ?? "",
    state: Object.hasOwn(stateNames, state) ? state as State : "", order: Object.hasOwn(orderNames, order) ? order as Order : "newest",
  }
}

export function filterQuery({ query, tag, author, state, order }: Filter): Record<string, string> {
  const all = { q: query, tag, author, state, order: order === "newest" ? "" : order }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ""))
}

/// What is known beside the entries.
export interface Known {
  /// The paths of which this browser keeps a draft.
  drafts: ReadonlySet<string>
  /// Today, as 2026-08-16.
  today: string
}

/// Some texts, made ready to be searched for every letter that is typed.
export interface Listing {
  /// Those that a filter leaves, in its order.
  find(filter: Filter, known: Known): PostEntry[]
  /// Their tags and authors, the most used first, and the states that some are in.
  tags: readonly string[]
  authors: readonly string[]
  states(known: Known): State[]
}

/// `entries` are newest first, as the server lists them.
export function createListing(entries: readonly PostEntry[]): Listing {
  // Made once: what is searched takes longer to write than to search.
  const texts = entries.map(post => `${nameOf(post)} ${post.date} ${longDate(post.date)} ${post.path}`.toLowerCase())
  const isIn = (post: PostEntry, state: State, { drafts, today }: Known) =>
    state === "open" ? post.pulls.length > 0 : state === "draft" ? drafts.has(post.path) : state === "future" ? post.date > today : post.hidden === true
  return {
    find({ query, tag, author, state, order }, known) {
      const words = query.toLowerCase().split(/\s+/).filter(Boolean)
      const found = entries.filter((post, i) =>
        words.every(word => texts[i]!.includes(word)) &&
        (tag === "" || post.tags?.includes(tag)) && (author === "" || post.authors?.includes(author)) && (state === "" || isIn(post, state, known)))
      if (order === "oldest") return found.reverse()
      if (order === "newest") return found
      const key = order === "title" ? nameOf : (post: PostEntry) => post.path
      const keyed = found.map(post => [key(post).toLowerCase(), post] as const)
      return keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, post]) => post)
    },
    tags: byUse(entries.map(post => post.tags ?? [])),
    authors: byUse(entries.map(post => post.authors ?? [])),
    states: known => (Object.keys(stateNames) as State[]).filter(state => entries.some(post => isIn(post, state, known))),
  }
}

/// Words with how often they are used, the most used first.
function byUse(lists: readonly (readonly string[])[]): string[] {
  const counts = new Map<string, number>()
  for (const list of lists) for (const word of list) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([word]) => word)
}

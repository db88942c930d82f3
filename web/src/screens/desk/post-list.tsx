import type { RefObject } from "preact"
import { useRef, useState } from "preact/hooks"
import type { AppContext } from "../../ui/app-context"
import { later } from "../../ui/lazy"
import { alone } from "../../forge/branches"
import { findPosts, groupName, longDate, nameOf } from "../../forge/posts"
import { authorOf, isOwn } from "../../forge/pulls"
import type { Branch, Person, PostEntry, Pull } from "../../protocol/server"
import { editAddress, pullAddress } from "../../protocol/routes"

// Before somebody searches it is not needed.
const TextHits = later(async () => (await import("../later")).TextHits)

export interface PostListProps {
  app: AppContext
  branch: string
  isDefault: boolean
  /// Those that can be gone to.
  branches: readonly Branch[]
  /// What a branch is called.
  place: (branch: string) => string
  pulls: readonly Pull[]
  person: Person
  /// The texts of the group; null until they are there.
  listing: readonly PostEntry[] | null
  groups: readonly string[]
  group: string
  query: string
  /// Why there are none, in a sentence; "" for no failure.
  failure: string
  search: RefObject<HTMLInputElement | null>
  onQuery: (query: string) => void
  onGroup: (group: string) => void
  onBranch: (branch: string) => void
}

/// How many texts are shown at first; the rest at a press. Where their texts are
/// searched, too, fewer: the way to these would be long.
const firstShown = 60
const firstFound = 6

/// All that a branch has, to be searched and opened.
export function PostList({ app, branch, isDefault, branches, place, pulls, person, listing, groups, group, query, failure, search, onQuery, onGroup, onBranch }: PostListProps) {
  // The query of which all are shown.
  const [allOf, setAllOf] = useState<string | null>(null)
  const found = listing ? findPosts(listing, query) : []
  const words = query.trim()
  const shown = allOf === query ? found : found.slice(0, words ? firstFound : firstShown)
  const section = useRef<HTMLElement>(null)
  /// The arrows go from the field through what was found.
  const step = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp" || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const links = [...section.current!.querySelectorAll<HTMLElement>(":scope > ul a, .text-hits a")]
    const at = links.indexOf(document.activeElement as HTMLElement)
    if (at < 0 && document.activeElement !== search.current) return
    event.preventDefault()
    const next = at + (event.key === "ArrowDown" ? 1 : -1)
    if (next < 0) search.current?.focus()
    else links[next]?.focus()
  }
  return (
    <section class="posts" aria-labelledby="posts-heading" ref={section} onKeyDown={step}>
      <div class="head">
        <h2 id="posts-heading">{groupName(group)}{isDefault ? "" : ` ${place(branch) === branch ? "on" : "in"} ${place(branch)}`}</h2>
        <p class="count" role="status">
          {failure ? "" : listing === null ? "Reading the posts." : counted(found.length, listing.length, group, query)}
        </p>
      </div>
      <div class="finding">
        <label class="search">
          <span class="hidden">Search titles, dates and texts</span>
          <input ref={search} type="search" placeholder="Search titles and texts" value={query} onInput={event => onQuery(event.currentTarget.value)} />
        </label>
        <label class="branch">
          <span>Branch</span>
          <select value={branch} onChange={event => onBranch(event.currentTarget.value)}>
            {branches.map(({ name }) => <option key={name} value={name}>{alone(place(name))}</option>)}
          </select>
        </label>
      </div>
      {groups.length > 1 && (
        <div class="groups" role="group" aria-label="What to list">
          {groups.map(name => (
            <button key={name} type="button" aria-pressed={name === group} onClick={() => onGroup(name)}>{groupName(name)}</button>
          ))}
        </div>
      )}
      {failure && <p class="none" role="alert">{failure}</p>}
      <ul>
        {shown.map(post => (
          <li key={post.path}>
            <a href={editAddress(branch, post.path)}>
              {!post.group && <time dateTime={post.date} title={longDate(post.date)}>{post.date}</time>}
              <span class="name">{nameOf(post)}</span>
              {post.group && <span class="detail">{post.path}</span>}
            </a>
            {post.pulls.map(number => {
              const pull = pulls.find(p => p.number === number)
              return (
                <a key={number} class="tag" href={pullAddress(number)}>
                  #{number}{pull ? ` by ${isOwn(pull, person) ? "you" : authorOf(pull)}` : ""}
                </a>
              )
            })}
          </li>
        ))}
      </ul>
      {listing && listing.length > 0 && found.length === 0 && <p class="none">No title, date or file name {group === "posts" ? "of a post" : `in ${groupName(group)}`} has “{query}”.</p>}
      {listing && listing.length === 0 && <p class="none">There are no posts on {place(branch)} yet. Start the first one.</p>}
      {shown.length < found.length && <button type="button" onClick={() => setAllOf(query)}>Show all {found.length}</button>}
      {words.length > 1 && <TextHits app={app} branch={branch} query={words} listed={new Set(found.map(post => post.path))} />}
    </section>
  )
}

/// How many texts are listed: "3 of 12 pages", "One post".
function counted(found: number, all: number, group: string, query: string): string {
  if (group !== "posts" && group !== "pages" && group !== "drafts") return query ? `${found} of ${all}` : `${all}`
  if (!query && all === 1) return "One " + group.slice(0, -1)
  return query ? `${found} of ${all} ${group}` : `${all} ${group}`
}

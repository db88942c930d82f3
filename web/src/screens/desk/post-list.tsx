import type { RefObject } from "preact"
import { useMemo, useRef, useState } from "preact/hooks"
import type { AppContext } from "../../ui/app-context"
import { later } from "../../ui/lazy"
import { alone } from "../../forge/branches"
import type { Draft } from "../../post/drafts"
import { createListing, noFilter, orderNames, stateNames, type Filter, type Known, type Order, type State } from "../../forge/listing"
import { isSame, personName } from "../../forge/people"
import { dataGroup, groupName, longDate, nameOf } from "../../forge/posts"
import type { Branch, Person, PostEntry, Pull } from "../../protocol/server"
import { editAddress, pullAddress } from "../../protocol/routes"
import { t, tn, tx } from "../../base/words"

// Before somebody searches, or does something with a file, they are not needed.
const TextHits = later(async () => (await import("../later")).TextHits)
const PostMenu = later(async () => (await import("../later")).PostMenu)

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
  filter: Filter
  known: Known
  /// Why there are none, in a sentence; "" for no failure.
  failure: string
  search: RefObject<HTMLInputElement | null>
  onFilter: (filter: Filter) => void
  onGroup: (group: string) => void
  onBranch: (branch: string) => void
  /// What this browser keeps of a post; absent for nothing.
  draftOf: (path: string) => Draft | undefined
  /// Called when something was submitted.
  onChanged: () => void
  onRestore: () => void
  onNewData: () => void
}

/// How many texts are shown at first, and how many more at a press: thousands would
/// take seconds to be drawn. Where their texts are searched, too, fewer: the way to
/// these would be long.
const firstShown = 60
const firstFound = 6
const moreShown = 200

/// All that a branch has, to be searched and opened.
export function PostList({ app, branch, isDefault, branches, place, pulls, person, listing, groups, group, filter, known, failure, search, onFilter, onGroup, onBranch, draftOf, onChanged, onRestore, onNewData }: PostListProps) {
  // The path of the post whose menu is open, and what it begins with.
  const [menu, setMenu] = useState<{ path: string; begin?: "rename" | "delete" } | null>(null)
  // Of which filter more are shown, and how many.
  const [more, setMore] = useState<{ of: Filter; count: number } | null>(null)
  const ready = useMemo(() => createListing(listing ?? []), [listing])
  const found = useMemo(() => ready.find(filter, known), [ready, filter, known])
  const states = useMemo(() => ready.states(known), [ready, known])
  const { query } = filter
  const words = query.trim()
  const filtered = filter.tag + filter.author + filter.state !== ""
  const count = more?.of === filter ? more.count : words ? firstFound : firstShown
  const shown = found.slice(0, count)
  const section = useRef<HTMLElement>(null)
  /// The arrows go from the field through what was found; the keys for files work on
  /// the post that has the focus.
  const step = (event: KeyboardEvent) => {
    const path = (event.target as Element).closest?.("li")?.dataset.path
    if (path && menu === null && !event.altKey && !event.ctrlKey && !event.metaKey) {
      const begin = event.key === "Delete" ? "delete" as const : event.key === "F6" && group !== dataGroup ? "rename" as const : undefined
      if (begin || event.key === "ContextMenu" || event.key === "F10" && event.shiftKey) {
        event.preventDefault()
        setMenu({ path, ...(begin ? { begin } : {}) })
        return
      }
    }
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
          {failure ? "" : listing === null ? t("Reading the posts.") : counted(found.length, listing.length, group, words !== "" || filtered)}
        </p>
      </div>
      <div class="finding">
        <label class="search">
          <span class="hidden">{t("Search titles, dates and texts")}</span>
          <input ref={search} type="search" placeholder={t("Search titles and texts")} value={query} onInput={event => onFilter({ ...filter, query: event.currentTarget.value })} />
        </label>
        <label class="branch">
          <span>{t("Branch")}</span>
          <select value={branch} onChange={event => onBranch(event.currentTarget.value)}>
            {branches.map(({ name }) => <option key={name} value={name}>{alone(place(name))}</option>)}
          </select>
        </label>
      </div>
      {groups.length > 1 && (
        <div class="groups" role="group" aria-label={t("What to list")}>
          {groups.map(name => (
            <button key={name} type="button" aria-pressed={name === group} onClick={() => onGroup(name)}>{groupName(name)}</button>
          ))}
        </div>
      )}
      {listing && listing.length > 1 && (
        <div class="filters" role="group" aria-label={t("Which are listed")}>
          <Choice name="order" label={t("Order")} value={filter.order} all="" options={Object.entries(orderNames)} onChoose={order => onFilter({ ...filter, order: order as Order })} />
          {(states.length > 0 || filter.state) && <Choice name="state" label={t("State")} value={filter.state} all={t("Every state")} options={Object.entries(stateNames).filter(([state]) => state === filter.state || states.includes(state as State))} onChoose={state => onFilter({ ...filter, state: state as State })} />}
          {(ready.tags.length > 0 || filter.tag) && <Choice name="tag" label={t("Tag")} value={filter.tag} all={t("Every tag")} options={named(ready.tags, filter.tag)} onChoose={tag => onFilter({ ...filter, tag })} />}
          {(ready.authors.length > 1 || filter.author) && <Choice name="author" label={t("Author")} value={filter.author} all={t("Every author")} options={named(ready.authors, filter.author)} onChoose={author => onFilter({ ...filter, author })} />}
          {filtered && <button type="button" class="quiet small" onClick={() => onFilter({ ...noFilter, query, order: filter.order })}>{t("List all")}</button>}
        </div>
      )}
      {failure && <p class="none" role="alert">{failure}</p>}
      {group === dataGroup && <p class="about">{tx("What templates make lists and tables of. The site's settings ({file}) are not among them: they say how the site is built and who may write what, so that they are changed in a clone of the repository.", { file: <code>_config.yml</code> })}</p>}
      {group === dataGroup && listing && <p class="begin"><button type="button" onClick={onNewData}>{t("New data file")}</button></p>}
      <ul>
        {shown.map(post => (
          <li key={post.path} data-path={post.path}>
            <a href={editAddress(branch, post.path)}>
              {!post.group && <time dateTime={post.date} title={longDate(post.date)}>{post.date}</time>}
              <span class="name">{nameOf(post)}</span>
              {post.hidden && <span class="state">{t("Not published")}</span>}
              {post.group && <span class="detail">{post.path}</span>}
            </a>
            {post.pulls.map(number => {
              const pull = pulls.find(p => p.number === number)
              return (
                <a key={number} class="tag" href={pullAddress(number)}>
                  #{number}{pull && <>{" "}{isSame(pull.author, person) ? t("by you") : t("by {author}", { author: personName(pull.author) })}</>}
                </a>
              )
            })}
            <button type="button" class="more" aria-label={t("More for {title}", { title: nameOf(post) })} aria-haspopup="menu" aria-expanded={menu?.path === post.path} title={group === dataGroup ? t("History, delete (Shift+F10)") : t("Rename, duplicate, history, delete (Shift+F10)")} onClick={() => setMenu({ path: post.path })}>…</button>
            {menu?.path === post.path && <PostMenu app={app} branch={branch} post={post} pulls={pulls} draft={draftOf(post.path)} begin={menu.begin} onClose={() => setMenu(null)} onChanged={onChanged} />}
          </li>
        ))}
      </ul>
      {listing && listing.length > 0 && found.length === 0 && <p class="none">{filtered ? words ? t("Nothing is listed with these choices and “{query}”.", { query }) : t("Nothing is listed with these choices.")
        : group === "posts" ? t("No title, date or file name of a post has “{query}”.", { query }) : t("No title, date or file name in {group} has “{query}”.", { group: groupName(group), query })}</p>}
      {listing && listing.length === 0 && <p class="none">{t("There are no posts on {place} yet. Start the first one.", { place: place(branch) })}</p>}
      {shown.length < found.length && <button type="button" onClick={() => setMore({ of: filter, count: count + moreShown })}>{found.length - count > moreShown ? t("Show {count} more", { count: moreShown }) : t("Show all {count}", { count: found.length })}</button>}
      {listing && !words && <p class="restore"><button type="button" class="quiet small" onClick={onRestore}>{group === "posts" ? t("Restore a deleted post") : t("Restore a deleted text")}</button></p>}
      {words.length > 1 && <TextHits app={app} branch={branch} query={words} listed={new Set(found.map(post => post.path))} />}
    </section>
  )
}

/// One choice of a filter.
function Choice({ name, label, value, all, options, onChoose }: {
  name: string
  label: string
  value: string
  /// What no choice is called; "" where there is always one.
  all: string
  options: readonly (readonly [value: string, label: string])[]
  onChoose: (value: string) => void
}) {
  return (
    <label>
      <span class="hidden">{label}</span>
      <select name={name} value={value} onChange={event => onChoose(event.currentTarget.value)}>
        {all && <option value="">{all}</option>}
        {options.map(([value, label]) => <option key={value} value={value}>{label}</option>)}
      </select>
    </label>
  )
}

/// Words to choose from, and the one that is chosen though no text has it any more.
function named(words: readonly string[], chosen: string): (readonly [string, string])[] {
  return [...(chosen && !words.includes(chosen) ? [chosen] : []), ...words].map(word => [word, word] as const)
}

/// How many texts are listed: "3 of 12 pages", "One post".
function counted(found: number, all: number, group: string, some: boolean): string {
  switch (group) {
    case "posts":
      return some ? t("{found} of {all} posts", { found, all }) : tn(all, "One post", "{count} posts")
    case "pages":
      return some ? t("{found} of {all} pages", { found, all }) : tn(all, "One page", "{count} pages")
    case "drafts":
      return some ? t("{found} of {all} drafts", { found, all }) : tn(all, "One draft", "{count} drafts")
    default:
      return some ? t("{found} of {all}", { found, all }) : `${all}`
  }
}

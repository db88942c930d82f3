import { useEffect, useRef, useState } from "preact/hooks"
import { keyLabel, runKey, type Action } from "../../ui/actions"
import { problemOf } from "../../forge/api"
import type { AppContext } from "../../post/app-context"
import { shownBranches } from "../../forge/branches"
import { whyNotKept, type Draft } from "../../post/drafts"
import { forgetParting } from "../../post/parting-draft"
import { leadsToEditions } from "../../forge/editions"
import { ago, findPosts, groupName, groupsOf, longDate, nameOf } from "../../forge/posts"
import type { Branch, PostEntry, Pull } from "../../protocol/server"
import { authorOf, isOwn, sortPulls } from "../../forge/pulls"
import { deskAddress, editAddress, pullAddress } from "../../protocol/routes"
import { useStore } from "../../ui/use-store"
import { Dialog } from "../../ui/dialog"
import { EditionLine, ProposeDialog } from "../../ui/edition-line"
import { Palette } from "../../ui/palette"
import { PullRow } from "../../ui/pull-row"
import { SignOutDialog } from "../../ui/sign-out"
import { NewPostDialog } from "./new-post"

export interface DeskScreenProps {
  app: AppContext
  /// "" for the one where work goes on: the open edition's, or the default.
  branch: string
}

/// What became of a draft that was submitted.
function submittedText(draft: Draft, pulls: readonly Pull[]): string {
  const { number, text } = draft.submitted!
  const state = pulls.find(pull => pull.number === number)?.state ?? "open"
  return `, ${text === draft.text ? "in" : "changed since"} pull request #${number}${state === "open" ? "" : `, which is ${state}`}`
}

/// How many texts are listed: "3 of 12 pages", "One post".
function counted(found: number, all: number, group: string, query: string): string {
  if (group !== "posts" && group !== "pages" && group !== "drafts") return query ? `${found} of ${all}` : `${all}`
  if (!query && all === 1) return "One " + group.slice(0, -1)
  return query ? `${found} of ${all} ${group}` : `${all} ${group}`
}

/// How many posts are shown at first; the rest at a press.
const firstShown = 60

export function DeskScreen({ app, branch: asked }: DeskScreenProps) {
  const [current, setCurrent] = useState("")
  const branch = asked || current || app.site.defaultBranch
  const [branches, setBranches] = useState<Branch[]>([])
  const [posts, setPosts] = useState<PostEntry[] | null>(null)
  const [texts, setTexts] = useState<PostEntry[]>([])
  const [group, setGroup] = useState("")
  const [pulls, setPulls] = useState<Pull[]>([])
  const [drafts, setDrafts] = useState<Draft[]>([])
  const [storage, setStorage] = useState("")
  const [failure, setFailure] = useState("")
  const [query, setQuery] = useState("")
  const [all, setAll] = useState(false)
  const [dialog, setDialog] = useState<"" | "new" | "palette" | "forget-all" | "propose" | "sign-out">("")
  const [forget, setForget] = useState<Draft | null>(null)
  const search = useRef<HTMLInputElement>(null)
  const person = app.site.person.login || app.site.person.email || ""

  const readDrafts = () =>
    app.drafts.list(app.site.name, person).then(
      drafts => {
        setDrafts(drafts)
        setStorage("")
      },
      error => setStorage(whyNotKept(error).replace(/^Not saved: t/, "T")),
    )

  const { asOf } = useStore(app.answers.store)
  const { times } = useStore(app.signIn.store)
  useEffect(() => {
    app.api.branches().then(setBranches, () => {})
    app.api.pulls().then(setPulls, () => {})
  }, [times, asOf === 0])
  useEffect(() => {
    document.title = `${app.site.title || app.site.name} – Galley`
    void readDrafts()
    app.drafts.sweep(app.site.name, person).catch(() => {})
    const again = () => void readDrafts()
    addEventListener("focus", again)
    return () => removeEventListener("focus", again)
  }, [])
  useEffect(() => {
    setPosts(null)
    setAll(false)
  }, [asked])
  useEffect(() => {
    let live = true
    setFailure("")
    app.api.posts(asked).then(
      answer => {
        if (!live) return
        setPosts(answer.posts)
        setTexts(answer.texts ?? []) // an answer that was kept may be older
        setCurrent(answer.branch)
      },
      error => live && setFailure(problemOf(error).sentence),
    )
    return () => {
      live = false
    }
  }, [asked, times, asOf === 0])

  const groups = ["posts", ...groupsOf(texts)]
  // A site without posts begins with what it has.
  const chosen = groups.includes(group) ? group : (posts?.length === 0 && groups.find(name => name !== "posts")) || "posts"
  const goToBranch = (name: string) => app.go(deskAddress(name))
  const edition = branches.find(b => b.name === branch && b.edition !== undefined)
  const proposed = pulls.find(p => p.state === "open" && p.branch === branch && p.base === app.site.defaultBranch)
  const listed = shownBranches(branches, pulls, branch)
  const actions: Action[] = [
    { id: "new", name: "New post", key: "Alt-n", run: () => setDialog("new") },
    { id: "propose", name: "Open the edition's pull request", enabled: () => !!edition?.open && !proposed && app.site.canPush, run: () => setDialog("propose") },
    { id: "search", name: "Search the posts", key: "F2", run: () => search.current?.focus() },
    ...groups.filter(name => groups.length > 1 && name !== chosen).map(name => ({ id: "list-" + name.replace(/\W/g, "-"), name: `List ${groupName(name)}`, run: () => setGroup(name) })),
    ...listed.filter(b => b.name !== branch).map(b => ({ id: "branch-" + b.name.replace(/\W/g, "-"), name: `Go to branch ${b.name}`, run: () => goToBranch(b.name) })),
    ...pulls.filter(p => p.state === "open").map(p => ({ id: `pull-${p.number}`, name: `Look at pull request #${p.number}: ${p.title}`, run: () => app.go(pullAddress(p.number)) })),
    { id: "forget", name: "Forget all drafts in this browser", enabled: () => drafts.length > 0, run: () => setDialog("forget-all") },
    ...(app.site.signIn ? [{ id: "sign-out", name: `Sign out (${app.site.person.login})`, run: () => setDialog("sign-out") }] : []),
    { id: "palette", name: "All commands", key: "Mod-Shift-p", run: () => setDialog("palette") },
    { id: "palette-f1", name: "All commands (this list)", key: "F1", run: () => setDialog("palette") },
  ]
  const latest = useRef(actions)
  latest.current = actions
  useEffect(() => {
    const keydown = (event: KeyboardEvent) => {
      if (!document.querySelector("dialog[open]")) runKey(event, latest.current)
    }
    addEventListener("keydown", keydown)
    return () => removeEventListener("keydown", keydown)
  }, [])

  const listing = chosen === "posts" ? posts : texts.filter(text => text.group === chosen)
  const found = listing ? findPosts(listing, query) : []
  const shown = all ? found : found.slice(0, firstShown)
  const open = sortPulls(pulls.filter(p => p.state === "open"), branch)
  const now = Date.now()

  return (
    <div class="desk">
      <header class="masthead">
        <div class="top">
          <p class="brand">Galley</p>
          {app.site.signIn && (
            <p class="person">
              Signed in as {app.site.person.name || app.site.person.login}
              <button type="button" class="quiet small" onClick={() => setDialog("sign-out")}>Sign out</button>
            </p>
          )}
        </div>
        <h1>{app.site.title || app.site.name}</h1>
        <p class="lead">Pick a post or start one. Nothing reaches the site until its pull request is merged.</p>
        <div class="tools">
          <button type="button" class="primary" onClick={() => setDialog("new")} title={`New post (${keyLabel("Alt-n")})`}>New post</button>
          <label class="search">
            <span class="hidden">Search titles, dates and file names</span>
            <input ref={search} type="search" placeholder="Search titles and dates" value={query} onInput={event => {
              setQuery(event.currentTarget.value)
              setAll(false)
            }} />
          </label>
          <label class="branch">
            <span>Branch</span>
            <select value={branch} onChange={event => goToBranch(event.currentTarget.value)}>
              {listed.map(b => (
                <option key={b.name} value={b.name}>{b.name}</option>
              ))}
            </select>
          </label>
          <button type="button" class="quiet commands" onClick={() => setDialog("palette")} title={`All commands (${keyLabel("Mod-Shift-p")})`}>Commands</button>
        </div>
      </header>
      <main>
        {edition && <EditionLine app={app} branch={edition} pull={proposed} onPropose={() => setDialog("propose")} />}
        {asOf > 0 && (
          <p class="notice" role="status">
            Galley's server does not answer. The posts are as they were {ago(asOf, now)}; you can go on writing.
            <button type="button" class="small" onClick={() => void app.answers.look()}>Try again</button>
          </p>
        )}
        {storage && <p class="notice bad" role="alert">{storage}</p>}
        {drafts.length > 0 && (
          <section class="drafts" aria-labelledby="drafts-heading">
            <h2 id="drafts-heading">Waiting in this browser</h2>
            <ul>
              {drafts.map(draft => (
                <li key={draft.branch + "\n" + draft.path}>
                  <a href={editAddress(draft.branch, draft.path, draft.into, draft.pull)}>
                    <span class="name">{draft.title || nameOf({ title: "", slug: "", path: draft.path })}</span>
                    <span class="detail">
                      {draft.blob === "" ? "new, " : ""}{draft.pull ? `for pull request #${draft.pull} into ${draft.into}` : `on ${draft.branch}`}, kept {ago(draft.updated, now)}
                      {draft.submitted && !draft.pull && submittedText(draft, pulls)}
                    </span>
                  </a>
                  <button type="button" class="quiet small" aria-label={`Forget the draft of ${draft.title || draft.path}`} onClick={() => setForget(draft)}>Forget</button>
                </li>
              ))}
            </ul>
          </section>
        )}
        {open.length > 0 && (
          <section class="pulls" aria-labelledby="pulls-heading">
            <h2 id="pulls-heading">Open pull requests</h2>
            <ul>
              {open.map(pull => <PullRow key={pull.number} pull={pull} person={app.site.person} now={now} />)}
            </ul>
          </section>
        )}
        <section class="posts" aria-labelledby="posts-heading">
          <h2 id="posts-heading" class={groups.length > 1 ? "hidden" : ""}>{groupName(chosen)}{branch !== app.site.defaultBranch ? ` on ${branch}` : ""}</h2>
          <p class="count" role="status">
            {failure ? "" : listing === null ? "Reading the posts." : counted(found.length, listing.length, chosen, query)}
          </p>
          {groups.length > 1 && (
            <div class="groups" role="group" aria-label="What to list">
              {groups.map(name => (
                <button key={name} type="button" class="quiet small" aria-pressed={name === chosen} onClick={() => {
                  setGroup(name)
                  setAll(false)
                }}>{groupName(name)}</button>
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
                      #{number}{pull ? ` by ${isOwn(pull, app.site.person) ? "you" : authorOf(pull)}` : ""}
                    </a>
                  )
                })}
              </li>
            ))}
          </ul>
          {listing && listing.length > 0 && found.length === 0 && <p class="none">No title, date or file name {chosen === "posts" ? "of a post" : `in ${groupName(chosen)}`} holds “{query}”. The texts are not searched.</p>}
          {listing && listing.length === 0 && <p class="none">There are no posts on {branch} yet. Start the first one.</p>}
          {shown.length < found.length && <button type="button" onClick={() => setAll(true)}>Show all {found.length}</button>}
        </section>
      </main>
      {dialog === "sign-out" && <SignOutDialog app={app} onClose={() => setDialog("")} />}
      {dialog === "palette" && <Palette actions={actions} onClose={() => setDialog("")} />}
      {dialog === "new" && <NewPostDialog app={app} branch={leadsToEditions(branches, branch, app.site.defaultBranch) ? "" : branch} onClose={() => setDialog("")} />}
      {dialog === "propose" && edition && <ProposeDialog app={app} branch={edition} posts={posts ?? []} onClose={() => setDialog("")} />}
      {forget && (
        <Dialog title="Forget this draft?" onClose={() => setForget(null)}>
          <p>What you typed in “{forget.title || forget.path}” on {forget.branch} is kept nowhere else{forget.submitted ? " but in its pull request" : ""}. It cannot be brought back.</p>
          <footer>
            <button type="button" class="quiet" onClick={() => setForget(null)}>Keep it</button>
            <button type="button" class="danger" onClick={async () => {
              forgetParting(forget)
              await app.drafts.remove(forget, forget.version).then(() => app.drafts.forgetPictures(forget)).catch(() => {})
              setForget(null)
              void readDrafts()
            }}>Forget it</button>
          </footer>
        </Dialog>
      )}
      {dialog === "forget-all" && (
        <Dialog title="Forget all drafts in this browser?" onClose={() => setDialog("")}>
          <p>{drafts.length === 1 ? "One draft is" : `${drafts.length} drafts are`} kept here for {app.site.title || app.site.name}. They cannot be brought back.</p>
          <footer>
            <button type="button" class="quiet" onClick={() => setDialog("")}>Keep them</button>
            <button type="button" class="danger" onClick={async () => {
              drafts.forEach(forgetParting)
              await app.drafts.clear(app.site.name, person).catch(() => {})
              await app.answers.clear()
              setDialog("")
              void readDrafts()
            }}>Forget them</button>
          </footer>
        </Dialog>
      )}
    </div>
  )
}

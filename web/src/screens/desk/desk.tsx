import { useEffect, useMemo, useRef, useState } from "preact/hooks"
import { keyLabel, type Action } from "../../ui/actions"
import { problemOf } from "../../forge/api"
import type { AppContext } from "../../ui/app-context"
import { goingTo, placeName, shownBranches } from "../../forge/branches"
import { whyNotKept, type Draft } from "../../post/drafts"
import { forgetTyped } from "../../post/forgetting"
import { hasWords, placeOf } from "../../post/kept-words"
import { partingsOf } from "../../post/parting-draft"
import { leadsToEditions } from "../../forge/editions"
import { filterOf, filterQuery } from "../../forge/listing"
import { ago, dataGroup, groupName, groupsOf, today } from "../../forge/posts"
import type { Branch, PostEntry, Pull } from "../../protocol/server"
import { sortPulls } from "../../forge/pulls"
import { deskAddress, pullAddress } from "../../protocol/routes"
import { useStore } from "../../ui/use-store"
import { Dialog } from "../../ui/dialog"
import { Palette } from "../../ui/palette"
import { PullRow } from "../../ui/pull-row"
import { SignOutDialog } from "../../ui/sign-out"
import { useKeys } from "../../ui/use-keys"
import { DraftList } from "./draft-list"
import { EditionList } from "./edition-list"
import { ForgetDialog } from "./forget-dialog"
import { NewPostDialog } from "./new-post"
import { PostList } from "./post-list"
import { ProposeDialog } from "./propose-dialog"
import { later } from "../../ui/lazy"
import { language, languages, t, tn } from "../../base/words"

const NewDataDialog = later(async () => (await import("../later")).NewDataDialog)
const RestoreDialog = later(async () => (await import("../later")).RestoreDialog)

export interface DeskScreenProps {
  app: AppContext
  /// "" for the one where work goes on: the open edition's, or the default.
  branch: string
}

/// How often texts that are being read are asked for again.
const rounds = 6

/// How many pull requests are shown at first; the rest at a press.
const pullsShown = 8

export function DeskScreen({ app, branch: asked }: DeskScreenProps) {
  const [current, setCurrent] = useState("")
  const branch = asked || current || app.site.defaultBranch
  const [branches, setBranches] = useState<Branch[]>([])
  const [posts, setPosts] = useState<PostEntry[] | null>(null)
  const [texts, setTexts] = useState<PostEntry[]>([])
  const [unread, setUnread] = useState(0)
  const [round, setRound] = useState(0)
  const [group, setGroup] = useState(() => new URLSearchParams(location.search).get("list") ?? "")
  const [pulls, setPulls] = useState<Pull[]>([])
  const [drafts, setDrafts] = useState<Draft[]>([])
  const [storage, setStorage] = useState("")
  const [failure, setFailure] = useState("")
  const [filter, setFilter] = useState(() => filterOf(new URLSearchParams(location.search)))
  const [allPulls, setAllPulls] = useState(false)
  const [dialog, setDialog] = useState<"" | "new" | "palette" | "new-data" | "forget-all" | "propose" | "restore" | "sign-out">("")
  const [forget, setForget] = useState<Draft | null>(null)
  const search = useRef<HTMLInputElement>(null)
  const person = app.site.person.login || app.site.person.email || ""

  const readDrafts = () =>
    app.drafts.list(app.site.id, person).then(
      drafts => {
        setDrafts(drafts)
        setStorage("")
      },
      (error: unknown) => setStorage(whyNotKept(error)),
    )

  // Counts what was submitted here.
  const [changes, setChanges] = useState(0)
  const { asOf, otherSite } = useStore(app.answers.store)
  const answers = asOf === 0 && !otherSite
  const { times } = useStore(app.signIn.store)
  useEffect(() => {
    app.api.branches().then(setBranches, () => {})
    app.api.pulls().then(setPulls, () => {})
  }, [times, answers, changes])
  useEffect(() => {
    document.title = `${app.site.title || app.site.name} – Galley`
    void readDrafts()
    app.drafts.sweep(app.site.id, person, partingsOf(app.site.id, person).map(({ draft }) => draft)).catch(() => {})
    const again = () => void readDrafts()
    addEventListener("focus", again)
    return () => removeEventListener("focus", again)
  }, [])
  useEffect(() => setPosts(null), [asked])
  useEffect(() => {
    let live = true
    setFailure("")
    app.api.posts(asked).then(
      answer => {
        if (!live) return
        setPosts(answer.posts)
        setTexts(answer.texts ?? []) // an answer that was kept may be older
        setUnread(answer.unread ?? 0)
        setCurrent(answer.branch)
      },
      (error: unknown) => live && setFailure(problemOf(error).sentence),
    )
    return () => {
      live = false
    }
  }, [asked, times, answers, changes, round])

  // Of very many posts the server reads on for titles and tags.
  useEffect(() => {
    if (unread === 0 || round === rounds) return
    const timer = setTimeout(() => setRound(n => n + 1), 2_000 * (round + 1))
    return () => clearTimeout(timer)
  }, [unread, round])
  const known = useMemo(() => ({ drafts: new Set(drafts.filter(draft => draft.branch === branch).map(draft => draft.path)), today: today() }), [drafts, branch])
  // The address has what is listed, for a reload, a bookmark and the way back.
  useEffect(() => {
    const address = deskAddress(asked, { ...(group ? { list: group } : {}), ...filterQuery(filter) })
    if (location.pathname === "/" && address !== location.pathname + location.search) history.replaceState(null, "", address)
  }, [asked, group, filter])

  const groups = ["posts", ...groupsOf(texts)]
  // A site without posts begins with what it has.
  const chosen = groups.includes(group) ? group : (posts?.length === 0 && groups.find(name => name !== "posts")) || "posts"
  const listing = useMemo(() => (chosen === "posts" ? posts : texts.filter(text => text.group === chosen)), [posts, texts, chosen])
  const goToBranch = (name: string) => app.go(deskAddress(name))
  const edition = branches.find(b => b.name === branch && b.edition !== undefined)
  const proposed = pulls.find(p => p.state === "open" && p.branch === branch && p.base === app.site.defaultBranch)
  const listed = shownBranches(branches, pulls, branch)
  const place = (name: string) => placeName(name, branches, pulls)
  const actions: Action[] = [
    { id: "new", name: t("New post"), key: "Alt-n", run: () => setDialog("new") },
    { id: "new-data", name: t("New data file"), run: () => setDialog("new-data") },
    { id: "propose", name: t("Open the edition's pull request"), enabled: () => !!edition?.open && !proposed && app.site.canPush, run: () => setDialog("propose") },
    { id: "restore", name: t("Restore a deleted post"), run: () => setDialog("restore") },
    { id: "search", name: t("Search the posts"), key: "F2", run: () => search.current?.focus() },
    ...groups.filter(name => groups.length > 1 && name !== chosen).map(name => ({ id: "list-" + name.replace(/\W/g, "-"), name: t("List {group}", { group: groupName(name) }), run: () => setGroup(name) })),
    ...listed.filter(b => b.name !== branch).map(b => ({ id: "branch-" + b.name.replace(/\W/g, "-"), name: goingTo(b.name, place(b.name), pulls), run: () => goToBranch(b.name) })),
    ...pulls.filter(p => p.state === "open").map(p => ({ id: `pull-${p.number}`, name: t("Look at pull request #{number}: {title}", { number: p.number, title: p.title }), run: () => app.go(pullAddress(p.number)) })),
    { id: "forget", name: t("Forget all drafts in this browser"), enabled: () => drafts.length > 0 || hasWords(placeOf(app.site)), run: () => setDialog("forget-all") },
    ...(app.site.signIn ? [{ id: "sign-out", name: t("Sign out ({login})", { login: app.site.person.login }), run: () => setDialog("sign-out") }] : []),
    ...languages().filter(({ code }) => code !== language).map(({ code, name }) => ({ id: "language-" + code, name: t("Language: {name}", { name }), run: () => void app.setLanguage(code) })),
    { id: "palette", name: t("All commands"), key: "Mod-Shift-p", run: () => setDialog("palette") },
    { id: "palette-f1", name: t("All commands (this list)"), key: "F1", run: () => setDialog("palette") },
  ]
  useKeys(actions)

  const open = sortPulls(pulls.filter(p => p.state === "open"), branch)
  const editions = branches.filter(b => b.edition !== undefined && (b.open || b.name === branch)).sort((a, b) => (a.edition! < b.edition! ? 1 : -1))
  const working = editions.length + drafts.length + open.length > 0
  const now = Date.now()

  return (
    <div class={working ? "desk working" : "desk"}>
      <header class="masthead">
        <div class="top">
          <p class="brand">Galley</p>
          {app.site.signIn && (
            <p class="person">
              {t("Signed in as {name}", { name: app.site.person.name || app.site.person.login })}
              <button type="button" class="quiet small" onClick={() => setDialog("sign-out")}>{t("Sign out")}</button>
            </p>
          )}
        </div>
        <h1>{app.site.title || app.site.name}</h1>
        <p class="lead">{t("Pick a post or start one. Nothing reaches the site until its pull request is merged.")}</p>
        <div class="tools">
          <button type="button" class="primary" onClick={() => setDialog("new")} title={t("New post ({key})", { key: keyLabel("Alt-n") })}>{t("New post")}</button>
          <button type="button" class="quiet commands" onClick={() => setDialog("palette")} title={t("All commands ({key})", { key: keyLabel("Mod-Shift-p") })}>{t("Commands")}</button>
        </div>
      </header>
      {(asOf > 0 || storage) && (
        <div class="notices">
          {asOf > 0 && !otherSite && (
            <p class="notice" role="status">
              {failure
                ? t("Galley's server does not answer. This browser does not keep the list of posts yet; what it keeps of your drafts is here.")
                : t("Galley's server does not answer. The posts are as they were {when}; you can go on writing.", { when: ago(asOf, now) })}
              <button type="button" class="small" onClick={() => void app.answers.look()}>{t("Try again")}</button>
            </p>
          )}
          {storage && <p class="notice bad" role="alert">{storage}</p>}
        </div>
      )}
      <main>
        {working && (
          <div class="work">
            {editions.length > 0 && <EditionList app={app} editions={editions} branch={branch} pulls={pulls} posts={posts ?? []} onPropose={() => setDialog("propose")} />}
            {drafts.length > 0 && <DraftList drafts={drafts} pulls={pulls} place={place} now={now} onForget={setForget} />}
            {open.length > 0 && (
              <section class="pulls" aria-labelledby="pulls-heading">
                <h2 id="pulls-heading">{t("Open pull requests")}</h2>
                <ul>
                  {(allPulls ? open : open.slice(0, pullsShown)).map(pull => <PullRow key={pull.number} pull={pull} into={place(pull.base)} person={app.site.person} now={now} />)}
                </ul>
                {!allPulls && open.length > pullsShown && <button type="button" onClick={() => setAllPulls(true)}>{t("Show all {count}", { count: open.length })}</button>}
              </section>
            )}
          </div>
        )}
        <PostList
          key={branch + "\n" + chosen} app={app} branch={branch} place={place} branches={listed} pulls={pulls} person={app.site.person} isDefault={branch === app.site.defaultBranch}
          listing={listing} groups={groups} group={chosen} filter={filter} known={known} failure={failure}
          search={search} onFilter={setFilter} onGroup={name => {
            setGroup(name)
            setFilter({ ...filter, tag: "", author: "", state: "" })
          }} onBranch={goToBranch}
          draftOf={path => drafts.find(draft => draft.branch === branch && draft.path === path)} onChanged={() => setChanges(n => n + 1)} onRestore={() => setDialog("restore")} onNewData={() => setDialog("new-data")}
        />
      </main>
      {dialog === "sign-out" && <SignOutDialog app={app} onClose={() => setDialog("")} />}
      {dialog === "palette" && <Palette actions={actions} onClose={() => setDialog("")} />}
      {dialog === "new" && <NewPostDialog app={app} branch={leadsToEditions(branches, branch, app.site.defaultBranch) ? "" : branch} onClose={() => setDialog("")} />}
      {dialog === "new-data" && <NewDataDialog app={app} branch={branch} files={texts.filter(text => text.group === dataGroup)} onClose={() => setDialog("")} />}
      {dialog === "restore" && <RestoreDialog app={app} branch={branch} group={chosen} onClose={() => setDialog("")} onChanged={() => setChanges(n => n + 1)} />}
      {dialog === "propose" && edition && <ProposeDialog app={app} branch={edition} posts={posts ?? []} onClose={() => setDialog("")} />}
      {forget && <ForgetDialog app={app} draft={forget} place={place(forget.branch)} onClose={() => {
        setForget(null)
        void readDrafts()
      }} />}
      {dialog === "forget-all" && (
        <Dialog title={t("Forget all drafts in this browser?")} onClose={() => setDialog("")}>
          {drafts.length > 0 && <p>{tn(drafts.length, "One draft is kept here for {title}. It cannot be brought back.", "{count} drafts are kept here for {title}. They cannot be brought back.", { title: app.site.title || app.site.name })}</p>}
          {hasWords(placeOf(app.site)) && <p>{t("Messages and comments that you have typed and not sent are forgotten, too.")}</p>}
          <footer>
            <button type="button" class="quiet" onClick={() => setDialog("")}>{t("Keep them")}</button>
            <button type="button" class="danger" onClick={async () => {
              forgetTyped(app.site.id, person, placeOf(app.site))
              await app.drafts.clear(app.site.id, person).catch(() => {})
              await app.answers.clear()
              setDialog("")
              void readDrafts()
            }}>{t("Forget them")}</button>
          </footer>
        </Dialog>
      )}
    </div>
  )
}

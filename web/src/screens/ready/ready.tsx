import { useEffect, useRef, useState } from "preact/hooks"
import { problemOf } from "../../forge/api"
import { placeName } from "../../forge/branches"
import { findAdding, isClaim } from "../../forge/pulls"
import type { Draft } from "../../post/drafts"
import { placeOf } from "../../post/kept-words"
import { keepSent, readSent, type SentOf } from "../../post/sent"
import type { Ready } from "../../protocol/publishing"
import type { Branch, Pull, Writer } from "../../protocol/server"
import { boardAddress, deskAddress, editAddress, readyAddress } from "../../protocol/routes"
import { keyLabel, type Action } from "../../ui/actions"
import type { AppContext } from "../../ui/app-context"
import { Palette } from "../../ui/palette"
import { useKeys } from "../../ui/use-keys"
import { After } from "./after"
import { Checks } from "./checks"
import { Announcements, copyKeys } from "./announcements"
import { MailStep } from "./mail"
import { usePageCheck } from "./page-check"
import { Publish } from "./publish"
import { t } from "../../base/words"

export interface ReadyScreenProps {
  app: AppContext
  branch: string
  path: string
}

/// What the server said. Its mail and announcements are those of the post `dated` with
/// the present, or as it is; the writer may have chosen the other since.
type Looked = Ready & { dated: boolean }

/// How often it is looked anew, in milliseconds.
const every = 30_000

/// What stands between a post and its readers: what is to be looked at, and then, in
/// order, publishing it, its mail and its announcements.
export function ReadyScreen({ app, branch, path }: ReadyScreenProps) {
  const { site, api } = app
  const person = site.person.login || site.person.email || ""
  const [ready, setReady] = useState<Looked | null>(null)
  const [pulls, setPulls] = useState<Pull[] | null>(null)
  const [writers, setWriters] = useState<Writer[] | null>(null)
  const [branches, setBranches] = useState<Branch[]>([])
  const [draft, setDraft] = useState<Draft | null>(null)
  const [sent, setSent] = useState<SentOf>(() => readSent(site.id, person, path))
  const [stamp, setStamp] = useState(true)
  const [elsewhere, setElsewhere] = useState<Pull | null>(null)
  const [failure, setFailure] = useState("")
  const [palette, setPalette] = useState(false)
  const [said, setSaid] = useState("")
  const looks = useRef(0)
  const page = usePageCheck(api, ready)

  const isDefault = branch === site.defaultBranch
  const edition = branches.find(b => b.name === branch)?.edition
  // What is still written goes into the edition's branch, or into the site's own.
  const base = edition ? branch : site.defaultBranch
  /// The pull request by which the branch reaches the site.
  const own = (pulls ?? []).find(pull => pull.state === "open" && pull.branch === branch && pull.base === site.defaultBranch) ?? null
  const open = (pulls ?? []).filter(pull => pull.state === "open" && pull.base === base && pull !== own)
  const claims = open.filter(pull => isClaim(pull, path))
  const waiting = open.filter(pull => !claims.includes(pull))

  async function look(): Promise<void> {
    const mine = ++looks.current
    const [known, list, all] = await Promise.all([api.ready(branch, path, stamp && !isDefault), api.pulls(), api.branches()])
    const about = await api.pulls(path)
    if (mine !== looks.current) return // one that began later knows better
    // Once it is published, by whom and wherever, this is about what was published.
    const at = all.find(b => b.name === branch)
    if (at?.edition && !at.open && known.published && !list.some(pull => pull.state === "open" && pull.branch === branch)) return app.go(readyAddress(site.defaultBranch, path))
    setReady({ ...known, dated: stamp && !isDefault })
    setBranches(all)
    const numbers = new Set(about.map(pull => pull.number))
    setPulls(list.filter(pull => numbers.has(pull.number) || pull.branch === branch || isClaim(pull, path)))
    const into = all.find(b => b.name === branch)?.edition ? branch : site.defaultBranch
    setWriters(known.published && isDefault ? [] : await api.writers(into, path).catch(() => null))
    setDraft(await app.drafts.get({ site: site.id, person, branch, path }).then(found => found ?? null, () => null))
  }
  useEffect(() => {
    document.title = t("Ready to publish – Galley")
    look().then(() => setFailure(""), async (error: unknown) => {
      const problem = problemOf(error)
      setFailure(problem.sentence)
      if (problem.kind === "not-found") setElsewhere(await findAdding(api, path).catch(() => null))
    })
    const again = () => document.visibilityState === "visible" && void look().catch(() => {})
    const timer = setInterval(again, every)
    document.addEventListener("visibilitychange", again)
    return () => {
      clearInterval(timer)
      document.removeEventListener("visibilitychange", again)
    }
  }, [stamp])

  const keep = (what: string, text: string) => ready && setSent(keepSent(site.id, person, path, what, { address: addressOf(ready), text, when: Date.now() }))
  const say = (text: string) => {
    setSaid("")
    requestAnimationFrame(() => setSaid(text))
  }
  const click = (id: string) => document.getElementById(id)?.click()
  const keys = copyKeys(ready?.social ?? [])
  const actions: Action[] = [
    { id: "publish", name: t("Publish"), key: "Mod-Enter", enabled: () => !!document.getElementById("publish-now"), run: () => click("publish-now") },
    { id: "mail", name: t("Copy the mail"), key: "Alt-m", enabled: () => !!ready?.mail, run: () => click("copy-mail") },
    { id: "mail-source", name: t("Copy the mail's HTML"), enabled: () => !!ready?.mail, run: () => click("copy-mail-source") },
    { id: "mail-text", name: t("Copy the mail as text"), enabled: () => !!ready?.mail, run: () => click("copy-mail-text") },
    { id: "mail-draft", name: t("Make the mail a draft at the mailing service"), enabled: () => !!ready?.mail?.service, run: () => click("draft-mail") },
    ...(ready?.social ?? []).map((one, i) => ({ id: "copy-" + one.name, name: t("Copy the text for {label}", { label: one.label }), ...(keys[i] ? { key: keys[i] } : {}), run: () => click("copy-social-" + one.name) })),
    { id: "check-page", name: t("Check the page: what keeps people from reading it"), enabled: () => !!ready, run: () => click("check-page") },
    { id: "text", name: t("Open the text"), key: "Alt-e", run: () => app.go(editAddress(branch, path)) },
    { id: "board", name: t("Who writes what"), key: "Alt-w", run: () => app.go(boardAddress(base, path)) },
    { id: "again", name: t("Look again"), key: "Alt-r", run: () => void look().then(() => say(t("Looked again.")), (error: unknown) => setFailure(problemOf(error).sentence)) },
    { id: "desk", name: t("Go to the posts"), key: "Alt-l", run: () => app.go(deskAddress(base)) },
    { id: "palette", name: t("All commands"), key: "Mod-Shift-p", run: () => setPalette(true) },
    { id: "palette-f1", name: t("All commands (this list)"), key: "F1", run: () => setPalette(true) },
  ]
  useKeys(actions)

  // Later changes of the same post have been published by later commits.
  const merged = (pulls ?? []).filter(pull => pull.state === "merged" && pull.base === site.defaultBranch && pull.merge !== "").sort((a, b) => (a.updated < b.updated ? 1 : -1))[0]
  const commit = pulls === null ? "" : merged?.merge || (branches.find(b => b.default)?.head ?? "")
  const after = ready?.published === true && isDefault
  const outdated = ready?.dated !== (stamp && !isDefault)
  return (
    <div class="pull-screen ready-screen">
      <header class="bar">
        <a class="back" href={deskAddress(base)}>{t("Posts")}</a>
        <p class="where">{placeName(branch, branches, pulls ?? [])}</p>
        <p class="said" role="status">{said}</p>
        <button type="button" class="quiet commands" onClick={() => setPalette(true)} title={t("All commands ({key})", { key: keyLabel("Mod-Shift-p") })}>{t("Commands")}</button>
        <a class="button" href={editAddress(branch, path, own && !edition ? own.base : "", own && !edition ? own.number : 0)}>{t("Open the text")}</a>
      </header>
      <main>
        <header>
          <p class="kicker">{after ? t("Published") : t("Ready to publish")}</p>
          <h1>{ready?.title ?? path.replace(/^.*\//, "")}</h1>
        </header>
        {failure && <p class="notice bad" role="alert">{failure}</p>}
        {elsewhere && <p>{t("The post is in pull request #{number}.", { number: elsewhere.number })} <a class="button" href={readyAddress(elsewhere.branch, path)}>{t("See whether that is ready")}</a></p>}
        {!failure && !ready && <p class="none" role="status">{t("Looking at rules, links, pull requests and the mail.")}</p>}
        {ready && (
          <>
            {after && <After app={app} ready={ready} sent={sent} commit={commit} />}
            <Checks app={app} ready={ready} base={base} edition={!!edition} writers={writers} waiting={waiting} claims={claims} draft={draft && draft.text !== ready.text ? draft : null} stamp={stamp && !isDefault} after={after} page={page} />
            {!after && (
              <Publish app={app} ready={ready} branch={branch} edition={!!edition} own={own} waiting={waiting} stamp={stamp} onStamp={setStamp}
                onPublished={() => app.go(readyAddress(site.defaultBranch, path))} onChanged={look} />
            )}
            <MailStep app={app} ready={ready} branch={branch} stamp={ready.dated} outdated={outdated} sent={sent["mail"]} onSent={text => keep("mail", text)} onChanged={look} say={say} />
            <Announcements ready={ready} address={addressOf(ready)} outdated={outdated} place={placeOf(site, "announcement", path)} keys={keys} sent={sent} onSent={keep} say={say} />
          </>
        )}
      </main>
      {palette && <Palette actions={actions} onClose={() => setPalette(false)} />}
    </div>
  )
}

/// The address that the post will have, or has.
function addressOf(ready: Looked): string {
  return ready.dated ? ready.stampedUrl : ready.url
}

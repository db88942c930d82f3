import { useEffect, useState } from "preact/hooks"
import { problemOf } from "../forge/api"
import { placeName } from "../forge/branches"
import { isSame, personName } from "../forge/people"
import { ago, titleIn } from "../forge/posts"
import { continueAddress } from "../post/in-pull"
import { giveSectionBack, takeSection } from "../post/taking"
import type { Branch, PostFile, Writer } from "../protocol/server"
import { deskAddress, editAddress, leavesApp, pullAddress, readyAddress } from "../protocol/routes"
import { chapterNames, sameChapter } from "../text/chapters"
import { keyLabel, type Action } from "../ui/actions"
import type { AppContext } from "../ui/app-context"
import { Palette } from "../ui/palette"
import { useKeys } from "../ui/use-keys"
import { t } from "../base/words"

export interface BoardScreenProps {
  app: AppContext
  /// The branch that pull requests are for.
  branch: string
  path: string
}

/// How often it is looked anew, in milliseconds.
const every = 15_000

/// Who writes what of a post, and what nobody has yet: where a writer begins.
export function BoardScreen({ app, branch, path }: BoardScreenProps) {
  const [post, setPost] = useState<PostFile | null>(null)
  const [writers, setWriters] = useState<Writer[] | null>(null)
  const [branches, setBranches] = useState<Branch[]>([])
  const [failure, setFailure] = useState("")
  const [busy, setBusy] = useState("")
  const [said, setSaid] = useState("")
  const [trouble, setTrouble] = useState("")
  const [palette, setPalette] = useState(false)
  // Sections taken in this visit stay in their place, so that no other's button comes
  // under the pointer.
  const [stays, setStays] = useState<readonly string[]>([])

  const look = async () => setWriters(await app.api.writers(branch, path))
  useEffect(() => {
    document.title = t("Who writes what – Galley")
    const fail = (error: unknown) => setFailure(problemOf(error).sentence)
    app.api.post(branch, path).then(setPost, fail)
    look().catch(fail)
    app.api.branches().then(setBranches, () => {})
    const again = () => document.visibilityState === "visible" && void look().catch(() => {})
    const timer = setInterval(again, every)
    document.addEventListener("visibilitychange", again)
    return () => {
      clearInterval(timer)
      document.removeEventListener("visibilitychange", again)
    }
  }, [])

  const title = (post && titleIn(post.text)) || path.replace(/^.*\//, "")
  const names = post ? chapterNames(post.text) : []
  const whose = (name: string) => (writers ?? []).filter(writer => sameChapter(writer.section, name))
  const free = names.filter(name => whose(name).length === 0)
  const above = names.filter(name => free.includes(name) || stays.includes(name))
  const taken = names.filter(name => !above.includes(name))
  // A section that somebody has and the edition has not yet.
  const others = [...new Set((writers ?? []).map(writer => writer.section))].filter(section => !names.some(name => sameChapter(section, name)))

  async function about(name: string, act: () => Promise<string>): Promise<void> {
    if (busy) return
    setBusy(name)
    setTrouble("")
    setSaid("")
    try {
      const done = await act()
      await look()
      setSaid(done)
    } catch (error) {
      setTrouble(problemOf(error).sentence)
    } finally {
      setBusy("")
    }
  }
  const take = (name: string) => about(name, async () => {
    await takeSection(app.api, { path, base: branch, title, own: pull => isSame(pull.author, app.site.person), pull: 0, continued: 0 }, name)
    setStays(stays => [...stays, name])
    return t("Others see now that you are writing {name}.", { name })
  })
  const giveBack = (writer: Writer) => about(writer.section, async () => {
    await giveSectionBack(app.api, path, writer)
    return t("Others see now that {section} is free.", { section: writer.section })
  })
  const write = async (writer: Writer) => {
    setTrouble("")
    try {
      const { pull } = await app.api.pull(writer.number)
      app.go(continueAddress(pull, path))
    } catch (error) {
      setTrouble(problemOf(error).sentence)
    }
  }

  const actions: Action[] = [
    ...free.map(name => ({ id: "take-" + name, name: t("I am writing “{name}”", { name }), run: () => void take(name) })),
    { id: "text", name: t("Open the text"), key: "Alt-e", run: () => app.go(editAddress(branch, path)) },
    { id: "ready", name: t("Ready to publish"), key: "Alt-y", run: () => app.go(readyAddress(branch, path)) },
    { id: "desk", name: t("Go to the posts"), key: "Alt-l", run: () => app.go(deskAddress(branch)) },
    { id: "palette", name: t("All commands"), key: "Mod-Shift-p", run: () => setPalette(true) },
    { id: "palette-f1", name: t("All commands (this list)"), key: "F1", run: () => setPalette(true) },
  ]
  useKeys(actions)

  const now = Date.now()
  const claims = (name: string) => whose(name).map(writer => (
    <span class="claim" key={writer.number + writer.state}>
      <a href={leavesApp(writer.url) ? writer.url : pullAddress(writer.number)} {...(leavesApp(writer.url) ? { target: "_blank", rel: "noopener noreferrer" } : {})}>
        {writer.own ? t("You") : personName(writer.person, t("Somebody"))}
      </a>
      {" "}{writer.state === "announced" ? t("announced it") : t("has written in it")}, {ago(Date.parse(writer.since), now)}
    </span>
  ))

  const takenRow = (name: string) => {
    const own = whose(name).find(writer => writer.own)
    return (
      <li key={name}>
        <span class="name">{name}<span class="detail">{claims(name)}</span></span>
        {own && own.state === "announced" && (
          <button type="button" class="quiet" disabled={busy !== ""} aria-label={t("Give back {name}", { name })} onClick={once(() => void giveBack(own))}>{busy === name ? t("Giving back") : t("Give back")}</button>
        )}
        {own
          ? <button type="button" class="primary" aria-label={t("Write {name}", { name })} onClick={once(() => void write(own))}>{t("Write it")}</button>
          : <button type="button" class="quiet" disabled={busy !== ""} aria-label={t("I am writing {name}, too", { name })} onClick={once(() => void take(name))}>{busy === name ? t("Announcing") : t("I am, too")}</button>}
      </li>
    )
  }

  return (
    <div class="pull-screen board-screen">
      <header class="bar">
        <a class="back" href={deskAddress(branch)}>{t("Posts")}</a>
        <p class="where">{placeName(branch, branches, [])}</p>
        <button type="button" class="quiet commands" onClick={() => setPalette(true)} title={t("All commands ({key})", { key: keyLabel("Mod-Shift-p") })}>{t("Commands")}</button>
        <a class="button" href={editAddress(branch, path)}>{t("Open the text")}</a>
      </header>
      <main>
        <header>
          <p class="kicker">{t("Who writes what")}</p>
          <h1>{title}</h1>
          {writers && post && (
            <p class="facts" role="status">
              {said || (names.length === 0 ? t("It has no sections yet.") : free.length === 0 ? t("Every section has somebody.") : t("{free} of {all} sections have nobody yet.", { free: free.length, all: names.length }))}
            </p>
          )}
        </header>
        {failure && <p class="none" role="alert">{failure}</p>}
        {!failure && !(writers && post) && <p class="none" role="status">{t("Asking who writes what.")}</p>}
        {trouble && <p class="notice bad" role="alert">{trouble}</p>}
        {writers && post && above.length > 0 && (
          <section aria-labelledby="free-heading">
            <h2 id="free-heading">{t("Nobody has these yet")}</h2>
            <p class="hint" id="take-hint">{t("One press opens a pull request in your name, or adds to the one you have, so that others see it. Nothing else changes.")}</p>
            <ul>
              {above.map(name => free.includes(name) ? (
                <li key={name}>
                  <span class="name">{name}</span>
                  <button type="button" disabled={busy !== ""} aria-label={t("I am writing {name}", { name })} aria-describedby="take-hint" onClick={once(() => void take(name))}>
                    {busy === name ? t("Announcing") : t("I am writing this")}
                  </button>
                </li>
              ) : takenRow(name))}
            </ul>
          </section>
        )}
        {writers && post && taken.length + others.length > 0 && (
          <section aria-labelledby="taken-heading">
            <h2 id="taken-heading">{t("Being written")}</h2>
            <ul>{[...taken, ...others].map(takenRow)}</ul>
          </section>
        )}
      </main>
      {palette && <Palette actions={actions} onClose={() => setPalette(false)} />}
    </div>
  )
}

/// Does it at the first press of a double one: at the second, another button may
/// stand there.
function once(act: () => void): (event: MouseEvent) => void {
  return event => {
    if (event.detail < 2) act()
  }
}

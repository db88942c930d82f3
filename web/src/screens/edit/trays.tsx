// Trays are the material beside the editor, as a list below the source: a press
// puts an item's bullet into its section, and so does a drag onto a line.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks"
import { bulletType, insertBullet, takeBullets } from "../../editor/insert-bullet"
import type { EditModel } from "../../post/edit-state"
import type { PostContext } from "../../post/post-context"
import { createSubmissions } from "../../post/submissions"
import { createTrays, type Standing } from "../../post/trays"
import { placeName } from "../../forge/branches"
import type { LifeView } from "../../post/life/view"
import type { TrayItem } from "../../protocol/server"
import { editAddress } from "../../protocol/routes"
import { chapterAt } from "../../text/chapters"
import { lookedUp } from "../../text/address"
import { useStore } from "../../ui/use-store"
import { whenIdle } from "../../base/idle"
import { personName } from "../../forge/people"
import { SubmissionRows, SubmissionsDialog } from "./submissions"
import { list as named, t, tn, tx } from "../../base/words"

export interface TraysProps {
  app: PostContext
  branch: string
  path: string
  model: EditModel
  life: LifeView
  open: boolean
  disabled: boolean
  onOpen: (open: boolean) => void
}

/// How many items are shown at once.
const most = 200

const standings: Record<Standing, string> = { new: t("New"), used: t("In the text"), reported: t("Reported before"), dismissed: t("Dismissed") }

export function Trays({ app, branch, path, model, life, open, disabled, onOpen }: TraysProps) {
  const number = useRef(0)
  number.current = life.target.pull || (life.pull?.number ?? 0)
  const trays = useMemo(() => createTrays({
    api: app.api, branch: life.target.into || branch, path, key: `${app.site.id}\n${app.site.person.login || app.site.person.email || ""}\n${path}`,
    pull: () => number.current, text: model.text,
  }), [])
  const submissions = useMemo(() => createSubmissions({ api: app.api, branch: life.target.into || branch, path, own: () => number.current }), [])
  const state = useStore(trays.store)
  const submitted = useStore(submissions.store)
  const [tray, setTray] = useState("")
  const [standing, setStanding] = useState<Standing>("new")
  const [said, setSaid] = useState("")
  const list = useRef<HTMLUListElement>(null)
  const into = placeName(life.target.into || branch, model.store.get().branches, [])
  const continued = life.target.pull > 0

  useEffect(() => {
    void trays.look(false)
    return () => trays.destroy()
  }, [trays])
  const takesSubmissions = state.trays.some(t => t.kind === "submissions")
  useEffect(() => {
    if (takesSubmissions) void submissions.look()
  }, [takesSubmissions])
  // What is in the text is looked for while one does not type.
  const edits = useStore(model.store).painted
  useEffect(() => (open ? whenIdle(() => trays.read()) : undefined), [open, edits])
  useEffect(() => {
    const view = model.editor()?.view
    return view && takeBullets(view, () => trays.read())
  }, [model.editor()])
  const wasOpen = useRef(open)
  useLayoutEffect(() => {
    const first = (selector: string) => list.current?.querySelector<HTMLElement>(selector)
    if (open && !wasOpen.current) (first(".go:enabled") ?? first("select"))?.focus()
    wasOpen.current = open
  }, [open])

  const all = state.trays.filter(t => tray === "" || t.name === tray).flatMap(t => t.items.map(item => ({ item, tray: t, standing: trays.standing(item) })))
  const shown = unique(all.filter(entry => entry.standing === standing))
  const amongThem = state.trays.some(t => t.kind === "submissions" && (tray === "" || t.name === tray))
  const offered = amongThem && standing === "new"
  const fit = submitted.pulls.filter(pull => !pull.reason).length
  const count = (which: Standing) => unique(all.filter(entry => entry.standing === which)).length + (which === "new" && amongThem ? fit : 0)
  const fresh = unique(state.trays.flatMap(t => t.items).map(item => ({ item })).filter(({ item }) => trays.standing(item) === "new")).length + fit
  const trouble = [...state.wrong, ...state.trays.filter(t => tray === "" || t.name === tray).flatMap(t => t.trouble.map(sentence => `${t.name}: ${sentence}`)), ...(state.trouble ? [state.trouble] : [])]

  // Stays in the list when the item goes that was pressed: with the very change that
  // takes it away, since a key that comes between would find nobody.
  const pressed = useRef<{ button: Element; at: number } | null>(null)
  useLayoutEffect(() => {
    if (!pressed.current || pressed.current.button.isConnected) return
    const left = list.current?.querySelectorAll<HTMLElement>("button.go") ?? []
    if (document.activeElement === document.body) (left[Math.min(pressed.current.at, left.length - 1)] ?? list.current?.querySelector<HTMLElement>("select"))?.focus()
    pressed.current = null
  })

  function stay(item: TrayItem): void {
    pressed.current = document.activeElement && { button: document.activeElement, at: shown.findIndex(entry => entry.item.key === item.key) }
  }

  function dismiss(item: TrayItem): void {
    trays.dismiss(item)
    stay(item)
  }

  function insert(item: TrayItem, section: string): void {
    stay(item)
    model.inSource(editor => {
      const went = insertBullet(editor.view, item.bullet, section)
      if (went === null) return
      trays.read()
      const title = item.title || item.url
      setSaid(went ? t("{title} is in {section}. Undo takes it back.", { title, section: went })
        : section ? t("{title} is where the cursor was: this post has no section {section}. Undo takes it back.", { title, section })
        : t("{title} is where the cursor was. Undo takes it back.", { title }))
    })
  }

  /// Brings what was put into the branch into the writer's text: later where that collides
  /// or fails, so that it is not said to be there. A pull request that is continued has a
  /// branch of its own, which that did not go into.
  function merged(numbers: number[]): void {
    const pulls = named(numbers.map(number => `#${number}`))
    setSaid(continued
      ? tn(numbers.length, "{pulls} is merged into {into}; its lines are beside yours once yours is merged.", "{pulls} are merged into {into}; their lines are beside yours once yours is merged.", { pulls, into })
      : tn(numbers.length, "{pulls} is merged; its lines come into your text.", "{pulls} are merged; their lines come into your text.", { pulls }))
    model.send({ type: "branch moved" })
    void trays.look(false)
  }

  function whereUsed(item: TrayItem): string {
    const at = state.used.get(lookedUp(item.url))
    const doc = model.editor()?.doc()
    return (at !== undefined && doc && chapterAt(doc, at)?.name) || t("this text")
  }

  /// Arrows go from item to item, Delete dismisses, Escape goes back to the text.
  function keydown(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      event.preventDefault()
      onOpen(false)
      model.editor()?.focus()
      return
    }
    const items = [...(list.current?.querySelectorAll<HTMLElement>(".go") ?? [])]
    const now = items.indexOf(document.activeElement as HTMLElement)
    if (now < 0) return
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0
    if (step) {
      event.preventDefault()
      items[Math.max(0, Math.min(items.length - 1, now + step))]?.focus()
    } else if (event.key === "Delete" && standing === "new" && !disabled) {
      const entry = shown[now - items.filter(item => item instanceof HTMLInputElement).length] // submissions stand before
      if (!entry) return
      event.preventDefault()
      dismiss(entry.item)
    }
  }

  return (
    <section class="problems trays" aria-label={t("Material")}>
      <button type="button" class="count" aria-expanded={open} aria-controls="tray-list" onClick={() => onOpen(!open)}>
        {!state.known ? (state.trouble ? t("Material") : t("Looking for material")) : fresh === 0 ? t("No new material") : t("Material: {count} new", { count: fresh })}
      </button>
      {open && (
        <ul id="tray-list" ref={list} onKeyDown={keydown}>
          <li class="choose">
            {state.trays.length > 1 && (
              <select aria-label={t("Tray")} value={tray} onChange={event => setTray(event.currentTarget.value)}>
                <option value="">{t("All trays")}</option>
                {state.trays.map(t => <option key={t.name} value={t.name}>{t.name}</option>)}
              </select>
            )}
            <select aria-label={t("Which items")} value={standing} onChange={event => setStanding(event.currentTarget.value as Standing)}>
              {(Object.keys(standings) as Standing[]).map(which => <option key={which} value={which}>{`${standings[which]} (${count(which)})`}</option>)}
            </select>
            <button type="button" class="quiet small again" disabled={state.loading} onClick={() => void Promise.all([trays.look(true), takesSubmissions && submissions.look()])}>{state.loading ? t("Looking") : t("Look again")}</button>
          </li>
          {offered && <SubmissionRows submissions={submissions} disabled={disabled} />}
          {shown.slice(0, most).map(({ item, tray }) => (
            <li
              key={item.key} draggable={!disabled}
              onDragStart={event => {
                event.dataTransfer?.setData(bulletType, item.bullet)
                event.dataTransfer?.setData("text/plain", item.bullet)
              }}
            >
              <button
                type="button" class="go" disabled={disabled} title={item.bullet}
                aria-label={tray.section ? t("Insert {title} into {section}", { title: item.title || item.url, section: tray.section }) : t("Insert {title} at the cursor", { title: item.title || item.url })}
                onClick={() => insert(item, tray.section)}
              >
                <span class="what">{item.title || item.url}</span>
                <span class="where">{[item.source, item.date].filter(Boolean).join(", ")}</span>
              </button>
              {standing === "used" && <span class="who">{t("in {section}", { section: whereUsed(item) })}</span>}
              {standing === "reported" && <span class="who">{tx("in {post}", { post: <a href={editAddress(life.target.into || branch, item.reportedPath, "", 0, item.reportedLine)} target="_blank" rel="noopener">{item.reported}</a> })}</span>}
              {tray.section && standing === "new" && <button type="button" class="quiet small take" disabled={disabled} aria-label={t("Insert {title} at the cursor", { title: item.title || item.url })} onClick={() => insert(item, "")}>{t("At the cursor")}</button>}
              {standing === "new" && <button type="button" class="quiet small take" disabled={disabled} aria-label={t("Dismiss {title}", { title: item.title || item.url })} onClick={() => dismiss(item)}>{t("Dismiss")}</button>}
              {standing === "dismissed" && (trays.dismissedBy(item)
                ? <span class="who">{t("by {person}", { person: personName(trays.dismissedBy(item)!.person) })}</span>
                : <button type="button" class="quiet small take" disabled={disabled} aria-label={t("Take back {title}", { title: item.title || item.url })} onClick={() => trays.restore(item)}>{t("Take back")}</button>)}
              {/^https?:/.test(item.url) && <a class="see" href={item.url} target="_blank" rel="noopener noreferrer" aria-label={t("Read {title}", { title: item.title || item.url })}>{t("Read")}</a>}
            </li>
          ))}
          {shown.length > most && <li class="none">{t("{count} older ones are not shown.", { count: shown.length - most })}</li>}
          {shown.length === 0 && !(offered && submitted.pulls.length > 0) && <li class="none">{state.known ? (standing === "new" ? t("Nothing new: all is in the text or dismissed.") : t("Nothing.")) : state.trouble ? "" : t("Galley asks for it.")}</li>}
          {trouble.map(sentence => <li key={sentence} class="none failed">{sentence}</li>)}
          {Object.keys(state.own).length > 0 && number.current === 0 && <li class="none hint">{t("What you dismiss is known to this browser alone until you have a pull request, which tells others.")}</li>}
        </ul>
      )}
      <SubmissionsDialog submissions={submissions} state={submitted} into={into} continued={continued} nonce={app.nonce} onMerged={merged} />
      <p class="said" role="status">{said}</p>
    </section>
  )
}

/// Each item once, where several trays have it.
function unique<T extends { item: TrayItem }>(entries: readonly T[]): T[] {
  const seen = new Set<string>()
  return entries.filter(({ item }) => !seen.has(item.key) && seen.add(item.key))
}

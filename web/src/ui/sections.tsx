import { personName } from "../forge/people"
import type { Text } from "@codemirror/state"
import { chaptersOf, sameChapter } from "../text/chapters"
import type { Writer } from "../protocol/server"
import { leavesApp, pullAddress } from "../protocol/routes"
import { t } from "../base/words"

export interface SectionsProps {
  doc: () => Text | null
  writers: readonly Writer[]
  open: boolean
  /// The section that is being taken or given back; "" for none.
  taking: string
  trouble: string
  /// What taking a section does.
  hint: string
  disabled: boolean
  onOpen: (open: boolean) => void
  onGo: (at: number) => void
  onTake: (section: string) => void
  onGiveBack: (section: string) => void
}

/// Goes to what can be done about a section in the list, which is open.
export function goToSection(name: string): void {
  const rows = [...document.querySelectorAll<HTMLElement>("#section-list > li")]
  const row = rows.find(row => row.querySelector(".go")?.textContent === name)
  ;(row?.querySelector<HTMLElement>(".take") ?? row?.querySelector<HTMLElement>(".go"))?.focus()
}

/// Who writes what: a count, which opens into the list of sections.
export function Sections({ doc, writers, open, taking, trouble, hint, disabled, onOpen, onGo, onTake, onGiveBack }: SectionsProps) {
  const names = [...new Set(writers.map(writer => (writer.own ? "you" : personName(writer.person))))]
  const text = open ? doc() : null
  return (
    <section class="problems sections" aria-label={t("Who writes what")}>
      <button type="button" class="count" aria-expanded={open} aria-controls="section-list" onClick={() => onOpen(!open)}>
        {names.length === 0 ? t("Sections") : names.length <= 3 ? t("Written by {people}", { people: names.join(", ") }) : t("Written by {count} people", { count: names.length })}
      </button>
      <ul id="section-list" hidden={!open}>
        {text && chaptersOf(text).length > 0 && <li id="take-hint" class="none hint">{hint}</li>}
        {text && chaptersOf(text).map(chapter => {
          const who = writers.filter(writer => sameChapter(writer.section, chapter.name))
          return (
            <li key={chapter.from}>
              <button type="button" class="go" onClick={() => onGo(chapter.from)}>{chapter.name}</button>
              <span class="who">
                {who.map(writer => (
                  <a key={writer.number} href={leavesApp(writer.url) ? writer.url : pullAddress(writer.number)} {...(leavesApp(writer.url) ? { target: "_blank", rel: "noopener noreferrer" } : {})}>
                    {[writer.own ? t("you") : personName(writer.person), writer.state === "announced" && t("announced")].filter(Boolean).join(", ")}
                  </a>
                ))}
              </span>
              {who.some(writer => writer.own && writer.state === "announced") && (
                <button type="button" class="quiet small take" disabled={disabled || taking !== ""} aria-label={t("Give back {name}", { name: chapter.name })} onClick={() => onGiveBack(chapter.name)}>
                  {taking === chapter.name ? t("Giving back") : t("Give back")}
                </button>
              )}
              {!who.some(writer => writer.own) && (
                <button type="button" class="quiet small take" disabled={disabled || taking !== ""} aria-label={t("I am writing {name}", { name: chapter.name })} aria-describedby="take-hint" title={hint} onClick={() => onTake(chapter.name)}>
                  {taking === chapter.name ? t("Announcing") : t("I am writing this")}
                </button>
              )}
            </li>
          )
        })}
        {text && chaptersOf(text).length === 0 && <li class="none">{t("This post has no headings.")}</li>}
        {trouble && <li class="none failed" role="alert">{trouble}</li>}
      </ul>
    </section>
  )
}

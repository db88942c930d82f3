import { personName } from "../../forge/people"
import type { ComponentChildren } from "preact"
import { longDate, today } from "../../forge/posts"
import type { Draft } from "../../post/drafts"
import { listOf } from "../../post/merge"
import type { Diagnostic } from "../../protocol/preview"
import type { Ready } from "../../protocol/publishing"
import type { Pull, Writer } from "../../protocol/server"
import { boardAddress, editAddress } from "../../protocol/routes"
import { openOf } from "../../forge/pulls"
import { labelsOf } from "../../text/labels"
import { chapterNames, sameChapter } from "../../text/chapters"
import type { AppContext } from "../../ui/app-context"
import { countOf } from "../../ui/problems"
import { PullRow } from "../../ui/pull-row"
import { PageSaid, pageWord, type CheckedReady } from "./page-check"
import { t, tn, tx } from "../../base/words"

export interface ChecksProps {
  app: AppContext
  ready: Ready
  /// The branch that pull requests with sections are for.
  base: string
  edition: boolean
  /// null where that is not known.
  writers: readonly Writer[] | null
  /// Open pull requests that are not in it.
  waiting: readonly Pull[]
  /// Open ones that change nothing yet, as of somebody who began.
  claims: readonly Pull[]
  /// What was typed in this browser and is in no commit.
  draft: Draft | null
  /// It is to be dated now, when it is published.
  stamp: boolean
  /// It is published already.
  after: boolean
  /// What the check of the rendered page found, if somebody had it checked.
  page: CheckedReady
}

type Word = "good" | "look" | "mend"

const wordNames: Record<Word, string> = { good: t("Good"), look: t("Look"), mend: t("Mend") }

/// How many problems are shown at once.
const shown = 8

/// What an editor looks at before publishing, each with a word for how it stands.
export function Checks({ app, ready, base, edition, writers, waiting, claims, draft, stamp, after, page }: ChecksProps) {
  const names = chapterNames(ready.text)
  // A date that is still to come is told once, with what becomes of it.
  const rules = ready.diagnostics.filter(d => d.severity !== "info" && !isLink(d.code) && d.code !== "date-future")
  const notes = ready.diagnostics.filter(d => d.severity === "info" && !isLink(d.code))
  const links = ready.diagnostics.filter(d => isLink(d.code))
  const tooLong = ready.maxMinutes > 0 && ready.minutes > ready.maxMinutes
  const line = (at: number) => ready.text.slice(0, at).split("\n").length
  const open = [...waiting, ...claims]
  const labels = labelsOf(ready.text, today())
  const hidden = hiddenOf(ready, stamp)
  const written = names.filter(name => writers?.some(writer => sameChapter(writer.section, name)))
  return (
    <section class="checks" aria-labelledby="checks-heading">
      <h2 id="checks-heading">{after ? t("How it stands") : t("Is it ready?")}</h2>
      <ul>
        {draft && (
          <Check word={"look"} what={t("A draft in this browser")}>
            {tx("You typed something that is in no commit. {link}, or publish without it.", { link: <a href={editAddress(draft.branch, draft.path, draft.into, draft.pull)}>{t("Go on writing it")}</a> })}
          </Check>
        )}
        {!after && (
          <Check word={open.length > 0 ? "look" : "good"} what={t("Pull requests")}>
            {openOf(waiting.length, claims.length)}
            {open.length > 0 && <ul class="pull-list">{open.map(pull => <PullRow key={pull.number} pull={pull} person={app.site.person} now={Date.now()} />)}</ul>}
          </Check>
        )}
        {!after && names.length > 0 && (
          <Check word={writers?.length === 0 ? "good" : "look"} what={t("Sections")}>
            {writers === null ? tn(names.length, "One section; who writes it is not known.", "{count} sections; who writes which is not known.") : written.length === 0
              ? tn(names.length, "One section, and nobody has it open.", "{count} sections, and nobody has one open.")
              : tn(names.length, "One section; still being written: {sections}.", "{count} sections; still being written: {sections}.", { sections: written.map(name => `${name} (${listOf([...new Set(writers.filter(w => sameChapter(w.section, name)).map(w => (w.own ? t("you") : personName(w.person))))])})`).join(", ") })}
            {" "}<a href={boardAddress(base, ready.path)}>{t("Who writes what")}</a>
          </Check>
        )}
        <Check word={rules.some(d => d.severity === "error") ? "mend" : rules.length > 0 ? "look" : "good"} what={t("House rules")}>
          {countOf([...rules, ...notes])}.
          <Problems list={[...rules, ...notes]} ready={ready} line={line} />
        </Check>
        {labels.length > 0 && !after && (
          <Check word={labels.some(label => (label.days ?? 0) < 0) ? "look" : "good"} what={t("Deadlines")}>
            {labels.map(label => <p key={label.name + label.text}>{label.name}: {label.text}{label.days !== null && `; ${inDays(label.days)}`}.</p>)}
          </Check>
        )}
        <Check word={links.length > 0 ? "mend" : ready.links ? "good" : "look"} what={t("Links and pictures")}>
          {!ready.links ? t("The site is being read for those within it. Look again in a moment; where it is very large, galley check --links looks.") : links.length === 0 ? t("Those within the site lead somewhere.") : countOf(links) + "."}
          <Problems list={links} ready={ready} line={line} />
        </Check>
        <Check word={pageWord(page)} what={t("For all readers")}>
          <PageSaid checked={page} list={problems => <Problems list={problems} ready={ready} line={line} />} />
        </Check>
        <Check word={hidden || ready.taken ? "look" : "good"} what={t("Date and address")}>
          {dateOf(ready)}{hidden && !after ? "; " + hidden : ""}.{" "}
          {ready.url ? <span class="address">{ready.url}</span> : t("The settings name no address of the site (url).")}
          {ready.taken && <p>{ready.taken}</p>}
          {!after && ready.published && ready.publishedUrl !== ready.url && <p>{t("The site has this post at {publishedUrl}, and would have it at another address.", { publishedUrl: ready.publishedUrl })}</p>}
        </Check>
        <Check word={tooLong ? "look" : "good"} what={t("Reading time")}>
          {tn(ready.minutes, "A minute", "{count} minutes")}, {tn(ready.words, "{count} word", "{count} words")}
          {ready.maxMinutes > 0 ? ", " + t("of {count} minutes at most", { count: ready.maxMinutes }) : ""}.
        </Check>
        {ready.told.length > 0 && (
          <Check word={"mend"} what={t("Settings")}>
            <ul class="told">{ready.told.map(sentence => <li key={sentence}>{sentence}</li>)}</ul>
          </Check>
        )}
      </ul>
      {edition && !after && <p class="hint">{t("What is written in pull requests for the edition is part of it once they are merged.")}</p>}
    </section>
  )
}

/// "in 3 days".
function inDays(days: number): string {
  if (days === 0) return t("that is today")
  return days > 0 ? tn(days, "in a day", "in {count} days") : tn(-days, "a day ago", "{count} days ago")
}

function Check({ word, what, children }: { word: Word; what: string; children: ComponentChildren }) {
  return (
    <li class={"check " + word}>
      <span class="word">{wordNames[word]}</span>
      <div><h3>{what}</h3><div class="said">{children}</div></div>
    </li>
  )
}

function Problems({ list, ready, line }: { list: readonly Diagnostic[]; ready: Ready; line: (at: number) => number }) {
  if (list.length === 0) return null
  return (
    <ul class="found">
      {list.slice(0, shown).map((d, i) => (
        <li key={i}><span class={"mark " + d.severity}>{severities[d.severity]}</span> {d.message} <span class="at">{d.file || t("line {line}", { line: line(d.from) })}</span></li>
      ))}
      {list.length > shown && <li>{tx("{count} more are in {text}.", { count: list.length - shown, text: <a href={editAddress(ready.branch, ready.path)}>{t("the text")}</a> })}</li>}
    </ul>
  )
}

const severities = { error: t("Error"), warning: t("Warning"), info: t("Note") }

/// Whether a problem is about where something leads.
function isLink(code: string): boolean {
  return code === "dead-link" || code === "missing-picture" || code === "lfs-pointer"
}

/// Why the site would not show it, in a sentence; "" where it would. Where it is to be
/// dated now, what that does not mend comes first.
function hiddenOf(ready: Ready, stamp: boolean): string {
  if (stamp && ready.stampedHidden) return t("dated now, too, the site would not show it: {reason}", { reason: ready.stampedHidden })
  return ready.hidden && t("as it is, the site would not show it: {reason}", { reason: ready.hidden })
}

function dateOf(ready: Ready): string {
  if (!ready.date) return t("It has no date")
  const [day, rest] = ready.date.split("T")
  return `${longDate(day!)}, ${rest!.slice(0, 5)} ${zoneOf(rest!)}`
}

function zoneOf(rest: string): string {
  const zone = rest.replace(/^[\d:.]+/, "")
  return zone === "Z" || zone === "+00:00" ? "UTC" : zone
}

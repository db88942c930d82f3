// Page check has the rendered page checked, and says what was found in sentences for
// whoever writes: what is the text's, at its place in the source, and what is the
// layout's. It is loaded when somebody asks for it.
import { problemOf } from "../forge/api"
import { auditPage, type AuditOptions, type AuditTrouble } from "../preview/audit-frame"
import type { AuditFinding } from "../protocol/audit"
import type { Diagnostic, Span } from "../protocol/preview"
import type { PageParts } from "../protocol/server"
import type { Problem } from "./problem"
import { t, tn } from "../base/words"

export interface PageCheckOptions extends Omit<AuditOptions, "page"> {
  /// The page that the text makes, in parts.
  parts: (text: string) => Promise<PageParts>
  text: () => string
  /// What is known of the text without the page.
  known: () => readonly Diagnostic[]
}

/// What is not the text's.
export interface LayoutFinding {
  sentence: string
  /// At how many places.
  places: number
}

export interface PageFound {
  problems: Problem[]
  /// Where the blocks of these come from, each for the problem of the same place.
  blocks: Span[]
  layout: LayoutFinding[]
  /// Whether the text's blocks could be told from the layout.
  apart: boolean
  /// How it ended, in a sentence.
  said: string
  failed: boolean
}

/// How often a check begins anew because somebody wrote meanwhile.
const turns = 3

/// Checks the page.
export async function checkPage(options: PageCheckOptions): Promise<PageFound> {
  for (let turn = 0; turn < turns; turn++) {
    const text = options.text()
    let parts: PageParts
    try {
      parts = await options.parts(text)
    } catch (error) {
      return noCheck(t("The page could not be checked. {reason}", { reason: problemOf(error).sentence }))
    }
    const page = { before: parts.before, blocks: parts.blocks.map(block => block.html), after: parts.after }
    const outcome = await auditPage({ ...options, page })
    if (outcome.type === "failed") return noCheck(troubles[outcome.why])
    if (options.text() === text) return sorted(outcome, parts, text, options.known())
  }
  return noCheck(t("The text changed while its page was checked. Check it again when nobody writes."))
}

const noCheck = (said: string): PageFound => ({ problems: [], blocks: [], layout: [], apart: true, said, failed: true })

const troubles: Record<AuditTrouble, string> = {
  error: t("The page could not be checked: something in it was in the way."),
  late: t("The page was not checked: that took too long."),
}

/// Tells what is the text's from what is the layout's.
export function sorted({ findings, more }: { findings: readonly AuditFinding[]; more: boolean }, parts: PageParts, text: string, known: readonly Diagnostic[]): PageFound {
  const problems: Problem[] = []
  const blocks: Span[] = []
  const layout = new Map<string, number>()
  const taken = new Map<string, number>()
  const apart = parts.blocks.length > 0 || parts.after !== ""
  const body = { from: parts.from, to: text.length }
  for (const finding of findings) {
    const { rule, block } = finding
    const span = parts.blocks[block] ?? (apart ? undefined : body)
    const about = rules[rule]
    const place = span && placeOf(finding, text, span, taken, !apart)
    if (!span || !place || about?.of === "layout" || about?.of === "looks" && !finding.own) {
      const sentence = sentenceOf(finding)
      layout.set(sentence, (layout.get(sentence) ?? 0) + 1)
      continue
    }
    const { from, to } = place
    const line = { from: text.lastIndexOf("\n", from - 1) + 1, to: (text.indexOf("\n", to) + 1 || text.length + 1) - 1 }
    if (known.some(other => about?.also === other.code && !other.file && other.from <= line.to && other.to >= line.from)) continue
    const message = sentenceOf(finding)
    if (problems.some(other => other.from === from && other.message === message)) continue
    problems.push({ from, to, severity: finding.grave ? "warning" : "info", code: "page-" + rule, message, page: true })
    blocks.push({ from: span.from, to: span.to })
  }
  const many = problems.length === 0 ? t("nothing to mend in this text") : tn(problems.length, "one thing to mend in this text", "{count} things to mend in this text")
  return {
    problems, blocks, apart, failed: false,
    layout: [...layout].map(([sentence, places]) => ({ sentence, places })),
    said: more ? t("The page was checked: {many}, and more than is listed.", { many }) : t("The page was checked: {many}.", { many }),
  }
}

/// Where in the source a finding is: at what the element has, or at its block's first
/// line. The same text found again is its next occurrence. With `exact` it is nowhere
/// where the source has nothing of the element.
function placeOf({ rule, texts, block }: AuditFinding, text: string, span: Span, taken: Map<string, number>, exact: boolean): Span | null {
  for (const one of texts) {
    if (exact && (one.startsWith("<") || one.length < 4)) continue
    const key = `${rule} ${block} ${one}`
    const at = text.indexOf(one, taken.get(key) ?? span.from)
    if (at < 0 || at + one.length > span.to) continue
    taken.set(key, at + one.length)
    return { from: at, to: at + one.length }
  }
  if (exact) return null
  const end = text.indexOf("\n", span.from)
  return { from: span.from, to: end < 0 || end > span.to ? span.to : end }
}

function sentenceOf({ rule, help, contrast }: AuditFinding): string {
  if (rule === "color-contrast" && contrast) {
    return t("The text stands out too little from what is behind it: {is} to 1, where {least} to 1 is the least.", { is: contrast.is, least: contrast.least })
  }
  return rules[rule]?.say ?? `${help.replace(/\.$/, "")}.`
}

interface About {
  /// What is to be said to whoever writes.
  say: string
  /// Whose it is: `layout` always the layout's; `looks` the layout's, unless the text
  /// has looks of its own there. Defaults to the text's, where it is in its blocks.
  of?: "layout" | "looks"
  /// The house rule that says the same of the source.
  also?: string
}

/// Rules of axe that a text meets often; the others say what axe says.
const rules: Readonly<Record<string, About>> = {
  "image-alt": { say: t("This picture has no text for people who do not see it. Say what it shows, or give it an empty text if it is an ornament."), also: "picture-text" },
  "input-image-alt": { say: t("This button is a picture without a text. Say what it does.") },
  "area-alt": { say: t("A part of this picture is a link without a text. Say where it leads.") },
  "svg-img-alt": { say: t("This drawing has no text for people who do not see it. Give it a title, or hide it with aria-hidden.") },
  "role-img-alt": { say: t("This picture has no text for people who do not see it. Say what it shows.") },
  "object-alt": { say: t("What is embedded here has no text for people who do not see it.") },
  "image-redundant-alt": { say: t("The picture's text says once more what stands beside it, and is read out twice. Leave it empty.") },
  "link-name": { say: t("This link has no text that could be read out. Say where it leads."), also: "link-text" },
  "button-name": { say: t("This button has no text that could be read out. Say what it does.") },
  "input-button-name": { say: t("This button has no text that could be read out. Say what it does.") },
  "summary-name": { say: t("What unfolds here has no text. Say what is in it.") },
  "frame-title": { say: t("What is embedded here has no title. Say what it is: title=\"…\".") },
  "frame-title-unique": { say: t("Two things that are embedded have the same title. Tell them apart.") },
  "label": { say: t("This field has no label that says what belongs in it.") },
  "select-name": { say: t("This choice has no label that says what is chosen.") },
  "empty-heading": { say: t("This heading has nothing in it that could be read out.") },
  "heading-order": { say: t("This heading leaves a level out, so that the outline of the page has a gap."), also: "heading-order" },
  "empty-table-header": { say: t("A header of this table is empty, so that nothing says what its cells are.") },
  "th-has-data-cells": { say: t("A header of this table has no cells.") },
  "td-headers-attr": { say: t("A cell of this table names headers that are not in it.") },
  "table-duplicate-name": { say: t("The table's caption and its summary say the same.") },
  "list": { say: t("There is something in this list that is no item. It is read out as no list.") },
  "listitem": { say: t("This item is in no list.") },
  "definition-list": { say: t("There is something in this list of definitions that is neither term nor definition.") },
  "dlitem": { say: t("This term or definition is in no list of definitions.") },
  "color-contrast": { say: t("The text stands out too little from what is behind it."), of: "looks" },
  "link-in-text-block": { say: t("This link differs from the text around it by its colour alone. Not everybody sees that."), of: "looks" },
  "scrollable-region-focusable": { say: t("What is cut off here can be scrolled to with a mouse, but not with the keys."), of: "looks" },
  "target-size": { say: t("What is to be pressed here is small, or close to its neighbour."), of: "looks" },
  "avoid-inline-spacing": { say: t("The space between letters or lines is fixed here, so that nobody can make it wider.") },
  "duplicate-id-aria": { say: t("Two things on the page have this id, and something refers to it.") },
  "nested-interactive": { say: t("There is a link or a button within another one. Keys and screen readers reach one of them only.") },
  "tabindex": { say: t("A tabindex above 0 takes the keys out of the page's order.") },
  "accesskeys": { say: t("Two things on the page have the same access key.") },
  "valid-lang": { say: t("There is no language of this code, so that the words are read out as the page's.") },
  "video-caption": { say: t("This film has no captions for people who do not hear it.") },
  "no-autoplay-audio": { say: t("This starts to sound by itself. Let the reader start it.") },
  "marquee": { say: t("This text moves and cannot be stopped.") },
  "blink": { say: t("This text blinks and cannot be stopped.") },
  "meta-refresh": { say: t("The page reloads or leaves by itself.") },
  "region": { say: t("A part of the page is in none of its landmarks, such as main."), of: "layout" },
  "page-has-heading-one": { say: t("The page has no heading of level 1."), of: "layout" },
  "landmark-one-main": { say: t("The page has no main part that one could jump to."), of: "layout" },
  "landmark-unique": { say: t("Two landmarks of the page have the same name."), of: "layout" },
  "bypass": { say: t("Nothing lets the keys jump over what all pages have."), of: "layout" },
  "skip-link": { say: t("The link that jumps to the content leads nowhere."), of: "layout" },
  "document-title": { say: t("The page has no title."), of: "layout" },
  "html-has-lang": { say: t("The page does not say its language."), of: "layout" },
  "html-lang-valid": { say: t("There is no language of the code that the page has."), of: "layout" },
  "meta-viewport": { say: t("The page forbids to enlarge it."), of: "layout" },
}

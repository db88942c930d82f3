// Pull link writes a pull request as editions name them: its number and title,
// linked to its address.
import { Compartment, EditorSelection, StateEffect, StateField, type EditorState } from "@codemirror/state"
import type { EditorView } from "@codemirror/view"
import type { LinkTitle } from "./completion/knowledge"
import { t } from "../base/words"

const address = /https?:\/\/[^\s/()<>[\]]+\/[^\s()<>[\]]+?\/(?:pull|pulls|issues|merge_requests)\/(\d+)(?:[/?#][^\s()<>[\]]*)?/
const link = new RegExp(`\\[([^\\[\\]]*)\\]\\(<?(${address.source})>?\\)`)
const begins = /^(?:\s|>|#{1,6}\s|[-*+]\s|\d+[.)]\s)*/
const bare = /^#?(\d{1,9})(?![\w.,/-])[:\s–—-]*/

export interface PullLinkOptions {
  /// What the site knows of a pull request by its address, or by its number alone.
  find: (of: { url: string } | { number: number }) => Promise<LinkTitle>
  /// Says in a sentence what is missing.
  say: (sentence: string) => void
}

/// What on the cursor's line is to become a link. `url` is "" for a bare number.
export interface Linked {
  from: number
  to: number
  number: string
  url: string
  title: string
}

/// Finds a pull request on the cursor's line: its link, its address with what stands
/// before it, or its number at the line's beginning with what stands behind it.
export function pullOn(state: EditorState): Linked | null {
  const line = state.doc.lineAt(state.selection.main.from)
  const there = link.exec(line.text)
  const found = there ?? address.exec(line.text)
  const start = begins.exec(line.text)![0].length
  if (!found) {
    const rest = line.text.slice(start)
    const numbered = bare.exec(rest)
    return numbered ? { from: line.from + start, to: line.from + line.text.trimEnd().length, number: numbered[1]!, url: "", title: rest.slice(numbered[0].length).trim() } : null
  }
  const [url, number] = there ? [there[2]!, there[3]!] : [found[0], found[1]!]
  const from = there ? there.index : start
  return {
    from: line.from + from, to: line.from + found.index + found[0].length, number, url: url.slice(0, url.indexOf("/" + number) + number.length + 1),
    title: plainTitle(there ? there[1]! : line.text.slice(from, found.index), number),
  }
}

/// Makes `[123516: title](address)` of what `pullOn` finds. A title that is not on
/// the line is asked for, and the address of a bare number; what nobody knows is said,
/// with the cursor where it belongs. What is written elsewhere meanwhile stays, and the
/// cursor with it.
export async function linkPull(view: EditorView, { find, say }: PullLinkOptions): Promise<void> {
  const { state } = view
  if (state.readOnly) return
  const found = pullOn(state)
  if (!found) return say(t("There is no pull request on this line. Put its address there, or begin the line with its number."))
  const { number } = found
  let at = { from: found.from, to: found.to }
  const before = state.sliceDoc(at.from, at.to)
  let known: LinkTitle = { url: found.url, title: found.title }
  if (!known.url || !known.title) {
    // What is written meanwhile moves the place.
    const part = new Compartment()
    const place = StateField.define<{ from: number; to: number }>({
      create: () => at,
      update: ({ from, to }, { changes }) => ({ from: changes.mapPos(from, 1), to: changes.mapPos(to, -1) }),
    })
    view.dispatch({ effects: StateEffect.appendConfig.of(part.of(place)) })
    const answer = await find(found.url ? { url: found.url } : { number: Number(number) })
    at = view.state.field(place)
    view.dispatch({ effects: part.reconfigure([]) })
    known = { url: known.url || answer.url, title: known.title || plainTitle(answer.title, number), ...(answer.why ? { why: answer.why } : {}) }
    if (view.state.readOnly) return
    if (at.to < at.from || view.state.sliceDoc(at.from, at.to) !== before) return say(t("The place of pull request {number} was changed while its title was looked for, so that it is no link yet. Go there, and link it again.", { number }))
  }
  const { url, title, why } = known
  if (!url) return say(why ?? t("No earlier text links to pull request {number}, or several repositories have one. Put its address on the line, and link it again.", { number }))
  const head = `[${number}: ${title.replace(/(?<!\\)[[\]]/g, "\\$&")}`
  // Who went on writing elsewhere stays there.
  const waited = view.state.doc === state.doc && view.state.selection.eq(state.selection)
  view.dispatch({
    changes: { ...at, insert: `${head}](${url})` }, userEvent: "input.format",
    ...(waited ? { selection: EditorSelection.cursor(at.from + head.length), scrollIntoView: true } : {}),
  })
  if (!title) say(why ?? `${t("No earlier text has a title for pull request {number}, and Galley asks nobody else for it.", { number })} ${waited ? t("Type it: the cursor is in its place.") : t("Type it behind the number.")}`)
}

/// A title without the number, which it may have before or behind it.
function plainTitle(text: string, number: string): string {
  return text.trim().replace(new RegExp(`^#?${number}\\b:?\\s*`), "").replace(new RegExp(`(?<![\\s:])[\\s:]*\\(?#?${number}\\)?[\\s:]*$`), "").replace(/(?<![\s:–—-])[\s:–—-]+$/, "").trim()
}

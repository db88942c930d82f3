// Completion offers what the site has where it can be written. Nothing of it is
// chosen until an arrow key chose it, so that Enter stays Enter.
import {
  autocompletion, closeCompletion, completionStatus, pickedCompletion, startCompletion, type Completion, type CompletionContext, type CompletionResult, type CompletionSource,
} from "@codemirror/autocomplete"
import { Prec, type EditorState, type Extension, type Text } from "@codemirror/state"
import { EditorView, keymap } from "@codemirror/view"
import { idsOf, outlineOf } from "../../text/outline"
import { isVerbatim, matterEnd, nodeAt } from "../places"
import type { Knowledge, PullTitle } from "./knowledge"
import { matterOf } from "./matter"
import { t } from "../../base/words"

/// The languages of code that are offered, beside those that are typed.
const languages = ("bash c cpp csharp css diff dockerfile go graphql hcl html ini java javascript json kotlin lua makefile markdown nginx perl php powershell python ruby rust scala shell sql swift toml typescript xml yaml").split(" ")

const pullAddress = /https?:\/\/[^\s()<>[\]]+\/pull\/(\d+)$/

/// Offers what is known of the site.
export function completion(knowledge: Knowledge): Extension {
  return [
    // Where nothing is offered yet, Escape is not for what may be: Tab behind it leaves.
    Prec.highest(keymap.of([{ key: "Escape", run: view => completionStatus(view.state) === "pending" && closeCompletion(view) && false }])),
    autocompletion({ override: sourcesOf(knowledge), selectOnOpen: false, icons: false, maxRenderedOptions: 50, activateOnTypingDelay: 150 }),
    // A pull request's address that was pasted is asked about at once.
    EditorView.updateListener.of(update => {
      const { state } = update
      const { head, empty } = state.selection.main
      if (!empty || !update.transactions.some(tr => tr.isUserEvent("input.paste"))) return
      if (pullAddress.test(state.sliceDoc(Math.max(state.doc.lineAt(head).from, head - most), head))) startCompletion(update.view)
    }),
    EditorView.theme({
      ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--sans)", maxHeight: "14rem", maxWidth: "min(30rem, calc(100vw - 1rem))" },
      ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.25rem 0.75rem", lineHeight: "1.4", overflow: "hidden", textOverflow: "ellipsis" },
      ".cm-tooltip-autocomplete > ul > li[aria-selected]": { background: "var(--accent)", color: "var(--paper)" },
      ".cm-tooltip-autocomplete > ul > li[aria-selected] .cm-completionDetail": { color: "inherit" },
      ".cm-completionDetail": { color: "var(--quiet)", fontStyle: "normal" },
      ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "650" },
    }),
  ]
}

/// An emoji's name that is begun: a colon and two letters (or +1, -1), not behind a
/// letter or digit (12:30, http:), a brace ({:.note}) or another colon.
export const emojiBegun = /(?<![\p{L}\p{N}\p{M}:{/\\&=])(:(?:[a-z][a-z0-9_+-]+|[+-]1))$/u

/// How many signs of a line before the cursor are looked at. What begins before them is
/// none that one would have completed, such as a picture that is in the text as data, and
/// the patterns may begin at each sign and go on to the end.
const most = 2_000

/// A value of a key of the front matter that is begun where a line's part ends: the only
/// one, one of a list between brackets, or of one with a line for each, whose `key` is "".
/// Null for none. Done by hand: a pattern has more than one way to read a list.
export function valueBegun(before: string): { key: string; value: string } | null {
  const item = before.trimStart()
  if (/^-[ \t]/.test(item)) return { key: "", value: item.slice(1).trimStart() }
  const key = /^([A-Za-z_][\w-]*):[ \t]/.exec(before)
  if (!key) return null
  const value = before.slice(key[0].length).trimStart()
  const list = value.startsWith("[")
  const begun = list ? value.slice(Math.max(1, value.lastIndexOf(",") + 1)).trimStart() : value
  return value.includes("]") || (!list && value.includes(",")) ? null : { key: key[1]!, value: begun }
}

/// Whether a colon at an offset is another's: an address, HTML, code, or a tag of Liquid.
function isAside(state: EditorState, at: number): boolean {
  const line = state.doc.lineAt(at)
  const before = line.text.slice(0, at - line.from)
  // eslint-disable-next-line regexp/no-super-linear-move -- of so many signs at most
  if (/\{[{%](?:(?![%}]\}).)*$|<[a-z!/][^<>]*$/i.test(before.slice(-most))) return true
  if (before.split("`").length % 2 === 0) return true // code that is not closed yet
  return nodeAt(state, at + 1, /^(URL|Autolink|LinkReference|CommentBlock|ProcessingInstruction)/) !== null
}

function sourcesOf(knowledge: Knowledge): CompletionSource[] {
  /// A source for Markdown, behind what a pattern finds on the line.
  const behind = (pattern: RegExp, offer: (found: RegExpExecArray, from: number, context: CompletionContext) => Promise<CompletionResult | null>): CompletionSource => async context => {
    const { state, pos } = context
    const begin = Math.max(state.doc.lineAt(pos).from, pos - most)
    const found = pattern.exec(state.sliceDoc(begin, pos))
    if (!found || pos <= matterEnd(state.doc) || isVerbatim(state, pos)) return null
    return offer(found, begin + found.index, context)
  }
  return [
    behind(/!\[[^\]]*\]\(([^\s()]*)$|!\[([^[\]]*)$/, async (found, from, { pos }) => {
      const addresses = await knowledge.pictures()
      const inside = found[1] !== undefined
      return {
        from: inside ? pos - found[1]!.length : from + 2,
        options: addresses.map(address => ({ label: inside ? address : nameOf(address), ...(inside ? {} : { detail: address, apply: (view: EditorView, option: Completion, from: number, to: number) => put(view, option, from, to, `](${address})`, 0) }) })),
        validFor: /^[^[\]()]*$/,
      }
    }),
    behind(/(?<!!)\[([^[\]()]{0,60})$/, async (found, from, { state, pos }) => {
      if (nodeAt(state, from, /^(LinkReference|Task)/)) return null
      const targets = await knowledge.targets()
      const samples = /\{%-?\s*post_url\s/.test(state.doc.toString()) ? null : await knowledge.samples()
      const tags = samples === null || samples.some(text => /\{%-?\s*post_url\s/.test(text))
      return {
        from: pos - found[1]!.length,
        options: [
          ...headingsOf(state.doc).map(({ name, id }) => ({ label: name, detail: t("in this post"), apply: (view: EditorView, option: Completion, from: number, to: number) => put(view, option, from, to, `${name}](#${id})`) })),
          ...targets.map(target => ({
            label: target.title || nameOf(target.path), detail: target.date || target.path,
            apply(view: EditorView, option: Completion, from: number, to: number) {
              const words = (target.title || nameOf(target.path)).replace(/[\\[\]]/g, "\\$&")
              if (tags && target.date) return put(view, option, from, to, `${words}]({% post_url ${postName(target.path)} %})`)
              // The server says where it is; meanwhile the brackets are there.
              put(view, option, from, to, `${words}]()`)
              void knowledge.address(target).then(address => {
                const text = view.state.doc.toString()
                const open = text.indexOf(`[${words}]()`, Math.max(0, from - 200))
                if (open >= 0) view.dispatch({ changes: { from: open + words.length + 3, insert: address }, userEvent: "input.complete" })
              }, () => {})
            },
          })),
        ],
        validFor: /^[^[\]()]*$/,
      }
    }),
    behind(/(?<![\w&/#])#(\d{1,9})$/, async (found, from, { state }) => {
      const typed = Number(found[1])
      const known = await knowledge.pulls()
      const more = known.some(pull => pull.number === typed) ? null : await knowledge.pull(typed)
      const pulls = [...(more?.number === typed ? [more] : []), ...known].filter(pull => String(pull.number).startsWith(found[1]!))
      return pulls.length === 0 ? null : { from, filter: false, options: pulls.slice(0, 20).map(pull => pullOption(pull, state.sliceDoc(from - 1, from) === "[")) }
    }),
    behind(pullAddress, async (found, from, { state }) => {
      if (/[(<[]/.test(state.sliceDoc(from - 1, from))) return null
      const pull = await knowledge.pull(Number(found[1]))
      return pull && pull.url === found[0] ? { from, filter: false, options: [pullOption(pull, false)] } : null
    }),
    behind(emojiBegun, async (found, from, { state }) => {
      if (isAside(state, from)) return null
      const names = await knowledge.emoji()
      if (names.length === 0) return null
      return {
        from: from + found[0].length - found[1]!.length,
        options: names.map(({ name, sign }) => ({
          label: `:${name}:`, detail: sign,
          // Where somebody closed it already, it has one colon all the same.
          apply: (view: EditorView, option: Completion, from: number, to: number) => put(view, option, from, view.state.sliceDoc(to, to + 1) === ":" ? to + 1 : to, `:${name}:`),
        })),
        validFor: /^:[a-z0-9_+-]*$/,
      }
    }),
    async ({ state, pos }) => {
      const line = state.doc.lineAt(pos)
      const found = /^[\s>]*(?:`{3,}|~{3,})([\w+-]*)$/.exec(line.text.slice(0, pos - line.from))
      if (!found || pos <= matterEnd(state.doc) || pos < line.to) return null
      // The fence that ends a block has no language.
      const block = nodeAt(state, line.to, /^FencedCode$/)
      if (block && block.from < line.from) return null
      return { from: pos - found[1]!.length, options: languages.map(label => ({ label })), validFor: /^[\w+-]*$/ }
    },
    async ({ state, pos, explicit }) => {
      const end = matterEnd(state.doc)
      if (pos > end || pos <= state.doc.line(1).to || pos >= state.doc.lineAt(end).from) return null
      const line = state.doc.lineAt(pos)
      const before = line.text.slice(0, pos - line.from)
      const known = matterOf([...(await knowledge.samples()), state.sliceDoc(0, end)])
      const key = /^([A-Za-z_][\w-]*)?$/.exec(before)
      if (key) {
        if (before === "" && !explicit) return null
        const there = new Set([...state.sliceDoc(0, end).matchAll(/^([\w-]+):/gm)].map(match => match[1]!))
        return { from: line.from, options: [...known.keys()].filter(name => !there.has(name) || name === before).map(label => ({ label, apply: label + ": " })), validFor: /^[\w-]*$/ }
      }
      const begun = valueBegun(before)
      if (!begun) return null
      let name = begun.key
      for (let n = line.number - 1; name === "" && n > 1; n--) name = /^([A-Za-z_][\w-]*):/.exec(state.doc.line(n).text)?.[1] ?? ""
      // What no two posts share is not offered.
      if (/^(?:title|date|slug|permalink|description|excerpt)$/.test(name)) return null
      const values = known.get(name) ?? []
      return values.length === 0 ? null : { from: pos - begun.value.length, options: values.map(label => ({ label })), validFor: /^[^\],]*$/ }
    },
  ]
}

/// A link as editions have it: number and title.
function pullOption({ number, title, url }: PullTitle, bracket: boolean): Completion {
  const text = `${number}: ${title.replace(/[\\[\]]/g, "\\$&")}](${url})`
  return { label: `#${number}`, detail: title, apply: (view, option, from, to) => put(view, option, from, to, bracket ? text : `[${text}`) }
}

/// Writes what was chosen. The cursor goes behind it, or to an offset in it.
function put(view: EditorView, option: Completion, from: number, to: number, insert: string, cursor = insert.length): void {
  view.dispatch({
    changes: { from, to, insert }, selection: { anchor: from + cursor }, annotations: pickedCompletion.of(option), userEvent: "input.complete", scrollIntoView: true,
  })
}

/// A file's name in words.
function nameOf(path: string): string {
  return path.replace(/^.*\//, "").replace(/\.\w+$/, "").replace(/^\d{4}-\d{1,2}-\d{1,2}-/, "").replace(/[-_]+/g, " ")
}

/// A post as Jekyll's tag names it.
function postName(path: string): string {
  return path.replace(/^(?:.*\/)?_posts\//, "").replace(/\.\w+$/, "")
}

/// A text's headings with their ids.
function headingsOf(doc: Text): { name: string; id: string }[] {
  const headings = outlineOf(doc)
  const ids = idsOf(headings)
  return headings.map(({ name }, i) => ({ name, id: ids[i]! }))
}

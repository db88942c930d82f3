// Editor is CodeMirror as a writer of posts wants it: Markdown with its front
// matter, plain, wrapped, spelled by the browser, and exact to the byte.
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands"
import { deleteMarkupBackward } from "@codemirror/lang-markdown"
import { yamlFrontmatter } from "@codemirror/lang-yaml"
import { indentOnInput, indentUnit } from "@codemirror/language"
import { linter, nextDiagnostic, previousDiagnostic, setDiagnostics, type Action } from "@codemirror/lint"
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search"
import { ChangeSet, Compartment, EditorSelection, EditorState, Text, type Extension } from "@codemirror/state"
import { drawSelection, dropCursor, EditorView, highlightActiveLine, keymap, type KeyBinding } from "@codemirror/view"
import type { DataKind } from "../protocol/data"
import type { Change, Fix } from "../protocol/preview"
import { insertLink, toggleMark } from "./commands"
import { overSelection } from "./composition"
import { fileChanges, fileText, fromFile, fromFileChange, isPlain, linesOf, textIn, textOf, toFile } from "../text/file-text"
import { origin, originIn } from "./origin"
import type { Origin } from "../text/origin"
import { dataEditing, dataNames } from "./data"
import { deleteEmoji, wholeEmoji } from "./emoji"
import { changesOf, isFixable, type Fixable } from "./fixes"
import { specialSigns } from "./hidden-signs"
import type { Knowledge } from "./completion/knowledge"
import { laterAids, type AidName } from "./later-aids"
import { foldedTo, foldMatter, matterFold, textStart } from "./matter-fold"
import { enter } from "./lists/enter"
import { pasting } from "./paste/paste"
import { pictureFiles } from "./pictures"
import { matterEnd } from "./places"
import { proseLanguage } from "./prose-language"
import { theme } from "./theme"
import { whose } from "./section-labels"
import { writing, type Written } from "./written"
import { t } from "../base/words"

export interface EditorOptions {
  parent: HTMLElement
  /// The text, exactly as the file has it.
  text: string
  /// What the text was made from.
  origin: Origin
  /// What was written into it since, in order: the editor begins with that, too, and an
  /// undo takes it back. Defaults to nothing.
  since?: readonly Written[]
  /// Called when the origin is another, also by an undo.
  onOrigin: (origin: Origin) => void
  /// The nonce that the page's policy lets style elements in by.
  nonce: string
  /// What a data file is written in, which is edited as code. Defaults to null: the
  /// text is a post.
  data?: DataKind | null
  /// Language of the text, for the browser's spelling. Defaults to "en".
  lang?: string
  /// The front matter is folded into one line. Defaults to false.
  matterFolded?: boolean
  /// Keys beyond the editor's own; they come first.
  keys?: readonly KeyBinding[]
  /// Called with each change as soon as `doc()` has it, before the editor has
  /// drawn it: the preview works at the same time.
  onChange: (changes: ChangeSet) => void
  /// Called when the cursor has moved, and when the editor got or lost the
  /// focus.
  onCursor?: () => void
  /// Called with the files that were pasted or dropped, and the offset where
  /// they are wanted.
  onFiles?: (files: File[], at: number) => void
  /// Called when the writer scrolled, not when `showTop` did.
  onScroll?: () => void
  /// What completion knows of the site.
  knowledge: Knowledge
  /// Called when Tab was pressed, which the editor keeps.
  onTab?: () => void
  /// Called when a key or command did nothing, since its script does not come.
  onLate?: () => void
}

/// All offsets are of the file's text, but those of `view`: see file-text.ts.
export interface Editor {
  readonly view: EditorView
  /// The file's text.
  text(): string
  /// The same as lines that end with "\n", whatever else is at their ends.
  doc(): Text
  /// Where the cursor is.
  head(): number
  /// The number of the line that an offset is in, from 1.
  lineAt(at: number): number
  focus(): void
  /// Does one of the things that help to write, once its script is there.
  aid(name: AidName): void
  /// Gives the text what is typed behind one that waits for its script.
  releaseKeys(): void
  /// Loads that script, when there is time.
  loadAids(): void
  /// Applies a change that came from elsewhere than the keyboard, and that can
  /// be undone.
  apply(...changes: Change[]): void
  /// Replaces the text where it differs, or what it was made from.
  put(written: Written): void
  /// What the text was made from.
  origin(): Origin
  /// Folds the front matter into one line, behind which the cursor then is, or shows
  /// its lines. One that cannot be read stays shown.
  foldMatter(fold: boolean): void
  matterFolded(): boolean
  /// Shows problems. `since` are the changes that the text has seen since they
  /// were found.
  problems(found: readonly Fixable[], since: ChangeSet | null): void
  /// Puts the cursor at an offset and shows it.
  goTo(at: number, to?: number): void
  /// Puts the cursor at the begin of a line, from 1, or of the last one, and shows
  /// it.
  goToLine(line: number): void
  /// Scrolls so that the offset, plus a fraction of the range to `to`, is at
  /// the top.
  showTop(from: number, to: number, fraction: number): void
  /// The offset at the top of what is visible.
  top(): number
  /// Where the writer is, and goes back to, as far as the text reaches.
  place(): EditorPlace
  goToPlace(place: EditorPlace): void
  /// While read-only, nothing can be typed. What waits for its script comes before.
  setReadOnly(readOnly: boolean): void
  destroy(): void
}

/// How often `showTop` looks whether it is there, once a frame.
const maxLooks = 6

/// The main selection, and the line at the top: what of it is scrolled away. In offsets
/// of the file.
export interface EditorPlace {
  anchor: number
  head: number
  from: number
  to: number
  /// From 0 to 1.
  fraction: number
}

export function createEditor(options: EditorOptions): Editor {
  const readOnly = new Compartment()
  const aids = laterAids(options.knowledge, () => options.onTab?.(), () => options.onLate?.())
  let led = -1 // where `showTop` scrolled to, so that it is not told back

  let broken = false // the front matter cannot be read
  const doc = linesOf(options.text)
  const { data = null } = options
  const prose: Extension = data ? [] : [
    pictureFiles((files, at) => options.onFiles?.(files, toFile(view.state, at))),
    indentUnit.of("  "),
    whose,
    matterFold,
    pasting(aids.paste),
    yamlFrontmatter({ content: proseLanguage() }),
    keymap.of([
      { key: "Mod-b", run: toggleMark("**"), preventDefault: true },
      { key: "Mod-i", run: toggleMark("*"), preventDefault: true },
      { key: "Mod-k", run: insertLink, preventDefault: true },
      { key: "Enter", run: enter },
      { key: "Backspace", run: deleteEmoji },
      { key: "Backspace", run: deleteMarkupBackward },
      ...aids.keys,
    ]),
  ]

  const first = EditorState.create({
    doc,
    selection: { anchor: options.matterFolded ? textStart(doc) : 0 },
    extensions: [
      fileText(options.text),
      EditorView.cspNonce.of(options.nonce),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({
        "aria-label": data ? t("Source of the data file, {kind}", { kind: dataNames[data] }) : t("Source of the post, in Markdown"),
        ...(data ? { spellcheck: "false", autocorrect: "off", autocapitalize: "off" } : { spellcheck: "true", autocorrect: "on", autocapitalize: "sentences" }),
        writingsuggestions: "false",
        lang: options.lang ?? "en", tabindex: "0",
      }),
      EditorState.allowMultipleSelections.of(true),
      EditorState.phrases.of({ "replace": t("Replace"), "replace all": t("Replace all"), "next": t("Next"), "previous": t("Previous"), "all": t("Select all"), "match case": t("Match case"), "by word": t("Whole word"), "regexp": t("Pattern"), "close": t("Close") }),
      readOnly.of([]),
      specialSigns,
      // As it comes, an afternoon's first hours would be gone from it.
      history({ minDepth: 2_000 }),
      origin(options.origin, options.onOrigin),
      drawSelection(),
      dropCursor(),
      indentOnInput(),
      highlightActiveLine(),
      highlightSelectionMatches({ minSelectionLength: 3 }),
      search({ top: true }),
      linter(null),
      overSelection,
      wholeEmoji,
      theme,
      keymap.of([
        ...(options.keys ?? []),
        { key: "F8", run: nextDiagnostic },
        { key: "Shift-F8", run: previousDiagnostic },
      ]),
      data ? dataEditing(data, doc) : prose,
      keymap.of([
        ...searchKeymap,
        ...historyKeymap,
        ...defaultKeymap,
      ]),
      EditorView.updateListener.of(update => {
        if (update.selectionSet || update.docChanged || update.focusChanged) options.onCursor?.()
      }),
    ],
  })
  const state = (options.since ?? []).reduce((state, written) => state.update(...writing(state, written)).state, first)
  // The last transaction, as soon as it is there; its state is made when asked for.
  let now: { readonly state: EditorState } = { state }
  const view = new EditorView({
    state, parent: options.parent,
    dispatchTransactions(transactions, view) {
      for (const tr of transactions) {
        now = tr
        const changes = fileChanges(tr)
        if (changes) options.onChange(changes)
      }
      view.update(transactions)
    },
  })
  let looking = 0
  let aim: { from: number; to: number; fraction: number } | null = null // of `showTop`, until it is there
  view.scrollDOM.addEventListener("scroll", () => {
    if (aim || Math.abs(view.scrollDOM.scrollTop - led) < 2) return
    led = -1
    options.onScroll?.()
  }, { passive: true })

  /// Scrolls to the aim. Lines that were not drawn yet have heights that are
  /// guessed; where these prove wrong, it takes more than one look.
  function approach(looks: number): void {
    if (!aim) return
    const { from, to, fraction } = aim
    const scroller = view.scrollDOM
    const size = view.state.doc.length
    const top = view.lineBlockAt(Math.min(from, size)).top
    const bottom = view.lineBlockAt(Math.min(to, size)).top
    const goal = top + Math.max(0, bottom - top) * fraction + view.documentPadding.top
    const next = Math.round(Math.max(0, Math.min(goal, scroller.scrollHeight - scroller.clientHeight)))
    if (Math.abs(next - scroller.scrollTop) >= 2) {
      led = next
      scroller.scrollTop = next
    } else if (looks > 1) {
      aim = null
      return
    }
    if (looks === maxLooks) aim = null
    else looking = requestAnimationFrame(() => approach(looks + 1))
  }

  function showTop(from: number, to: number, fraction: number): void {
    aim = { from: fromFile(view.state, from), to: fromFile(view.state, to), fraction }
    cancelAnimationFrame(looking)
    approach(0)
  }

  return {
    view,
    text: () => textIn(now.state),
    doc: () => (isPlain(now.state) ? now.state.doc : textOf(textIn(now.state))),
    head: () => toFile(view.state, view.state.selection.main.head),
    lineAt: at => now.state.doc.lineAt(fromFile(now.state, at)).number,
    focus: () => view.focus(),
    aid: name => void (data || aids.command(name)(view)),
    releaseKeys: aids.releaseKeys,
    loadAids: () => void (data || aids.load(view).catch((error: unknown) => console.error(error))),
    apply(...changes) {
      view.dispatch({ changes: changes.map(change => fromFileChange(view.state, change).changes!), userEvent: "input.form" })
    },
    put(written) {
      const specs = writing(view.state, written)
      if (specs.length > 0) view.dispatch(...specs)
    },
    origin: () => originIn(view.state),
    foldMatter(fold) {
      if (fold === foldedTo(view.state) > 0 || (fold && broken)) return
      const { doc, selection } = view.state
      const inside = fold && selection.ranges.some(range => range.from <= matterEnd(doc))
      view.dispatch({ effects: foldMatter.of(fold), ...(inside && { selection: { anchor: textStart(doc) } }) })
    },
    matterFolded: () => foldedTo(view.state) > 0,
    problems(found, since) {
      broken = found.some(problem => problem.severity === "error" && problem.code.startsWith("front-matter-"))
      const list = found.map(d => {
        const from = fromFile(view.state, since ? since.mapPos(clampOld(d.from, since), 1) : d.from)
        const to = fromFile(view.state, since ? since.mapPos(clampOld(d.to, since), -1) : d.to)
        return { from, to: Math.max(from, to), severity: d.severity, message: d.message, source: d.file || undefined, actions: actionsOf(d), ...(d.suggest ? { renderMessage: (view: EditorView) => withSuggestions(view, d) } : {}) }
      })
      view.dispatch(setDiagnostics(view.state, list), ...(broken && foldedTo(view.state) > 0 ? [{ effects: foldMatter.of(false) }] : []))
    },
    goTo(at, to) {
      const from = fromFile(view.state, at)
      view.dispatch({
        selection: EditorSelection.range(from, to === undefined ? from : fromFile(view.state, to)),
        effects: EditorView.scrollIntoView(from, { y: "center" }),
      })
    },
    goToLine(line) {
      const { from } = view.state.doc.line(Math.max(1, Math.min(line, view.state.doc.lines)))
      view.dispatch({ selection: EditorSelection.cursor(from), effects: EditorView.scrollIntoView(from, { y: "center" }) })
    },
    showTop,
    top() {
      const at = view.lineBlockAtHeight(view.scrollDOM.scrollTop - view.documentPadding.top)
      const within = at.height > 0 ? (view.scrollDOM.scrollTop - view.documentPadding.top - at.top) / at.height : 0
      return toFile(view.state, Math.round(at.from + Math.max(0, Math.min(1, within)) * at.length))
    },
    place() {
      const { anchor, head } = view.state.selection.main
      const scrolled = view.scrollDOM.scrollTop - view.documentPadding.top
      const line = view.lineBlockAtHeight(scrolled)
      return {
        anchor: toFile(view.state, anchor), head: toFile(view.state, head),
        from: toFile(view.state, line.from), to: toFile(view.state, Math.min(line.to + 1, view.state.doc.length)),
        fraction: line.height > 0 ? Math.max(0, Math.min(1, (scrolled - line.top) / line.height)) : 0,
      }
    },
    goToPlace({ anchor, head, from, to, fraction }) {
      const size = textIn(view.state).length
      const within = (at: number) => fromFile(view.state, Math.min(at, size))
      view.dispatch({ selection: EditorSelection.range(within(anchor), within(head)) })
      showTop(Math.min(from, size), Math.min(to, size), fraction)
    },
    setReadOnly(on) {
      if (on) aids.releaseKeys()
      view.dispatch({ effects: readOnly.reconfigure(on ? [EditorState.readOnly.of(true), EditorView.editable.of(false)] : []) })
    },
    destroy() {
      cancelAnimationFrame(looking)
      view.destroy()
    },
  }
}

/// What mends a problem, as a tooltip offers it.
function actionsOf(problem: Fixable): Action[] {
  if (!isFixable(problem)) return []
  // What is shown moves along with what is typed, by itself.
  return [{ name: problem.fix!.name, apply: (view, from, to) => fix(view, { ...problem, from: toFile(view.state, from), to: toFile(view.state, to) }) }]
}

/// Mends a problem where it is now, unless its text has changed.
function fix(view: EditorView, problem: Fixable, by?: Fix): void {
  if (!view.state.readOnly) view.dispatch(...changesOf([problem], textIn(view.state), by).map(change => ({ ...fromFileChange(view.state, change), userEvent: "input.fix" })))
}

/// A problem's sentence in a tooltip, with fixes behind it as soon as they are found.
function withSuggestions(view: EditorView, problem: Fixable): Node {
  const shown = document.createElement("span")
  shown.textContent = problem.message
  // The tooltip goes when something is typed, before the problem has moved.
  problem.suggest!().then(fixes => shown.append(...fixes.map(suggested => {
    const button = document.createElement("button")
    button.className = "cm-diagnosticAction"
    button.textContent = suggested.name
    button.onclick = () => fix(view, problem, suggested)
    return button
  })), console.error)
  return shown
}

function clampOld(at: number, since: ChangeSet): number {
  return Math.max(0, Math.min(since.length, at))
}

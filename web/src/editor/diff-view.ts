// Diff view is two texts in one: what is gone, what is new, and a little around
// it.
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands"
import { unifiedMergeView } from "@codemirror/merge"
import { EditorState } from "@codemirror/state"
import { EditorView, keymap } from "@codemirror/view"
import { fileText, linesOf, textIn, textOf } from "../text/file-text"
import { comparison } from "./compare"
import { hiddenEnds } from "./hidden-ends"
import { hiddenSigns } from "./hidden-signs"
import { marked, type Mark } from "./line-authors"
import { theme } from "./theme"
import { t } from "../base/words"

export interface DiffViewOptions {
  parent: HTMLElement
  /// What it is a diff of, for those who hear it.
  label: string
  old: string
  new: string
  nonce: string
  /// What somebody else wrote of the new text.
  marks: readonly Mark[]
  /// Called with the text whenever it changes. Without it nothing can be
  /// changed; with it each change can be kept or taken back, and the text be
  /// edited.
  onText: ((text: string) => void) | undefined
  /// Called with the text whenever a change was taken back to what the old text has
  /// there, by a button that each has. Besides, nothing can be changed.
  onTake?: ((text: string) => void) | undefined
}

/// What shows a comparison.
export type DiffView = EditorView

export function createDiffView(options: DiffViewOptions): DiffView {
  const { label, nonce, onText, onTake } = options
  const changed = onText ?? onTake
  const shown = changed ? linesOf : textOf
  return new EditorView({
    parent: options.parent,
    state: EditorState.create({
      doc: shown(options.new),
      extensions: [
        changed ? fileText(options.new) : hiddenEnds,
        EditorView.cspNonce.of(nonce),
        EditorView.lineWrapping,
        hiddenSigns,
        EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0", ...(onText ? {} : { "aria-readonly": "true" }) }),
        onText
          ? [history(), keymap.of([...historyKeymap, ...defaultKeymap])]
          : [EditorState.readOnly.of(true), EditorView.editable.of(false)],
        EditorState.phrases.of({ "$ unchanged lines": t("{count} unchanged lines", { count: "$" }) }),
        unifiedMergeView({
          original: shown(options.old),
          diffConfig: comparison,
          gutter: false,
          syntaxHighlightDeletions: false,
          collapseUnchanged: { margin: 2, minSize: 5 },
          mergeControls: onText ? choice : onTake ? taking : false,
        }),
        EditorView.updateListener.of(update => {
          if (update.docChanged) changed?.(textIn(update.state))
        }),
        marked(shown(options.new), options.marks),
        theme,
      ],
    }),
  })
}

function choice(type: "accept" | "reject", act: (event: MouseEvent) => void): HTMLElement {
  const button = document.createElement("button")
  button.type = "button"
  button.className = "small"
  button.textContent = type === "accept" ? t("Keep mine") : t("Take theirs")
  button.addEventListener("click", act)
  return button
}

/// What is there now stays without a press.
function taking(type: "accept" | "reject", act: (event: MouseEvent) => void): HTMLElement {
  if (type === "accept") return document.createElement("span")
  const button = document.createElement("button")
  button.type = "button"
  button.className = "small"
  button.textContent = t("Take this back")
  button.addEventListener("click", act)
  return button
}

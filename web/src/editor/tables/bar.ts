// Bar shows what can be done with a table above the one that the cursor is in.
import { StateField, type EditorState, type StateCommand } from "@codemirror/state"
import { EditorView, showTooltip, type Tooltip } from "@codemirror/view"
import { addColumn, addRow, alignColumn, deleteColumn, deleteRow, formatTable, moveColumn, moveRow, tableAt } from "./commands"
import { t } from "../../base/words"

const buttons: readonly (readonly { name: string; sign: string; run: StateCommand }[])[] = [
  [
    { name: t("Add a row below"), sign: t("+ Row"), run: addRow },
    { name: t("Move the row up"), sign: "↑", run: moveRow(-1) },
    { name: t("Move the row down"), sign: "↓", run: moveRow(1) },
    { name: t("Delete the row"), sign: t("− Row"), run: deleteRow },
  ],
  [
    { name: t("Add a column behind"), sign: t("+ Column"), run: addColumn },
    { name: t("Move the column left"), sign: "←", run: moveColumn(-1) },
    { name: t("Move the column right"), sign: "→", run: moveColumn(1) },
    { name: t("Delete the column"), sign: t("− Column"), run: deleteColumn },
  ],
  [
    { name: t("Align the column left"), sign: t("Left"), run: alignColumn("left") },
    { name: t("Align the column at its middle"), sign: t("Middle"), run: alignColumn("center") },
    { name: t("Align the column right"), sign: t("Right"), run: alignColumn("right") },
  ],
  [{ name: t("Format the table"), sign: t("Format"), run: formatTable }],
]

export const tableBar = [
  StateField.define<Tooltip | null>({
    create: state => barAt(state, null),
    update: (bar, tr) => (tr.docChanged || tr.selection ? barAt(tr.state, bar) : bar),
    provide: field => showTooltip.from(field),
  }),
  EditorView.theme({
    ".cm-table-bar": { display: "flex", flexWrap: "wrap", gap: "0 0.75rem", padding: "0.25rem 0.375rem", maxWidth: "min(40rem, calc(100vw - 1rem))" },
    ".cm-table-bar div": { display: "flex" },
    ".cm-table-bar button": { font: "inherit", fontSize: "0.8125rem", lineHeight: "1.5", minWidth: "1.75rem", minHeight: "1.75rem", padding: "0 0.375rem", color: "var(--ink)", background: "none", border: "none", borderRadius: "4px", cursor: "pointer" },
    ".cm-table-bar button:hover, .cm-table-bar button:focus-visible": { background: "var(--line)" },
  }),
]

function barAt(state: EditorState, old: Tooltip | null): Tooltip | null {
  const { head } = state.selection.main
  const place = state.readOnly ? null : tableAt(state, head)
  if (!place) return null
  const pos = state.doc.line(place.first).from
  return old?.pos === pos ? old : { pos, above: true, arrow: false, create: createBar }
}

/// The bar of a view. Its buttons leave the focus with the text; commands have names
/// in the list of all of them, for who has no pointer.
function createBar(view: EditorView): { dom: HTMLElement } {
  const dom = document.createElement("div")
  dom.className = "cm-table-bar"
  dom.setAttribute("role", "toolbar")
  dom.setAttribute("aria-label", "Table")
  for (const group of buttons) {
    const part = dom.appendChild(document.createElement("div"))
    for (const { name, sign, run } of group) {
      const button = part.appendChild(document.createElement("button"))
      button.type = "button"
      button.textContent = sign
      button.title = name
      button.setAttribute("aria-label", name)
      button.addEventListener("mousedown", event => event.preventDefault())
      button.addEventListener("click", () => {
        run(view)
        view.focus()
      })
    }
  }
  return { dom }
}

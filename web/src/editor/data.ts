// Data is the editor of a data file: code, without anything that helps to write prose.
import { indentWithTab, insertTab } from "@codemirror/commands"
import { yaml } from "@codemirror/lang-yaml"
import { indentUnit } from "@codemirror/language"
import { EditorState, type Extension, type Text } from "@codemirror/state"
import { keymap } from "@codemirror/view"
import { t } from "../base/words"
import type { DataKind } from "../protocol/data"

/// What the editor of a data file has beside the common. JSON is read as YAML, as the
/// site reads it.
export function dataEditing(kind: DataKind, doc: Text): Extension {
  const unit = kind === "tsv" || (kind === "json" && indentedByTabs(doc)) ? "\t" : "  "
  return [
    indentUnit.of(unit),
    EditorState.tabSize.of(2),
    keymap.of([kind === "tsv" || kind === "csv" ? { key: "Tab", run: insertTab } : indentWithTab]),
    ...(kind === "yaml" || kind === "json" ? [yaml()] : []),
  ]
}

function indentedByTabs(doc: Text): boolean {
  for (const line of doc.iterLines(1, Math.min(doc.lines, 100) + 1)) if (line.startsWith("\t")) return true
  return false
}

/// What a data file's source is called.
export const dataNames: Record<DataKind, string> = { yaml: "YAML", json: "JSON", csv: t("a table (CSV)"), tsv: t("a table (TSV)") }

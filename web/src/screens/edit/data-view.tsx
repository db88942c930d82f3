import { t, tn, tx } from "../../base/words"
import type { ShownData } from "../../post/edit-state"
import type { DataKind, DataValue } from "../../protocol/data"

export interface DataViewProps {
  data: ShownData
  kind: DataKind
  /// Goes to a line of the source.
  onGo: (line: number) => void
  /// Goes to the first problem.
  onProblem: () => void
}

/// What a data file says, as templates get it: a tree, or a table where it is one.
export function DataView({ data, kind, onGo, onProblem }: DataViewProps) {
  const { value, name, broken } = data
  return (
    <div class="data-view" role="region" aria-label={t("What the file says")} tabIndex={0}>
      <p class="called">{tx("Templates find it as {name}.", { name: <code>{name}</code> })}</p>
      {broken && (
        <p class="broken" role="status">
          {value ? t("The file cannot be read as it is now, and the site is not built with it. Below is what it said before.") : t("The file cannot be read as it is now, and the site is not built with it.")}
          <button type="button" class="small" onClick={onProblem}>{t("Go to what is wrong")}</button>
        </p>
      )}
      {value && <div class={broken ? "values before" : "values"}><Shown value={value} apart={kind === "yaml" || kind === "json"} onGo={onGo} /></div>}
    </div>
  )
}

interface ShownProps {
  value: DataValue
  /// Texts that look like something else are told apart from it. In a table all cells
  /// are texts, as far as the site's settings do not say otherwise.
  apart: boolean
  onGo: (line: number) => void
}

function Shown({ value, apart, onGo }: ShownProps) {
  const { kind, items = [], left = 0 } = value
  if (kind !== "list" && kind !== "map") return <Word value={value} apart={apart} />
  if (items.length === 0 && left === 0) return <span class="word nothing">{kind === "list" ? t("an empty list") : t("an empty map")}</span>
  const columns = kind === "list" ? columnsOf(items) : null
  return (
    <>
      {columns ? <Table rows={items} columns={columns} apart={apart} onGo={onGo} /> : (
        <ul class={kind}>
          {items.map((item, i) => (
            <li key={i}>
              <Place line={item.line} onGo={onGo}>{kind === "map" ? item.key || t("(no name)") : String(i + 1)}</Place>{" "}
              <Shown value={item} apart={apart} onGo={onGo} />
            </li>
          ))}
        </ul>
      )}
      {left > 0 && <p class="left">{tn(left, "One more is not shown here.", "{count} more are not shown here.")}</p>}
    </>
  )
}

function Table({ rows, columns, apart, onGo }: { rows: readonly DataValue[]; columns: readonly string[]; apart: boolean; onGo: (line: number) => void }) {
  const cells = rows.map(({ items = [] }) => new Map(items.map((item, i) => [item.key ?? String(i + 1), item])))
  return (
    <div class="table" role="region" aria-label={t("A table of what the file says")} tabIndex={0}>
      <table>
        <thead><tr><td /> {columns.map(name => <th key={name} scope="col">{name}</th>)}</tr></thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              <th scope="row"><Place line={row.line} onGo={onGo}>{String(i + 1)}</Place></th>
              {columns.map(name => <td key={name}>{cells[i]!.has(name) && <Word value={cells[i]!.get(name)!} apart={apart} />}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/// A name or a number that leads to its line, where that is known.
function Place({ line, onGo, children }: { line: number | undefined; onGo: (line: number) => void; children: string }) {
  if (!line) return <span class="place">{children}</span>
  return <button type="button" class="place" title={t("Go to line {line}", { line })} onClick={() => onGo(line)}>{children}</button>
}

/// What a value is called that is no text, beside it.
const kindNames: Partial<Record<DataValue["kind"], string>> = { truth: t("true or false"), number: t("number"), day: t("day"), time: t("time") }

function Word({ value: { kind, text = "" }, apart }: { value: DataValue; apart: boolean }) {
  if (kind === "nothing") return <span class="word nothing">{t("nothing")}</span>
  if (kind === "text") {
    if (text === "") return <span class="word nothing">{t("an empty text")}</span>
    return <span class="word" dir="auto">{apart && lookalike.test(text) ? `“${text}”` : text}</span>
  }
  return <span class={"word " + kind} title={kindNames[kind]}>{text}</span>
}

const lookalike = /^(?:[-+.\d][-+.,:_\d]*(?:[eE][-+\d]*)?|true|false|yes|no|on|off|null|~)$/i

/// How many columns a table may have that is made of a list of maps.
const mostColumns = 40

/// The columns of a list whose items are all maps, or all lists, of single values; null
/// for other lists.
function columnsOf(items: readonly DataValue[]): string[] | null {
  const [first] = items
  if (!first || (first.kind !== "map" && first.kind !== "list")) return null
  const names = new Set<string>()
  for (const { kind, items: cells = [], left } of items) {
    if (kind !== first.kind || left) return null
    for (const [i, cell] of cells.entries()) {
      if (cell.kind === "map" || cell.kind === "list") return null
      names.add(cell.key ?? String(i + 1))
    }
  }
  return names.size > 0 && names.size <= mostColumns ? [...names] : null
}

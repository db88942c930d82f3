// Table lays rows out: for a terminal and as Markdown.

export interface Table {
  head: string[]
  /// Cells; the first of a row is text, the others are numbers.
  rows: string[][]
}

/// The table with its columns in line.
export function plain({ head, rows }: Table): string {
  const widths = head.map((cell, i) => Math.max(cell.length, ...rows.map(row => row[i]?.length ?? 0)))
  const line = (row: string[]) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join("  ").trimEnd()
  return [line(head), line(widths.map(width => "-".repeat(width))), ...rows.map(line)].join("\n")
}

export function markdown({ head, rows }: Table): string {
  const line = (row: string[]) => `| ${row.map(cell => cell.replaceAll("|", "\\|")).join(" | ")} |`
  return [line(head), line(head.map((_, i) => (i === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n")
}

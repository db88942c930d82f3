// Data is what a site's data files are known by, and what the server says of one.

/// What a data file is written in; null for what is none. The server decides which of
/// them may be read and written, by the site's settings.
export function dataKind(path: string): DataKind | null {
  const ending = /\.([^./]+)$/.exec(path)?.[1] ?? ""
  return kinds[ending] ?? null
}

export type DataKind = "yaml" | "json" | "csv" | "tsv"

const kinds: Readonly<Record<string, DataKind>> = { yml: "yaml", yaml: "yaml", json: "json", csv: "csv", tsv: "tsv" }

/// A part of what a data file says.
export interface DataValue {
  /// What its map calls it; absent in a list, and at the top.
  key?: string
  kind: "map" | "list" | "text" | "number" | "truth" | "day" | "time" | "nothing"
  /// What templates print for it; absent for lists and maps, and for nothing.
  text?: string
  /// The line that it stands in, from 1; absent where that is not known.
  line?: number
  /// The values of a list or a map.
  items?: DataValue[]
  /// How many items are not among them; absent for none.
  left?: number
}

// Snippet tag is Jekyll's tag for an include as data: which one, with which
// parameters. What is not changed in it stays as it is written.

export interface Param {
  name: string
  /// Its text; of a variable, its name.
  value: string
  /// The value as it is written.
  raw: string
}

export interface SnippetTag {
  /// Where it is, from `{%` to behind `%}`.
  from: number
  to: number
  include: string
  params: readonly Param[]
  /// Whether it begins with `{%-`, and whether it ends with `-%}`.
  trims: readonly [boolean, boolean]
}

const tag = /\{%(-?)\s*include\s+([\w./-]+)((?:\s+[\w-]+\s*=\s*(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[\w.-]+))*)\s*?(-?)%\}/g
const param = /(?<![\w-])([\w-]+)\s*=\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[\w.-]+)/g

/// The tag that a place in a text is in or at; null for none.
export function snippetAt(text: string, at: number): SnippetTag | null {
  for (const found of text.matchAll(tag)) {
    const to = found.index + found[0].length
    if (found.index > at) return null
    if (at > to) continue
    const params = [...found[3]!.matchAll(param)].map(([, name, raw]) => ({ name: name!, raw: raw!, value: unquoted(raw!) }))
    return { from: found.index, to, include: found[2]!, params, trims: [found[1] === "-", found[4] === "-"] }
  }
  return null
}

/// A tag with these values. Parameters of `old` keep their place and, where their value
/// is the same, how they are written; what is empty and was not there is left out, and
/// what became empty goes. A value is of one line, but where its parameter had several.
export function writeSnippet(include: string, values: readonly (readonly [name: string, value: string])[], old: SnippetTag | null): string {
  const wanted = new Map(values)
  const names = [...new Set([...(old?.params.map(({ name }) => name) ?? []), ...wanted.keys()])]
  const parts = names.flatMap(name => {
    const had = old?.params.find(param => param.name === name)
    const value = wanted.get(name)
    if (had && (value === undefined || value === had.value)) return [`${name}=${had.raw}`]
    return value ? [`${name}=${quoted(had?.value.includes("\n") ? value : value.replace(/(?<!\s)\s*\n\s*/g, " "))}`] : []
  })
  const [left, right] = old?.trims ?? [false, false]
  return `{%${left ? "-" : ""} ${["include " + include, ...parts].join(" ")} ${right ? "-" : ""}%}`
}

/// What keeps a value from standing in a tag, in a sentence; "" for nothing.
export function faultOf(value: string): string {
  if (value.includes("%}")) return "“%}” would end the tag: write it otherwise."
  // The mark around it would be taken for a part of it, or a mark in it for the end.
  const escapes = value.includes("'") ? /(?<!\\)(?:\\\\)*\\(?:"|\s*$)/ : /(?<!\\)(?:\\\\)*\\\s*$/
  return escapes.test(value) ? "A backslash cannot stand at the end, nor before a quotation mark where there are both kinds." : ""
}

function unquoted(raw: string): string {
  const quote = raw[0]!
  return quote === '"' || quote === "'" ? raw.slice(1, -1).replaceAll("\\" + quote, quote) : raw
}

/// Jekyll knows one escape, that of the quotation mark around a value.
function quoted(value: string): string {
  if (!value.includes('"')) return `"${value}"`
  if (!value.includes("'")) return `'${value}'`
  return `"${value.replaceAll('"', '\\"')}"`
}

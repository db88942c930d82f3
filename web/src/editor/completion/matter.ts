// Matter is what the site's posts have in their front matter.

/// The keys of texts' front matter with the values that each has, most used first.
export function matterOf(texts: readonly string[]): Map<string, string[]> {
  const counts = new Map<string, Map<string, number>>()
  for (const text of texts) {
    const block = /^\uFEFF?---[ \t]*\r?\n([^]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(text)?.[1] ?? ""
    let key = ""
    for (const line of block.split(/\r?\n/)) {
      const pair = /^([A-Za-z_][\w-]*):(?:[ \t]+([^ \t][^]*)?)?$/.exec(line)
      const entry = /^\s*-[ \t]+([^ \t][^]*)?$/.exec(line)
      if (pair) key = pair[1]!
      if (key === "") continue
      const values = counts.get(key) ?? new Map<string, number>()
      counts.set(key, values)
      const raw = pair ? pair[2] ?? "" : entry?.[1] ?? ""
      const list = /^\[([^]*)\]\s*(?:#[^]*)?$/.exec(raw)?.[1]?.split(",") ?? [raw]
      for (const value of list.map(text => text.split(/\s#/, 1)[0]!.trim())) if (value !== "") values.set(value, (values.get(value) ?? 0) + 1)
    }
  }
  return new Map([...counts].map(([key, values]) => [key, [...values].sort((a, b) => b[1] - a[1]).map(([value]) => value)]))
}

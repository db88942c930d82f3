// Targets are the ratios that Galley means to keep to.
import type { Contender, KeystrokeResult } from "./parts/keystroke"
import type { Results } from "./results"
import { median, quantile } from "./statistics"
import { actions } from "./texts"

export interface Target {
  what: string
  /// The most that is right.
  limit: number
  /// NaN when its part was not run.
  measured: number
  /// "" for a ratio.
  unit: "" | "MB"
  /// The post whose keystrokes it is about.
  size?: KeystrokeResult["size"]
}

const posts = ["9 KB", "105 KB", "1 MB"] as const

/// Contenders that render the whole post at each edit.
const wholes: Contender[] = ["markdown-it", "marked", "unified", "galley-whole"]

export function targetsOf(results: Results): Target[] {
  const at = (size: KeystrokeResult["size"]) => results.keystroke?.find(k => k.size === size)
  const letter = (size: KeystrokeResult["size"], name: Contender) => median(at(size)?.took[name]?.["type a letter"] ?? [])
  const galley = (size: KeystrokeResult["size"]) => letter(size, "galley")
  const fastest = (size: KeystrokeResult["size"]) => Math.min(...wholes.map(name => letter(size, name)))
  const work = (size: KeystrokeResult["size"]) => median(at(size)?.stages.rendered.sent ?? [])
  const preview = (size: string) => median(results.start?.galley[size]?.cold.preview ?? []) / median(results.start?.page[size] ?? [])
  const opened = (way: "rested" | "pressed") =>
    Math.max(...Object.values(results.start?.opened ?? {}).map(took => median(took[way]) / median(took.clicked)))
  const framed = (size: string) => median(results.start?.galley[size]?.cold.preview ?? []) / median(results.start?.framed[size] ?? [])
  const live = (size: string) => median(results.start?.galley[size]?.cold.live ?? []) / median(results.start?.module ?? [])
  const all = (size: KeystrokeResult["size"], name: Contender) => at(size)?.took[name]?.["type a letter"] ?? []
  /// The edit that is slowest beside Toast UI Editor's.
  const slowest = (size: KeystrokeResult["size"]) =>
    Math.max(...actions.map(action => median(at(size)?.took["galley"]?.[action] ?? []) / median(at(size)?.took["toast"]?.[action] ?? [])).filter(ratio => !Number.isNaN(ratio)))
  const memory = (edits: number) => {
    const sample = results.memory?.samples.find(sample => sample.edits === edits)
    return sample ? sample.wasm + sample.page + sample.frame : NaN
  }
  const ratio = (what: string, limit: number, measured: number): Target => ({ what, limit, measured, unit: "" })
  const keystroke = (size: KeystrokeResult["size"], against: string, limit: number, other: number): Target =>
    ({ what: `A letter against ${against}, ${size}`, limit, measured: galley(size) / other, unit: "", size })
  const hundred = at("105 KB")?.took["galley"]?.["type a letter"] ?? []
  return [
    keystroke("105 KB", "the fastest full render", 1 / 10, fastest("105 KB")),
    keystroke("1 MB", "the fastest full render", 1 / 50, fastest("1 MB")),
    keystroke("9 KB", "Toast UI Editor", 1, letter("9 KB", "toast")),
    keystroke("105 KB", "Toast UI Editor", 1 / 2, letter("105 KB", "toast")),
    keystroke("1 MB", "Toast UI Editor", 1 / 3, letter("1 MB", "toast")),
    keystroke("105 KB", "the floor", 3, letter("105 KB", "floor")),
    keystroke("1 MB", "the floor", 1.5, letter("1 MB", "floor")),
    ...posts.map(size => ({ ...ratio(`A letter's 99th percentile against the floor's own, ${size}`, 2, quantile(all(size, "galley"), 0.99) / quantile(all(size, "floor"), 0.99)), size })),
    ...posts.map(size => ({ ...ratio(`The slowest of the six edits against Toast UI Editor, ${size}`, 1, slowest(size)), size })),
    ratio("A letter with all house rules and the memory, against without, 9 KB", 1.05, letter("9 KB", "galley-ruled") / galley("9 KB")),
    ratio("A letter with all house rules and the memory, against without, 105 KB", 1.05, letter("105 KB", "galley-ruled") / galley("105 KB")),
    ratio("Galley's own work for a letter, 1 MB against 9 KB", 1.5, work("1 MB") / work("9 KB")),
    ratio("A letter, 99th percentile against the median, 105 KB", 4, quantile(hundred, 0.99) / median(hundred)),
    { what: "The WebAssembly module, brotli", limit: 2.2, measured: results.wasm === null ? NaN : results.wasm / 1e6, unit: "MB" },
    ratio("First preview against the page as a plain file, 9 KB", 1.3, preview("9 KB")),
    ratio("First preview against the page as a plain file, 105 KB", 1.3, preview("105 KB")),
    ratio("First preview against the same file in an empty page's frame, 9 KB", 1.25, framed("9 KB")),
    ratio("First preview against the same file in an empty page's frame, 105 KB", 1.25, framed("105 KB")),
    ratio("First live preview against the module started alone, 9 KB", 1.3, live("9 KB")),
    ratio("First live preview against the module started alone, 105 KB", 1.3, live("105 KB")),
    ratio("From the list to the first preview, the mouse rests and presses, against a click alone", 1 / 3, opened("rested")),
    ratio("From the list to the first preview, the link pressed, against a click alone", 1 / 3, opened("pressed")),
    ratio("`galley build` against Hugo, wall time", 0.5, median(results.site?.took.galley ?? []) / median(results.site?.took.hugo ?? [])),
    ratio("`galley build` against Jekyll, on the site where it gains least", 1 / 8,
      results.jekyll ? Math.max(...results.jekyll.sites.map(({ took }) => median(took.galley) / median(took.jekyll))) : NaN),
    ratio("Memory after 10,000 edits against after 100", 1.1, memory(10_000) / memory(100)),
  ]
}

/// A ratio or an amount as it is read; ratios below 1/2 as fractions.
export function amount(value: number, unit: Target["unit"] = ""): string {
  if (!Number.isFinite(value)) return "not measured"
  if (unit !== "") return `${value.toFixed(2)} ${unit}`
  if (value <= 0.5) {
    const parts = 1 / value
    return `1/${parts < 10 ? parts.toFixed(1).replace(/\.0$/, "") : parts.toFixed(0)}`
  }
  return value.toFixed(2).replace(/\.?0+$/, "")
}

export function met(target: Target): "yes" | "no" | "" {
  return Number.isFinite(target.measured) ? (target.measured <= target.limit ? "yes" : "no") : ""
}

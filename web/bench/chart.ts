// Chart draws a run's keystrokes: one panel a size, on a logarithmic scale.
import { contenders, type Contender, type KeystrokeResult } from "./parts/keystroke"
import { summarize } from "./statistics"

const width = 760
const left = 210
const right = 64
const bar = 16
const step = 24
const titleHeight = 40

/// An SVG that is readable on light and on dark ground.
export function chart(results: KeystrokeResult[]): string {
  const names = Object.keys(contenders) as Contender[]
  const all = results.flatMap(r => names.map(name => r.took[name]?.["type a letter"] ?? []).filter(v => v.length > 0).map(summarize))
  const least = 10 ** Math.floor(Math.log10(Math.min(...all.map(s => s.median))))
  const most = Math.max(...all.map(s => s.p99)) * 1.1
  const x = (value: number) => left + (Math.log10(value / least) / Math.log10(most / least)) * (width - left - right)
  const parts: string[] = []
  let y = 58
  for (const result of results) {
    const height = names.length * step
    parts.push(`<text class="size" x="0" y="${y + 16}">${result.size}</text>`)
    y += titleHeight - 14
    for (let tick = least; tick < most; tick *= 10) {
      parts.push(`<path class="grid" d="M${round(x(tick))} ${y}v${height}"/>`)
      parts.push(`<text class="tick" x="${round(x(tick))}" y="${y + height + 13}">${tick} ms</text>`)
    }
    for (const name of names) {
      const values = result.took[name]?.["type a letter"] ?? []
      if (values.length > 0) {
        const { median, p99 } = summarize(values)
        const own = name === "galley" ? "galley" : name === "floor" ? "floor" : "rival"
        const middle = y + step / 2
        parts.push(`<text class="name ${own}" x="${left - 10}" y="${middle + 4}">${escape(contenders[name])}</text>`)
        parts.push(`<rect class="${own}" x="${left}" y="${middle - bar / 2}" width="${round(Math.max(1, x(median) - left))}" height="${bar}" rx="2"/>`)
        parts.push(`<path class="whisker" d="M${round(x(median))} ${middle}H${round(x(p99))}m0 -4v8"/>`)
        parts.push(`<text class="value" x="${round(x(p99) + 6)}" y="${middle + 4}">${median < 10 ? median.toFixed(1) : Math.round(median).toLocaleString("en")}</text>`)
      }
      y += step
    }
    y += 34
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" width="${width}" height="${y}" role="img" aria-label="Milliseconds from a keystroke to the preview, by size of the post and contender">
<style>
  svg { color-scheme: light dark }
  text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #24292f }
  .title { font-size: 17px; font-weight: 600 } .note, .tick { fill: #57606a } .tick { font-size: 11px; text-anchor: middle }
  .size { font-weight: 600; font-size: 14px } .name { text-anchor: end; font-size: 12px } .name.galley { font-weight: 600 }
  rect.galley { fill: #0b6e99 } rect.rival { fill: #a8b0b8 } rect.floor { fill: #d5dade }
  .whisker { stroke: #57606a; fill: none } .grid { stroke: #d0d7de; stroke-dasharray: 2 3 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .note, .tick { fill: #9198a1 }
    rect.galley { fill: #4cb4e0 } rect.rival { fill: #6b7480 } rect.floor { fill: #4a525c }
    .whisker { stroke: #9198a1 } .grid { stroke: #3d444d }
  }
</style>
<text class="title" x="0" y="18">From a keystroke to the preview</text>
<text class="note" x="0" y="40">Median, with a line to the 99th percentile; milliseconds, logarithmic. Less is better.</text>
${parts.join("\n")}
</svg>
`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
}

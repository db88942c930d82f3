// Report writes a run down: for the terminal, and as docs/benchmarks.md.
import { contenders, limit, stages, type Contender, type KeystrokeResult, type Way } from "./parts/keystroke"
import { managers } from "./parts/start"
import type { Results } from "./results"
import { median, summarize } from "./statistics"
import { markdown, plain, type Table } from "./table"
import { amount, met, targetsOf } from "./targets"
import { actions } from "./texts"

/// A part of the report.
interface Section {
  title: string
  /// Paragraphs that say how it was measured.
  text: string[]
  tables: Table[]
  /// Paragraphs that say what the tables show.
  notes?: string[]
}

/// What the terminal shows.
export function printed(results: Results): string {
  const sections = sectionsOf(results).map(({ title, tables, notes = [] }) => [title, ...tables.map(plain), ...notes].join("\n\n"))
  return sections.join("\n\n")
}

/// What docs/benchmarks.md holds. `chart` is the picture's path beside it.
export function document(results: Results, chart: string): string {
  const [targets, ...others] = sectionsOf(results)
  const show = ({ title, text, tables, notes = [] }: Section) => [`## ${title}`, ...text, ...tables.map(markdown), ...notes].join("\n\n")
  return [
    "# Benchmarks",
    `Measured on ${results.date.slice(0, 10)} with ${results.machine}, Chromium ${results.chromium} without a window, Galley at ${results.revision}. ` +
      `The texts are ${results.texts}. \`make bench\` measures anew and writes this page; \`make bench PART=keystroke\` (or \`start\`, \`site\`, \`jekyll\`, \`memory\`) prints one part and writes nothing.`,
    ...(results.load > 1 ? [`**The machine had other work to do** (a load of ${results.load.toFixed(1)} when the run began), which lengthens times, and above all the highest percentiles.`] : []),
    "Ratios are what counts: all contenders of a row ran in turns, in an order that changed by the round, in one browser on one machine. Milliseconds are that machine's.",
    show(targets!),
    ...(results.keystroke ? [`![Milliseconds from a keystroke to the preview, by size of the post](${chart})`] : []),
    ...others.map(show),
  ].join("\n\n") + "\n"
}

function sectionsOf(results: Results): Section[] {
  return [targetSection(results), ...keystrokeSections(results), ...startSection(results), ...siteSection(results), ...jekyllSection(results), ...memorySection(results)]
}

function targetSection(results: Results): Section {
  return {
    title: "Targets",
    text: [],
    notes: heldUp(results),
    tables: [{
      head: ["ratio", "target, at most", "measured", "met"],
      rows: targetsOf(results).filter(t => Number.isFinite(t.measured)).map(t => [t.what, amount(t.limit, t.unit), amount(t.measured, t.unit), met(t)]),
    }],
  }
}

/// Where the time of a keystroke goes that takes more than it is to.
function heldUp(results: Results): string[] {
  const missed = new Set(targetsOf(results).filter(t => met(t) === "no" && t.size).map(t => t.size!))
  const lines = (results.keystroke ?? []).filter(k => missed.has(k.size)).map(k => {
    const parts = steps(k, "shown").sort((a, b) => b.took - a.took)
    const whole = parts.reduce((sum, part) => sum + part.took, 0)
    return `at ${k.size} ` + parts.slice(0, 3).map(part => `${part.what} ${Math.round((100 * part.took) / whole)} %`).join(", ")
  })
  return lines.length === 0 ? [] : [`Where a letter takes longer than it is to, its time goes to these steps first: ${lines.join("; ")}.`,
    "What is left is not the amount of work. Between two letters the processors do other things, and their caches hold nothing of Galley's any more; a message to another process takes what it takes; and at 1 MB the browser looks at every block beside the one that changed. To be faster than that it takes fewer blocks side by side, which would not be the published page."]
}

/// The medians of a way's steps, in their order.
function steps(k: KeystrokeResult, way: Way): { what: string; took: number }[] {
  const took: Record<string, number[]> = k.stages[way]
  return Object.entries(stages[way]).map(([stage, what]) => ({ what, took: median(took[stage]!) }))
}

function keystrokeSections({ keystroke }: Results): Section[] {
  if (!keystroke) return []
  const names = Object.keys(contenders) as Contender[]
  const cell = (values: number[] | undefined) => {
    if (!values || values.length === 0) return ""
    const { median, p95, p99 } = summarize(values)
    return `${ms(median)} / ${ms(p95)} / ${ms(p99)}`
  }
  const letters: Table = {
    head: ["a letter: median / 95th / 99th percentile, ms", ...keystroke.map(k => k.size)],
    rows: names.flatMap(name => [
      [contenders[name], ...keystroke.map(k => cell(k.took[name]?.["type a letter"]))],
      ...(name === "galley" ? [["Galley, until rendered", ...keystroke.map(k => cell(k.rendered))]] : []),
    ]),
  }
  const others = keystroke.map((k): Table => ({
    head: [`${k.size}: median, ms`, ...actions],
    rows: names.filter(name => name !== "floor").map(name => [contenders[name], ...actions.map(action => ms(median(k.took[name]?.[action] ?? [])))]),
  }))
  const counts = keystroke.map(k => `${k.took["galley"]?.["type a letter"]?.length ?? 0} and ${k.took["markdown-it"]?.["type a letter"]?.length ?? 0} at ${k.size}`)
  return [{
    title: "Keystroke to preview",
    text: [
      "From the editor's transaction to the preview's DOM changed and laid out (layout is forced the same way for all). Galley and Toast UI Editor are measured whole, from the transaction of their own editor on; markdown-it, marked and unified have no editor and are handed the whole text, which flatters them. " +
        "\"Galley without increments\" is Galley, made to render the whole post at each edit. The floor sets one text node of Galley's page of the same post, in the same frame.",
      "Galley shows a letter behind a letter ahead of its rendering (web/src/frame/letters-ahead.ts), which follows and confirms it. So it has two lines: until the letter is seen, and until the preview is what was rendered of the whole text. " +
        `Shown ahead were ${keystroke.map(k => `${k.ahead.shown} of ${k.ahead.letters} letters at ${k.size}`).join(", ")}; the rendering changed ${keystroke.reduce((sum, k) => sum + k.ahead.wrong, 0)} of them.`,
      `Letters are typed in the middle of the text, each 60 to 240 milliseconds after the one before it was drawn, when nothing is being drawn and no cache is warm any more; measured of Galley, Toast UI Editor and the floor, and of each of the others: ${counts.join(", ")}.`,
    ],
    tables: [letters, ...others],
  }, {
    title: "Where a letter's time goes in Galley",
    text: ["Each step from the end of the one before it, medians. A step on its way is a message from one thread or process to another. Where a paragraph is held at its size (web/src/frame/held-size.ts), its layout is a part of changing the DOM."],
    tables: (["shown", "rendered"] as const).map((way): Table => ({
      head: [way === "shown" ? "until it is seen, ms" : "until it is rendered, ms", ...keystroke.map(k => k.size)],
      rows: Object.values(stages[way]).map((what, i) => [what, ...keystroke.map(k => ms(steps(k, way)[i]!.took))]),
    })),
  }]
}

function startSection({ start }: Results): Section[] {
  if (!start) return []
  const visits: Table = { head: ["median, ms", "editor ready", "first preview", "first live preview", "bytes moved"], rows: [] }
  for (const [size, taken] of Object.entries(start.galley)) {
    for (const kind of ["cold", "second"] as const) {
      const visit = taken[kind]
      visits.rows.push([`Galley, ${size}, ${kind} visit`, ms(median(visit.editor)), ms(median(visit.preview)), ms(median(visit.live)), bytes(visit.bytes)])
    }
    visits.rows.push([`the published page, ${size}, as a plain file`, "", ms(median(start.page[size] ?? [])), "", ""])
    visits.rows.push([`the same file in an empty page's frame`, "", ms(median(start.framed[size] ?? [])), "", ""])
  }
  visits.rows.push(["the module alone, fetched, compiled and started by Galley's worker", "", "", ms(median(start.module)), ""])
  const opened: Table = {
    head: ["from the list, median ms from the click to the first preview", ...Object.keys(start.opened)],
    rows: ([["rested", "the mouse on the link for 250 ms, and pressed for 90 ms"], ["pressed", "the link pressed for 90 ms, as a finger does"], ["clicked", "a click that nothing went before"]] as const)
      .map(([way, what]) => [what, ...Object.values(start.opened).map(took => ms(median(took[way])))]),
  }
  const screens: Table = { head: ["median, ms", "first screen", "bytes moved"], rows: [] }
  for (const [name, taken] of Object.entries(start.rivals)) {
    for (const kind of ["cold", "second"] as const) {
      screens.rows.push([`${managers[name as keyof typeof managers]}, ${kind} visit`, ms(median(taken[kind].screen)), bytes(taken[kind].bytes)])
    }
  }
  return [{
    title: "Start",
    text: ["From the navigation on, with the browser's caches emptied before a cold visit. The content managers come from a server on the same machine, compressed, and are measured to the screen on which one signs in; they have no preview there yet.",
      "The first preview comes behind two documents, one after the other: the app's page, and the frame's, which browsers give a process of its own, since its origin is. A plain file is one document, and has the processors to itself. What a second document and its process cost alone is seen where that file is in a frame of such an origin, in a page with nothing else.",
      "From the list, a post's page and text are asked for while the mouse rests on its link, or the link is pressed, so that they are there with the click, or soon after."],
    tables: [visits, opened, screens],
  }]
}

function siteSection({ site }: Results): Section[] {
  if (!site) return []
  return [{
    title: "Whole site",
    text: [`${site.posts} posts (${site.source}) built into an empty folder: Galley with its templates, index, archive and feed; Hugo ${site.hugo} with layouts of one line, without taxonomies.`],
    tables: [{
      head: ["wall time, ms", "median", "95th percentile", "runs"],
      rows: ([["galley build", site.took.galley], ["hugo", site.took.hugo]] as const).map(([name, took]) => {
        const { median, p95, count } = summarize(took)
        return [name, ms(median), ms(p95), String(count)]
      }),
    }],
  }]
}

function jekyllSection({ jekyll }: Results): Section[] {
  if (!jekyll) return []
  return [{
    title: "Jekyll sites",
    text: [`Public sites, as they are, built into a new folder each time by \`galley build\` and by Jekyll ${jekyll.version}, in turn, without network and without Jekyll's cache on disk. Style sheets are those made of Sass.`],
    tables: [{
      head: ["wall time, ms, median", "pages", "style sheets", "other files", "Jekyll", "galley build", "times as fast"],
      rows: jekyll.sites.map(({ name, has, took }) => {
        const [theirs, ours] = [median(took.jekyll), median(took.galley)]
        return [name, String(has.pages), String(has.sheets), String(has.others), ms(theirs), ms(ours), (theirs / ours).toFixed(1)]
      }),
    }],
  }]
}

function memorySection({ memory }: Results): Section[] {
  if (!memory) return []
  return [{
    title: "Memory",
    text: [`Editing the post of ${memory.size} in the browser, mostly letters. JavaScript's heaps are measured after a collection.`],
    tables: [{
      head: ["edits", "WebAssembly", "page", "frame"],
      rows: memory.samples.map(s => [s.edits.toLocaleString("en"), bytes(s.wasm), bytes(s.page), bytes(s.frame)]),
    }],
  }]
}

function ms(value: number): string {
  if (value === Infinity) return `over ${ms(limit)}`
  if (!Number.isFinite(value)) return ""
  return value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString("en")
}

function bytes(value: number): string {
  return value < 100_000 ? `${(value / 1e3).toFixed(1)} kB` : `${(value / 1e6).toFixed(2)} MB`
}

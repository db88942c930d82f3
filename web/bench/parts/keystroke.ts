// Keystroke measures from the editor's transaction to the preview's DOM changed
// and laid out, for Galley and its rivals in turn.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { Page } from "playwright-core"
import type { Browser } from "../browser"
import { built, rivals } from "../bundle"
import type { Step } from "../edit"
import { openPost, previewFrame, type Galley } from "../galley"
import type { StaticServer } from "../server"
import { shuffled } from "../statistics"
import { editing, pathOf, typing, type Size } from "../texts"
import { startTrace, type Mark } from "../trace"

export type Contender = "galley" | "galley-ruled" | "galley-whole" | "floor" | (typeof rivals)[number]

/// All of them, as they are told of.
export const contenders: Record<Contender, string> = {
  "galley": "Galley",
  "toast": "Toast UI Editor",
  "markdown-it": "markdown-it, innerHTML",
  "marked": "marked, DOMPurify, innerHTML",
  "unified": "unified with React",
  "galley-ruled": "Galley with all house rules and the memory",
  "galley-whole": "Galley without increments",
  "floor": "the floor: one text node set",
}

/// Where a letter's time goes in Galley, each from the mark before it: until it
/// is seen, and until its rendering has come to the same.
export const stages = {
  shown: {
    told: "the editor, until the frame is told",
    arrived: "on its way to the frame",
    applied: "changing the frame's DOM",
    laid: "layout",
  },
  rendered: {
    posted: "the editor, until the edit is sent",
    received: "on its way to the worker",
    sent: "Galley's own work in the worker",
    rendered: "on its way to the frame, and compared there",
  },
} as const
export type Way = keyof typeof stages

export interface KeystrokeResult {
  size: Size["name"]
  /// Milliseconds by contender and action.
  took: Record<string, Record<string, number[]>>
  /// Milliseconds of each of Galley's stages, for a letter that is shown ahead.
  stages: { [W in Way]: Record<keyof (typeof stages)[W], number[]> }
  /// Milliseconds from a letter's transaction until its rendering is in the
  /// preview, whether or not the letter was shown ahead of it.
  rendered: number[]
  /// Of how many letters there are marks, how many were shown ahead of their
  /// rendering, and how many of these the rendering changed.
  ahead: { letters: number; shown: number; wrong: number }
}

/// How long one edit may take in the end, in milliseconds.
export const limit = 20_000

interface Runner {
  name: Contender
  page: Page
  run(steps: Step[]): Promise<void>
}

/// How much is measured at a size.
interface Plan {
  rounds: number
  /// Letters a round, of a contender that is fast and of one that renders all.
  letters: { fast: number; whole: number }
  /// In how many rounds the other actions are done.
  editRounds: number
}

const plans: Record<Size["name"], Plan> = {
  "9 KB": { rounds: 10, letters: { fast: 15, whole: 10 }, editRounds: 6 },
  "105 KB": { rounds: 10, letters: { fast: 15, whole: 10 }, editRounds: 6 },
  "1 MB": { rounds: 6, letters: { fast: 8, whole: 5 }, editRounds: 3 },
}

/// Measures one size. `quick` does little, to see that everything works.
export async function measureKeystrokes(
  { browser, galley, ruledGalley, rivalServer, size, quick, tell }:
  { browser: Browser; galley: Galley; ruledGalley: Galley; rivalServer: StaticServer; size: Size; quick: boolean; tell: (line: string) => void },
): Promise<KeystrokeResult> {
  const plan = quick ? { ...plans[size.name], rounds: 2, letters: { fast: 5, whole: 2 }, editRounds: 1 } : plans[size.name]
  const runners: Runner[] = []
  for (const name of Object.keys(contenders) as Contender[]) {
    tell(`opening ${size.name}: ${contenders[name]}`)
    runners.push(await open(name, browser, name === "galley-ruled" ? ruledGalley : galley, rivalServer, size))
  }
  const result: KeystrokeResult = { size: size.name, took: {}, rendered: [], ahead: { letters: 0, shown: 0, wrong: 0 },
    stages: { shown: { told: [], arrived: [], applied: [], laid: [] }, rendered: { posted: [], received: [], sent: [], rendered: [] } } }
  for (let round = 0; round <= plan.rounds; round++) {
    tell(`${size.name}: ${round === 0 ? "warming up" : `round ${round} of ${plan.rounds}`}`)
    for (const runner of shuffled(runners)) {
      const fast = runner.name === "galley" || runner.name === "galley-ruled" || runner.name === "toast" || runner.name === "floor"
      const letters = round === 0 ? 3 : fast ? plan.letters.fast : plan.letters.whole
      const steps = typing(size.text, letters)
      if (round <= plan.editRounds) steps.push(...editing(size.text).filter(step => does(runner.name, size, step)))
      await runner.page.bringToFront()
      const trace = await startTrace(browser.context, runner.page)
      try {
        await runner.run(steps)
      } catch (error) {
        throw new Error(`${contenders[runner.name]}, ${size.name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
      } finally {
        const marks = await trace.stop()
        if (round > 0) collect(result, runner.name, marks)
      }
    }
  }
  for (const runner of runners) {
    for (const step of runner.name === "floor" ? [] : editing(size.text).filter(step => step.timed && !does(runner.name, size, step)).slice(0, 1)) {
      tell(`${size.name}: ${contenders[runner.name]}, ${step.action}, at most ${limit / 1000} s`)
      result.took[runner.name]![step.action] = [await atMost(limit, runner, step)]
    }
    await runner.page.close()
  }
  return result
}

/// How long a step takes, in milliseconds; Infinity when it is not done within
/// a limit. The page is of no use afterwards.
async function atMost(limit: number, runner: Runner, step: Step): Promise<number> {
  await runner.page.bringToFront()
  const start = performance.now()
  let timer: ReturnType<typeof setTimeout> | undefined
  const given = new Promise<number>(resolve => (timer = setTimeout(resolve, limit, Infinity)))
  const done = runner.run([step]).then(() => performance.now() - start - step.pause, () => Infinity)
  const took = await Promise.race([done, given])
  clearTimeout(timer)
  return took
}

/// Whether a contender does a step in each round. A fence at the top of a very
/// long post keeps Toast UI Editor busy for minutes, so that it gets one at the
/// end, and a limit.
function does(name: Contender, size: Size, { action }: Step): boolean {
  return name !== "floor" && !(name === "toast" && size.name === "1 MB" && action.endsWith("a fence"))
}

/// Takes the times of a run out of its marks.
function collect(result: KeystrokeResult, name: Contender, marks: Mark[]): void {
  const took = (result.took[name] ??= {})
  for (let i = 0; i < marks.length; i++) {
    const start = marks[i]!
    if (!start.name.startsWith("start:")) continue
    const label = start.name.slice("start:".length)
    const end = marks.findIndex((mark, at) => at > i && (mark.name === "laid" || mark.name.startsWith("start:")))
    if (marks[end]?.name !== "laid") continue
    ;(took[label] ??= []).push(marks[end]!.at - start.at)
    if (name !== "galley" || label !== "type a letter") continue
    const next = marks.findIndex((mark, at) => at > i && mark.name.startsWith("start:"))
    addLetter(result, marks.slice(i, next < 0 ? undefined : next))
  }
}

/// Takes what the marks tell of one letter, up to the next one.
function addLetter(result: KeystrokeResult, marks: Mark[]): void {
  const start = marks[0]!.at
  const at = new Map<string, number>()
  for (const mark of marks) if (!at.has(mark.name)) at.set(mark.name, mark.at)
  const rendered = at.get("rendered")
  if (rendered === undefined) return
  result.rendered.push(Math.max(rendered, at.get("laid")!) - start)
  result.ahead.letters++
  if (!at.has("told") || at.get("laid")! > rendered) return
  result.ahead.shown++
  if (marks.filter(mark => mark.name === "applied").length > 1) result.ahead.wrong++
  for (const way of Object.keys(stages) as Way[]) {
    const into: Record<string, number[]> = result.stages[way]
    let last = start
    for (const stage of Object.keys(stages[way])) {
      into[stage]!.push(at.get(stage)! - last)
      last = at.get(stage)!
    }
  }
}

async function open(
  name: Contender, browser: Browser, galley: Galley, rivalServer: StaticServer, size: Size,
): Promise<Runner> {
  const page = await browser.context.newPage()
  page.on("pageerror", error => console.error(`${name}: ${error.message}`))
  let target: { evaluate: Page["evaluate"] } = page
  if (name === "galley" || name === "galley-ruled" || name === "galley-whole") {
    await page.addInitScript({ path: join(built, "galley.js") })
    await openPost(page, galley.url, pathOf(size, name))
    const worker = page.workers()[0]
    if (!worker) throw new Error("the editor has no worker")
    if (name === "galley-whole") {
      await worker.evaluate(whole => ((self as any).benchWhole = whole), { path: pathOf(size, name), text: size.text })
    }
    await worker.evaluate(readFileSync(join(built, "galley-worker.js"), "utf8"))
  } else if (name === "floor") {
    await openPost(page, galley.url, pathOf(size, name))
    const frame = await previewFrame(page)
    await frame.evaluate(readFileSync(join(built, "floor.js"), "utf8"))
    target = frame
  } else {
    await page.goto(`${rivalServer.url}/${name}.html`)
  }
  await page.bringToFront()
  await target.evaluate(text => window.benchOpen!(text), size.text)
  await check(name, page, target, size)
  return {
    name, page,
    run: steps => target.evaluate(steps => window.benchRun!(steps), steps),
  }
}

/// Sees with a word that nobody else writes that an edit reaches the preview.
async function check(name: Contender, page: Page, target: { evaluate: Page["evaluate"] }, size: Size): Promise<void> {
  if (name === "floor") return
  const at = typing(size.text, 1)[0]!.edit.from
  const word = "qxzqxz"
  const shown = async () => {
    const preview = name.startsWith("galley") ? await previewFrame(page) : page
    return preview.evaluate(([word, selector]) => document.querySelector(selector)?.textContent?.includes(word) ?? false,
      [word, name === "toast" ? ".toastui-editor-md-preview" : "main"] as [string, string])
  }
  for (const [edit, wanted] of [[{ from: at, to: at, insert: word }, true], [{ from: at, to: at + word.length, insert: "" }, false]] as const) {
    await target.evaluate((steps: Step[]) => window.benchRun!(steps), [{ edit, action: "check", timed: false, pause: 60 }])
    if (await shown() !== wanted) throw new Error(`${contenders[name]}: an edit does not ${wanted ? "reach" : "leave"} the preview of ${size.name}`)
  }
}


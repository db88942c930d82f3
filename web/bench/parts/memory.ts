// Memory measures what thousands of edits leave behind.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { CDPSession } from "playwright-core"
import type { Browser } from "../browser"
import { built } from "../bundle"
import { openPost, previewFrame, type Galley } from "../galley"
import { editing, pathOf, typing, type Size } from "../texts"

/// Bytes in use after so many edits.
export interface MemorySample {
  edits: number
  /// The renderer's WebAssembly memory, which never shrinks.
  wasm: number
  /// JavaScript's heap after a collection, in the page and in the frame.
  page: number
  frame: number
}

export interface MemoryResult {
  size: Size["name"]
  samples: MemorySample[]
}

/// Edits a post `counts.at(-1)` times, as fast as the preview follows: mostly
/// letters, and every other action in between.
export async function measureMemory(
  { browser, galley, size, counts, tell }:
  { browser: Browser; galley: Galley; size: Size; counts: number[]; tell: (line: string) => void },
): Promise<MemoryResult> {
  const { context } = browser
  const page = await context.newPage()
  await page.addInitScript({ path: join(built, "galley.js") })
  await openPost(page, galley.url, pathOf(size, "memory"))
  await page.bringToFront()
  await page.evaluate(text => window.benchOpen!(text), size.text)
  const frame = await previewFrame(page)
  const pageSession = await context.newCDPSession(page)
  const frameSession = await context.newCDPSession(frame).catch(() => null) // null: it shares the page's process
  const samples: MemorySample[] = []
  const steps = [...typing(size.text, 80), ...editing(size.text)].map(step => ({ ...step, timed: false, pause: 0 }))
  let done = 0
  for (const count of counts) {
    while (done < count) {
      const batch = Array.from({ length: Math.min(count - done, 10 * steps.length) }, (_, i) => steps[(done + i) % steps.length]!)
      tell(`memory: ${done} of ${counts.at(-1)} edits`)
      await page.evaluate(steps => window.benchRun!(steps), batch)
      done += batch.length
    }
    // What waits for a quiet moment has it.
    await page.waitForTimeout(2_000)
    const worker = page.workers()[0]!
    await worker.evaluate(readFileSync(join(built, "galley-memory.js"), "utf8"))
    samples.push({
      edits: done,
      wasm: await worker.evaluate(() => (self as unknown as { benchMemory: number }).benchMemory),
      page: await heap(pageSession),
      frame: frameSession ? await heap(frameSession) : 0,
    })
  }
  await page.close()
  return { size: size.name, samples }
}

async function heap(session: CDPSession): Promise<number> {
  await session.send("HeapProfiler.collectGarbage")
  await session.send("HeapProfiler.collectGarbage")
  return (await session.send("Runtime.getHeapUsage")).usedSize
}

// Trace records the browser's user timing. Its clock is one for all processes
// and to the microsecond, which performance.now() is not.
import type { BrowserContext, CDPSession, Page } from "playwright-core"

/// A mark that some page, frame or worker set, at a time in milliseconds.
export interface Mark {
  name: string
  at: number
}

export interface Trace {
  /// Ends the recording and answers all marks in their order.
  stop(): Promise<Mark[]>
}

interface TraceEvent {
  name: string
  cat?: string
  ph: string
  ts: number
}

/// Records from now on, in the whole browser.
export async function startTrace(context: BrowserContext, page: Page): Promise<Trace> {
  const session: CDPSession = await context.newCDPSession(page)
  const marks: Mark[] = []
  session.on("Tracing.dataCollected", ({ value }) => {
    for (const event of value as unknown as TraceEvent[]) {
      if (event.cat?.includes("blink.user_timing") && (event.ph === "I" || event.ph === "R")) {
        marks.push({ name: event.name, at: event.ts / 1000 })
      }
    }
  })
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { recordMode: "recordAsMuchAsPossible", includedCategories: ["blink.user_timing"] },
  })
  return {
    async stop() {
      const complete = new Promise(resolve => session.once("Tracing.tracingComplete", resolve))
      await session.send("Tracing.end")
      await complete
      await session.detach()
      return marks.sort((a, b) => a.at - b.at)
    },
  }
}

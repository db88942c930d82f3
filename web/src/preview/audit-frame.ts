// Audit frame is this side of the frame in which a copy of the page is checked: it is
// made for one check, never seen, and believed nothing without a look.
import type { AuditAnswer, AuditEvent, AuditFinding, PageCopy, PageForAudit } from "../protocol/audit"
import { createSandbox } from "../protocol/sandbox"

export interface AuditOptions {
  /// Address of its document.
  src: string
  /// How large the page is shown.
  size: { width: number; height: number }
  page: PageCopy
  /// How long it may take, in milliseconds. Defaults to 30,000.
  patience?: number
}

/// Why there is no answer.
export type AuditTrouble = "error" | "late"

export type AuditOutcome = Extract<AuditAnswer, { type: "audited" }> | { type: "failed"; why: AuditTrouble }

/// Checks a copy of the page, and takes the frame away again.
export async function auditPage({ src, size, page, patience = 30_000 }: AuditOptions): Promise<AuditOutcome> {
  const frame = createSandbox()
  frame.title = "Copy of the page that is checked"
  frame.className = "audit"
  frame.tabIndex = -1
  frame.inert = true
  frame.setAttribute("aria-hidden", "true")
  Object.assign(frame.style, { width: `${Math.max(320, size.width)}px`, height: `${Math.max(480, size.height)}px` })
  const answer = new MessageChannel()
  let timer: ReturnType<typeof setTimeout> | undefined
  let heard: ((event: MessageEvent<AuditEvent>) => void) | undefined
  try {
    return await new Promise<AuditOutcome>(resolve => {
      timer = setTimeout(() => resolve({ type: "failed", why: "late" }), patience)
      answer.port1.onmessage = event => resolve(readAnswer(event.data))
      heard = event => {
        if (event.source !== frame.contentWindow || event.data?.type !== "audit-here") return
        removeEventListener("message", heard!)
        frame.contentWindow!.postMessage({ type: "galley-audit", page } satisfies PageForAudit, "*", [answer.port2])
      }
      addEventListener("message", heard)
      frame.src = src
      document.body.append(frame)
    })
  } finally {
    clearTimeout(timer)
    if (heard) removeEventListener("message", heard)
    answer.port1.close()
    frame.remove()
  }
}

/// How much of an answer is read.
const most = 2_000

/// An answer, as far as it has the form of one.
export function readAnswer(data: unknown): AuditOutcome {
  const given = isRecord(data) ? data : {}
  if (given["type"] !== "audited" || !Array.isArray(given["findings"])) return { type: "failed", why: "error" }
  const findings = given["findings"].slice(0, most).flatMap(one => readFinding(one) ?? [])
  return { type: "audited", findings, more: given["more"] === true }
}

function readFinding(given: unknown): AuditFinding | null {
  if (!isRecord(given) || typeof given["rule"] !== "string" || typeof given["help"] !== "string") return null
  const texts = Array.isArray(given["texts"]) ? given["texts"].filter(text => typeof text === "string").slice(0, 10) : []
  const contrast = given["contrast"]
  return {
    rule: given["rule"].slice(0, 60), help: given["help"].slice(0, 200), grave: given["grave"] === true, own: given["own"] === true,
    block: wholeNumber(given["block"]), texts,
    ...(isRecord(contrast) && typeof contrast["is"] === "number" && typeof contrast["least"] === "number" ? { contrast: { is: contrast["is"], least: contrast["least"] } } : {}),
  }
}

const isRecord = (it: unknown): it is Record<string, unknown> => typeof it === "object" && it !== null
const wholeNumber = (it: unknown) => (Number.isInteger(it) ? (it as number) : -1)

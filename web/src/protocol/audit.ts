// What is said to the frame in which a copy of a page is checked, and by it.

/// A page: the HTML of its blocks, and what is around them.
export interface PageCopy {
  before: string
  blocks: readonly string[]
  after: string
}

/// What the app posts to the frame, with a port for the answer.
export interface PageForAudit {
  type: "galley-audit"
  page: PageCopy
}

/// What was found at one place.
export interface AuditFinding {
  /// The name of axe's rule.
  rule: string
  /// What that rule wants, as axe says it.
  help: string
  grave: boolean
  /// The block that the place is in, -1 outside of all.
  block: number
  /// Whether its looks are the text's own doing: by attributes, or style elements.
  own: boolean
  /// What may stand in the source for it, the most exact first.
  texts: string[]
  /// Of a contrast: what it is and the least that it should be, to 1.
  contrast?: { is: number; least: number }
}

/// How a check ended. `more`: there is more than is told.
export type AuditAnswer = { type: "audited"; findings: AuditFinding[]; more: boolean } | { type: "failed" }

/// What the frame posts to its parent window once it listens.
export interface AuditEvent {
  type: "audit-here"
}

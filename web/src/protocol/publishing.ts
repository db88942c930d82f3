// What the server says of a post that is to be published, in JSON.
// docs/protocol.md is the contract.
import type { Diagnostic } from "./preview"

/// What an editor wants to know of a post before it is published.
export interface Ready {
  path: string
  branch: string
  blob: string
  text: string
  /// The text with the present as its date.
  stamped: string
  title: string
  /// RFC 3339, in the site's zone; "" for none.
  date: string
  url: string
  /// The address that it has when it is published now.
  stampedUrl: string
  /// Which other text has its address, in a sentence; "" for none.
  taken: string
  /// Why the site would not publish it as it is; "" where it would.
  hidden: string
  /// Why the site would not publish it when it is dated now; "" where it would.
  stampedHidden: string
  /// Whether the default branch has it, and where.
  published: boolean
  publishedUrl: string
  words: number
  minutes: number
  /// The settings' limit; 0 for none.
  maxMinutes: number
  /// Whether links within the site were looked at.
  links: boolean
  diagnostics: Diagnostic[]
  /// What is wrong with the settings for all this, a sentence each.
  told: string[]
  mail: ReadyMail | null
  social: Announcement[]
}

/// A post as a mail.
export interface ReadyMail {
  subject: string
  preview: string
  html: string
  text: string
  found: MailFinding[]
  /// The mailing service in which this person may make a draft; "" for none.
  service: string
}

/// What should be looked at before a mail is sent.
export interface MailFinding {
  code: string
  error: boolean
  message: string
}

/// A text for a network.
export interface Announcement {
  name: string
  label: string
  limit: number
  counts: "plain" | "bluesky" | "mastodon"
  text: string
}

/// The draft of a mail at a mailing service.
export interface Drafted {
  service: string
  url: string
  subject: string
  address: string
  /// It was there and was brought up to date.
  updated: boolean
  /// A mail of the post was sent before.
  sent: boolean
}

/// How far the publication of a commit is.
export interface Live {
  /// `none`: nothing publishes it that is known. `done`: it was deployed, and nobody
  /// could ask for the page. `live`: its address answers.
  state: "none" | "waiting" | "building" | "failed" | "done" | "live"
  sentence: string
  /// Where people read more; "" for nowhere.
  url: string
}

// Origin is what a text was made from: the file as it was when the writer last
// took it over, and what of the writer's own is on the way to it. It goes with the
// text: whoever takes an older text takes what that one was made from, so that a
// text without another's lines never passes for one that was made from theirs.
import type { PostFile } from "../protocol/server"

export interface CoAuthor {
  login: string
  name: string
  email?: string
}

/// What of the writer's own is on the way to one base, on the branch of the pull
/// request into it.
export interface Way {
  /// The base's branch; "" where it is not known, which may be any.
  into: string
  /// The blob that somebody else put on the pull request's own branch last, as
  /// far as the text holds all of it; none where nobody did, `none` where they took
  /// the post away there.
  seen: readonly string[]
  /// The blob ids of what the text was submitted as, whether or not an answer came,
  /// oldest first: what is there under one of them is what this text went on from.
  sent: readonly string[]
  /// The last text of the pull request's own branch that this one went on from;
  /// null where it has none, or where that was undone.
  onBranch: string | null
  /// The branch that this was on; "" where that is not known, which may be any.
  branch: string
  /// The commit of the base that was merged in and is not yet submitted; "" for
  /// none.
  merged: string
  /// Whose lines were chosen where both had changed the same.
  coAuthors: readonly CoAuthor[]
}

/// With the way to the base that the text was submitted into last, or that it met the
/// pull request's branch of.
export interface Origin extends Way {
  /// The blob of the editor's branch; "" for a file that was not there.
  blob: string
  /// That blob's text.
  text: string
  /// The ways to other bases: each has a pull request of its own.
  aside: readonly Way[]
}

/// Stands for the blob of a post that is not there.
export const none = ""

export function originOf(blob: string, text: string): Origin {
  return { blob, text, ...begun(""), aside: [] }
}

/// A way on which nothing is yet.
function begun(into: string): Way {
  return { into, seen: [], sent: [], onBranch: null, branch: "", merged: "", coAuthors: [] }
}

/// The same origin with its way to that base. What went to another says nothing of what
/// is on this one's branch, and is put aside.
export function towards(origin: Origin, base: string): Origin {
  const { blob, text, aside, ...way } = origin
  if (way.into === base || base === "") return origin
  if (way.into === "") return { ...origin, into: base }
  const there = aside.find(way => way.into === base) ?? begun(base)
  return { blob, text, ...there, aside: [...aside.filter(way => way.into !== base), way] }
}

/// The same origin without what was merged of that base.
export function unmerged(origin: Origin, base: string): Origin {
  const of = <W extends Way>(way: W): W => (way.into === base || way.into === "" ? { ...way, merged: "" } : way)
  return { ...of(origin), aside: origin.aside.map(of) }
}

/// What a text has of that branch; null for nothing. The next pull request into the same
/// base, after one was closed, has another: what is not there was taken out by nobody.
export function onBranchOf({ onBranch, branch: of }: Way, branch: string): string | null {
  return of === "" || of === branch ? onBranch : null
}

/// Whether two texts were made from the same of others.
export function sameOrigin(a: Origin, b: Origin): boolean {
  return a === b || (a.blob === b.blob && a.text === b.text && a.merged === b.merged && a.into === b.into && a.onBranch === b.onBranch && a.seen.join() === b.seen.join())
}

/// What a text of one's own and a file have in common where that file is not known to
/// be older than what the text was made from: the lines of both. What was new in the
/// file alone then counts as the file's, and not as taken out. No blob names that.
export function commonOrigin(file: string, madeFrom: string): Origin {
  const known = new Set(madeFrom.split("\n"))
  return originOf("", file.split("\n").filter(line => known.has(line)).join("\n"))
}

/// What two texts are merged from.
export interface MergeBase {
  /// What both were made from.
  base: string
  /// The blob from which others went on, for who they were; "" for not known.
  since: string
  /// What a text that holds all of theirs was made from.
  next: Origin
}

export interface MeetingPlace {
  /// The branch that the origin is a file of.
  branch: string
  /// Whether that is what the pull request goes into, and not its own.
  isBase: boolean
  /// What the text and that of the pull request's own branch have in common:
  /// what was submitted last, or what the pull request began with.
  shared: string
}

/// Decides what a text is made from that meets another's. On the branch of the
/// origin that is what is there now. On the pull request's own it stays what it
/// was, and what is there counts as seen. Where the origin's branch is the pull
/// request's own, both went on from what was submitted last.
///
/// Once somebody else's text was on the pull request's branch, one's own from
/// before no longer count: finding one of them there again is somebody's doing, and
/// not to be written over.
export function meetingOf(origin: Origin, theirs: PostFile, { branch, isBase, shared }: MeetingPlace): MergeBase {
  if (theirs.branch !== branch) {
    const sent = origin.seen.includes(theirs.blob) ? origin.sent : []
    return { base: shared, since: "", next: { ...origin, seen: [theirs.blob], sent, onBranch: theirs.text, branch: theirs.branch } }
  }
  const there = { blob: theirs.blob, text: theirs.text, seen: origin.seen.filter(blob => blob !== none) }
  if (isBase) return { base: origin.text, since: origin.blob, next: { ...origin, ...there, merged: theirs.commit } }
  const sent = theirs.blob === origin.blob ? origin.sent : []
  return { base: origin.onBranch ?? origin.text, since: origin.blob, next: { ...origin, ...there, sent, onBranch: null } }
}

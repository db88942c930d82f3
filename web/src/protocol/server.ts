// What the server is asked and answers, in JSON. docs/protocol.md is the
// contract. Offsets are UTF-16 units of the whole file. It is one file, long as it
// is, since internal/importtest holds it as a whole against internal/server's types.

/// What the server says about the site.
export interface Site {
  /// What browsers keep drafts by: no two sites have the same. It stays when a
  /// repository is renamed.
  id: string
  /// The id of the whole repository that the site is in: the site's own where it is
  /// all of it.
  repository: string
  name: string
  kind: "local" | "github"
  title: string
  defaultBranch: string
  person: Person
  /// Whether this person may merge from the editor.
  canMerge: boolean
  /// Whether this person may push to the repository itself. Otherwise a
  /// submission works from a fork of theirs.
  canPush: boolean
  version: string
  pathPrefix: string
  /// Whether commits get a Signed-off-by line; `ask`: as the person wishes.
  signOff: "never" | "ask" | "always"
  /// Whether people sign in here; the server has one user otherwise.
  signIn: boolean
  /// The day of the next edition that is not begun, as 2026-08-16, by the
  /// settings' rule; not there without one.
  nextEdition?: string
  /// Whether the settings name material to report.
  trays: boolean
  /// The language of the dictionary that the settings name, as en-US; "" for none.
  spelling: string
  /// The name of the zone that a date without one is read in, as Europe/Berlin. Not there
  /// in what a browser kept of an earlier server.
  timezone?: string
}

/// Who is signed in, and how one does.
export interface Session {
  /// null where the server has one user.
  signIn: SignInOffer | null
  /// null where nobody is signed in.
  person: Person | null
  /// Another number for every token; 0 for none.
  issued: number
  /// Seconds until the token ends; null where it does not.
  expiresIn: number | null
  /// Whether the server may get another one.
  renewable: boolean
}

/// What signing in takes.
export interface SignInOffer {
  /// Whose sign-in it is.
  name: string
  repository: string
  /// What is asked for, in sentences.
  permission: string
}

/// Who submits, as the server knows them.
export interface Person {
  login: string
  name: string
  email?: string
}

export interface Branch {
  name: string
  head: string
  default: boolean
  /// The day of the edition that the branch is for, as in `2026-08-16`. Absent
  /// for other branches.
  edition?: string
  /// Whether that edition has posts that were not published. Defaults to false.
  open?: boolean
}

/// What a search in the texts of a branch found.
export interface SearchResult {
  branch: string
  hits: SearchHit[]
  /// How many texts have the words, also beyond the hits.
  posts: number
  /// In how many texts was searched, and how many are not read yet, or too many.
  searched: number
  unread: number
  /// Whether the texts are still being read; nothing was searched then.
  pending?: boolean
}

/// A text that a search found.
export interface SearchHit {
  path: string
  /// The day in the file's name, as 2026-08-16; "" for what is no post.
  date: string
  /// In pieces: what is not marked and what is, by turns.
  title: string[]
  /// The best lines.
  lines: SearchLine[]
  /// How many more lines there are like these.
  more: number
}

export interface SearchLine {
  /// From 1, in the file.
  line: number
  /// As of a title.
  pieces: string[]
}

/// A section that a new edition takes along from the last one.
export interface Carried {
  name: string
  /// How many of its items are taken, and how many are not, as their day has passed.
  kept: number
  passed: number
}

/// A post that is not there yet.
export interface NewPost {
  path: string
  text: string
  /// Where it is to be written.
  branch: string
  /// Whether that branch is there; otherwise it is to be made from `from`.
  exists: boolean
  from: string
  /// Whether the branch has a file of that path.
  taken: boolean
  /// What the text takes along from `carriedFrom`; not there for nothing.
  carried?: Carried[]
  carriedFrom?: string
}

/// A text at another place, as it would be submitted.
export interface Move {
  path: string
  text: string
  /// What it is now.
  blob: string
  /// As the file's name has them now; `day` is "" for what is no post.
  day: string
  slug: string
  /// The address at which the site has it today, "" where it has it nowhere, and
  /// the one that it would have.
  published: string
  address: string
  /// Whether the site can lead from the one to the other.
  redirects: boolean
  /// Whether the branch has a file of that path already.
  taken: boolean
  /// Whether the copy would have the address of the copied text.
  shared: boolean
  /// Texts that name it as it is called now, each as "PATH line N".
  links: string[]
}

/// The includes that writers insert by their fields, as the settings name them.
export interface Snippets {
  snippets: Snippet[]
  /// What is wrong with the settings, in sentences.
  wrong: string[]
}

export interface Snippet {
  name: string
  /// Its file below the includes' folder.
  include: string
  fields: SnippetField[]
}

/// A parameter of one.
export interface SnippetField {
  name: string
  label: string
  /// Whether it wants a picture's address, and whether it is more than a line.
  picture: boolean
  long: boolean
}

/// A text that was taken off a branch.
export interface Removal {
  path: string
  commit: string
  /// The commit's first line.
  title: string
  person: Person
  /// RFC 3339.
  when: string
}

/// What a text was that is gone.
export interface RemovedText {
  path: string
  text: string
}

/// An edition's branch that is to be begun, with its post in a commit called `title`.
export interface BranchStart {
  name: string
  from: string
  path: string
  text: string
  title: string
  signOff: boolean
}

export interface PostEntry {
  path: string
  /// What a text is that is no post: `pages`, `drafts`, `data`, or its collection's
  /// name. Not there for posts.
  group?: string
  blob: string
  /// `2026-08-16`, or "" where the name has no date.
  date: string
  slug: string
  /// "" when it is not known without reading the file.
  title: string
  /// Numbers of the open pull requests that change it.
  pulls: number[]
  /// Its tags and categories, whom it names as authors, and whether it says that it is
  /// not published; absent for nothing, and where nobody knows.
  tags?: string[]
  authors?: string[]
  hidden?: boolean
}

export interface PostFile {
  path: string
  text: string
  blob: string
  commit: string
  branch: string
  /// The address in the published site.
  url: string
  /// The branch on which the post's edition is written, whether or not it is
  /// there. Absent where the site has no editions.
  edition?: string
}

export interface Submission {
  base: string
  path: string
  text: string
  /// The blob that the edit started from; "" for a new file.
  blob: string
  /// Where the text was, when it is moved, and the blob that is there: both are one
  /// commit. `blob` is "" then.
  from?: string
  fromBlob?: string
  /// Takes the file out, whose blob is `blob`; `text` is "" then.
  gone?: boolean
  /// The blob ids that this draft was submitted as before, so that finding one
  /// of them on the pull request's branch is not taken for somebody's change.
  earlier: string[]
  title: string
  message: string
  /// Continues the pull request with this number on its own branch. Absent:
  /// the submission has one of its own.
  pull?: number
  /// The branch that the text was written on: a pull request from another is not
  /// continued. Absent: any.
  pullBranch?: string
  /// Adds a Signed-off-by line of the person. Default: no.
  signOff?: boolean
  /// Whose lines a merge took over. The login stands in where the address is
  /// not known.
  coAuthors?: Person[]
  /// The commit of the base whose text was merged into this one.
  merged?: string
  /// Opens the pull request though nothing changes yet. Default: no.
  announce?: boolean
  /// New pictures that the text refers to.
  pictures?: SentPicture[]
  /// Sections that the pull request takes, beside those that it has taken.
  writing?: string[]
  /// Sections that it takes no longer.
  givenBack?: string[]
  /// Material that is not to be reported, by its keys, which the pull request's
  /// description keeps.
  dismissed?: string[]
  /// What it keeps no longer of that.
  restored?: string[]
}

/// A picture that the server prepared.
export interface Picture {
  /// In the repository.
  path: string
  /// As the post refers to it.
  address: string
  type: string
  /// In pixels.
  width: number
  height: number
  /// Base64.
  data: string
}

/// A picture in a submission.
export interface SentPicture {
  path: string
  /// Base64.
  data: string
}

/// Three texts of one post, to be merged.
export interface ThreeTexts {
  path: string
  base: string
  mine: string
  theirs: string
}

/// A place at which a merged text is not what both sides began from. A
/// `collision` holds `mine` there until somebody chooses; `joined` are the list
/// items that both put there.
export interface Piece {
  kind: "mine" | "theirs" | "joined" | "collision"
  from: number
  to: number
  /// Whether it is in the front matter.
  matter: boolean
  /// The front matter's key, or headings from the outermost to the one above.
  where: string[]
  base: string
  mine: string
  theirs: string
  /// Whether it is a collision of two orders of the same sections: either side has what both wrote
  /// in them, and is to be taken alone.
  order?: boolean
}

/// A commit that changed a post, and where.
export interface ChangedBy {
  commit: string
  title: string
  person: Person
  places: Place[]
}

/// A page of a post's history, newest first.
export interface Versions {
  versions: Version[]
  /// What the page behind it is asked for with; "" at the end.
  next: string
}

/// A commit that changed a post.
export interface Version {
  commit: string
  /// What the post was called there.
  path: string
  title: string
  /// What stands below the title.
  message: string
  person: Person
  /// RFC 3339.
  date: string
}

/// A post as a commit has it.
export interface VersionText {
  /// Null where the commit removed the file.
  text: string | null
}

/// Where in a post something is.
export interface Place {
  /// Whether it is in the front matter.
  matter: boolean
  /// The front matter's key, or headings from the outermost to the one above.
  where: string[]
}

/// Somebody who has a section of a post, in an open pull request.
export interface Writer {
  section: string
  number: number
  person: Person
  url: string
  /// `announced`: the pull request says so and has not changed it yet.
  state: "announced" | "changed"
  /// When the pull request was opened, RFC 3339.
  since: string
  /// Whether it is whoever asks.
  own: boolean
}

/// The material for a post, as the settings name it.
export interface Trays {
  trays: Tray[]
  dismissed: Dismissal[]
  /// What is wrong with the settings, in sentences.
  wrong: string[]
}

/// A list of material.
export interface Tray {
  name: string
  kind: string
  /// Where its bullets go; "" for where the cursor is.
  section: string
  /// Newest first.
  items: TrayItem[]
  /// What could not be read, in sentences.
  trouble: string[]
}

/// One thing to report.
export interface TrayItem {
  /// Names it for ever.
  key: string
  title: string
  url: string
  /// Where it comes from, in a word or two.
  source: string
  /// A day; "" where nobody says.
  date: string
  /// The Markdown that reports it.
  bullet: string
  /// The other post that has reported it, and the section; "" for none.
  reported: string
  /// Where, and at which line, from 1; "" and 0 for nowhere.
  reportedPath: string
  reportedLine: number
}

/// An item that somebody does not want reported, in an open pull request.
export interface Dismissal {
  key: string
  person: Person
  /// Whether it is whoever asks.
  own: boolean
}

/// The open pull requests for a post's branch that change the post.
export interface Submissions {
  /// The branch's commit that they were held against.
  head: string
  /// Why this person cannot put them in; "" where they can.
  refused: string
  /// The oldest first.
  pulls: OfferedPull[]
}

/// A pull request that adds to a post.
export interface OfferedPull {
  number: number
  title: string
  author: Person
  url: string
  head: string
  /// RFC 3339.
  updated: string
  /// What it adds to the post as it is now, and where.
  added: AddedRun[]
  /// Why it has to be merged by itself; "" where it need not.
  reason: string
}

/// Lines behind one another that a pull request adds.
export interface AddedRun {
  /// The heading around them; "" before all.
  section: string
  /// The first one's number in the post with them, from 1.
  line: number
  text: string
}

/// A post with what several pull requests add to it.
export interface JoinedPost {
  head: string
  /// The text without them.
  old: string
  text: string
  /// The id of `text`.
  blob: string
  /// The merge commit; "" where it was only looked.
  commit: string
}

export interface Step {
  name: "check" | "fork" | "branch" | "merge" | "commit" | "pull-request"
  text: string
  done: boolean
}

export interface Pull {
  number: number
  title: string
  body: string
  state: "open" | "merged" | "closed"
  base: string
  branch: string
  /// The commit at the branch's head.
  head: string
  author: Person
  url: string
  /// RFC 3339.
  updated: string
  /// The commit by which it was merged; "" where that is not known.
  merge: string
  paths: string[] | null
  /// The sections that its author has taken.
  writing: string[]
  /// What the tests say; "" when there are none. This and what follows is told
  /// where one pull request is asked for.
  checks: "" | "pending" | "passing" | "failing"
  /// "earlier": what was approved is an earlier version.
  review: "" | "requested" | "approved" | "changes" | "earlier"
  /// Whether this person may push to its branch, so that `pull` continues it.
  canPush: boolean
  /// "" when nobody knows yet.
  mergeable: "" | "clean" | "conflict"
  /// Where a service shows the site as the pull request has it: an address over HTTPS,
  /// or on this machine. "" where nobody says.
  preview: string
}

export interface PullFile {
  path: string
  old: string | null
  new: string | null
  /// The blob ids of the sides; "" where there is no file.
  oldBlob: string
  blob: string
  /// Submitting the file again updates this pull request.
  own: boolean
  /// It is one of the site's texts, which are written here.
  text: boolean
}

export interface Problem {
  kind: string
  /// What a writer can act on.
  sentence: string
  /// Seconds to wait before the same is worth another try.
  retryAfter?: number
  /// With `stale`: what is there now, where the server knows.
  current?: PostFile
  /// With `stale`: the file is not there any more.
  gone?: boolean
  /// With `not-found`, and with `gone`: where the post went, where that is known.
  renamed?: Renamed
  /// With `other-mail`: what the mailing service has.
  mail?: OtherMail
}

/// A mail of the post at a mailing service that is not Galley's to write over.
export interface OtherMail {
  service: string
  /// Where people look at it; "" where the service does not say.
  url: string
  /// It as it is, for the same request again.
  seen: string
  /// It is a draft, which may be replaced; otherwise there may be one beside it.
  replaceable: boolean
}

/// A post's way to another path, by the commit that made it, or to another branch.
export interface Renamed {
  path: string
  /// Where the post is, once its own branch is not there any more; there is neither
  /// person nor commit to it then. Absent: on its own branch.
  branch?: string
  person: Person
  commit: string
  title: string
}

/// What a post is on its branch now.
export interface Standing {
  /// "" where it is not there.
  blob: string
  /// Where it went then. Absent: nobody knows.
  renamed?: Renamed
}

/// What the worker renders with. The page passes it on unread, but for the
/// lexers, which are of one post.
export interface Bundle {
  version: string
  now: string
  files: Record<string, string>
  /// Definitions of the languages that the post wants, by name.
  lexers?: Record<string, string>
}

/// A page as it is checked: its blocks, and the page around them.
export interface PageParts {
  /// The HTML around the blocks; `before` is the whole page where they cannot be told
  /// from what is around them.
  before: string
  after: string
  blocks: PageBlock[]
  /// Where the text's body begins.
  from: number
}

export interface PageBlock {
  html: string
  /// Where it comes from in the text: the whole body, where that cannot be told.
  from: number
  to: number
}

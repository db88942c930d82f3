// Drafts keeps what was typed in this browser, per site, person, branch and
// path, with the blob and the text that the edit started from, and with the
// pictures that are in no commit yet. A draft is only ever written over by the
// tab that wrote it last.
import { openDB, type DBSchema, type IDBPDatabase } from "idb"
import type { CoAuthor, Way } from "../text/origin"
import type { Picture } from "../protocol/server"
import { t } from "../base/words"

/// Where a draft belongs. Another person's drafts are never offered.
export interface DraftKey {
  /// The site's id, as the server gives it.
  site: string
  /// The person's login.
  person: string
  branch: string
  path: string
}

export interface Draft extends DraftKey {
  text: string
  /// The blob that the edit started from; "" for a file that was not there.
  blob: string
  /// That blob's text.
  base: string
  title: string
  /// When it was kept, in milliseconds since 1970.
  updated: number
  /// Counts the writes, from when it was kept first in milliseconds since 1970, so that
  /// a tab notices another's.
  version: number
  /// Which page wrote it, and as its how manieth write; absent where no editor did.
  wrote?: Wrote | undefined
  /// What was merged into the text and is not submitted yet.
  merged?: { commit: string; coAuthors: readonly CoAuthor[]; seen: readonly string[] } | undefined
  /// The blob ids of what was sent, whether or not an answer came, oldest first.
  sent?: string[] | undefined
  /// The base that it was sent for; absent where that is not known.
  sentInto?: string | undefined
  /// What is on the way to other bases.
  aside?: readonly Way[] | undefined
  /// Set once it was submitted; a later change keeps it. `apart`: the text is not one
  /// that went on from what was submitted; `onBranch`: it went on from this one instead.
  /// `base` is what that goes into, and `branch` where it is; absent where they are not
  /// known.
  submitted?: { number: number; url: string; text: string; title?: string; base?: string; branch?: string; apart?: boolean; onBranch?: string } | undefined
  /// The base of the pull request on whose branch it is, and its number, when
  /// it continues one.
  into?: string | undefined
  pull?: number | undefined
  /// Whether that one cannot be continued any more, so that `blob` and `base`
  /// are its base's.
  left?: boolean | undefined
}

/// One write of a page.
export interface Wrote {
  page: string
  turn: number
}

/// Whether a draft may be written in the place of another, or that removed: by who saw
/// that version, and by the page that wrote it earlier. What a browser held back and
/// did after all is not another's.
export function mayReplace(kept: Draft | undefined, seen: number, wrote?: Wrote): boolean {
  if (!kept || kept.version === seen) return true
  return wrote !== undefined && kept.wrote?.page === wrote.page && kept.wrote.turn < wrote.turn
}

/// A picture that a draft refers to and that is in no commit yet.
export interface KeptPicture extends Omit<Picture, "data"> {
  site: string
  person: string
  branch: string
  /// The path of the post that it belongs to.
  post: string
  data: Blob
  /// When it was kept last, in milliseconds since 1970.
  added: number
}

/// A post whose draft was removed while pictures were kept for it.
interface Alone extends DraftKey {
  /// When, in milliseconds since 1970.
  since: number
}

/// Another tab wrote the draft since this one last read or wrote it.
export class DraftMoved extends Error {
  constructor(readonly theirs: Draft | undefined) {
    super(t("This draft was changed in another tab."))
    this.name = "DraftMoved"
  }
}

/// The browser took a draft without an error, and has not got it.
export class NotKept extends Error {
  /// `version` is that of what is there instead; 0 where nothing is.
  constructor(readonly version: number) {
    super(t("A draft that was written cannot be read."))
    this.name = "NotKept"
  }
}

export interface Drafts {
  get(key: DraftKey): Promise<Draft | undefined>
  /// Keeps a draft, and reads it back. `seen` is the version that this tab last
  /// saw, 0 for none; rejects with DraftMoved when it may not replace the one that is
  /// kept, with NotKept or the browser's error when it is not there afterwards. Answers
  /// what was kept.
  put(draft: Omit<Draft, "version" | "updated">, seen: number): Promise<Draft>
  /// Removes a draft, under the same condition. Its post's pictures stay for a day.
  remove(key: DraftKey, seen: number, wrote?: Wrote): Promise<void>
  /// All drafts of one person on one site, newest first.
  list(site: string, person: string): Promise<Draft[]>
  /// Keeps a picture of a post, as added now.
  putPicture(picture: KeptPicture): Promise<void>
  /// The pictures kept for a post.
  pictures(key: DraftKey): Promise<KeptPicture[]>
  /// The pictures kept for all posts of one person on one site.
  picturesOf(site: string, person: string): Promise<KeptPicture[]>
  /// Removes the pictures kept for a post: those at the paths that `which` tells, or all.
  forgetPictures(key: DraftKey, which?: (path: string) => boolean): Promise<void>
  /// Removes one person's pictures on one site whose drafts are gone for a day. Those of
  /// `left`, drafts that this browser keeps elsewhere, stay.
  sweep(site: string, person: string, left: readonly DraftKey[]): Promise<void>
  /// Removes all of one person's drafts on one site, with their pictures.
  clear(site: string, person: string): Promise<void>
  /// Calls when the browser has closed the database: what is kept may be gone.
  onClosed(listener: () => void): () => void
  /// Asks the browser not to evict drafts when it runs short. False when it
  /// may.
  persist(): Promise<boolean>
}

interface Schema extends DBSchema {
  drafts: { key: [string, string, string, string]; value: Draft; indexes: { owner: [string, string] } }
  pictures: {
    key: [string, string, string, string, string]
    value: KeptPicture
    indexes: { owner: [string, string]; post: [string, string, string, string] }
  }
  alone: { key: [string, string, string, string]; value: Alone; indexes: { owner: [string, string] } }
}

/// In milliseconds.
const day = 24 * 60 * 60 * 1000

/// How long whoever waits in a dialog waits for the database, in milliseconds: some
/// browsers hold it back without an end.
export const patience = 5_000

/// Counts the changes of the schema.
const version = 3

export interface DraftsOptions {
  /// The database's name. Defaults to "galley".
  name?: string
  /// Defaults to Date.now.
  now?: () => number
}

export function createDrafts(options: DraftsOptions = {}): Drafts {
  const now = options.now ?? Date.now
  const listeners = new Set<() => void>()
  let opening: Promise<IDBPDatabase<Schema>> | null = null

  function closed(): void {
    opening = null
    for (const listener of [...listeners]) listener()
  }

  function open(): Promise<IDBPDatabase<Schema>> {
    const mine = (opening ??= openAt(version).catch((error: unknown) => {
      // A later Galley has been here, and what it added is not in the way.
      if (error instanceof DOMException && error.name === "VersionError") return openAt(undefined)
      throw error
    }))
    mine.catch(() => {
      if (opening === mine) opening = null
    })
    return mine
  }

  /// What the browser throws at once is a rejection, too.
  async function openAt(version: number | undefined): Promise<IDBPDatabase<Schema>> {
    return openDB<Schema>(options.name ?? "galley", version, {
      // Later versions add to what is here and never drop it: drafts outlive
      // updates of Galley.
      upgrade(db, from) {
        if (from < 1) {
          const store = db.createObjectStore("drafts", { keyPath: ["site", "person", "branch", "path"] })
          store.createIndex("owner", ["site", "person"])
        }
        if (from < 2) {
          const store = db.createObjectStore("pictures", { keyPath: ["site", "person", "branch", "post", "path"] })
          store.createIndex("owner", ["site", "person"])
          store.createIndex("post", ["site", "person", "branch", "post"])
        }
        if (from < 3) {
          const store = db.createObjectStore("alone", { keyPath: ["site", "person", "branch", "path"] })
          store.createIndex("owner", ["site", "person"])
        }
      },
      blocking: (_now, _next, event) => {
        (event.target as IDBDatabase).close()
        closed()
      },
      terminated: closed,
    })
  }

  open().catch(() => {}) // at once: the first screen waits for it, and whoever asks is told

  const idOf = (k: DraftKey): [string, string, string, string] => [k.site, k.person, k.branch, k.path]

  /// Notes since when a post's pictures are without a draft: what was cut out of its text
  /// may be on its way to another. In a transaction of its own, since a full storage,
  /// which takes no note, gives up a draft all the same.
  async function noteAlone({ site, person, branch, path }: DraftKey): Promise<void> {
    const tx = (await open()).transaction(["pictures", "alone"], "readwrite")
    const pictures = await tx.objectStore("pictures").index("post").count([site, person, branch, path])
    if (pictures > 0) await tx.objectStore("alone").put({ site, person, branch, path, since: now() })
    await tx.done
  }

  return {
    async get(key) {
      return (await open()).get("drafts", idOf(key))
    },
    async put(draft, seen) {
      const tx = (await open()).transaction("drafts", "readwrite", { durability: "strict" })
      const kept = await tx.store.get(idOf(draft))
      if (kept && !mayReplace(kept, seen, draft.wrote)) {
        await tx.done
        throw new DraftMoved(kept)
      }
      // One that was removed and is kept anew has no version that a tab has seen.
      const next: Draft = { ...draft, version: (kept?.version ?? Math.max(seen, now())) + 1, updated: now() }
      await Promise.all([tx.store.put(next), tx.done])
      // What is said to be kept was read, not only written.
      const back = await (await open()).get("drafts", idOf(draft))
      if (!back || (back.version === next.version && back.text !== next.text)) throw new NotKept(back?.version ?? 0)
      return next
    },
    async remove(key, seen, wrote) {
      await noteAlone(key).catch(console.error)
      const tx = (await open()).transaction("drafts", "readwrite")
      const kept = await tx.store.get(idOf(key))
      if (kept && !mayReplace(kept, seen, wrote)) {
        await tx.done
        throw new DraftMoved(kept)
      }
      await Promise.all([tx.store.delete(idOf(key)), tx.done])
    },
    async list(site, person) {
      const all = await (await open()).getAllFromIndex("drafts", "owner", [site, person])
      return all.sort((a, b) => b.updated - a.updated)
    },
    async putPicture(picture) {
      const tx = (await open()).transaction("pictures", "readwrite", { durability: "strict" })
      await Promise.all([tx.store.put({ ...picture, added: now() }), tx.done])
    },
    async pictures(key) {
      return (await open()).getAllFromIndex("pictures", "post", idOf(key))
    },
    async picturesOf(site, person) {
      return (await open()).getAllFromIndex("pictures", "owner", [site, person])
    },
    async forgetPictures(key, which = () => true) {
      const tx = (await open()).transaction("pictures", "readwrite")
      const keys = await tx.store.index("post").getAllKeys(idOf(key))
      await Promise.all([...keys.filter(key => which(key[4])).map(key => tx.store.delete(key)), tx.done])
    },
    async sweep(site, person, left) {
      const tx = (await open()).transaction(["drafts", "pictures", "alone"], "readwrite")
      const [pictures, alone] = [tx.objectStore("pictures"), tx.objectStore("alone")]
      const name = (key: unknown[]) => JSON.stringify(key)
      const drafts = new Set([...await tx.objectStore("drafts").index("owner").getAllKeys([site, person]), ...left.map(idOf)].map(name))
      // While a post is open its draft may be undone, and done again.
      const notes = await alone.index("owner").getAll([site, person])
      const over = notes.filter(note => note.since < now() - day)
      const spared = new Set(notes.filter(note => note.since >= now() - day).map(note => name(idOf(note))))
      const old = (await pictures.index("owner").getAll([site, person])).filter(p => {
        const post = name([p.site, p.person, p.branch, p.post])
        return p.added < now() - day && !drafts.has(post) && !spared.has(post)
      })
      await Promise.all([
        ...old.map(p => pictures.delete([p.site, p.person, p.branch, p.post, p.path])), ...over.map(note => alone.delete(idOf(note))), tx.done,
      ])
    },
    async clear(site, person) {
      const tx = (await open()).transaction(["drafts", "pictures", "alone"], "readwrite")
      const [drafts, pictures, alone] = [tx.objectStore("drafts"), tx.objectStore("pictures"), tx.objectStore("alone")]
      const texts = await drafts.index("owner").getAllKeys([site, person])
      const images = await pictures.index("owner").getAllKeys([site, person])
      const notes = await alone.index("owner").getAllKeys([site, person])
      await Promise.all([
        ...texts.map(key => drafts.delete(key)), ...images.map(key => pictures.delete(key)), ...notes.map(key => alone.delete(key)), tx.done,
      ])
    },
    onClosed(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async persist() {
      try {
        return (await navigator.storage?.persist?.()) ?? false
      } catch {
        return false
      }
    },
  }
}

/// Why drafts cannot be kept, in sentences.
export function whyNotKept(error: unknown): string {
  const name = error instanceof Error ? error.name : ""
  const why = name === "QuotaExceededError" ? t("Not saved: this browser's storage is full. Free some space.")
    : name === "NotKept" ? t("Not saved: this browser took the draft and has not got it.")
    : t("Not saved: this browser does not let Galley keep drafts.")
  return `${why} ${t("Download or copy your text, or open a pull request, before you close this tab.")}`
}

// Pictures keeps the pictures of one post that are in no commit yet: the server
// prepares them, this browser keeps them with the draft, the preview shows them
// from here, and a submission takes those along that its text refers to.
import { problemOf, type Api } from "../forge/api"
import { addressIn } from "../protocol/addresses"
import type { DraftKey, Drafts, KeptPicture } from "./drafts"
import type { PictureAnswer, PictureQuestion } from "../protocol/frame"
import type { SentPicture } from "../protocol/server"

export interface PicturesOptions {
  api: Api
  drafts: Drafts
  /// The post that they belong to.
  key: DraftKey
  /// The branch that the site is published from. Its pictures the frame loads by
  /// itself.
  published: string
  /// The branch whose site the post is shown in.
  branch: string
  /// The pull request whose pictures are looked for first, since its branch is
  /// in another repository; 0 for none.
  pull: number
  /// The page's address at this page's host, once it is known.
  page: () => Promise<string>
  /// Called when a picture that the page asks for turns out to be missing.
  onMissing: () => void
}

export interface Pictures {
  /// Has a file prepared by the server and keeps it. Rejects with a Failure,
  /// whose sentence says why the file is not taken.
  add(file: File): Promise<KeptPicture>
  /// Why pictures that were added are in this tab alone, in a sentence; "" while
  /// the browser keeps them.
  notKept(): string
  /// Those that a text refers to.
  usedIn(text: string): Promise<KeptPicture[]>
  /// The same, as a submission sends them.
  sending(text: string): Promise<SentPicture[]>
  /// Forgets them all, when the post's draft is done with.
  forget(): Promise<void>
  /// The pictures that the page asks for and that nobody has: a sentence for each
  /// address.
  missing(): ReadonlyMap<string, string>
  /// Takes the port of a frame that asks for pictures; a later one takes the
  /// place of an earlier.
  connect(port: MessagePort): void
  /// Whether the frame has asked for one by an address that is relative to the page's.
  relative(): boolean
  destroy(): void
}

/// The largest file that the server takes, in bytes.
const maxBytes = 10 << 20

/// How many questions of one frame are answered.
const patience = 1_000

export function createPictures({ api, drafts, key, published, branch, pull, page, onMissing }: PicturesOptions): Pictures {
  const here = new Map<string, KeptPicture>() // by path
  const missing = new Map<string, string>()
  let port: MessagePort | null = null
  let relative = false
  let why = ""
  let reading: Promise<KeptPicture[]> | null = null

  /// A page asks for all of its pictures at once.
  function kept(): Promise<KeptPicture[]> {
    if (!reading) {
      // A connection that the browser has closed is opened anew by the next question.
      reading = drafts.pictures(key).catch(() => drafts.pictures(key)).catch(() => [])
      setTimeout(() => (reading = null), 500)
    }
    return reading
  }

  async function all(): Promise<KeptPicture[]> {
    return [...here.values(), ...(await kept()).filter(p => !here.has(p.path))]
  }

  async function usedIn(text: string): Promise<KeptPicture[]> {
    return (await all()).filter(p => text.includes(p.path))
  }

  /// The picture for an address in the page, or null where the frame has it. What is
  /// relative is the page's: the frame may have loaded another's in its place.
  async function find({ address: written, loads, failed }: PictureQuestion): Promise<Blob | null> {
    const own = !/^\s*[/\\]/.test(written)
    relative ||= own
    const url = addressIn(written, own ? await page() : location.origin)
    if (!url || url.host !== location.host) return null
    const address = url.pathname
    failed ||= loads.replace(/^\/frame(?=\/)/, "") !== address
    const fresh = (await all()).find(p => p.address === address)
    if (fresh) return fresh.data
    if (!failed && branch === published && pull === 0) return null
    return api.file(branch, address, pull).catch((error: unknown) => {
      const { kind, sentence } = problemOf(error)
      if (kind !== "not-found" && kind !== "unsupported") throw error
      missing.set(address, kind === "not-found" ? `This picture is missing: the site has no file at ${address}.` : sentence)
      onMissing()
      return null
    })
  }

  return {
    async add(file) {
      const made = await api.picture(branch, key.path, file, maxBytes)
      const { data, ...rest } = made
      const picture: KeptPicture = {
        ...rest, site: key.site, person: key.person, branch: key.branch, post: key.path,
        data: new Blob([Uint8Array.from(atob(data), c => c.charCodeAt(0))], { type: made.type }), added: Date.now(),
      }
      here.set(picture.path, picture)
      missing.delete(picture.address)
      try {
        await drafts.putPicture(picture)
        why = ""
      } catch (error) {
        console.error(error)
        why = "This browser does not keep the picture: its storage is full or refused. Open a pull request before you close this tab."
      }
      port?.postMessage({ address: picture.address, picture: picture.data } satisfies PictureAnswer)
      return picture
    },
    notKept: () => why,
    usedIn,
    async sending(text) {
      return Promise.all((await usedIn(text)).map(async p => ({ path: p.path, data: await base64(p.data) })))
    },
    async forget() {
      here.clear()
      reading = null
      await drafts.forgetPictures(key).catch(() => {})
    },
    missing: () => missing,
    connect(next) {
      port?.close()
      const mine = (port = next)
      relative = false
      let asked = 0
      port.onmessage = async ({ data }: MessageEvent<PictureQuestion>) => {
        // What comes out of the frame is believed as little as the post is.
        if (typeof data?.address !== "string" || data.address.length > 2048 || typeof data.loads !== "string" || ++asked > patience) return
        const picture = await find({ address: data.address, loads: data.loads, failed: data.failed === true }).catch(() => null)
        if (picture && port === mine) mine.postMessage({ address: data.address, picture } satisfies PictureAnswer)
      }
    },
    relative: () => relative,
    destroy() {
      port?.close()
      port = null
    },
  }
}

function base64(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onerror = () => reject(reader.error ?? new Error("a kept picture cannot be read"))
    reader.onload = () => resolve((reader.result as string).replace(/^[^,]*,/, ""))
    reader.readAsDataURL(blob)
  })
}

// Pictures keeps the pictures of one post that are in no commit yet: the server
// prepares them, this browser keeps them with the draft, the preview shows them
// from here, and a submission takes those along that its text refers to.
import { whenIdle } from "../base/idle"
import { inTime } from "../base/in-time"
import { Failure, problemOf, type Api } from "../forge/api"
import { addressIn } from "../protocol/addresses"
import type { DraftKey, Drafts, KeptPicture } from "./drafts"
import { missingSign } from "./missing-sign"
import { namedByServer } from "./server-names"
import type { PictureAnswer, PictureQuestion } from "../protocol/frame"
import type { SentPicture } from "../protocol/server"
import { t } from "../base/words"

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
  /// Called when pictures that the page asks for turn out to be missing: once for all that
  /// do so within a tenth of a second.
  onMissing: () => void
  /// Resolves when the page is there and live. What it has loaded by itself is then
  /// asked for once more, so that it is kept for when the server does not answer.
  /// Without it nothing is.
  settled?: () => Promise<void>
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
  /// The same, as a submission sends them. Rejects with a Failure where one would be
  /// left out, since the browser does not give it.
  sending(text: string): Promise<SentPicture[]>
  /// Forgets those that a text refers to, when the draft is done with and its branch has
  /// that text with them. Others were cut out, and may be on their way to another post.
  forget(text: string): Promise<void>
  /// Keeps those that this tab knows, when the browser has lost them.
  keepAgain(): Promise<void>
  /// The pictures that the page asks for and that nobody has: a sentence for each
  /// address.
  missing(): ReadonlyMap<string, string>
  /// Takes the port of a frame that asks for pictures; a later one takes the
  /// place of an earlier.
  connect(port: MessagePort): void
  /// Whether the frame has asked for one by an address that is relative to the page's.
  relative(): boolean
  /// Whether the frame shows another file for such an address, where the page has none:
  /// one that is to be renewed at the page's own address.
  misled(): boolean
  /// Asks once more for what could not be reached, when the server answers again.
  askAgain(): void
  destroy(): void
}

/// The largest file that the server takes, in bytes.
const maxBytes = 10 << 20

/// How long the database may take, in milliseconds.
const limit = 15_000

/// How many questions of one frame are answered.
const patience = 1_000

/// How many pictures of one post are kept for when the server does not answer.
const keptPictures = 40

export function createPictures({ api, drafts, key, published, branch, pull, page, onMissing, settled }: PicturesOptions): Pictures {
  const here = new Map<string, KeptPicture>() // by path
  const missing = new Map<string, string>()
  let port: MessagePort | null = null
  let telling: ReturnType<typeof setTimeout> | undefined
  let relative = false
  let misled = false
  let destroyed = false
  // Nobody is told that these are missing: the server did not answer.
  const unreached = new Map<string, PictureQuestion>()
  let answer = async (_question: PictureQuestion): Promise<void> => {}
  let why = ""
  let reading: Promise<Kept> | null = null
  let elsewhere: Promise<KeptPicture[]> | null = null
  // What the database had when it answered last.
  let had: KeptPicture[] = []

  /// A page asks for all of its pictures at once.
  function kept(): Promise<Kept> {
    if (!reading) {
      // A connection that the browser has closed is opened anew by the next question.
      const asked = inTime(drafts.pictures(key).catch(() => drafts.pictures(key)), limit)
      reading = asked.then(pictures => ({ pictures: (had = pictures), whole: true }), () => ({ pictures: had, whole: false }))
      setTimeout(() => (reading = null), 500)
    }
    return reading
  }

  /// With those that are in this tab alone.
  async function all(): Promise<Kept> {
    const { pictures, whole } = await kept()
    return { pictures: [...here.values(), ...pictures.filter(p => !here.has(p.path))], whole }
  }

  /// Those of other posts that are this one's, too, from now on: a paragraph was moved
  /// here with its picture, which goes when the other post is done with.
  async function moved(isMeant: (picture: KeptPicture) => boolean): Promise<KeptPicture[]> {
    elsewhere ??= inTime(drafts.picturesOf(key.site, key.person), limit).catch(() => []).finally(() => setTimeout(() => (elsewhere = null), 500))
    const known = new Set((await all()).pictures.map(p => p.path))
    const meant = (await elsewhere).filter(p => isMeant(p) && !known.has(p.path)).map(p => ({ ...p, branch: key.branch, post: key.path, added: Date.now() }))
    for (const picture of meant) {
      here.set(picture.path, picture)
      await drafts.putPicture(picture).catch(console.error)
    }
    return meant
  }

  /// Those that a text refers to.
  async function meantBy(text: string): Promise<Kept> {
    const names = namedByServer(text).map(address => address.slice(address.lastIndexOf("/") + 1))
    const { pictures, whole } = await all()
    const lacking = names.some(name => !pictures.some(p => p.path.endsWith(name)))
    const more = lacking ? await moved(p => text.includes(p.path)) : []
    return { pictures: [...pictures, ...more].filter(p => text.includes(p.path)), whole }
  }

  /// Where the database does not answer, it may have pictures that are known to nobody
  /// else. What a text refers to is asked for on its branch then.
  async function mustBeThere(text: string, known: KeptPicture[]): Promise<void> {
    const asked = namedByServer(text).filter(address => !address.includes("//")).map(address => address.replace(/^(?:\.{0,2}\/)*/, "/"))
    for (const address of new Set(asked)) {
      if (known.some(p => address.endsWith(p.path) || p.address.endsWith(address))) continue
      await api.file(branch, address, pull).catch((error: unknown) => {
        if (problemOf(error).kind !== "not-found") throw error
        throw notGiven(address)
      })
    }
  }

  async function usedIn(text: string): Promise<KeptPicture[]> {
    return (await meantBy(text)).pictures
  }

  /// The picture for an address in the page, a sign where there is none, or null where
  /// the frame has it. What is relative is the page's: the frame may have loaded
  /// another's in its place.
  async function find({ address: written, loads, failed }: PictureQuestion): Promise<Omit<PictureAnswer, "address"> | null> {
    const own = !/^\s*[/\\]/.test(written)
    relative ||= own
    const url = addressIn(written, own ? await page() : location.origin)
    if (!url || url.host !== location.host) return null
    const address = url.pathname
    const elsewhere = loads.replace(/^\/frame(?=\/)/, "") !== address
    const isIt = (p: KeptPicture) => p.address === address
    const fresh = (await all()).pictures.find(isIt) ?? (await moved(isIt))[0]
    if (fresh) return { picture: fresh.data }
    if (!failed && !elsewhere && branch === published && pull === 0) {
      keepWhatIsShown(address)
      return null
    }
    return api.file(branch, address, pull).then(picture => picture && { picture }, (error: unknown) => {
      const { kind, sentence } = problemOf(error)
      if (kind !== "not-found" && kind !== "unsupported") throw error
      const why = kind === "not-found" ? t("This picture is missing: the site has no file at {address}.", { address }) : sentence
      missing.set(address, why)
      misled ||= elsewhere && !failed
      tellMissing()
      return { picture: missingSign(why), missing: true }
    })
  }

  /// A page asks for all of its pictures at once, and what is told is looked for in the
  /// whole text.
  function tellMissing(): void {
    telling ??= setTimeout(() => {
      telling = undefined
      onMissing()
    }, 100)
  }

  // Pictures that the frame loads are nobody's but its own.
  const toKeep = new Set<string>()
  let keeping = settled?.()
  function keepWhatIsShown(address: string): void {
    const { connection } = navigator as { connection?: { saveData?: boolean } }
    if (!keeping || toKeep.has(address) || toKeep.size >= keptPictures || connection?.saveData) return
    toKeep.add(address)
    keeping = keeping.then(async () => {
      await new Promise<void>(resolve => whenIdle(resolve))
      if (!destroyed && !missing.has(address)) await api.file(branch, address, pull).catch(() => {})
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
        why = t("This browser does not keep the picture: its storage is full or refused. Open a pull request before you close this tab.")
      }
      port?.postMessage({ address: picture.address, picture: picture.data } satisfies PictureAnswer)
      return picture
    },
    notKept: () => why,
    usedIn,
    async sending(text) {
      const { pictures, whole } = await meantBy(text)
      if (!whole) await mustBeThere(text, pictures)
      return Promise.all(pictures.map(async p => ({
        path: p.path, data: await base64(p.data).catch(() => Promise.reject(notGiven(p.address))),
      })))
    },
    async forget(text) {
      const isThere = (path: string) => text.includes(path)
      for (const path of [...here.keys()].filter(isThere)) here.delete(path)
      had = had.filter(p => !isThere(p.path))
      reading = null
      await drafts.forgetPictures(key, isThere).catch(() => {})
    },
    missing: () => missing,
    connect(next) {
      port?.close()
      const mine = (port = next)
      relative = misled = false
      let asked = 0
      unreached.clear()
      answer = async question => {
        unreached.delete(question.address)
        const found = await find(question).catch(() => {
          if (port === mine) unreached.set(question.address, question)
          return null
        })
        if (found && port === mine) mine.postMessage({ address: question.address, ...found } satisfies PictureAnswer)
      }
      port.onmessage = ({ data }: MessageEvent<PictureQuestion>) => {
        // What comes out of the frame is believed as little as the post is.
        if (typeof data?.address !== "string" || data.address.length > 2048 || typeof data.loads !== "string" || ++asked > patience) return
        void answer({ address: data.address, loads: data.loads, failed: data.failed === true })
      }
    },
    async keepAgain() {
      // What cannot be read any more cannot be kept.
      await Promise.allSettled([...new Map([...had.map(p => [p.path, p] as const), ...here]).values()].map(p => drafts.putPicture(p)))
    },
    relative: () => relative,
    misled: () => misled,
    askAgain() {
      for (const question of [...unreached.values()]) void answer(question)
    },
    destroy() {
      destroyed = true
      clearTimeout(telling)
      port?.close()
      port = null
    },
  }
}

/// What the database has; `whole` is whether it answered.
interface Kept {
  pictures: KeptPicture[]
  whole: boolean
}

function notGiven(address: string): Failure {
  return new Failure({
    kind: "unsupported",
    sentence: t("Nothing was submitted: this browser does not give Galley the picture {name}, which the text refers to and no branch has. Reload the page and try again, or take it out of the text.", { name: address.replace(/^.*\//, "") }),
  })
}

function base64(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onerror = () => reject(reader.error ?? new Error("a kept picture cannot be read"))
    reader.onload = () => resolve((reader.result as string).replace(/^[^,]*,/, ""))
    reader.readAsDataURL(blob)
  })
}

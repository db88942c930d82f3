import { useEffect, useLayoutEffect, useReducer, useRef, useState } from "preact/hooks"
import { problemOf } from "../forge/api"
import type { KeptPicture } from "../post/drafts"
import { within, wordsAt, type KeptWords, type WordsPlace } from "../post/kept-words"
import { Dialog } from "./dialog"
import { NotKept } from "./not-kept"
import { t, tn, tx } from "../base/words"

export interface PictureDialogProps {
  files: readonly File[]
  /// Where what is typed is kept, by each file's name and size: nothing else is known of
  /// one until it is prepared.
  place: WordsPlace
  /// Prepares and keeps one file. Rejects with a Failure.
  add: (file: File) => Promise<KeptPicture>
  /// Called once with the pictures that were prepared, to be shown at once.
  onReady: (pictures: KeptPicture[]) => void
  /// Called with each picture's alternative text, "" for a decorative one.
  onDone: (words: { picture: KeptPicture; alt: string }[]) => void
  /// Called when they are not wanted after all. `ready` are those that were
  /// shown by then.
  onCancel: (ready: KeptPicture[]) => void
}

interface Row {
  file: File
  picture?: KeptPicture
  /// A blob: address, for the eye.
  look?: string
  failure?: string
  alt: string
  /// Keeps that, for the same file in the same post.
  words: KeptWords
  decorative: boolean
}

/// Has files prepared one by one, and asks what each picture shows.
export function PictureDialog({ files, place, add, onReady, onDone, onCancel }: PictureDialogProps) {
  const [rows, setRows] = useState<Row[]>(() => files.map(file => {
    const words = wordsAt(within(place, file.name, String(file.size)))
    return { file, words, alt: words.text, decorative: false }
  }))
  const [ready, setReady] = useState<KeptPicture[] | null>(null)
  const [done, setDone] = useState(false)
  const leave = useRef<HTMLButtonElement>(null)
  const change = (at: number, part: Partial<Row>) => setRows(rows => rows.map((row, i) => (i === at ? { ...row, ...part } : row)))

  useEffect(() => {
    let live = true
    const looks: string[] = []
    void (async () => {
      const made: KeptPicture[] = []
      for (const [i, file] of files.entries()) {
        try {
          const picture = await add(file)
          const look = URL.createObjectURL(picture.data)
          looks.push(look)
          if (!made.some(p => p.path === picture.path)) made.push(picture)
          if (!live) return
          change(i, { picture, look })
        } catch (error) {
          if (!live) return
          change(i, { failure: problemOf(error).sentence })
        }
      }
      setReady(made)
      onReady(made)
    })()
    return () => {
      live = false
      for (const look of looks) URL.revokeObjectURL(look)
    }
  }, [])

  const pictures = rows.filter((row, i) => row.picture && rows.findIndex(r => r.picture?.path === row.picture!.path) === i)
  const waiting = ready === null
  const answered = (waiting ? rows.filter(row => !row.failure) : pictures).every(row => row.decorative || row.alt.trim() !== "")
  const one = (waiting ? files : pictures.length > 0 ? pictures : files).length === 1
  const title = waiting || pictures.length > 0
    ? one ? t("What does the picture show?") : t("What do the pictures show?")
    : one ? t("This picture is not taken") : t("These pictures are not taken")

  // With the sentence that says why: the next key is its answer.
  useLayoutEffect(() => {
    if (ready?.length === 0) leave.current?.focus()
  }, [ready])
  const [, draw] = useReducer((n: number, _: void) => n + 1, 0)
  useLayoutEffect(() => {
    const before = rows.map(({ words }) => words.kept)
    rows.forEach(({ alt, words }) => void words.keep(alt))
    if (rows.some(({ words }, i) => words.kept !== before[i])) draw()
  }, [rows])
  const forget = () => rows.forEach(({ words }) => void words.keep(""))
  const finish = () => {
    forget()
    onDone(pictures.map(row => ({ picture: row.picture!, alt: row.decorative ? "" : row.alt })))
  }
  // Who has said what they show need not wait until they are prepared. What is not
  // taken is to be read first.
  useEffect(() => {
    if (waiting || !done) return
    if (answered && rows.every(row => !row.failure)) finish()
    else setDone(false)
  }, [waiting])

  return (
    <Dialog title={title} onClose={() => onCancel(ready ?? [])}>
      <form
        class="pictures"
        onSubmit={event => {
          event.preventDefault()
          if (answered && waiting) setDone(true)
          else if (answered) finish()
        }}
      >
        <ul>
          {rows.map((row, i) => (
            <li key={i} class={row.failure ? "refused" : ""}>
              {!row.failure && <div class="look">{row.look && <img src={row.look} alt="" />}</div>}
              <div class="words">
                {row.failure ? (
                  <p class="failed" role="alert"><strong>{row.file.name}</strong> {row.failure}</p>
                ) : (
                  <>
                    <label>
                      <span>{tx("Alternative text {small}", { small: <small>{t("for those who do not see it")}</small> })}</span>
                      <input
                        name={`alt-${i}`} autofocus={i === 0} maxLength={1000} autocomplete="off" disabled={row.decorative} value={row.alt}
                        onInput={event => change(i, { alt: event.currentTarget.value })}
                      />
                    </label>
                    <label class="check">
                      <input type="checkbox" checked={row.decorative} onChange={event => change(i, { decorative: event.currentTarget.checked })} />
                      <span>{t("It is decorative: it says nothing that the text does not")}</span>
                    </label>
                  </>
                )}
              </div>
            </li>
          ))}
        </ul>
        <p class="note" role="status">{waiting ? (one ? t("Preparing the picture …") : t("Preparing the pictures …")) : ""}</p>
        <NotKept fields={rows.map(({ words }) => words)} />
        <footer>
          {pictures.length > 0 || waiting ? (
            <>
              <button type="button" class="quiet" onClick={() => {
                forget()
                onCancel(ready ?? [])
              }}>{!ready?.length ? t("Cancel") : tn(ready.length, "Take it out again", "Take them out again")}</button>
              <button type="submit" class="primary" disabled={!answered || done}>{t("Done")}</button>
            </>
          ) : (
            <button ref={leave} type="button" class="primary" onClick={() => onCancel([])}>{t("All right")}</button>
          )}
        </footer>
      </form>
    </Dialog>
  )
}

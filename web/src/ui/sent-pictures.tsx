import { useEffect, useState } from "preact/hooks"
import type { KeptPicture } from "../post/drafts"
import type { Pictures } from "../post/pictures"
import { t, tn } from "../base/words"

/// Tells which pictures a submission of a text takes along.
export function SentPictures({ pictures, text }: { pictures: Pictures; text: string }) {
  const [sent, setSent] = useState<{ picture: KeptPicture; look: string }[]>([])
  useEffect(() => {
    const looks: string[] = []
    let live = true
    void pictures.usedIn(text).then(used => {
      if (!live) return
      setSent(used.map(picture => {
        const look = URL.createObjectURL(picture.data)
        looks.push(look)
        return { picture, look }
      }))
    })
    return () => {
      live = false
      for (const look of looks) URL.revokeObjectURL(look)
    }
  }, [pictures, text])
  if (sent.length === 0) return null
  return (
    <section class="sent-pictures" aria-label={t("Pictures in the pull request")}>
      <p class="note">{tn(sent.length, "With it goes a picture", "With it go {count} pictures")}</p>
      <ul>
        {sent.map(({ picture, look }) => (
          <li key={picture.path}>
            <img src={look} alt="" />
            <span>{picture.path.replace(/^.*\//, "")} <small>{picture.width} × {picture.height}, {sizeText(picture.data.size)}</small></span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/// "12 KB", "3.4 MB".
export function sizeText(bytes: number): string {
  if (bytes < 1 << 20) return `${Math.max(1, Math.round(bytes / 1024))} KB`
  return `${(bytes / (1 << 20)).toFixed(1)} MB`
}

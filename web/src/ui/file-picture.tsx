import { useState } from "preact/hooks"
import { fileAddress } from "../protocol/addresses"
import type { Pull } from "../protocol/server"
import { t } from "../base/words"

/// A file of a pull request that is no text: shown where it is a picture.
export function FilePicture({ pull, path }: { pull: Pull; path: string }) {
  const [failed, setFailed] = useState(!/\.(png|jpe?g|gif|webp|avif|svg)$/i.test(path))
  if (failed) return <p class="none">{t("This is no text, so there is nothing to compare.")}</p>
  return <p class="file-picture"><img src={fileAddress(pull.base, path, pull.number)} alt={t("The picture {name}", { name: path.replace(/^.*\//, "") })} onError={() => setFailed(true)} /></p>
}

import { useState } from "preact/hooks"
import { fileAddress } from "../api"

/// A file of a branch that is no text: shown where it is a picture.
export function FilePicture({ branch, path }: { branch: string; path: string }) {
  const [failed, setFailed] = useState(branch.includes(":") || !/\.(png|jpe?g|gif|webp|avif|svg)$/i.test(path))
  if (failed) return <p class="none">This is no text, so there is nothing to compare.</p>
  return <p class="file-picture"><img src={fileAddress(branch, path)} alt={`The picture ${path.replace(/^.*\//, "")}`} onError={() => setFailed(true)} /></p>
}

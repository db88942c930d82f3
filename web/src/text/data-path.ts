// Data path is where a new data file goes, by the name that a writer gives it.
import { dataKind } from "../protocol/data"

/// The folder of a site's data files: the one that all of them are in, and Jekyll's own
/// where there are none.
export function dataFolder(paths: readonly string[]): string {
  if (paths.length === 0) return "_data"
  let folder = paths[0]!.split("/").slice(0, -1)
  for (const path of paths) {
    const parts = path.split("/").slice(0, -1)
    let same = 0
    while (same < folder.length && folder[same] === parts[same]) same++
    folder = folder.slice(0, same)
  }
  // All may be in a folder of it.
  const own = folder.indexOf("_data")
  return (own >= 0 ? folder.slice(0, own + 1) : folder).join("/") || "_data"
}

/// The file's path in that folder: what is no part of a name becomes a hyphen, and an
/// ending that is one of a data file's is kept. "" where nothing is left of the name.
export function dataPath(folder: string, name: string, ending: string): string {
  const parts = name.normalize("NFC").split("/").map(part => part.replace(/[^\p{L}\p{M}\p{N}._-]+/gu, "-").replace(/^[-.]+|(?<![-.])[-.]+$/g, "")).filter(part => part !== "")
  const last = parts.pop()
  if (last === undefined || !/[\p{L}\p{N}]/u.test(last)) return ""
  return [folder, ...parts, dataKind(last) ? last : last + ending].join("/")
}

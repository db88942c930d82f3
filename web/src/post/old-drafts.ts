// Old drafts are those that an earlier Galley kept by a repository's name. What becomes
// of them is in adopting.ts, which is not loaded where there are none.
import type { Site } from "../protocol/server"
import type { Drafts } from "./drafts"
import { partingsOf } from "./parting-draft"

/// Whether there is anything to adopt that was not looked at in this browser before.
export async function hasOldDrafts(drafts: Drafts, site: Site): Promise<boolean> {
  if (site.id === site.name || wasAdopted(site)) return false
  const person = site.person.login || site.person.email || ""
  if (partingsOf(site.name, person).length > 0 || (await drafts.list(site.name, person)).length > 0) return true
  setAdopted(site)
  return false
}

const adoptedKey = (site: Site) => "galley:adopted:" + site.id

function wasAdopted(site: Site): boolean {
  try {
    return localStorage.getItem(adoptedKey(site)) !== null
  } catch {
    return false
  }
}

/// Remembers that there is nothing more to adopt for a site.
export function setAdopted(site: Site): void {
  try {
    localStorage.setItem(adoptedKey(site), "1")
  } catch {
    // It is looked again the next time.
  }
}

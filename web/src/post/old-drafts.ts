// Old drafts are those that an earlier Galley kept by a repository's name, or by the
// repository where a site is one of its folders. What becomes
// of them is in adopting.ts, which is not loaded where there are none.
import type { Site } from "../protocol/server"
import type { Drafts } from "./drafts"
import { partingsOf } from "./parting-draft"

/// Whether there is anything to adopt that was not looked at in this browser before.
export async function hasOldDrafts(drafts: Drafts, site: Site): Promise<boolean> {
  const earlier = earlierIds(site)
  if (earlier.length === 0 || wasAdopted(site)) return false
  const person = site.person.login || site.person.email || ""
  for (const id of earlier) {
    if (partingsOf(id, person).length > 0 || (await drafts.list(id, person)).length > 0) return true
  }
  setAdopted(site)
  return false
}

/// By what an earlier Galley kept a site's drafts.
export function earlierIds(site: Site): string[] {
  return [...new Set([site.repository, site.name])].filter(id => id !== site.id)
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

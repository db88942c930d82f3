// Adopting brings drafts that an earlier Galley kept by a repository's name, which is a
// folder's, to the repository that they were made in. Two folders may have one name: a
// draft goes with the repository that has the blob that it was made from, or one that
// was submitted of it, and stays where it is otherwise.
import type { Api } from "../forge/api"
import type { Site } from "../protocol/server"
import type { Draft, Drafts } from "./drafts"
import { setAdopted } from "./old-drafts"
import { forgetParting, leaveBehind, partingsOf } from "./parting-draft"

type Made = Pick<Draft, "blob" | "sent">

/// Adopts what belongs to a site. Rejects where it cannot be told now; then what is not
/// adopted stays for another time.
export async function adopt(drafts: Drafts, api: Api, site: Site): Promise<void> {
  const person = site.person.login || site.person.email || ""
  const old = await drafts.list(site.name, person)
  const left = partingsOf(site.name, person)
  const asked = [...new Set([...old, ...left.map(parting => parting.draft)].flatMap(blobsOf))]
  const known = new Set<string>()
  for (let i = 0; i < asked.length; i += 50) {
    const query = new URLSearchParams(asked.slice(i, i + 50).map(blob => ["blob", blob]))
    for (const blob of (await api.ask<{ blobs: string[] }>(`/api/known?${query}`)).blobs) known.add(blob)
  }
  const belongs = (made: Made) => blobsOf(made).some(blob => known.has(blob))
  for (const draft of old.filter(belongs)) {
    const there = { ...draft, site: site.id }
    if (await drafts.get(there)) continue
    for (const picture of await drafts.pictures(draft)) await drafts.putPicture({ ...picture, site: site.id })
    await drafts.put(there, draft.version)
    await drafts.remove(draft, draft.version)
    await drafts.forgetPictures(draft)
  }
  for (const parting of left.filter(parting => belongs(parting.draft))) {
    const { draft, seen, page } = parting
    // Its draft has another version by now where it was adopted: that is what it saw.
    const now = old.find(other => other.branch === draft.branch && other.path === draft.path)
    const there = { ...draft, site: site.id }
    const version = now?.version === seen ? (await drafts.get(there))?.version : undefined
    if (leaveBehind(there, { ...parting, draft: there, seen: version ?? seen })) forgetParting(draft, other => other.page === page && other.draft?.text === draft.text)
  }
  setAdopted(site)
}

function blobsOf({ blob, sent }: Made): string[] {
  return [blob, ...(sent ?? [])].filter(id => /^[0-9a-f]{40}$/.test(id))
}

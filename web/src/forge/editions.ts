// Editions finds the branches on which a site's editions are written.
import { longDate } from "./posts"
import type { Branch } from "../protocol/server"
import { isFork } from "../protocol/routes"
import { t } from "../base/words"

/// The branch of that name, if it is an edition's that is still being written.
export function openEdition(branches: readonly Branch[], name: string): Branch | undefined {
  return branches.find(branch => branch.name === name && branch.open)
}

/// Why a post that the default branch has is better not written on a branch any
/// more, in a sentence: it is an edition's that was published, or it is gone. ""
/// where it may well be.
export function whyOver(branches: readonly Branch[], name: string, defaultBranch: string): string {
  const branch = branches.find(branch => branch.name === name)
  if (name === defaultBranch || isFork(name) || branches.length === 0) return ""
  if (!branch) return t("The branch {name} is not there any more, and this post is on {defaultBranch}.", { name, defaultBranch })
  return branch.edition && !branch.open ? t("The edition of {date} is on {defaultBranch}, and what is written here does not get there by itself.", { date: longDate(branch.edition), defaultBranch }) : ""
}

/// Whether new posts go to their editions from a branch: it is the default one
/// or an edition's. On any other branch they stay where they are.
export function leadsToEditions(branches: readonly Branch[], name: string, defaultBranch: string): boolean {
  return name === "" || name === defaultBranch || branches.some(branch => branch.name === name && branch.edition !== undefined)
}

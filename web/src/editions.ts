// Editions finds the branches on which a site's editions are written.
import type { Branch } from "./protocol"

/// The branch of that name, if it is an edition's that is still being written.
export function openEdition(branches: readonly Branch[], name: string): Branch | undefined {
  return branches.find(branch => branch.name === name && branch.open)
}

/// Whether new posts go to their editions from a branch: it is the default one
/// or an edition's. On any other branch they stay where they are.
export function leadsToEditions(branches: readonly Branch[], name: string, defaultBranch: string): boolean {
  return name === "" || name === defaultBranch || branches.some(branch => branch.name === name && branch.edition !== undefined)
}

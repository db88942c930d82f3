import { previewHost } from "../forge/pulls"

export interface PreviewLinkProps {
  /// Where a service shows the site as the pull request has it; "" for nowhere.
  address: string
  /// Among other words. Defaults to a paragraph of its own.
  short?: boolean
}

/// The way to a pull request's preview, and at which host that is; nothing where there
/// is none.
export function PreviewLink({ address, short = false }: PreviewLinkProps) {
  const host = previewHost(address)
  if (!host) return null
  const common = { href: address, target: "_blank", rel: "noopener noreferrer" }
  if (short) {
    return <a class="others preview-link" {...common} title={`Preview of this pull request, at ${host}`}>preview<span class="long"> at {host}</span></a>
  }
  return <p class="preview-link"><a {...common}>Preview of this pull request</a> <span>at {host}</span></p>
}

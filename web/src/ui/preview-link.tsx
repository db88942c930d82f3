import { previewHost } from "../forge/pulls"
import { t } from "../base/words"

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
    return <a class="others preview-link" {...common} title={t("Preview of this pull request, at {host}", { host })}>{t("preview")}<span class="long"> {t("at {host}", { host })}</span></a>
  }
  return <p class="preview-link"><a {...common}>{t("Preview of this pull request")}</a> <span>{t("at {host}", { host })}</span></p>
}

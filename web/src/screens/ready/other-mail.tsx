import type { OverMail } from "../../forge/api"
import type { OtherMail } from "../../protocol/server"
import { Dialog } from "../../ui/dialog"
import { t } from "../../base/words"

export interface OtherMailDialogProps {
  /// What the server says of it.
  sentence: string
  mail: OtherMail
  busy: boolean
  /// Called with what becomes of it; null leaves everything as it is.
  onAnswer: (over: OverMail | null) => void
}

/// Asks what becomes of a mail at the mailing service that a draft would write over, or
/// would be made beside.
export function OtherMailDialog({ sentence, mail, busy, onAnswer }: OtherMailDialogProps) {
  const { seen, service } = mail
  return (
    <Dialog title={mail.replaceable ? t("Replace what was written at {service}?", { service }) : t("Make another draft?")} busy={busy} onClose={() => onAnswer(null)}>
      <p>{sentence}</p>
      {mail.url && <p><a href={mail.url} target="_blank" rel="noopener noreferrer">{t("Look at it at {service}", { service })}</a></p>}
      {mail.replaceable && <p class="hint">{t("What is replaced is lost at {service}. Another draft leaves it as it is.", { service })}</p>}
      <footer>
        <button type="button" class="quiet" autofocus disabled={busy} onClick={() => onAnswer(null)}>{t("Leave it")}</button>
        {mail.replaceable && <button type="button" disabled={busy} onClick={() => onAnswer({ seen, beside: false })}>{t("Replace it")}</button>}
        <button type="button" class="primary" disabled={busy} onClick={() => onAnswer({ seen, beside: true })}>{t("Make another one")}</button>
      </footer>
    </Dialog>
  )
}

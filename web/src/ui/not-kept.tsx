import type { KeptWords } from "../post/kept-words"
import { t } from "../base/words"

/// Says of fields that what was typed there goes with them; nothing while all of it is
/// kept.
export function NotKept({ fields }: { fields: readonly Pick<KeptWords, "kept">[] }) {
  if (fields.every(field => field.kept)) return null
  return <p class="failed" role="alert">{t("This browser does not keep what you typed here: its storage is full or refused. Send it, or copy it, before you close this.")}</p>
}

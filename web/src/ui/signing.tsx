import { useState } from "preact/hooks"
import type { Site } from "../protocol/server"
import { t, tx } from "../base/words"

export interface SigningProps {
  site: Site
  /// Whether the commit is signed off.
  signed: boolean
  onSigned: (signed: boolean) => void
  disabled: boolean
}

/// Whose the commit is, where it is made, and whether it is signed off.
export function Signing({ site, signed, onSigned, disabled }: SigningProps) {
  const { name, login, email } = site.person
  const person = `${name || login}${email ? ` <${email}>` : ""}`
  return (
    <div class="signing">
      {!site.canPush && <p class="note">{t("You have no write access to {name}, so Galley proposes it from your copy of it.", { name: site.name })}</p>}
      <p class="note">{t("As {person}.", { person })}{site.signOff === "always" && <>{" "}{tx("Your commit says: {line}", { line: <q>Signed-off-by: {person}</q> })}</>}</p>
      {site.signOff === "ask" && (
        <label class="check">
          <input type="checkbox" name="sign-off" checked={signed} disabled={disabled} onChange={event => onSigned(event.currentTarget.checked)} />
          <span>{tx("Sign off: {line}", { line: <q>Signed-off-by: {person}</q> })}</span>
        </label>
      )}
    </div>
  )
}

/// Whether a person signs off, remembered in this browser, and how to change it.
export function useSigning(site: Site): [boolean, (signed: boolean) => void] {
  const key = "galley:sign-off:" + JSON.stringify([site.id, site.person.login || site.person.email || ""])
  const [signed, setSigned] = useState(() => {
    try {
      return site.signOff === "always" || (site.signOff === "ask" && localStorage.getItem(key) === "yes")
    } catch {
      return site.signOff === "always"
    }
  })
  return [signed, signed => {
    setSigned(signed)
    try {
      localStorage.setItem(key, signed ? "yes" : "no")
    } catch {
      // Then it is asked anew the next time.
    }
  }]
}

import { useState } from "preact/hooks"
import { ago } from "../../forge/posts"
import { wordsAt, within, type WordsPlace } from "../../post/kept-words"
import { whyAgain, type SentOf } from "../../post/sent"
import type { Announcement, Ready } from "../../protocol/publishing"
import { countOf } from "../../text/announcement"
import { keyLabel } from "../../ui/actions"
import { copyText } from "../../ui/clipboard"
import { NotKept } from "../../ui/not-kept"
import { t } from "../../base/words"

export interface AnnouncementsProps {
  ready: Ready
  /// The post's address, as the texts carry it.
  address: string
  /// Where a text is kept that the writer changed.
  place: WordsPlace
  /// The keys that copy them, in their order.
  keys: readonly string[]
  sent: SentOf
  /// Another date was chosen, of which the texts are not there yet: nobody takes these.
  outdated: boolean
  /// Called when a text was copied.
  onSent: (name: string, text: string) => void
  say: (text: string) => void
}

/// The texts for networks: filled in by the settings' patterns, to be changed here,
/// and counted as the networks do.
export function Announcements({ ready, address, outdated, place, keys, sent, onSent, say }: AnnouncementsProps) {
  return (
    <section class="step" aria-labelledby="social-heading">
      <h2 id="social-heading">{t("3. Announce")}</h2>
      {ready.social.length === 0 && <p class="hint">{t("The settings have no patterns for texts on networks (galley.social).")}</p>}
      {ready.social.map((one, i) => <Text key={one.name} one={one} address={address} outdated={outdated} place={within(place, one.name)} copyKey={keys[i] ?? ""} sent={sent} onSent={onSent} say={say} />)}
    </section>
  )
}

interface TextProps extends Pick<AnnouncementsProps, "address" | "outdated" | "place" | "sent" | "onSent" | "say"> {
  one: Announcement
  copyKey: string
}

/// What the writer made of a pattern's text.
interface Own {
  text: string
  /// The pattern's text that it began with.
  from: string
}

function readOwn(kept: string): Own | null {
  try {
    const { text, from } = JSON.parse(kept) as Partial<Own>
    return typeof text === "string" && typeof from === "string" ? { text, from } : null
  } catch {
    return null
  }
}

function Text({ one, address, outdated, place, copyKey, sent, onSent, say }: TextProps) {
  const [words] = useState(() => wordsAt(place))
  const [kept, setKept] = useState(() => readOwn(words.text))
  // Where the pattern has come to the same, there is nothing of the writer's.
  const own = kept?.text === one.text ? null : kept
  const text = own?.text ?? one.text
  const [problem, setProblem] = useState("")
  const count = countOf(text, one.counts)
  const left = one.limit - count
  const before = sent[one.name]
  const again = before ? whyAgain(before, address, before.text) : ""
  const changed = own !== null && own.from !== one.text
  const id = "social-" + one.name

  function type(text: string): void {
    const next = text === one.text ? null : { text, from: own?.from ?? one.text }
    setKept(next)
    // Copied, it may still have to be copied again.
    words.keep(next && text.trim() !== "" ? JSON.stringify(next) : "")
  }

  async function copy(): Promise<void> {
    setProblem("")
    if (!(await copyText(text))) return setProblem(t("The browser does not let Galley copy. Select the text and copy it by hand."))
    onSent(one.name, text)
    say(t("Copied the text for {label}.", { label: one.label }))
  }
  return (
    <div class="announcement">
      <label for={id}>{one.label}</label>
      <textarea id={id} rows={4} value={text} aria-describedby={id + "-count"} onInput={event => type(event.currentTarget.value)} />
      <p class="do">
        <span id={id + "-count"} class={left < 0 ? "count over" : "count"}>{left < 0 ? t("{count} of {limit}, {over} too many", { count, limit: one.limit, over: -left }) : t("{count} of {limit}", { count, limit: one.limit })}</span>
        {address && !text.includes(address) && <span class="hint">{t("without the post's address")}</span>}
        {own && <button type="button" class={changed ? "small" : "quiet small"} onClick={() => type(one.text)}>{changed ? t("Take the new one") : t("As the pattern has it")}</button>}
        <button type="button" class="small" disabled={outdated} id={"copy-" + id} title={copyKey ? keyLabel(copyKey) : ""} onClick={() => void copy()}>{t("Copy")}<span class="hidden"> {t("the text for {label}", { label: one.label })}</span></button>
      </p>
      <NotKept fields={[words]} />
      {changed && <p class="again" role="status">{t("What the pattern makes has changed since you wrote yours.")}</p>}
      {problem && <p class="failed" role="alert">{problem}</p>}
      {before && <p class={again ? "again failed" : "again"}>{again ? t("What you took from here {when} {again}. Correct it there.", { when: ago(before.when, Date.now()), again }) : t("Taken from here {when}.", { when: ago(before.when, Date.now()) })}</p>}
    </div>
  )
}

/// Letters that copy keys may not have: other commands of the screen, or browsers,
/// have them.
const used = new Set(["m", "e", "w", "r", "l", "d", "f"])

/// A key for each text: Alt with the first letter of its network that is free.
export function copyKeys(list: readonly Announcement[]): string[] {
  const taken = new Set(used)
  return list.map(one => {
    const letter = [...one.name.toLowerCase()].find(c => /[a-z]/.test(c) && !taken.has(c))
    if (!letter) return ""
    taken.add(letter)
    return "Alt-" + letter
  })
}

import { useState } from "preact/hooks"
import { problemOf, type OverMail } from "../../forge/api"
import { ago } from "../../forge/posts"
import { whyAgain, type Sent } from "../../post/sent"
import { mailAddress } from "../../protocol/addresses"
import type { Drafted, Ready } from "../../protocol/publishing"
import type { OtherMail } from "../../protocol/server"
import { keyLabel } from "../../ui/actions"
import type { AppContext } from "../../ui/app-context"
import { copyRich, copyText } from "../../ui/clipboard"
import { t } from "../../base/words"
import { OtherMailDialog } from "./other-mail"

export interface MailStepProps {
  app: AppContext
  ready: Ready
  branch: string
  /// The mail is that of the post as it is when it is published now.
  stamp: boolean
  /// Another date was chosen, of which the mail is not there yet: nobody takes this one.
  outdated: boolean
  sent: Sent | undefined
  /// Called when the mail was copied or made a draft.
  onSent: (text: string) => void
  /// Called where the post is another by now.
  onChanged: () => Promise<void>
  say: (text: string) => void
}

/// The post as a mail: what is to be looked at, how it looks, and how it gets to the
/// mailing service.
export function MailStep({ app, ready, branch, stamp, outdated, sent, onSent, onChanged, say }: MailStepProps) {
  const [view, setView] = useState<"mail" | "text">("mail")
  const [busy, setBusy] = useState(false)
  const [drafted, setDrafted] = useState<Drafted | null>(null)
  const [problem, setProblem] = useState("")
  /// What is asked about, with the post as it was looked at then: the screen goes on
  /// looking behind the question.
  const [asking, setAsking] = useState<{ other: OtherMail; sentence: string; looked: Ready } | null>(null)
  const { mail } = ready
  if (!mail) {
    return (
      <section class="step" aria-labelledby="mail-heading">
        <h2 id="mail-heading">{t("2. Mail")}</h2>
        <p class="hint">{t("No mail can be made of it; what is missing stands among the settings above.")}</p>
      </section>
    )
  }

  const copy = async (what: string, how: () => Promise<boolean>) => {
    setProblem("")
    if (!(await how())) return setProblem(t("The browser does not let Galley copy. Select the text and copy it by hand."))
    onSent(mail.text)
    say(t("Copied {what}.", { what }))
  }
  async function draft(looked: Ready, over?: OverMail): Promise<void> {
    if (busy) return
    setBusy(true)
    setProblem("")
    try {
      setDrafted(await app.api.draftMail(branch, looked.path, looked.blob, stamp, over))
      setAsking(null)
      onSent(looked.mail!.text)
    } catch (error) {
      const { kind, sentence, mail: other } = problemOf(error)
      setAsking(other ? { other, sentence, looked } : null)
      setProblem(other ? "" : sentence)
      if (kind === "stale") await onChanged().catch(() => {})
    } finally {
      setBusy(false)
    }
  }

  const address = stamp ? ready.stampedUrl : ready.url
  const again = sent ? whyAgain(sent, address, mail.text) : ""
  return (
    <section class="step mail" aria-labelledby="mail-heading">
      <h2 id="mail-heading">{t("2. Mail")}</h2>
      <dl>
        <dt>{t("Subject")}</dt><dd>{mail.subject}</dd>
        <dt>{t("Preview")}</dt><dd>{mail.preview || <span class="hint">{t("none")}</span>}</dd>
        <dt>{t("Size")}</dt><dd>{t("{size} KB of HTML", { size: Math.ceil(new TextEncoder().encode(mail.html).length / 1024) })}</dd>
      </dl>
      {mail.found.length === 0
        ? <p class="fine"><span class="word">{t("Good")}</span> {t("Nothing that a mailing service would object to.")}</p>
        : <ul class="found">{mail.found.map(f => <li key={f.code + f.message}><span class={"mark " + (f.error ? "error" : "warning")}>{f.error ? t("Error") : t("Warning")}</span> {f.message}</li>)}</ul>}
      <p class="do">
        {mail.service && <button type="button" id="draft-mail" class="primary" disabled={busy || outdated} onClick={() => void draft(ready)}>{busy ? t("Making the draft") : t("Make a draft at {service}", { service: mail.service })}</button>}
        <button type="button" id="copy-mail" disabled={outdated} class={mail.service ? "" : "primary"} title={keyLabel("Alt-m")} onClick={() => void copy(t("the mail, as it looks"), () => copyRich(mail.html, mail.text))}>{t("Copy the mail")}</button>
        <button type="button" id="copy-mail-source" disabled={outdated} class="quiet" onClick={() => void copy(t("the mail's HTML"), () => copyText(mail.html))}>{t("Copy its HTML")}</button>
        <button type="button" id="copy-mail-text" disabled={outdated} class="quiet" onClick={() => void copy(t("the mail as text"), () => copyText(mail.text))}>{t("Copy as text")}</button>
      </p>
      {problem && <p class="notice bad" role="alert">{problem}</p>}
      {asking && <OtherMailDialog sentence={asking.sentence} mail={asking.other} busy={busy} onAnswer={over => (over ? void draft(asking.looked, over) : setAsking(null))} />}
      {drafted && (
        <p class="notice" role="status">
          {drafted.updated
            ? t("The draft “{subject}” was brought up to date at {service}; nothing is sent.", { subject: drafted.subject, service: drafted.service })
            : t("A draft “{subject}” was made at {service}; nothing is sent.", { subject: drafted.subject, service: drafted.service })}
          {drafted.sent && " " + t("A mail of this post was sent from there before, and this would be a second one.")}
          {drafted.url && <a class="button small" href={drafted.url} target="_blank" rel="noopener noreferrer">{t("Look at it at {service}", { service: drafted.service })}</a>}
        </p>
      )}
      {sent && <p class={again ? "again failed" : "again"}>{again ? t("What you took from here {when} {again}. Send it again.", { when: ago(sent.when, Date.now()), again }) : t("Taken from here {when}.", { when: ago(sent.when, Date.now()) })}</p>}
      <div class="views" role="group" aria-label={t("How the mail is shown")}>
        <button type="button" class="small" aria-pressed={view === "mail"} onClick={() => setView("mail")}>{t("As it looks")}</button>
        <button type="button" class="small" aria-pressed={view === "text"} onClick={() => setView("text")}>{t("As text")}</button>
      </div>
      {view === "mail"
        ? <iframe class="mail-frame" sandbox="" referrerpolicy="no-referrer" title={t("The mail as its readers see it")} src={mailAddress(branch, ready.path, stamp)} key={ready.blob + stamp} />
        : <pre class="mail-text" tabIndex={0} aria-label={t("The mail as text")}>{mail.text}</pre>}
    </section>
  )
}

// Sending brings a text to the server, with the pictures that it refers to.
import { foundInstead, problemOf, type Api } from "../forge/api"
import type { Step } from "../protocol/server"
import type { Effect, Event } from "./life/events"
import type { Pictures } from "./pictures"

export interface Sending {
  /// Answers with what the effect is to bring; `now` is left empty in it.
  submit(effect: Extract<Effect, { do: "submit" }>, onStep: (step: Step) => void): Promise<Event>
}

export interface SendingOptions {
  api: Api
  /// The post, and the branch that it is written on.
  branch: string
  path: string
  pictures: Pictures
}

export function createSending({ api, branch, path, pictures }: SendingOptions): Sending {
  return {
    async submit({ ticket, text, blob, earlier, merged, coAuthors, form, pull }, onStep) {
      try {
        const made = await api.submit(
          {
            base: form.base, path, text, blob, earlier, title: form.title, message: form.message, signOff: form.signOff,
            pictures: await pictures.sending(text), ...(pull ? { pull, pullBranch: branch } : {}),
            ...(merged ? { merged } : {}), ...(coAuthors.length > 0 ? { coAuthors: [...coAuthors] } : {}),
          },
          onStep,
        )
        return { type: "submitted", ticket, now: "", pull: made }
      } catch (error) {
        const problem = problemOf(error)
        return { type: "not submitted", ticket, now: "", problem, found: foundInstead(problem) }
      }
    },
  }
}

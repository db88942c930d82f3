// Knowledge of the site, for completion: asked of the server once it is wanted, and
// kept for some minutes.
import type { EmojiName, Knowledge, LinkTitle, PullTitle } from "../editor/completion/knowledge"
import { problemOf, type Api } from "../forge/api"
import { t } from "../base/words"

/// How many of the newest posts show the site's habits, and how long an answer is
/// kept, in milliseconds.
const samples = 6
const kept = 5 * 60_000

/// What is known of the site on a branch. `path` is the post that is written.
export function createKnowledge(api: Pick<Api, "posts" | "post" | "pictures" | "pulls" | "pull" | "link" | "emoji">, branch: string, path: string): Knowledge {
  const answers = new Map<string, { at: number; answer: Promise<unknown> }>()
  /// An answer, asked for anew when it is old; `none` where there is none.
  function once<T>(name: string, ask: () => Promise<T>, none: T): Promise<T> {
    const known = answers.get(name)
    if (known && Date.now() - known.at < kept) return known.answer as Promise<T>
    const answer = ask().catch(() => none)
    answers.set(name, { at: Date.now(), answer })
    return answer
  }
  const title = ({ number, title, url }: PullTitle): PullTitle => ({ number, title, url })
  const targets = () => once("targets", async () => {
    const { posts, texts } = await api.posts(branch)
    return [...posts, ...texts].filter(entry => entry.path !== path).map(({ path, title, date }) => ({ path, title, date }))
  }, [])
  return {
    targets,
    async address({ path }) {
      const { url } = await api.post(branch, path)
      return new URL(url, location.origin).pathname
    },
    samples: () => once("samples", async () => {
      const posts = (await targets()).filter(target => target.date !== "").slice(0, samples)
      return Promise.all(posts.map(async ({ path }) => (await api.post(branch, path)).text))
    }, []),
    pictures: () => once("pictures", () => api.pictures(branch), []),
    emoji: () => once<EmojiName[]>("emoji", async () => (await api.emoji(branch)).split("\n").flatMap(line => {
      const [name, sign] = line.split(" ")
      return name && sign ? [{ name, sign }] : []
    }), []),
    pulls: () => once("pulls", async () => (await api.pulls()).map(title), []),
    pull: number => once(`pull ${number}`, async () => title((await api.pull(number)).pull), null),
    async link(of): Promise<LinkTitle> {
      const number = "number" in of ? of.number : Number(/(?<!\d)\d+$/.exec(of.url)?.[0])
      // A pull request of another repository may have the number, too.
      const own = (await this.pulls()).find(pull => pull.number === number) ?? (await this.pull(number))
      if (own && /^https?:/.test(own.url) && (!("url" in of) || of.url === own.url)) return own
      try {
        const { url, title, pending } = await api.link(branch, of)
        return { url, title, ...(pending ? { why: t("The site's texts are still being read, so that it is not known what they call pull request {number}. Link it again in a moment, or type the title.", { number }) } : {}) }
      } catch (error) {
        const { kind, sentence } = problemOf(error)
        const url = "url" in of ? of.url : ""
        return { url, title: "", why: kind === "unavailable" ? `${t("Galley's server does not answer, so that nobody knows what pull request {number} is called.", { number })} ${url ? t("Type the title: the cursor is in its place.") : t("Put its address on the line, and link it again.")}` : sentence }
      }
    },
  }
}

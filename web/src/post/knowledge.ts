// Knowledge of the site, for completion: asked of the server once it is wanted, and
// kept for some minutes.
import type { Knowledge, PullTitle } from "../editor/completion/knowledge"
import type { Api } from "../forge/api"

/// How many of the newest posts show the site's habits, and how long an answer is
/// kept, in milliseconds.
const samples = 6
const kept = 5 * 60_000

/// What is known of the site on a branch. `path` is the post that is written.
export function createKnowledge(api: Pick<Api, "posts" | "post" | "pictures" | "pulls" | "pull">, branch: string, path: string): Knowledge {
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
    pulls: () => once("pulls", async () => (await api.pulls()).map(title), []),
    pull: number => once(`pull ${number}`, async () => title((await api.pull(number)).pull), null),
  }
}

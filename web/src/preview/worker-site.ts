// Worker site is what a worker renders with, the site's bundle and the lexers of
// the languages that texts ask for, and what of it a worker has still to be told.
import type { Bundle } from "../protocol/server"
import type { Request } from "../protocol/preview"

export interface WorkerSiteOptions {
  /// What the worker renders with. Asked once, and again after a failure.
  bundle: () => Promise<Bundle>
  /// A lexer's definition.
  lexer: (name: string) => Promise<string>
  /// Called when there is a lexer to be told of.
  onLexer: () => void
}

export interface WorkerSite {
  /// Begins anew, for a worker that knows nothing.
  begin(): void
  /// Whether the bundle is to be told.
  waits(): boolean
  /// The request that tells the bundle. Rejects where the server does not give it;
  /// it is asked for again with the next call.
  site(): Promise<Request>
  /// The bundle is told.
  told(): void
  /// The request that tells the next lexer; null for none.
  lexer(): Request | null
  /// Asks for the lexers of some languages, each once.
  want(languages: readonly string[]): void
  /// Takes the site's templates anew.
  reload(): void
}

export function createWorkerSite(options: WorkerSiteOptions): WorkerSite {
  const lexers = new Map<string, string>()
  const asked = new Set<string>()
  let bundle: Promise<Bundle> | null = null
  let waits = true
  let untold: string[] = []

  function add(name: string, xml: string): void {
    lexers.set(name, xml)
    untold.push(name)
  }

  return {
    begin() {
      waits = true
      untold = [...lexers.keys()]
      bundle ??= options.bundle()
      bundle.catch(() => {})
    },
    waits: () => waits,
    async site() {
      const mine = (bundle ??= options.bundle())
      try {
        const { lexers: wanted = {}, ...rest } = await mine
        for (const [name, xml] of Object.entries(wanted)) {
          if (asked.has(name)) continue
          asked.add(name)
          add(name, xml)
        }
        return { op: "site", bundle: rest }
      } catch (error) {
        if (bundle === mine) bundle = null
        throw error
      }
    },
    told() {
      waits = false
    },
    lexer() {
      const name = untold.shift()
      return name === undefined ? null : { op: "lexer", name, xml: lexers.get(name)! }
    },
    want(languages) {
      for (const name of languages) {
        if (asked.has(name)) continue
        asked.add(name)
        options.lexer(name).then(
          xml => {
            add(name, xml)
            options.onLexer()
          },
          () => {
            // Its code stays without colours; asked again with the next visit.
          },
        )
      }
    },
    reload() {
      bundle = null
      waits = true
    },
  }
}

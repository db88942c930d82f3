// Repository is one with pull requests, as the forges keep it.
import type { Effect } from "../../src/post/life/events"
import type { PostFile, Problem, Pull } from "../../src/protocol/server"
import { blobOf, linesOf, path, textOf, threeWay } from "./texts"

/// A base beside main, as an edition's branch is.
export const otherBase = "edition"

interface Commit {
  parents: number[]
  /// null where the post is not there.
  text: string | null
}

interface OnePull {
  number: number
  branch: string
  base: string
  person: string
  state: "open" | "closed" | "merged"
  conflict: boolean
}

export class Repository {
  readonly commits: Commit[] = []
  readonly branches = new Map<string, number>()
  readonly pulls: OnePull[] = []
  /// Every line that a commit ever had.
  readonly ever = new Set<string>()

  constructor(text: string) {
    this.branches.set("main", this.add([], text))
    this.branches.set(otherBase, this.branches.get("main")!)
  }

  add(parents: number[], text: string | null): number {
    linesOf(text ?? "").forEach(line => this.ever.add(line))
    return this.commits.push({ parents, text }) - 1
  }

  at(branch: string): string | null {
    return this.commits[this.branches.get(branch)!]!.text
  }

  file(branch: string): PostFile | null {
    const head = this.branches.get(branch)
    const text = head === undefined ? null : this.commits[head]!.text
    return text === null ? null : { path, text, blob: blobOf(text), commit: String(head), branch, url: "" }
  }

  private readonly lines = new Map<number, Set<number>>()

  ancestors(commit: number): Set<number> {
    const known = this.lines.get(commit)
    if (known) return known
    const all = new Set<number>()
    this.lines.set(commit, all)
    const visit = (id: number) => {
      if (all.has(id)) return
      all.add(id)
      this.commits[id]!.parents.forEach(visit)
    }
    visit(commit)
    return all
  }

  /// The text that a branch and the base of its pull request both went on from.
  began(branch: string): string {
    const { base } = this.pulls.findLast(pull => pull.branch === branch)!
    const there = this.ancestors(this.branches.get(base)!)
    const common = [...this.ancestors(this.branches.get(branch)!)].filter(id => there.has(id))
    const best = common.find(id => !common.some(other => other !== id && this.ancestors(other).has(id)))!
    return this.commits[best]!.text ?? ""
  }

  /// The branch of somebody's own open pull request into a base; where there is none, the
  /// next name that no pull request has had.
  ownBranch(person: string, base: string): string {
    for (let n = 1; ; n++) {
      const name = `galley/${person}${n > 1 ? `.${n}` : ""}`
      const open = this.openPull(name)
      if (open?.base === base || !this.pulls.some(pull => pull.branch === name)) return name
    }
  }

  openPull(branch: string): OnePull | undefined {
    return this.pulls.find(pull => pull.branch === branch && pull.state === "open")
  }

  pull(number: number): Pull {
    const { branch, base, state, person, conflict } = this.pulls.find(pull => pull.number === number)!
    return {
      number, branch, state, base, title: "Edit", body: "", head: "", author: { login: person, name: person }, url: "", updated: "",
      paths: null, checks: "", review: "", canPush: true, mergeable: conflict ? "conflict" : "clean",
    } as unknown as Pull
  }

  /// As a forge does it: on condition that what is there is what the edit names.
  submit(person: string, s: Extract<Effect, { do: "submit" }>, onWrite: (before: string, after: string) => void): Pull {
    const stale = (branch: string) => {
      const current = this.file(branch)
      throw new Refused({ kind: "stale", sentence: "It was changed.", ...(current ? { current } : { gone: true }) } as unknown as Problem)
    }
    const { base } = s.form
    const main = this.branches.get(base)!
    const continued = this.pulls.find(pull => pull.number === s.pull)
    if (s.pull && continued?.state !== "open") throw new Refused({ kind: "forbidden", sentence: "It is not open." })
    const branch = continued?.branch ?? this.ownBranch(person, base)
    const open = this.openPull(branch)
    if (!open && this.branches.has(branch) && this.ancestors(main).has(this.branches.get(branch)!)) this.branches.set(branch, main)
    const made = this.branches.has(branch)
    const head = made ? this.branches.get(branch)! : main
    const there = this.commits[head]!.text
    const found = there === null ? "" : blobOf(there)
    if (found !== blobOf(s.text) && found !== s.blob && !(found !== "" && s.earlier.includes(found))) stale(made ? branch : base)
    const merges = s.merged !== "" && !this.ancestors(head).has(Number(s.merged))
    if (merges && !this.ancestors(main).has(Number(s.merged))) throw new Error(`${base} has no commit ${s.merged}`)
    if (merges && this.at(base) !== this.commits[Number(s.merged)]!.text) stale(base)
    if (found === blobOf(s.text) && !merges && there === this.commits[main]!.text && !open) {
      const last = this.pulls.findLast(pull => pull.person === person && pull.base === base && pull.state === "merged")
      if (last) return this.pull(last.number)
      throw new Refused({ kind: "invalid", sentence: "There is nothing to propose." })
    }
    if (found !== blobOf(s.text) || merges) {
      onWrite(there ?? "", s.text)
      this.branches.set(branch, this.add(merges ? [head, Number(s.merged)] : [head], s.text))
    } else {
      this.branches.set(branch, head)
    }
    return this.pull((open ?? this.propose(branch, person, base)).number)
  }

  propose(branch: string, person: string, base = "main"): OnePull {
    const pull: OnePull = { number: this.pulls.length + 1, branch, base, person, state: "open", conflict: false }
    this.pulls.push(pull)
    return pull
  }

  /// Merges a pull request as Git does it.
  merge(pull: OnePull): { before: string; after: string } {
    const before = this.at(pull.base) ?? ""
    const { both, mine, theirs } = threeWay(this.began(pull.branch), before, this.at(pull.branch) ?? "")
    const after = textOf([...both, ...mine, ...theirs])
    this.branches.set(pull.base, this.add([this.branches.get(pull.base)!, this.branches.get(pull.branch)!], after))
    pull.state = "merged"
    return { before, after }
  }

  /// Somebody commits by hand.
  commit(branch: string, text: string | null): void {
    this.branches.set(branch, this.add([this.branches.get(branch)!], text))
  }
}

export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.sentence)
  }
}

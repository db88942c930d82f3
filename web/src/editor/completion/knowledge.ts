// Knowledge is what completion asks about the site. Who makes the editor gives it.

export interface Target {
  /// Its file.
  path: string
  title: string
  /// The day of a post, as 2026-08-16; "" for other texts.
  date: string
}

export interface PullTitle {
  number: number
  title: string
  url: string
}

/// What the site calls a pull request; "" for what it does not tell.
export interface LinkTitle {
  url: string
  title: string
  /// Why it does not, in a sentence. Absent: nothing names it.
  why?: string
}

export interface EmojiName {
  /// Without colons.
  name: string
  /// Its characters.
  sign: string
}

/// Each is asked when it is wanted, and may be asked often.
export interface Knowledge {
  /// The site's posts, newest first, and its pages.
  targets(): Promise<readonly Target[]>
  /// The address of one, within the site.
  address(target: Target): Promise<string>
  /// The texts of some of its newest posts.
  samples(): Promise<readonly string[]>
  /// The addresses of its pictures.
  pictures(): Promise<readonly string[]>
  /// The emoji that its pages show for names; none where they show names as they are.
  emoji(): Promise<readonly EmojiName[]>
  /// Its pull requests that are known.
  pulls(): Promise<readonly PullTitle[]>
  /// One of them; null where there is none.
  pull(number: number): Promise<PullTitle | null>
  /// What its texts and its pull requests call one, of whatever repository, by its
  /// address or by its number alone.
  link(of: { url: string } | { number: number }): Promise<LinkTitle>
}

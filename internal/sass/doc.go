// Package sass is what Galley knows of style sheets written in Sass: which
// pages of a site are such, what the settings say of them, and which files a
// sheet imports. The compiler itself is in a package below this one, since it
// cannot be linked into WebAssembly; a program hands it to a site as a
// [Compiler].
//
// All follows jekyll-sass-converter 2.2, which hands sheets to libsass:
//
//   - A file with front matter and the ending .scss or .sass becomes a page
//     with the ending .css, and a source map beside it. Liquid in it is carried
//     out first. No layout is put around it.
//   - Imports are looked for in the site's top folder (not in the sheet's own),
//     or beside the file that imports, then in each folder of `load_paths`, then
//     in `sass_dir`.
//   - In _config.yml, `sass:` has
//     `sass_dir` (default `_sass`), `load_paths` (a list, may have `*`),
//     `style` (`compact`, the default, or `nested`, `expanded`, `compressed`),
//     `sourcemap` (`always`, the default, or `development`, which a build is
//     not, or `never`), `precision` (digits, default 10) and `add_charset`.
//
// [Gather] reads a sheet's imports before it is compiled. So a compiler is given
// every file that it may read, and needs neither a disk nor a network: a sheet
// from a branch under review reads no file outside of its site, and what was
// compiled of the same [Source] is the same.
package sass

// What the linter looks for beyond what the compiler says: a promise that nobody
// waits for, a value whose type nobody knows, a case that nobody thought of. Each
// rule is here by name; none is for looks.
import regexp from "eslint-plugin-regexp"
import tseslint from "typescript-eslint"

const safe = ["argument", "assignment", "call", "member-access", "return"].map(what => `no-unsafe-${what}`)
const errors = (rules, prefix = "@typescript-eslint/") => Object.fromEntries(rules.map(rule => [prefix + rule, "error"]))

export default tseslint.config(
  { ignores: ["bench", "dist", "test-results", "**/*.d.ts"] },
  {
    files: ["src/**/*.{ts,tsx}", "test/**/*.ts", "e2e/**/*.ts"],
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    plugins: { "@typescript-eslint": tseslint.plugin },
    rules: {
      ...errors(["no-implied-eval", "no-self-compare", "no-template-curly-in-string", "no-unreachable-loop"], ""),
      ...errors([
        "await-thenable", "no-array-delete", "no-floating-promises", "no-for-in-array", "only-throw-error",
        "use-unknown-in-catch-callback-variable",
      ]),
      "prefer-const": ["error", { destructuring: "all" }],
      eqeqeq: ["error", "always", { null: "ignore" }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_$" }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      // A handler may be asynchronous where it tells its own failures.
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: false }],
    },
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    rules: errors(["no-explicit-any", ...safe]),
  },
  {
    // A text is hostile: no pattern takes more than its size.
    files: ["src/**/*.{ts,tsx}"],
    plugins: { regexp },
    rules: Object.fromEntries(["no-super-linear-backtracking", "no-super-linear-move"].map(rule => ["regexp/" + rule, ["error", { report: "certain" }]])),
  },
  {
    // The app's own document never receives a post's HTML.
    files: ["src/**/*.{ts,tsx}"],
    ignores: ["src/frame/**"],
    rules: {
      "no-restricted-syntax": ["error", {
        selector: "MemberExpression[property.name=/^(innerHTML|outerHTML|srcdoc|insertAdjacentHTML|setHTMLUnsafe|write)$/], JSXAttribute[name.name=/^(dangerouslySetInnerHTML|srcdoc)$/]",
        message: "HTML is shown in the preview's frame alone.",
      }],
    },
  },
)

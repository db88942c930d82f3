# What GitHub Pages makes of Markdown, by html, and rouge of code, by code: there
# the text's first line is a language and the answer is token and text by line.
# Answers begin with a plus sign; a minus sign means that kramdown itself gave up
# on the text.
require 'kramdown'
require 'kramdown-parser-gfm'
require 'rouge'
require 'timeout'

OPTIONS = {
  input: 'GFM', hard_wrap: false, gfm_quirks: 'paragraph_end', auto_ids: true,
  toc_levels: (1..6).to_a, entity_output: 'as_char', footnote_nr: 1,
  smart_quotes: 'lsquo,rsquo,ldquo,rdquo', math_engine: 'mathjax',
  syntax_highlighter: 'rouge',
  syntax_highlighter_opts: { default_lang: 'plaintext', guess_lang: true }
}.freeze

def code(source)
  language, text = source.split("\n", 2)
  lexer = Rouge::Lexer.find_fancy(language, text)
  return '' unless lexer
  lexer.lex(text).map { |token, value| "#{token.shortname}\t#{value.dump}\n" }.join
end

def html(source)
  Kramdown::Document.new(source, OPTIONS).to_html
end

def attempt(&block)
  '+' + Timeout.timeout(5, &block)
rescue Exception # stack overflows and time-outs are answers, too
  '-'
end

# Renders Markdown as GitHub Pages does, for as long as its input lasts: a line
# with a number of bytes, then so many bytes of Markdown, are answered by a
# line with a number of bytes and so many bytes of HTML. A number below zero
# means that kramdown itself gave up on the input. With "-code" the body's
# first line is a language and the answer is rouge's: token and text by line.
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

$stdin.binmode
$stdout.binmode
while (line = $stdin.gets)
  source = $stdin.read(line.to_i).force_encoding('UTF-8')
  begin
    html = Timeout.timeout(5) do
      ARGV[0] == '-code' ? code(source) : Kramdown::Document.new(source, OPTIONS).to_html
    end
    $stdout.write("#{html.bytesize}\n", html)
  rescue Exception => e # stack overflows and time-outs are answers, too
    $stdout.write("-1\n")
  end
  $stdout.flush
end

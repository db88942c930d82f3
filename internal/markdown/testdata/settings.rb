# Answers with what Jekyll's converter makes of a text under settings: those, as
# YAML, then a NUL, the name of what to do and a NUL, then the text.
require "jekyll"
require "rouge"
require "timeout"
begin
  require "jekyll-commonmark"
rescue LoadError
end
Jekyll.logger.log_level = :error

def converter(yaml)
  config = Jekyll::Configuration.from(Psych.safe_load(yaml) || {})
  config["kramdown"] = config["kramdown"].dup
  config
end

def highlight(language, code, lines)
  markup = lines ? "#{language} linenos" : language
  template = Liquid::Template.parse("{% highlight #{markup} %}{% raw %}#{code}{% endraw %}{% endhighlight %}")
  site = Struct.new(:highlighter).new("rouge")
  template.render!({}, :registers => { :site => site })[/<code[^>]*>(.*)<\/code>/m, 1]
end

def answer(text)
  yaml, what, source = text.split("\0", 3)
  Timeout.timeout(5) do
    case what
    when "smartify" then Jekyll::Converters::SmartyPants.new(converter(yaml)).convert(source)
    when "commonmark" then Jekyll::Converters::Markdown::CommonMark.new(converter(yaml)).convert(source)
    when "highlight" then highlight(*source.split("\0", 2), false)
    when "lines" then highlight(*source.split("\0", 2), true)
    else Jekyll::Converters::Markdown::KramdownParser.new(converter(yaml)).convert(source)
    end
  end
rescue Exception
  "refused"
end

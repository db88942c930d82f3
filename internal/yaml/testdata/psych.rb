# Answers with what Psych reads, as Jekyll calls it.
require "psych"
require "date"

def spell(v)
  case v
  when nil then "nil"
  when true, false then v.to_s
  when Integer then "i#{v}"
  when Float then v.nan? ? "fNaN" : format("f%.17g", v)
  when String then "s" + v.b.unpack1("H*")
  when Array then "[" + v.map { |e| spell(e) }.join(",") + "]"
  when Hash then "{" + v.map { |k, e| spell(k) + ":" + spell(e) }.join(",") + "}"
  when Time then format("t%d.%09d%s", v.to_i, v.nsec, v.utc? ? "Z" : v.utc_offset.to_s)
  when Date then "d" + v.to_s
  else "?" + v.class.name
  end
end

# What is wrong behind the first document Psych never sees.
def broken_behind?(text)
  Psych.parse_stream(text)
  false
rescue Psych::SyntaxError
  true
end

def answer(text)
  value = spell(Psych.safe_load(text, permitted_classes: [Date, Time], aliases: true))
  broken_behind?(text) ? "broken behind" : value
rescue Psych::SyntaxError, Psych::BadAlias
  "error"
rescue StandardError, SystemStackError
  "refused"
end

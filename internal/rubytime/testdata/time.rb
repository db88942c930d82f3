# Answers with what Time.parse reads. The time from which it takes what is
# missing is a fixed one.
require "time"

NOW = Time.at(1773403445) # 2026-03-13 12:04:05 UTC

def answer(text)
  t = Time.parse(text, NOW)
  format("%s.%09d %s", t.strftime("%Y-%m-%d %H:%M:%S"), t.nsec, t.utc? ? "UTC" : t.strftime("%::z"))
rescue ArgumentError => e
  e.message =~ /no time information|exceeds the limit/ ? "none" : "invalid"
rescue StandardError => e
  "refused #{e.class}"
end

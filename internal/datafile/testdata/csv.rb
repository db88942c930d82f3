# Answers with what Jekyll reads from a table; the text's first line says how.
require "csv"
require "json"

def answer(text)
  how, name, source = text.split("\0", 3)
  return name.gsub(%r![^\w\s-]+|(?<=^|\b\s)\s+(?=$|\s?\b)!, "").gsub(%r!\s+!, "_") if how == "name"

  options = { :headers => !how.include?("n"), :converters => [] }
  options[:col_sep] = "\t" if how.include?("t")
  options[:converters] << :integer if how.include?("i")
  options[:converters] << :float if how.include?("f")
  rows = CSV.parse(source, **options).map { |r| r.is_a?(CSV::Row) ? r.to_hash : r }
  rows.map { |r| r.is_a?(Hash) ? r.map { |k, v| "#{k.inspect}=>#{spell(v)}" }.join(" ") : r.map { |v| spell(v) }.join(" ") }.join("\n")
rescue CSV::MalformedCSVError
  "error"
end

def spell(v)
  v.is_a?(Float) ? format("%.17g", v) : v.inspect
end

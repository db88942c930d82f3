# Renders templates as Jekyll does, for rubytest: what comes in is a template
# behind a line with its mode, with "!" for strict filters and variables, and one
# with the folder of a site; what goes out is "=" and the text, or
# "!" and an error. The variables are those of VALUES in the environment, which
# is Ruby.
require 'jekyll'
require 'jekyll-include-cache'
require 'timeout'

Jekyll.logger.log_level = :error
$values = eval(ENV['VALUES'] || '{}')

def site(folder)
  ($sites ||= {})[folder] ||= begin
    config = Jekyll.configuration(
      'source' => folder, 'destination' => File.join(folder, '_site'), 'quiet' => true, 'disable_disk_cache' => true,
      'url' => 'https://e.org', 'baseurl' => '/b', 'highlighter' => 'none', 'plugins' => [], 'config' => []
    )
    Jekyll::Site.new(config).tap(&:read)
  end
end

def answer(text)
  mode, folder, source = text.split("\n", 3)
  of = site(folder)
  strict = mode.end_with?('!')
  Liquid::Template.error_mode = mode.delete('!').to_sym
  JekyllIncludeCache.reset
  of.liquid_renderer.reset
  of.inclusions.clear if of.respond_to?(:inclusions)
  # Otherwise what one template asked of an equal list answers the next one.
  of.filter_cache.clear if of.respond_to?(:filter_cache)
  Timeout.timeout(10) do
    info = { :registers => { :site => of, :page => { 'path' => 'sub/a.md' } }, :strict_filters => strict, :strict_variables => strict }
    '=' + of.liquid_renderer.file('t').parse(source).render!(Marshal.load(Marshal.dump($values)), info)
  end
rescue Exception => e
  "!#{e.class}: #{e.message}"
end

package lexers

import c "github.com/alecthomas/chroma/v2"

// groovyRules classify Groovy.
func groovyRules() c.Rules { return groovyFamily("", "") }

// gradleRules classify Gradle's build files: Groovy with more words.
func gradleRules() c.Rules {
	return groovyFamily("allprojects artifacts buildscript configuration dependencies repositories sourceSets subprojects publishing",
		`Project Task Gradle Settings Script JavaToolChain SourceSet SourceSetOutput IncrementalTaskInputs Configuration
ResolutionStrategy ArtifactResolutionQuery ComponentSelection ComponentSelectionRules ConventionProperty ExtensionAware
ExtraPropertiesExtension PublishingExtension IvyPublication IvyArtifact IvyArtifactSet IvyModuleDescriptorSpec
MavenPublication MavenArtifact MavenArtifactSet MavenPom PluginDependenciesSpec PluginDependencySpec ResourceHandler
TextResourceFactory`)
}

// groovyFamily are the rules of Groovy with more keywords and types. In a
// line's first words, a name before a parenthesis is a method's.
func groovyFamily(keywords, types string) c.Rules {
	// Up to a mark, or else up to the last one that is escaped.
	upTo := func(mark string) string {
		inside := mark + `(?:\\.|\\\n|[^\\\n` + mark + `])*`
		return inside + mark + `|` + inside + `\\` + mark
	}
	return c.Rules{
		"root": {
			rule(`^(?=(?>[\w.\[\]\s]{1,2000})\()(\s*(?:\w[\w.\[\]]*\s+){1,60}?)(\w+)(\s*)(\()`, c.ByGroups(c.UsingSelf("root"), c.NameFunction, c.Text, c.Operator)),
			rule(`[^\S\n]+`, c.Text),
			rule(`//.*?$`, c.CommentSingle),
			rule(`/\*(?s:.*?)\*/`, c.CommentMultiline),
			rule(`@\w[\w.]*`, c.NameDecorator),
			rule(`(?:class|interface|trait)\b`, c.KeywordDeclaration, c.Push("class")),
			rule(`(?:package|import)\b`, c.KeywordNamespace, c.Push("import")),
			rule(`"""(?s:.*?)"""`, c.LiteralStringDouble),
			rule(`'''(?s:.*?)'''`, c.LiteralStringSingle),
			rule(upTo(`"`), c.LiteralStringDouble),
			rule(upTo(`'`), c.LiteralStringSingle),
			rule(`\$/(?s:\$.|[^$/]|/(?!\$))*/\$`, c.LiteralString),
			rule(upTo(`/`), c.LiteralString),
			rule(`'\\.'|'[^\\]'|'\\u[0-9a-f]{4}'`, c.LiteralStringChar),
			rule(`(\.)([a-zA-Z_]\w*)`, c.ByGroups(c.Operator, c.NameAttribute)),
			rule(`[a-zA-Z_]\w*:`, c.NameLabel),
			rule(anyOf("assert break case catch continue default do else finally for if goto instanceof new return switch this throw "+
				"try while in as "+keywords)+`(?!\w)`, c.Keyword),
			rule(anyOf("abstract const enum extends final implements native private protected public static strictfp super "+
				"synchronized throws transient volatile")+`(?!\w)`, c.KeywordDeclaration),
			rule(anyOf("def boolean byte char double float int long short void "+types)+`(?!\w)`, c.KeywordType),
			rule(`(?:true|false|null)(?!\w)`, c.KeywordConstant),
			rule(`[a-zA-Z_$]\w*`, c.Name),
			rule(`[~^*!%&\[\](){}<>|+=:;,./?-]`, c.Operator),
			rule(`\d+\.\d+(?:[eE]\d+)?[fd]?`, c.LiteralNumberFloat),
			rule(`0x[0-9a-f]+`, c.LiteralNumberHex),
			rule(`[0-9]+L?`, c.LiteralNumberInteger),
			rule(`\n`, c.Text),
		},
		"class": {
			rule(`\s+`, c.Text),
			rule(`\w+`, c.NameClass, c.Pop(1)),
		},
		"import": {
			rule(`\s+`, c.Text),
			rule(`[\w.]+\*?`, c.NameNamespace, c.Pop(1)),
		},
	}
}

package lexers

import c "github.com/alecthomas/chroma/v2"

const (
	juliaTypes = `ARPACKException AbstractArray AbstractChannel AbstractChar AbstractDict AbstractDisplay AbstractFloat
AbstractIrrational AbstractLogger AbstractMatrix AbstractREPL AbstractRNG AbstractRange AbstractSerializer AbstractSet
AbstractSparseArray AbstractSparseMatrix AbstractSparseVector AbstractString AbstractUnitRange AbstractVecOrMat
AbstractVector AbstractWorkerPool Adjoint Any ArgumentError Array AssertionError Base64DecodePipe Base64EncodePipe
BasicREPL Bidiagonal BigFloat BigInt BitArray BitMatrix BitSet BitVector Bool BoundsError BunchKaufman CachingPool
CapturedException CartesianIndex CartesianIndices Cchar Cdouble Cfloat Channel Char Cholesky CholeskyPivoted Cint
Cintmax_t Clong Clonglong ClusterManager Cmd Colon Complex ComplexF16 ComplexF32 ComplexF64 CompositeException
Condition ConsoleLogger Cptrdiff_t Cshort Csize_t Cssize_t Cstring Cuchar Cuint Cuintmax_t Culong Culonglong Cushort
Cvoid Cwchar_t Cwstring DataType Date DateFormat DatePeriod DateTime Day DenseArray DenseMatrix DenseVecOrMat
DenseVector Diagonal Dict DimensionMismatch Dims DivideError DomainError EOFError Eigen Enum ErrorException Exception
ExponentialBackOff Expr FDWatcher Factorization FileMonitor Float16 Float32 Float64 FolderMonitor Function
GeneralizedEigen GeneralizedSVD GeneralizedSchur GenericArray GenericDict GenericSet GenericString GitConfig GitRepo
GlobalRef HMAC_CTX HTML Hermitian Hessenberg Hour IO IOBuffer IOContext IOStream IPAddr IPv4 IPv6 IdDict
IndexCartesian IndexLinear IndexStyle InexactError InitError Int Int128 Int16 Int32 Int64 Int8 Integer
InterruptException InvalidStateException Irrational KeyError LAPACKException LDLt LQ LU LinRange LineEditREPL
LineNumberNode LinearIndices LoadError LogLevel LowerTriangular MIME Matrix MersenneTwister Method MethodError
Microsecond Millisecond Minute Missing MissingException Module Month NTuple NamedTuple Nanosecond Nothing NullLogger
Number OrdinalRange OutOfMemoryError OverflowError PackageMode PackageSpec Pair PartialQuickSort Period
PermutedDimsArray Pipe PollingFileWatcher PosDefException ProcessExitedException Ptr QR QRPivoted QuoteNode
RandomDevice RankDeficientException Rational RawFD ReadOnlyMemoryError Real ReentrantLock Ref Regex RegexMatch
RemoteChannel RemoteException RoundingMode SHA1_CTX SHA224_CTX SHA256_CTX SHA2_224_CTX SHA2_256_CTX SHA2_384_CTX
SHA2_512_CTX SHA384_CTX SHA3_224_CTX SHA3_256_CTX SHA3_384_CTX SHA3_512_CTX SHA512_CTX SVD Schur Second
SegmentationFault Serializer Set SharedArray SharedMatrix SharedVector Signed SimpleLogger SingularException Some
SparseMatrixCSC SparseVector StackOverflowError StepRange StepRangeLen StreamREPL StridedArray StridedMatrix
StridedVecOrMat StridedVector String StringIndexError SubArray SubString SubstitutionString SymTridiagonal Symbol
Symmetric SystemError TCPSocket Task TestSetException Text TextDisplay Time TimePeriod TimeType TimeZone Timer
Transpose Tridiagonal Tuple Type TypeError TypeVar UDPSocket UInt UInt128 UInt16 UInt32 UInt64 UInt8 UTC UUID
UndefInitializer UndefKeywordError UndefRefError UndefVarError UniformScaling Union UnionAll UnitLowerTriangular
UnitRange UnitUpperTriangular Unsigned UpgradeLevel UpperTriangular Val Vararg VecElement VecOrMat Vector
VersionNumber WeakKeyDict WeakRef Week WorkerConfig WorkerPool Year`
)

// juliaRules classify Julia.
func juliaRules() c.Rules {
	const head, tail = "a-zA-Z_\u00A1-\uFFFF", "a-zA-Z_0-9\u00A1-\uFFFF"
	return c.Rules{
		"root": {
			rule(`\n|[^\S\n]+`, c.Text),
			rule(`#=`, c.CommentMultiline, c.Push("comment")),
			rule(`#.*$`, c.Comment),
			rule(`[-+=*/\\&|$~^%!<>.?:÷≠≤≥]`, c.Operator),
			rule(`(function|macro)((?:\s|\\\s)+)`, c.ByGroups(c.Keyword, c.NameFunction), c.Push("function")),
			rule(`((?:mutable )?struct|(?:abstract|primitive) type)((?:\s|\\\s)+)`, c.ByGroups(c.Keyword, c.NameClass), c.Push("type")),
			rule(anyOf(juliaTypes)+`\b`, c.KeywordType),
			rule(`(?:local|global|const)\b`, c.KeywordDeclaration),
			rule(anyOf("function return module import export if else elseif end for in isa while try catch const local global using "+
				"struct mutablestruct abstracttype finally begin do quote macro forouter where")+`\b`, c.Keyword),
			rule(anyOf("true false missing nothing Inf Inf16 Inf32 Inf64 NaN NaN16 NaN32 NaN64 stdout stderr stdin devnull pi π ℯ im "+
				"ARGS C_NULL ENV ENDIAN_BOM VERSION undef LOAD_PATH DEPOT_PATH")+`\b`, c.NameBuiltin),
			rule("`.*?`", c.LiteralStringBacktick),
			rule(`'(?:\\.|\\[0-7]{1,3}|\\x\h{1,3}|\\u\h{1,4}|\\U\h{1,6}|[^\\'\n])'`, c.LiteralStringChar),
			rule(`[ILE]?"`, c.LiteralString, c.Push("string")),
			rule(`@[\w.]+`, c.NameDecorator),
			rule(`[`+head+`][`+tail+`]*!*`, c.Name),
			rule(`[\[\]{}(),;]`, c.Other),
			rule(`(?:\d+(?:_\d+)+\.\d*|\d*\.\d+(?:_\d+)+)(?:[eEf][+-]?[0-9]+)?`, c.LiteralNumberFloat),
			rule(`(?:\d+\.\d*|\d*\.\d+)(?:[eEf][+-]?[0-9]+)?|\d+(?:_\d+)*[eEf][+-]?[0-9]+`, c.LiteralNumberFloat),
			rule(`0b[01]+(?:_[01]+)*`, c.LiteralNumberBin),
			rule(`0o[0-7]+(?:_[0-7]+)*`, c.LiteralNumberOct),
			rule(`0x\h+(?:_\h+)*`, c.LiteralNumberHex),
			rule(`\d+(?:_\d+)*`, c.LiteralNumberInteger),
		},
		"function": {
			rule(`[\p{L}\p{Nl}\p{S}_][`+wordRunes+`\p{S}\p{Po}!]*`, c.NameFunction, c.Pop(1)),
			rule(`\([^\s\w{]{1,2}\)|[^\s\w{]{1,2}`, c.Operator, c.Pop(1)),
		},
		"type": {
			rule(`[\p{L}\p{Nl}\p{S}_][`+wordRunes+`\p{S}\p{Po}!]*`, c.NameClass, c.Pop(1)),
		},
		"comment": {
			rule(`#=`, c.CommentMultiline, c.Push()),
			rule(`=#`, c.CommentMultiline, c.Pop(1)),
			rule(`[^=#]+|[=#]`, c.CommentMultiline),
		},
		"string": {
			rule(`\\(?:[\\abfnrtv"']|\n|N\{.*?\}|u\h{4}|U\h{8}|x\h{2}|[0-7]{1,3})`, c.LiteralStringEscape),
			rule(`"`, c.LiteralString, c.Pop(1)),
			rule(`\$(?:\(\w+\))?[-#0 +]*(?:[0-9]+|[*])?(?:\.(?:[0-9]+|[*]))?`, c.LiteralStringInterpol),
			rule(`[^\\"$]+|["\\]`, c.LiteralString),
		},
	}
}

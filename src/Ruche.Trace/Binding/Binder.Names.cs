// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Globalization;
using Ruche.Bpf.Links;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Elf;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Expansion;
using Ruche.Trace.Functions;
using Ruche.Trace.Lowering;
using Ruche.Trace.Parsing;
using Ruche.Trace.Preamble;
using Ruche.Trace.Probes;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;

namespace Ruche.Trace.Binding;

internal sealed partial class Binder
{
    private const int MostRegisterArguments = 10;
    private const int MostMacros = 32;
    private const string Ticks = "HZ";

    // Those whose bodies are being bound: in its own body a macro is a name like others.
    private readonly HashSet<string> _macrosInside = new(StringComparer.Ordinal);

    private BoundExpression BindName(Expression.Identifier x)
    {
        if (x.Name == "args") return BindWholeArguments(x);
        if (x.Name == "ctx") return new BoundExpression.Context(new TraceType.Pointer(ProbeArguments.ContextOf(Site, Types), MemorySpace.Context), x.Span);
        if (x.Name == "config") return BindSettings(x);
        if (x.Name is "probe") return Text(Site.Name, x.Span);
        if (x.Name is "probetype") return Text(Site is ProbeSite.Begin or ProbeSite.End ? "special" : Site.Name[..Site.Name.IndexOf(':', StringComparison.Ordinal)], x.Span);
        if (x.Name == "retval") return BindReturned(x);
        if (TryRegister(x.Name, "arg", out int number)) return BindRegister(x, number);
        if (TryRegister(x.Name, "sarg", out number)) return BindOnStack(x, number);
        if (TraceBuiltins.Find(x.Name) is { } builtin) return BindBuiltin(builtin, x);
        if (TraceFunctions.Find(x.Name) is { Least: 0 }) return BindCall(new(x.Span, x.Name, []));
        if (_preamble.Macros.TryFind(x.Name, out string? text)) return BindMacro(x, text, 0);
        if ((ProgramTypes?.FindEnumerator(x.Name) ?? Types.FindEnumerator(x.Name) ?? ModuleTypes?.FindEnumerator(x.Name)) is { } enumerator) return new BoundExpression.Number(enumerator.Value, new TraceType.Enumeration(enumerator.Type), x.Span);
        if ((KernelConstants.Find(x.Name) ?? AllocationFlags.Find(x.Name, Types) ?? (x.Name == Ticks ? (long?)Options.TicksPerSecond() : null)) is { } constant) return new BoundExpression.Number(constant, TraceType.Int64, x.Span);
        string question = WhyUnknown(x.Name) ?? NearestNames.Question(x.Name, TraceBuiltins.Names.Concat(TraceFunctions.Names).Concat(["args", "ctx", "probe", "retval", "arg0"]).Concat(_preamble.Macros.Names).Concat(KernelConstants.Names)) ?? "builtins are listed in the language's reference; variables begin with '$', maps with '@'";
        string[] headers = _preamble.MissingHeaders.IsEmpty ? [] : [$"a macro, maybe: {string.Join(", ", _preamble.MissingHeaders.Select(h => $"<{h}>"))} {(_preamble.MissingHeaders.Length == 1 ? "is" : "are")} not on this machine"];
        Error(TraceDiagnostics.UnknownName, $"there is nothing called '{x.Name}'", x.Span, [question, .. headers]);
        return new BoundExpression.Nothing(x.Span);
    }

    // Numbers that this kernel does not tell, though others do.
    private static string? WhyUnknown(string name) => name == Ticks ? "the kernel shows its configuration neither in /proc/config.gz nor in /boot: write #define HZ and the number"
        : name.Contains("GFP_", StringComparison.Ordinal) ? "the kernel's types tell the bits of these flags from Linux 6.10 on: write #define with the number"
        : null;

    private BoundExpression.Tuple BindSettings(Expression.Identifier x)
    {
        var values = ImmutableArray.CreateBuilder<BoundExpression>();
        foreach (string text in Options.Settings.Values)
        {
            values.Add(long.TryParse(text, CultureInfo.InvariantCulture, out long number) ? new BoundExpression.Number(number, TraceType.UInt64, x.Span)
                : bool.TryParse(text, out bool isTrue) ? new BoundExpression.Number(isTrue ? 1 : 0, TraceType.Bool, x.Span)
                : Text(text, x.Span));
        }

        return new(values.ToImmutable(), new TraceType.Tuple([.. values.Select(v => v.Type)]) { Names = [.. Options.Settings.Keys] }, x.Span);
    }

    // A number, a text, another name, or an expression.
    private BoundExpression BindMacro(Expression.Identifier x, string text, int depth)
    {
        if (_preamble.NumberOf(text) is { } number) return new BoundExpression.Number(number, TraceType.Int64, x.Span);
        var token = Lexer.Read(text, 0);
        bool isAlone = Lexer.Read(text, token.Span.End).Kind is TokenKind.End && depth < MostMacros;
        if (isAlone && token.Kind is TokenKind.String) return new BoundExpression.Literal(StringLiteral.Read(token.Text).Bytes, x.Span);
        if (isAlone && token.Kind is TokenKind.Word)
            return _preamble.Macros.TryFind(token.Text, out string? next) ? BindMacro(x, next, depth + 1) : BindName(x with { Name = token.Text });
        MacroBody macro = new(x.Span, FindMacro);
        return BindBody(x.Name, text, x.Span, macro, Parser.ParseExpression(text) is { } body ? macro.Placed(body) : null);
    }

    // What a script can call otherwise is no macro, though a header may say so.
    private CMacro? FindMacro(string name) => _functions.ContainsKey(name) || TraceFunctions.Find(name) is not null ? null : _preamble.Macros.FindCall(name);

    private BoundExpression BindMacroCall(Expression.Call call, CMacro macro)
    {
        if (!CheckCount(call, macro.Parameters.Length, macro.Parameters.Length, $"{call.Name}({string.Join(", ", macro.Parameters)})")) return new BoundExpression.Nothing(call.Span);
        MacroBody body = new(call.Span, FindMacro);
        return BindBody(call.Name, macro.Text, call.Span, body, body.Expanded(call));
    }

    private BoundExpression BindBody(string name, string text, SourceSpan span, MacroBody macro, Expression? body)
    {
        if (macro.IsTooLarge || (body is not null && SyntaxDepth.FindTooDeep(body) is not null))
        {
            Error(TraceDiagnostics.TooDeep, "the macros that are expanded here grow too large", span, "compute a part of it once, and keep it in a variable");
            return new BoundExpression.Nothing(span);
        }

        bool isItself = body is Expression.Call call && call.Name == name;
        if (body is null || isItself || !_macrosInside.Add(name))
        {
            Error(TraceDiagnostics.UnknownName, $"the macro '{name}' stands for '{text}', which is no value", span, "write out what it means");
            return new BoundExpression.Nothing(span);
        }

        var bound = Bind(body);
        _macrosInside.Remove(name);
        return bound;
    }

    private static BoundExpression.Literal Text(string text, SourceSpan span) => new([.. System.Text.Encoding.UTF8.GetBytes(text)], span);

    private BoundExpression BindBuiltin(TraceBuiltin builtin, Expression.Identifier x)
    {
        if (builtin.IsKnownTo?.Invoke(Site) ?? true) return new BoundExpression.Builtin(builtin, builtin.TypeOf(this), x.Span);
        Error(TraceDiagnostics.NotInThisProbe, $"'{x.Name}' is not known in '{Site.Name}'", x.Span, $"it can be used in {builtin.Where}");
        return new BoundExpression.Nothing(x.Span);
    }

    private BoundExpression BindWholeArguments(Expression.Identifier x)
    {
        var arguments = BindArguments(x);
        return Site is ProbeSite.UserProbe && arguments.Type is TraceType.Record { Layout: var layout } && layout.Members.FirstOrDefault(m => m.Word is null) is { } member
            ? Unreadable(member, x.Span)
            : arguments;
    }

    private BoundExpression.Nothing Unreadable(RecordMember member, SourceSpan span)
    {
        Error(TraceDiagnostics.NotInThisProbe, $"'{member.Name}' of '{Site.Name}' cannot be read: it is {member.Spelling}, which is not passed as a number", span, "arguments are read that are numbers, enumerations or pointers");
        return new BoundExpression.Nothing(span);
    }

    private BoundExpression BindArguments(Expression.Identifier x)
    {
        if (_program.Arguments(Types) is { } layout)
        {
            BoundExpression.Arguments arguments = new(new TraceType.Record(layout), x.Span);
            _parts?.Add(x.Span, arguments);
            return arguments;
        }

        Error(TraceDiagnostics.NotInThisProbe, $"'{Site.Name}' has no arguments with names", x.Span, Site switch
        {
            ProbeSite.Iterator => "use ctx.task and so on",
            ProbeSite.ProgramFunction => "of functions of loaded programs only retval is known",
            ProbeSite.UserProbe { Point: null, IsReturn: false, Function: { } function, Offset: 0 } user => $"'{user.Path}' has no debug information about '{function}': compile it with -g, or use arg0, arg1 and so on",
            ProbeSite.UserProbe { Point: null, IsReturn: true } => "use retval",
            ProbeSite.UserProbe or ProbeSite.KernelProbe { IsReturn: false } => "use arg0, arg1 and so on",
            ProbeSite.KernelProbe => "use retval",
            _ => "trace points, fentry, fexit and kernel functions with types have",
        });
        return new BoundExpression.Nothing(x.Span);
    }

    private BoundExpression BindReturned(Expression.Identifier x)
    {
        switch (Site)
        {
            case ProbeSite.UserProbe { IsReturn: true } when _program.Sites.Length == 1 && ProbeArguments.ReturnOf(Site, Types)?.Type is TraceType.Pointer { Target: TraceType.Record } pointer:
                // Other types stay numbers, as scripts expect it.
                return new BoundExpression.Register(-1, pointer, x.Span);
            case ProbeSite.KernelProbe { IsReturn: true } or ProbeSite.UserProbe { IsReturn: true }: return new BoundExpression.Register(-1, TraceType.Int64, x.Span);
            case ProbeSite.ProgramFunction { IsReturn: true, Returns: not 0 and var size }: return new BoundExpression.Cast(new BoundExpression.Register(-1, TraceType.Int64, x.Span), new TraceType.Integer(Math.Abs(size), size < 0), x.Span);
            case ProbeSite.KernelFunction { IsReturn: true } when ProbeArguments.ReturnOf(Site, Types) is { } returned: return new BoundExpression.Field(new BoundExpression.Context(new TraceType.Pointer(TraceType.None, MemorySpace.Context), x.Span), returned, returned.Type, x.Span);
            default:
                Error(TraceDiagnostics.NotInThisProbe, $"'{Site.Name}' returns nothing", x.Span, "it can be used in kretprobe, fexit and uretprobe");
                return new BoundExpression.Nothing(x.Span);
        }
    }

    private BoundExpression BindRegister(Expression.Identifier x, int number)
    {
        if (Site is ProbeSite.UserProbe { Point: { } point }) return BindStaticArgument(x, number, point);
        if (number >= ProcessorRegisters.Arguments && Site is ProbeSite.KernelProbe or ProbeSite.UserProbe) return BindOnStack(x, number - ProcessorRegisters.Arguments);
        if (Site is ProbeSite.KernelProbe { IsReturn: false } or ProbeSite.UserProbe { IsReturn: false } or ProbeSite.RawTracepoint or ProbeSite.KernelFunction)
            return new BoundExpression.Register(number, TraceType.UInt64, x.Span);
        Error(TraceDiagnostics.NotInThisProbe, $"'{x.Name}' is not known in '{Site.Name}'", x.Span, Site is ProbeSite.Tracepoint ? "use args.name" : "kprobe, uprobe, fentry and rawtracepoint have numbered arguments");
        return new BoundExpression.Nothing(x.Span);
    }

    // The arguments that found no register, as the caller has laid them down: above where it is returned to, if that is on the stack.
    private BoundExpression BindOnStack(Expression.Identifier x, int number)
    {
        if (Site is not (ProbeSite.KernelProbe { IsReturn: false } or ProbeSite.UserProbe { IsReturn: false, Point: null }))
        {
            Error(TraceDiagnostics.NotInThisProbe, $"'{x.Name}' is not known in '{Site.Name}'", x.Span, "kprobe and uprobe have arguments on the stack");
            return new BoundExpression.Nothing(x.Span);
        }

        TraceType.Pointer pointer = new(TraceType.UInt64, Site is ProbeSite.UserProbe ? MemorySpace.User : MemorySpace.Kernel);
        BoundExpression.Call top = new(TraceFunctions.Find("reg")!, [new BoundExpression.Number(ProcessorRegisters.Stack, TraceType.Int64, x.Span)], TraceType.UInt64, x.Span);
        BoundExpression.Number above = new(ProcessorRegisters.StackArgument(number), TraceType.Int64, x.Span);
        BoundExpression.Binary place = new(BinaryOperator.Add, top, above, TraceType.UInt64, x.Span);
        return new BoundExpression.Dereference(new BoundExpression.Cast(place, pointer, x.Span), TraceType.UInt64, x.Span);
    }

    private BoundExpression BindStaticArgument(Expression.Identifier x, int number, UsdtPoint point)
    {
        if (number < point.Arguments.Length && point.Arguments[number].Kind is not UsdtArgumentKind.Unknown)
            return new BoundExpression.Register(number, new TraceType.Integer(point.Arguments[number].Size, point.Arguments[number].IsSigned), x.Span);
        string message = number < point.Arguments.Length ? $"where '{x.Name}' is cannot be read: {point.Arguments[number].Text}" : $"'{Site.Name}' has {Plural(point.Arguments.Length, "argument")}";
        Error(TraceDiagnostics.NotInThisProbe, message, x.Span, "ruche trace -lv lists them");
        return new BoundExpression.Nothing(x.Span);
    }

    private static bool TryRegister(string name, string start, out int number)
    {
        number = 0;
        return name.StartsWith(start, StringComparison.Ordinal) && int.TryParse(name.AsSpan(start.Length), NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < MostRegisterArguments;
    }

    private BoundExpression BindField(Expression.Field x)
    {
        var operand = x.Operand is Expression.Identifier { Name: "args" } arguments ? BindArguments(arguments) : Bind(x.Operand);
        if (operand.Type is TraceType.Nothing) return new BoundExpression.Nothing(x.Span);
        if (operand.Type is TraceType.Pointer { Target: TraceType.Record }) operand = BindDereference(operand, x.Span);
        if (operand.Type is TraceType.Tuple { Names.IsEmpty: false } record) return BindNamed(operand, record, x);
        if (operand.Type is not TraceType.Record { Layout: var layout })
        {
            Error(TraceDiagnostics.TypeMismatch, $"{operand.Type} has no fields", x.Span, operand.Type is TraceType.Pointer or TraceType.Integer ? "cast it to a pointer to a struct first" : "only structs and unions have");
            return new BoundExpression.Nothing(x.Span);
        }

        if (layout.Find(x.Name) is { } member)
        {
            bool isUnreadable = operand is BoundExpression.Arguments && Site is ProbeSite.UserProbe && member.Word is null;
            return isUnreadable ? Unreadable(member, x.Span) : new BoundExpression.Field(operand, member, MemberType(member, operand), x.Span);
        }

        return NoSuchField(x, operand is BoundExpression.Arguments ? Describe(Site) : layout.Name, layout.Members.Select(m => m.Name));
    }

    private BoundExpression BindNamed(BoundExpression operand, TraceType.Tuple record, Expression.Field x)
    {
        int element = record.Names.IndexOf(x.Name);
        if (element < 0) return NoSuchField(x, "the record", record.Names);
        return operand is BoundExpression.Tuple made && made.Elements.All(e => e is BoundExpression.Number or BoundExpression.Literal)
            ? made.Elements[element]
            : new BoundExpression.Element(operand, element, record.Elements[element], x.Span);
    }

    private BoundExpression.Nothing NoSuchField(Expression.Field x, string subject, IEnumerable<string> names)
    {
        string note = NearestNames.Question(x.Name, names) ?? $"it has {string.Join(", ", names.Where(n => n.Length > 0).Take(12))}";
        SourceSpan name = new(x.Span.End - x.Name.Length, x.Name.Length);
        Error(TraceDiagnostics.NoSuchField, $"{subject} has no field '{x.Name}'", name, note);
        return new BoundExpression.Nothing(x.Span);
    }

    private static string Describe(ProbeSite site) => site is ProbeSite.Tracepoint t ? $"tracepoint {t.Category}:{t.Event}" : $"'{site.Name}'";

    // What a pointer in the process's memory points to is there too.
    private static TraceType MemberType(RecordMember member, BoundExpression record) =>
        member.Type is TraceType.Pointer pointer && SpaceOf(record) is MemorySpace.User ? pointer with { Space = MemorySpace.User }
        : member.Type;

    /// <summary>The memory that pointers in a place lead to: of what was copied from a process, into that process.</summary>
    private static MemorySpace SpaceOf(BoundExpression place) => RootOf(place) switch
    {
        BoundExpression.Dereference { Pointer.Type: TraceType.Pointer x } => x.Space,
        BoundExpression.Variable x => x.Symbol.Space,
        BoundExpression.MapValue x => x.Map.Space,
        _ => MemorySpace.Kernel,
    };

    /// <summary>The memory that a place is in; null when it has no address: parts of a context mean nothing elsewhere, other than the record of a trace point.</summary>
    private MemorySpace? MemoryOf(BoundExpression place) => RootOf(place) switch
    {
        BoundExpression.Arguments when Site is ProbeSite.Tracepoint => MemorySpace.Kernel,
        BoundExpression.Variable => MemorySpace.Kernel,
        BoundExpression.Dereference { Pointer.Type: TraceType.Pointer { Space: MemorySpace.Context } } => null,
        BoundExpression.Dereference => SpaceOf(place),
        _ => null,
    };

    private static BoundExpression RootOf(BoundExpression place) => place switch
    {
        BoundExpression.Field x => RootOf(x.Record),
        BoundExpression.At x => RootOf(x.Array),
        BoundExpression.Element x => RootOf(x.Whole),
        BoundExpression.Cast x => RootOf(x.Operand),
        _ => place,
    };

    /// <summary>A map by name, made when the script mentions it first.</summary>
    private MapSymbol MapOf(string name, SourceSpan span)
    {
        if (!_maps.TryGetValue(name, out var map)) _maps.Add(name, map = new(name, span));
        _parts?.Add(span, new BoundExpression.MapValue(map, null, span));
        return map;
    }

    /// <summary>A map whole, without a key: what functions such as print and clear take.</summary>
    public MapSymbol BindWholeMap(Expression.Map x) => MapOf(x.Name, x.Span);

    public BoundExpression.MapValue BindMap(Expression.Map x)
    {
        var map = MapOf(x.Name, x.Span);
        bool hasKey = !x.Keys.IsEmpty;
        if (map.HasKey is { } before && before != hasKey)
            Error(TraceDiagnostics.TypeMismatch, hasKey ? $"map '{map}' is used without a key elsewhere" : $"map '{map}' is used with a key elsewhere", x.Span, "a map has a key everywhere, or nowhere");
        map.HasKey ??= hasKey;
        if (!hasKey) return new(map, null, x.Span);
        var key = BindKey(x);
        if (map.Key.Type is not TraceType.Nothing || key.Type is not TraceType.Nothing)
        {
            var known = map.Key.Type;
            bool isTentative = key is BoundExpression.Number { Value: >= 0, Type: TraceType.Integer };
            if (!map.Key.Add(KeptType(key.Type), isTentative, ref _changed))
                Error(TraceDiagnostics.TypeMismatch, $"map '{map}' has keys of type {known}, not {key.Type}", key.Span);
        }

        return new(map, key, x.Span);
    }

    // @x[a, b] and @x[(a, b)] are the same.
    private BoundExpression BindKey(Expression.Map x)
    {
        var span = x.Keys[0].Span.To(x.Keys[^1].Span);
        var key = x.Keys.Length == 1 ? Bind(x.Keys[0]) : BindTuple(x.Keys, [], span);
        if (key.Type is TraceType.Record) Error(TraceDiagnostics.TypeMismatch, $"a whole {key.Type} cannot be a key", key.Span, "use one of its fields, or its address");
        return key;
    }

    // A program's own types come before the kernel's, and after those of the script; a module's are asked last.
    private TraceType? FindType(string name) => Types.FindDeclared(name) ?? ProgramTypes?.Find(name) ?? Types.Find(name) ?? ModuleTypes?.Find(name);

    private TypeCatalog? ModuleTypes => _program?.Sites[0].KernelModule is { } module ? Types.OfModule(module) : null;

    private TypeCatalog? ProgramTypes => _program is { } program && program.Sites[0] is ProbeSite.UserProbe site ? Types.Of(site) : null;

    /// <summary>The type that a script names.</summary>
    public TraceType BindType(TypeName name)
    {
        switch (name)
        {
            case TypeName.Named x:
                if (FindType(x.Name) is { } found) return found;
                Error(TraceDiagnostics.UnknownType, $"there is no type '{x.Name}'", x.Span, "numbers are int8 to int64 and uint8 to uint64; structures are written 'struct name'");
                return TraceType.None;
            case TypeName.Tagged x:
                if (FindType($"{x.Keyword} {x.Name}") is { } tagged) return tagged;
                Error(TraceDiagnostics.UnknownType, $"the kernel has no '{x.Keyword} {x.Name}'", x.Span, NearestNames.Question(x.Name, Types.Named(x.Keyword).Select(t => t.Name)) ?? "ruche trace -l 'struct *' lists the kernel's");
                return TraceType.None;
            case TypeName.Pointer x: return new TraceType.Pointer(BindType(x.Target), MemorySpace.Kernel);
            case TypeName.Array x: return BindArrayType(x);
            case TypeName.TypeOf x: return TypeOfSubject(x.Subject);
            default: throw new System.Diagnostics.UnreachableException($"no case for {name.GetType().Name}");
        }
    }

    private TraceType BindArrayType(TypeName.Array x)
    {
        int count = x.Size is null ? 0 : Bind(x.Size) is BoundExpression.Number { Value: >= 0 and <= int.MaxValue and var number } ? (int)number : -1;
        if (count < 0) Error(TraceDiagnostics.BadArgument, "the size of an array must be known", x.Span);
        return x.Element switch
        {
            TypeName.Named { Name: "string" } => new TraceType.Text(Math.Max(1, count)),
            TypeName.Named { Name: "buffer" } => new TraceType.Buffer(Math.Max(1, count)),
            _ => new TraceType.Array(BindType(x.Element), Math.Max(0, count)),
        };
    }

    private TraceType TypeOfSubject(SyntaxNode subject) => subject switch
    {
        TypeName type => BindType(type),
        Expression.Identifier x when TraceBuiltins.Find(x.Name) is null && FindType(x.Name) is { } named => named,
        Expression x => Bind(x).Type,
        _ => TraceType.None,
    };

    private BoundExpression BindOffsetOf(Expression.OffsetOf x)
    {
        var type = TypeOfSubject(x.Subject);
        int offset = 0;
        foreach (string field in x.Path)
        {
            if (type is not TraceType.Record { Layout: var layout } || layout.Find(field) is not { } member)
            {
                Error(TraceDiagnostics.NoSuchField, $"{type} has no field '{field}'", x.Span);
                return new BoundExpression.Nothing(x.Span);
            }

            offset += member.Offset;
            type = member.Type;
        }

        return new BoundExpression.Number(offset, TraceType.UInt64, x.Span);
    }
}

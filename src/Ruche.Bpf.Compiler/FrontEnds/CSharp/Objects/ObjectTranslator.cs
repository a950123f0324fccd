// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Il;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Methods;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Uapi;
using Module = Ruche.Bpf.Compiler.Ir.Module;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Objects;

/// <summary>Translates one class of programs, maps and global variables to a module, with all methods that its programs come to call.</summary>
internal sealed class ObjectTranslator
{
    // A generic method that calls itself with ever larger types has no end.
    private const int LongestKey = 1000;

    private readonly DiagnosticBag _diagnostics;
    private readonly Module _module;
    private readonly BtfTypeWriter _dataTypes = new(ImmutableDictionary<string, Dictionary<string, Ruche.Bpf.Objects.Btf.BtfMember>>.Empty);
    private readonly StructOpsTables _tables;
    private readonly InitialValues _initials;
    private readonly List<Diagnostic> _findings = [];
    private readonly CallGraph _calls = new();
    private readonly Dictionary<string, Function> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _methods = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Queue<(MethodInstance Method, Function Function, SourceLine? CalledAt)> _open = new();

    private (Refusal Refusal, SourceLine? Line)? _withheld;

    public ObjectTranslator(TypeCatalog types, Module module, DiagnosticBag diagnostics)
    {
        (Types, _module, _diagnostics) = (types, module, diagnostics);
        Methods = new(types);
        Statics = new(this, Sections);
        _tables = new(module.Maps);
        _initials = new(types);
    }

    public TypeCatalog Types { get; }

    public MethodResolver Methods { get; }

    public StaticFields Statics { get; }

    public DataSections Sections { get; } = new();

    /// <summary>The class whose static constructor is translated, to know what its fields begin with; null when programs are.</summary>
    public TypeInstance? Initializes { get; init; }

    public KernelTypeTable KernelTypes { get; } = new();

    /// <summary>Translates what the class declares, and all that its programs need.</summary>
    public void Translate(MetadataAssembly assembly, TypeDefinition type)
    {
        DeclareFields(assembly, type);
        CheckConstructor(assembly, type);
        foreach (var handle in type.GetMethods()) Try(() => AddProgram(assembly, handle), () => DeclarationLines.OfMethod(assembly, handle));
        while (_open.TryDequeue(out var next)) Translate(next.Method, next.Function, next.CalledAt);
        if (_calls.FindCycle() is var (name, line)) Report(new(Refusals.Recursion(_methods.GetValueOrDefault(name, name))), line);
        if (_findings.Count == 0 && _withheld is var (refusal, place)) Report(new(refusal), place);
        foreach (var finding in _findings) _diagnostics.Report(finding);
        if (_findings.Count > 0) return;
        Sections.AddTo(_module, _dataTypes);
        _tables.Describe(_dataTypes);
        _module.KernelTypes = KernelTypes.Build();
        _module.DataTypes = _dataTypes.Build();
    }

    /// <summary>The function that a method becomes.</summary>
    public Function Request(MethodInstance method, Function caller, SourceLine? line)
    {
        if (method.Key.Length > LongestKey) throw new CSharpException(Refusals.Recursion(method.FullName));
        if (!_functions.TryGetValue(method.Key, out var function)) _functions.Add(method.Key, function = Declare(method, line));
        _calls.Add(caller.Name, function.Name, line);
        return function;
    }

    /// <summary>The function that a helper calls back.</summary>
    public Function Callback(MethodInstance method, SourceLine? line)
    {
        string key = $"{method.Key} called back";
        if (_functions.TryGetValue(key, out var known)) return known;
        Function function = new(Unique($"{Names.SnakeCase(method.Name)}_callback"), IrType.I64);
        _functions.Add(key, function);
        _module.Functions.Add(function);
        CallbackEntry.Write(function, method, Types, m => Request(m, function, line), line);
        return function;
    }

    public (StructShape Shape, string Name) FieldAt(MethodInstance from, EntityHandle token)
    {
        var (type, name) = token.Kind is HandleKind.FieldDefinition ? Own(from, (FieldDefinitionHandle)token) : Referred(from, (MemberReferenceHandle)token);
        return type is ClrType.Struct { Shape: var shape } ? (shape, name)
            : throw new CSharpException(type is ClrType.Other other ? other.Refusal : Refusals.ObjectUsed);
    }

    public (TypeInstance Type, FieldDefinitionHandle Field) FieldDefinition(MethodInstance from, EntityHandle token)
    {
        if (token.Kind is HandleKind.FieldDefinition)
        {
            var own = from.Assembly.Reader.GetFieldDefinition((FieldDefinitionHandle)token);
            return (new(from.Assembly, own.GetDeclaringType(), []), (FieldDefinitionHandle)token);
        }

        var reference = from.Assembly.Reader.GetMemberReference((MemberReferenceHandle)token);
        string name = from.Assembly.Reader.GetString(reference.Name);
        if (Types.DefinitionOf(from.Assembly, reference.Parent, from.Arguments) is { } type)
        {
            foreach (var handle in type.Definition.GetFields())
            {
                if (type.Assembly.Reader.GetString(type.Assembly.Reader.GetFieldDefinition(handle).Name) == name) return (type, handle);
            }
        }

        string holder = TypeCatalog.NameOf(from.Assembly, reference.Parent);
        throw new CSharpException(Refusals.FieldNotInKernel(holder, name));
    }

    public string DeclareMap(string name, ClrType.Map type, AttributeMark mark, IEnumerable<AttributeMark> values)
    {
        if (_module.Maps.Exists(m => m.Name == name)) throw new CSharpException(DeclarationRefusals.TwoMaps(name));
        if (type.Shape.Type is MapType.StructOps) _tables.Declare(name, type.Shape, mark, values, _dataTypes);
        else _module.Maps.Add(MapDeclaration.Read(name, type, mark, _dataTypes));
        return name;
    }

    public ImmutableArray<byte> InitialValueOf(MetadataAssembly assembly, FieldDefinitionHandle field, ClrType type) =>
        IsInitialized(assembly, field) ? [.. new byte[type.Size]] : _initials.Of(assembly, field, type);

    /// <summary>What a struct of the program is called in the object's types.</summary>
    public string DataTypeNameOf(StructShape shape) => _dataTypes.NameOf(_dataTypes.Add(new ClrType.Struct(shape)));

    /// <summary>Whether a field is of the class whose static constructor is translated.</summary>
    public bool IsInitialized(MetadataAssembly assembly, FieldDefinitionHandle field) =>
        Initializes is { } type && type.Assembly == assembly && type.Handle == assembly.Reader.GetFieldDefinition(field).GetDeclaringType();

    /// <summary>Translates a method and what it calls, without an object around.</summary>
    public Function TranslateAlone(MethodInstance method)
    {
        var function = Declare(method, null);
        _functions.Add(method.Key, function);
        while (_open.TryDequeue(out var next)) Translate(next.Method, next.Function, next.CalledAt);
        foreach (var finding in _findings) _diagnostics.Report(finding);
        return function;
    }

    private Function Declare(MethodInstance method, SourceLine? calledAt)
    {
        var signature = method.Definition.DecodeSignature(new TypeReader(Types, method.Assembly), method.Arguments);
        bool isInlined = (method.Definition.ImplAttributes & MethodImplAttributes.NoInlining) == 0;
        var returns = signature.ReturnType is ClrType.Void or ClrType.Struct ? IrType.I32 : signature.ReturnType.OnStack;
        Function function = new(Unique(Names.SnakeCase(method.Name)), returns) { IsInlined = isInlined };
        _methods.Add(function.Name, method.FullName);
        var entry = function.AddBlock("entry");
        if (signature.ReturnType is ClrType.Struct) entry.Parameters.Add(new(IrType.PointerTo(AddressSpace.Any)) { Name = "result" });
        if (signature.Header.IsInstance) entry.Parameters.Add(new(IrType.PointerTo(AddressSpace.Any)) { Name = "self" });
        foreach (var parameter in signature.ParameterTypes) entry.Parameters.Add(new(parameter.OnStack));
        _module.Functions.Add(function);
        _open.Enqueue((method, function, calledAt));
        return function;
    }

    private string Unique(string name)
    {
        string free = name;
        for (int times = 2; !_names.Add(free); times++) free = $"{name}_{times}";
        return free;
    }

    private void Translate(MethodInstance method, Function function, SourceLine? calledAt)
    {
        MethodTranslator? translator = null;
        Try(
            () =>
            {
                translator = new(this, method, function, calledAt);
                translator.Translate();
            },
            () => translator?.Line);
    }

    private void Try(Action translate, Func<SourceLine?> line)
    {
        try
        {
            translate();
        }
        catch (CSharpException exception)
        {
            Report(exception, line());
        }
    }

    /// <summary>Tells what no program can do; each thing once for each line.</summary>
    public void Report(CSharpException exception, SourceLine? line)
    {
        Location where = line is null ? Location.Unknown : new Location.Text(line.File, line.Line, line.Column);
        if (_findings.Exists(f => f.Id == exception.Refusal.Id && (line is null ? f.Message == exception.Message : f.Where is Location.Text known && known.File == line.File && known.Line == line.Line))) return;
        _findings.Add(new(exception.Refusal.Id, Severity.Error, exception.Message, where) { Notes = [exception.Refusal.Advice] });
    }

    /// <summary>Gives what was told of a field without a line the line where the field is used.</summary>
    public void Locate(string field, SourceLine? line)
    {
        int known = _findings.FindIndex(f => f.Where == Location.Unknown && f.Message.Contains($"'{field}'", StringComparison.Ordinal));
        if (known >= 0 && line is not null) _findings[known] = _findings[known] with { Where = new Location.Text(line.File, line.Line, line.Column) };
    }

    /// <summary>Keeps what is told only when nothing else is: it follows from something that is.</summary>
    public void Withhold(Refusal refusal, SourceLine? line) => _withheld ??= (refusal, line);

    // Maps and variables are there also when no program uses them: user space may.
    private void DeclareFields(MetadataAssembly assembly, TypeDefinition type)
    {
        foreach (var handle in type.GetFields())
        {
            var field = assembly.Reader.GetFieldDefinition(handle);
            if ((field.Attributes & FieldAttributes.Static) == 0 || (field.Attributes & FieldAttributes.Literal) != 0) continue;
            Try(
                () =>
                {
                    var fieldType = field.DecodeSignature(new TypeReader(Types, assembly), TypeArguments.None);
                    if (fieldType is ClrType.Map) Statics.MapAt(assembly, handle, fieldType);
                    else Statics.VariableAt(assembly, handle, fieldType);
                },
                () => DeclarationLines.OfField(assembly, type, StaticFields.NameOf(assembly.Reader.GetString(field.Name))));
        }
    }

    private void CheckConstructor(MetadataAssembly assembly, TypeDefinition type)
    {
        foreach (var handle in type.GetMethods())
        {
            if (assembly.Reader.GetString(assembly.Reader.GetMethodDefinition(handle).Name) != ".cctor") continue;
            if (_initials.ConstructorOf(assembly, assembly.Reader.GetMethodDefinition(handle).GetDeclaringType()).OtherWork is { } where)
                Report(new(DeclarationRefusals.StaticConstructor(assembly.Reader.GetString(type.Name))), new(where.File, where.Line, where.Column, ""));
        }
    }

    private void AddProgram(MetadataAssembly assembly, MethodDefinitionHandle handle)
    {
        var method = assembly.Reader.GetMethodDefinition(handle);
        foreach (var mark in AttributeMarks.Of(assembly, method.GetCustomAttributes()))
        {
            if (ProgramMark.Read(mark, Types) is not { } program) continue;
            MethodInstance instance = new(assembly, handle, TypeArguments.None);
            string name = mark.Text("Name") ?? Names.SnakeCase(instance.Name);
            if (!_names.Add(name)) throw new CSharpException(DeclarationRefusals.TwoPrograms(name));
            Function entry = new(name, program.ReturnsWord ? IrType.I64 : IrType.I32) { Section = program.Section };
            _module.Functions.Add(entry);
            if (program.IsStructOps) AddToTables(name, instance, mark);
            ProgramEntry.Write(entry, instance, program, Types, m => Request(m, entry, null));
        }
    }

    private void AddToTables(string program, MethodInstance method, AttributeMark mark)
    {
        var signature = method.Definition.DecodeSignature(new TypeReader(Types, method.Assembly), method.Arguments);
        string member = mark.Arguments.FirstOrDefault() as string ?? Names.SnakeCase(method.Name);
        _tables.Bind(program, method.FullName, member, mark.Text("Table"), [signature.ReturnType, .. signature.ParameterTypes]);
    }

    private (ClrType Type, string Name) Own(MethodInstance from, FieldDefinitionHandle token)
    {
        var field = from.Assembly.Reader.GetFieldDefinition(token);
        return (Types.TypeOf(from.Assembly, field.GetDeclaringType(), []), from.Assembly.Reader.GetString(field.Name));
    }

    private (ClrType Type, string Name) Referred(MethodInstance from, MemberReferenceHandle token)
    {
        var reference = from.Assembly.Reader.GetMemberReference(token);
        return (Types.TypeOf(from.Assembly, reference.Parent, from.Arguments), from.Assembly.Reader.GetString(reference.Name));
    }
}

// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Methods;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Diagnostics;
using Module = Ruche.Bpf.Compiler.Ir.Module;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Objects;

/// <summary>Translates one class of programs, maps and global variables to a module, with all methods that its programs come to call.</summary>
internal sealed class ObjectTranslator
{
    private readonly DiagnosticBag _diagnostics;
    private readonly Module _module;
    private readonly DataSections _sections = new();
    private readonly BtfTypeWriter _dataTypes = new(ImmutableDictionary<string, Dictionary<string, Ruche.Bpf.Objects.Btf.BtfMember>>.Empty);
    private readonly InitialValues _initials = new();
    private readonly List<Diagnostic> _findings = [];
    private readonly CallGraph _calls = new();
    private readonly Dictionary<string, Function> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _methods = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Queue<(MethodInstance Method, Function Function)> _open = new();

    public ObjectTranslator(TypeCatalog types, Module module, DiagnosticBag diagnostics)
    {
        (Types, _module, _diagnostics) = (types, module, diagnostics);
        Methods = new(types);
        Statics = new(this, _sections);
    }

    public TypeCatalog Types { get; }

    public MethodResolver Methods { get; }

    public StaticFields Statics { get; }

    public KernelTypeTable KernelTypes { get; } = new();

    /// <summary>Translates what the class declares, and all that its programs need.</summary>
    public void Translate(MetadataAssembly assembly, TypeDefinition type)
    {
        DeclareFields(assembly, type);
        foreach (var handle in type.GetMethods()) Try(() => AddProgram(assembly, handle), null);
        while (_open.TryDequeue(out var next)) Translate(next.Method, next.Function);
        if (_calls.FindCycle() is var (name, line)) Report(new(CSharpDiagnostics.Recursion, $"method '{_methods.GetValueOrDefault(name, name)}' may come to call itself", "use a loop"), line);
        foreach (var finding in _findings) _diagnostics.Report(finding);
        _sections.AddTo(_module, _dataTypes);
        _module.KernelTypes = KernelTypes.Build();
        _module.DataTypes = _dataTypes.Build();
    }

    /// <summary>The function that a method becomes.</summary>
    public Function Request(MethodInstance method, Function caller, SourceLine? line)
    {
        if (!_functions.TryGetValue(method.Key, out var function)) _functions.Add(method.Key, function = Declare(method));
        _calls.Add(caller.Name, function.Name, line);
        return function;
    }

    /// <summary>The function that a helper calls back.</summary>
    public Function Callback(MethodInstance method, SourceLine? line)
    {
        string key = $"{method.Key} called back";
        if (_functions.TryGetValue(key, out var known)) return known;
        Function function = new(Unique($"{KernelName.Of(method.Name)}_callback"), IrType.I64);
        _functions.Add(key, function);
        _module.Functions.Add(function);
        CallbackEntry.Write(function, method, Types, m => Request(m, function, line), line);
        return function;
    }

    public (StructShape Shape, string Name) FieldAt(MethodInstance from, EntityHandle token)
    {
        var (type, name) = token.Kind is HandleKind.FieldDefinition ? Own(from, (FieldDefinitionHandle)token) : Referred(from, (MemberReferenceHandle)token);
        return type is ClrType.Struct { Shape: var shape } ? (shape, name)
            : throw new CSharpException(CSharpDiagnostics.Heap, $"a field of an object is used: '{type}.{name}'", "use structs, a program of the kernel has no heap");
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
        throw new CSharpException(CSharpDiagnostics.BaseLibrary, $"'{holder}.{name}' is not there in the kernel", "use a constant, or a static field of your own");
    }

    public string DeclareMap(string name, ClrType.Map type, AttributeMark mark)
    {
        if (_module.Maps.Exists(m => m.Name == name)) throw new CSharpException(CSharpDiagnostics.Map, $"there are two maps '{name}'", "name one of them: [BpfMap(Name = \"…\")]");
        _module.Maps.Add(MapDeclaration.Read(name, type, mark, _dataTypes));
        return name;
    }

    public ImmutableArray<byte> InitialValueOf(MetadataAssembly assembly, FieldDefinitionHandle field, ClrType type) => _initials.Of(assembly, field, type);

    private Function Declare(MethodInstance method)
    {
        var signature = method.Definition.DecodeSignature(new TypeReader(Types, method.Assembly), method.Arguments);
        bool isInlined = (method.Definition.ImplAttributes & MethodImplAttributes.NoInlining) == 0;
        var returns = signature.ReturnType is ClrType.Void or ClrType.Struct ? IrType.I32 : signature.ReturnType.OnStack;
        Function function = new(Unique(KernelName.Of(method.Name)), returns) { IsInlined = isInlined };
        _methods.Add(function.Name, method.FullName);
        var entry = function.AddBlock("entry");
        if (signature.ReturnType is ClrType.Struct) entry.Parameters.Add(new(IrType.PointerTo(AddressSpace.Any)) { Name = "result" });
        if (signature.Header.IsInstance) entry.Parameters.Add(new(IrType.PointerTo(AddressSpace.Any)) { Name = "self" });
        foreach (var parameter in signature.ParameterTypes) entry.Parameters.Add(new(parameter.OnStack));
        _module.Functions.Add(function);
        _open.Enqueue((method, function));
        return function;
    }

    private string Unique(string name)
    {
        string free = name;
        for (int times = 2; !_names.Add(free); times++) free = $"{name}_{times}";
        return free;
    }

    private void Translate(MethodInstance method, Function function)
    {
        MethodTranslator? translator = null;
        Try(
            () =>
            {
                if (method.Definition.RelativeVirtualAddress == 0) throw new CSharpException(CSharpDiagnostics.Missing, $"method '{method.FullName}' has no body", "write one");
                translator = new(this, method, function);
                translator.Translate();
            },
            () => translator?.Line);
    }

    private void Try(Action translate, Func<SourceLine?>? line)
    {
        try
        {
            translate();
        }
        catch (CSharpException exception)
        {
            Report(exception, line?.Invoke());
        }
    }

    private void Report(CSharpException exception, SourceLine? line)
    {
        Location where = line is null ? Location.Unknown : new Location.Text(line.File, line.Line, line.Column);
        Diagnostic diagnostic = new(exception.Id, Severity.Error, exception.Message, where) { Notes = [exception.Advice] };
        int known = _findings.FindIndex(f => f.Id == diagnostic.Id && f.Message == diagnostic.Message && (f.Where == where || f.Where == Location.Unknown || line is null));
        if (known < 0) _findings.Add(diagnostic);
        else if (line is not null) _findings[known] = diagnostic;
    }

    // Maps and variables are there also when no program uses them: user space may.
    private void DeclareFields(MetadataAssembly assembly, TypeDefinition type)
    {
        foreach (var handle in type.GetFields())
        {
            var field = assembly.Reader.GetFieldDefinition(handle);
            if ((field.Attributes & FieldAttributes.Static) == 0 || (field.Attributes & FieldAttributes.Literal) != 0 || assembly.Reader.GetString(field.Name).StartsWith('<')) continue;
            Try(
                () =>
                {
                    var fieldType = field.DecodeSignature(new TypeReader(Types, assembly), TypeArguments.None);
                    if (fieldType is ClrType.Map) Statics.MapAt(assembly, handle, fieldType);
                    else Statics.VariableAt(assembly, handle, fieldType);
                },
                null);
        }
    }

    private void AddProgram(MetadataAssembly assembly, MethodDefinitionHandle handle)
    {
        var method = assembly.Reader.GetMethodDefinition(handle);
        foreach (var mark in AttributeMarks.Of(assembly, method.GetCustomAttributes()))
        {
            if (ProgramMark.Read(mark, Types) is not { } program) continue;
            MethodInstance instance = new(assembly, handle, TypeArguments.None);
            string name = mark.Text("Name") ?? KernelName.Of(instance.Name);
            if (!_names.Add(name)) throw new CSharpException(CSharpDiagnostics.Program, $"there are two programs '{name}'", "name one of them: Name = \"…\"");
            Function entry = new(name, program.ReturnsWord ? IrType.I64 : IrType.I32) { Section = program.Section };
            _module.Functions.Add(entry);
            ProgramEntry.Write(entry, instance, program, Types, m => Request(m, entry, null));
        }
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

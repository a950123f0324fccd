// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Reflection.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Methods;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Objects;

/// <summary>
/// What a class's static fields are given before anything runs: its static constructor is translated as programs are, and run while compiling, as far as it
/// needs nothing but constants.
/// </summary>
internal sealed class StaticConstructor
{
    private readonly Dictionary<FieldDefinitionHandle, ImmutableArray<byte>> _values = [];
    private readonly HashSet<FieldDefinitionHandle> _unknown = [];

    private StaticConstructor()
    {
    }

    /// <summary>Where it does something else than to set fields; null when it does not, or nobody knows where.</summary>
    public Location.Text? OtherWork { get; private set; }

    public static StaticConstructor Read(TypeCatalog types, MetadataAssembly assembly, TypeDefinitionHandle type)
    {
        StaticConstructor read = new();
        foreach (var handle in assembly.Reader.GetTypeDefinition(type).GetMethods())
        {
            if (assembly.Reader.GetString(assembly.Reader.GetMethodDefinition(handle).Name) == ".cctor") read.Run(types, new(assembly, handle, TypeArguments.None));
        }

        return read;
    }

    /// <summary>Whether a field's value is known when compiling; it is empty when nothing is stored there.</summary>
    public bool TryGet(FieldDefinitionHandle field, out ImmutableArray<byte> value)
    {
        value = _values.GetValueOrDefault(field, []);
        return !_unknown.Contains(field);
    }

    private void Run(TypeCatalog types, MethodInstance method)
    {
        DiagnosticBag mistakes = new();
        Module module = new("static");
        ObjectTranslator translator = new(types, module, mistakes) { Initializes = new(method.Assembly, method.Definition.GetDeclaringType(), []) };
        var function = translator.TranslateAlone(method);
        var stores = translator.Statics.Stores;
        foreach (var mistake in mistakes.Items) Doubt(stores, mistake.Where as Location.Text, isLast: false);
        var sections = translator.Sections.Contents();
        ConstantRun run = new(module, sections);
        if (!run.TryRun(function)) Doubt(stores, run.StoppedAt is { } line ? new Location.Text(line.File, line.Line, line.Column) : null, isLast: true);
        foreach (var (field, place, size) in translator.Statics.Places()) _values[field] = [.. sections[place.Section].AsSpan(place.Offset, size)];
    }

    // What is stored on a line with a mistake is not known; behind one that ends the run, nothing is.
    private void Doubt(IReadOnlyList<(FieldDefinitionHandle Field, SourceLine? Line)> stores, Location.Text? where, bool isLast)
    {
        var doubted = stores.Where(s => where is null || s.Line is null || s.Line.Line == where.Line || (isLast && s.Line.Line > where.Line)).Select(s => s.Field).ToList();
        _unknown.UnionWith(doubted);
        if (doubted.Count == 0) OtherWork ??= where;
    }
}

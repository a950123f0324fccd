// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Compiler.Relocation;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Compiler.Emission;

/// <summary>Puts functions and maps together to an object, with types for the functions and their source lines.</summary>
internal static class ObjectEmitter
{
    public static ObjectSpec Emit(Module module, IReadOnlyList<EmittedCode> functions)
    {
        var types = module.DataTypes is { } data ? BtfBuilder.From(data) : new BtfBuilder();
        FunctionTypes functionTypes = new(types);
        TypeExcerpt excerpt = new(module.KernelTypes ?? BtfSpec.Empty, types, [.. functions.SelectMany(f => f.Questions, (_, q) => q.Subject)]);
        var externs = KernelFunctionTypes.Add(module, types, functionTypes);
        List<ProgramSpec> programs = [];
        List<FunctionSpec> called = [];
        foreach (var code in functions)
        {
            var spec = Describe(code, types, functionTypes, excerpt);
            if (code.Function.Section is { } section) programs.Add(Program(spec, section));
            else called.Add(spec);
        }

        return new()
        {
            Name = module.Name,
            ByteOrder = ByteOrder.Little,
            License = module.License,
            Maps = [.. module.Maps],
            Programs = [.. programs],
            Functions = called.Count > 0 ? called.ToDictionary(f => f.Name) : new Dictionary<string, FunctionSpec>(),
            Externs = externs,
            Globals = module.Globals.ToDictionary(g => g.Name),
            Btf = types.Build(),
        };
    }

    private static FunctionSpec Describe(EmittedCode code, BtfBuilder types, FunctionTypes functionTypes, TypeExcerpt excerpt) => new()
    {
        Name = code.Function.Name,
        Section = code.Function.Section ?? ".text",
        IsGlobal = code.Function.Section is not null || code.Function.IsGlobal,
        Instructions = code.Instructions,
        References = code.References,
        CoreRelocations = [.. code.Questions.Select(q => excerpt.RelocationAt(q.Slot, q.Subject))],
        Lines = Lines(code, types),
        Type = functionTypes.Add(code.Function),
    };

    private static ImmutableArray<LineInfo> Lines(EmittedCode code, BtfBuilder types)
    {
        var lines = ImmutableArray.CreateBuilder<LineInfo>(code.Lines.Length);
        foreach (var (slot, line) in code.Lines) lines.Add(new(slot, types.AddString(line.File), types.AddString(line.Text), ((uint)line.Line << 10) | (uint)Math.Min(line.Column, 1023)));
        return lines.MoveToImmutable();
    }

    private static ProgramSpec Program(FunctionSpec entry, string section)
    {
        var match = SectionNames.Match(section);
        return new()
        {
            Name = entry.Name,
            Section = section,
            Entry = entry,
            Type = match.Definition?.Type ?? default,
            AttachType = match.Definition?.AttachType,
            Attach = match.Definition?.Attach ?? AttachKind.None,
            AttachTarget = match.Target,
            Flags = match.Definition?.Flags ?? ProgramFlags.None,
            IsAttachTypeOptional = match.Definition?.IsAttachTypeOptional ?? false,
            AutoLoad = match.AutoLoad,
        };
    }
}

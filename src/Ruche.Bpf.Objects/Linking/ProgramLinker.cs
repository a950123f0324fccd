// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Objects.Linking;

/// <summary>
/// Puts a program together with every function it reaches, each once, and resolves the calls between them. Pure: the same spec
/// gives the same code.
/// </summary>
public sealed class ProgramLinker
{
    private const int MaxSlots = 1_000_000;

    private readonly ObjectSpec _object;
    private readonly ProgramSpec _program;
    private readonly DiagnosticBag _diagnostics;
    private readonly List<Instruction> _code = [];
    private readonly List<PlacedFunction> _placed = [];
    private readonly Dictionary<string, int> _starts = new(StringComparer.Ordinal);
    private readonly List<Reference> _references = [];

    private ProgramLinker(ProgramSpec program, ObjectSpec spec, DiagnosticBag diagnostics) =>
        (_program, _object, _diagnostics) = (program, spec, diagnostics);

    /// <summary>Links a program of an object.</summary>
    /// <exception cref="InvalidObjectException">The program reaches a function or variable that the object does not have.</exception>
    public static LinkedProgram Link(ProgramSpec program, ObjectSpec spec)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(spec);
        DiagnosticBag diagnostics = new();
        var linked = new ProgramLinker(program, spec, diagnostics).Link();
        diagnostics.ThrowIfErrors();
        return linked;
    }

    /// <summary>Links a program of an object; on failure <paramref name="diagnostics"/> says why.</summary>
    public static bool TryLink(
        ProgramSpec program, ObjectSpec spec, [NotNullWhen(true)] out LinkedProgram? linked, out DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(spec);
        diagnostics = new();
        linked = new ProgramLinker(program, spec, diagnostics).Link();
        if (diagnostics.HasErrors) linked = null;
        return linked is not null;
    }

    private LinkedProgram Link()
    {
        Place(_program.Entry);
        PlaceExceptionCallback();
        for (int i = 0; i < _placed.Count && !_diagnostics.HasErrors; i++) Resolve(_placed[i]);
        return new()
        {
            Program = _program,
            Instructions = [.. _code],
            References = [.. _references],
            CoreRelocations = [.. _placed.SelectMany(p => p.Function.CoreRelocations.Select(r => r with { Slot = r.Slot + p.Start }))],
            Functions = Functions(),
            Lines = Lines(),
        };
    }

    private int Place(FunctionSpec function)
    {
        int start = _code.Count;
        if ((long)start + function.Instructions.Length > MaxSlots)
        {
            Error(LinkDiagnostics.TooLarge, $"program '{_program.Name}' has more than {MaxSlots} instructions");
            return start;
        }

        _starts.Add(function.Name, start);
        _placed.Add(new(function, start));
        _code.AddRange(function.Instructions);
        return start;
    }

    private void Resolve(PlacedFunction placed)
    {
        foreach (var reference in placed.Function.References)
        {
            int slot = reference.Slot + placed.Start;
            if ((uint)reference.Slot >= (uint)placed.Function.Instructions.Length)
            {
                Error(LinkDiagnostics.BadSlot, $"reference to '{reference.Target}' lies outside function '{placed.Function.Name}'");
                continue;
            }

            switch (reference)
            {
                case Reference.Call call when Find(call.Name, placed) is { } start:
                    _code[slot] = _code[slot].WithSource((Register)CallKind.Local).WithImmediate(start - slot - 1);
                    break;
                case Reference.FunctionAddress address when Find(address.Name, placed) is { } start:
                    _code[slot] = _code[slot].WithSource((Register)WideSource.Function).WithImmediate(start - slot - 1);
                    break;
                case Reference.Call or Reference.FunctionAddress:
                    break;
                case Reference.KernelVariable variable when IsUnlinked(variable.Name):
                    Error(LinkDiagnostics.MissingVariable,
                        $"program '{_program.Name}' reads variable '{variable.Name}', which its object only declares",
                        "link the object that defines it");
                    break;
                default:
                    _references.Add(reference.MovedTo(slot));
                    break;
            }
        }
    }

    private int? Find(string name, PlacedFunction caller)
    {
        if (_starts.TryGetValue(name, out int start)) return start;
        if (_object.Functions.TryGetValue(name, out var function)) return Place(function);
        Error(LinkDiagnostics.MissingFunction,
            $"function '{caller.Function.Name}' of program '{_program.Name}' calls '{name}', which its object does not have",
            "link the object that defines it, or declare it __ksym if the kernel has it");
        return null;
    }

    private bool IsUnlinked(string name) => _object.Externs.Any(e => e.Kind is ExternKind.Variable && e.Name == name);

    // A program names the function that handles its exceptions in a tag of its BTF function; nothing calls it.
    private void PlaceExceptionCallback()
    {
        const string Tag = "exception_callback:";
        if (_object.Btf is not { } btf || _program.Entry.Type == 0) return;
        foreach (int id in btf.IdsOf(BtfKind.DeclTag))
        {
            if (btf[id] is not BtfType.DeclTag tag || tag.Target != _program.Entry.Type) continue;
            if (!tag.Name.StartsWith(Tag, StringComparison.Ordinal)) continue;
            string name = tag.Name[Tag.Length..];
            if (!_starts.ContainsKey(name) && _object.Functions.TryGetValue(name, out var function)) Place(function);
        }
    }

    // The kernel wants function records of all functions or of none.
    private ImmutableArray<FuncInfo> Functions()
    {
        if (!_placed.TrueForAll(p => p.Function.Type != 0)) return [];
        var functions = ImmutableArray.CreateBuilder<FuncInfo>(_placed.Count);
        foreach (var placed in _placed) functions.Add(new(placed.Start, placed.Function.Type));
        return functions.MoveToImmutable();
    }

    // Likewise, every function must start with a line record when there are any.
    private ImmutableArray<LineInfo> Lines()
    {
        if (!_placed.TrueForAll(p => p.Function.Lines is [{ Slot: 0 }, ..])) return [];
        var lines = ImmutableArray.CreateBuilder<LineInfo>();
        foreach (var placed in _placed)
        {
            foreach (var line in placed.Function.Lines) lines.Add(line with { Slot = line.Slot + placed.Start });
        }

        return lines.ToImmutable();
    }

    private void Error(string id, string message, params ReadOnlySpan<string> notes) =>
        _diagnostics.Error(id, message, new Location.Image(_object.Name, _program.Section, 0), notes);

    private sealed record PlacedFunction(FunctionSpec Function, int Start);
}

// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Machine.Code;
using Ruche.Bpf.Machine.Helpers;
using Ruche.Bpf.Machine.Maps;
using Ruche.Bpf.Machine.Surroundings;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Linking;
using Ruche.Bpf.Objects.Relocation;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Machine.Linking;

/// <summary>Turns the programs of one object into what the machine takes: fits them to the target's types, and fills in maps and symbols.</summary>
internal sealed class MachineLinker(ObjectSpec spec, MachineOptions options, MachineEnvironment environment, IReadOnlyDictionary<string, MachineMap> maps)
{
    // No kernel has helpers of such numbers; each stands for a slot that must not be reached.
    private const int Unreachable = 0x4000_0000;

    // Not canonical on any 64-bit processor: functions of the kernel have an address, and nothing is there.
    private const ulong KernelFunctionAddress = 0x0bf2_0000_0000_0000;

    private readonly CoreRelocator? _relocator =
        spec.Btf is { } own ? new(own, options.TargetTypes.IsDefaultOrEmpty ? [own] : options.TargetTypes) : null;

    /// <summary>Prepares one program.</summary>
    /// <exception cref="InvalidObjectException">It refers to what its object does not have, or to a symbol that has no address.</exception>
    public ProgramImage Link(ProgramSpec program)
    {
        var linked = ProgramLinker.Link(program, spec);
        var relocated = _relocator?.Relocate(linked) ?? new(linked.Instructions, []);
        var code = relocated.Instructions.AsSpan().ToArray();
        var helpers = StandardHelpers.For(program.Type).With(options.Helpers);
        Dictionary<int, string> kernelCalls = [], unreachable = [];
        foreach (var failure in relocated.Failures) unreachable[failure.Slot] = failure.ToString();
        DiagnosticBag diagnostics = new();
        foreach (var reference in linked.References) Patch(code, reference, helpers, kernelCalls, unreachable, diagnostics);
        diagnostics.ThrowIfErrors();
        foreach (var (slot, reason) in unreachable)
        {
            code[slot] = new(Opcodes.Call, Register.R0, (Register)CallKind.Helper, 0, Unreachable + slot);
            helpers = helpers.With((HelperId)(Unreachable + slot), (in HelperCall _) => throw new InvalidOperationException(reason));
        }

        return new()
        {
            Name = program.Name,
            Type = program.Type,
            Instructions = ImmutableCollectionsMarshal.AsImmutableArray(code),
            Helpers = helpers,
            Environment = environment,
            Engine = options.Engine,
            IsTrusted = options.IsTrusted || (options.TrustsVerified && VerifiedPrograms.Accepts(spec, program, options)),
            Observer = options.Observer,
            Budget = options.Budget,
            KernelCalls = kernelCalls,
            ExceptionHandler = HandlerOf(linked),
            SourceOf = slot => SourceOf(linked, slot),
        };
    }

    private void Patch(
        Instruction[] code, Reference reference, HelperTable helpers, Dictionary<int, string> kernelCalls, Dictionary<int, string> unreachable, DiagnosticBag diagnostics)
    {
        int slot = reference.Slot;
        switch (reference)
        {
            case Reference.Map x:
                SetAddress(code, slot, environment.Memory.Maps.AddressOf(MapOf(x.Name)));
                break;
            case Reference.MapValue x:
                SetAddress(code, slot, AddressOfValue(MapOf(x.Name)) + (ulong)x.Offset);
                break;
            case Reference.KernelCall x when helpers.IndexOf(x.Name) < 0 && IsWeak(x.Name):
                unreachable[slot] = $"the machine has no kernel function '{x.Name}', and the program calls it";
                break;
            case Reference.KernelCall x:
                code[slot] = code[slot].WithSource((Register)CallKind.Kernel).WithImmediate(0);
                kernelCalls[slot] = x.Name;
                break;
            case Reference.JumpTable x:
                diagnostics.Error(
                    MachineDiagnostics.NoMap,
                    $"instruction {slot}: the program jumps through table '{x.Name}', and the machine has no jump tables",
                    new Location.Image(spec.Name, null, (long)slot * Instruction.Size),
                    "compile with -fno-jump-tables");
                break;
            case Reference.KernelVariable x when AddressOfSymbol(x.Name, helpers) is { } address:
                SetAddress(code, slot, address);
                break;
            case Reference.KernelVariable x:
                diagnostics.Error(
                    MachineDiagnostics.NoMap,
                    $"instruction {slot}: the machine has no kernel symbol '{x.Name}'",
                    new Location.Image(spec.Name, null, (long)slot * Instruction.Size),
                    "give its address in MachineOptions.KernelSymbols, or declare it __weak if the program can do without");
                break;
        }
    }

    private static void SetAddress(Instruction[] code, int slot, ulong address)
    {
        code[slot] = code[slot].WithSource((Register)WideSource.Value).WithImmediate((int)address);
        code[slot + 1] = code[slot + 1].WithImmediate((int)(address >> 32));
    }

    private ulong? AddressOfSymbol(string name, HelperTable helpers)
    {
        if (options.KernelSymbols.TryGetValue(name, out ulong address)) return address;
        int function = helpers.IndexOf(name);
        if (function >= 0) return KernelFunctionAddress + (ulong)function;
        return IsWeak(name) ? 0 : null;
    }

    private bool IsWeak(string name) => spec.Externs.Any(e => e.Name == name && e.IsWeak);

    private static ulong AddressOfValue(MachineMap map)
    {
        Span<byte> first = stackalloc byte[sizeof(uint)];
        first.Clear();
        return (ulong)map.Lookup(first, 0);
    }

    private MachineMap MapOf(string name) => maps.TryGetValue(name, out var map)
        ? map
        : throw new BpfException($"load object '{spec.Name}'", Errno.ENOENT, $"a program uses map '{name}', which was not created");

    private int? HandlerOf(LinkedProgram linked)
    {
        const string Tag = "exception_callback:";
        if (spec.Btf is not { } btf || linked.Program.Entry.Type == 0) return null;
        foreach (int id in btf.IdsOf(BtfKind.DeclTag))
        {
            if (btf[id] is not BtfType.DeclTag tag || tag.Target != linked.Program.Entry.Type) continue;
            if (!tag.Name.StartsWith(Tag, StringComparison.Ordinal)) continue;
            string name = tag.Name[Tag.Length..];
            foreach (var function in linked.Functions)
            {
                if (btf.NameOf(function.Type) == name) return function.Slot;
            }
        }

        return null;
    }

    private SourceLine? SourceOf(LinkedProgram linked, int slot)
    {
        if (spec.Btf is not { } btf || linked.Lines.IsEmpty) return null;
        LineInfo? found = null;
        foreach (var line in linked.Lines)
        {
            if (line.Slot > slot) break;
            found = line;
        }

        return found is { } last ? new(btf.StringAt(last.File), last.Line, btf.StringAt(last.Text).Trim()) : null;
    }
}

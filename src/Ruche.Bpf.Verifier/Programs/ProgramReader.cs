// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Linking;
using Ruche.Bpf.Objects.Relocation;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Verifier.Programs;

/// <summary>Makes of an object's programs what a kernel would be given: linked, fitted to its types, with its maps and symbols named.</summary>
public sealed class ProgramReader
{
    // No helper has this number: the slot must not be reached.
    private const int MissingCall = 2_002_000_000;

    private readonly ObjectSpec _spec;
    private readonly BtfSpec? _kernel;
    private readonly CoreRelocator? _relocator;
    private readonly Dictionary<string, ProgramMap> _maps = new(StringComparer.Ordinal);

    /// <summary>For the programs of one object.</summary>
    /// <param name="spec">The object.</param>
    /// <param name="kernel">The kernel's types; null when there are none.</param>
    /// <param name="kconfig">The contents of the object's <c>.kconfig</c> map; empty when they are unknown.</param>
    public ProgramReader(ObjectSpec spec, BtfSpec? kernel, ImmutableArray<byte> kconfig = default)
    {
        ArgumentNullException.ThrowIfNull(spec);
        _spec = spec;
        _kernel = kernel;
        _relocator = spec.Btf is { } own && kernel is not null ? new(own, [kernel]) : null;
        foreach (var map in spec.Maps) _maps[map.Name] = MapOf(map, map.DataSection is DataSectionKind.Kconfig && !kconfig.IsDefault ? kconfig : []);
    }

    /// <summary>Reads one program.</summary>
    /// <exception cref="InvalidObjectException">It refers to what its object does not have.</exception>
    public VerifierProgram Read(ProgramSpec program)
    {
        ArgumentNullException.ThrowIfNull(program);
        var linked = ProgramLinker.Link(program, _spec);
        var relocated = _relocator?.Relocate(linked) ?? new(linked.Instructions, []);
        References references = new(this, [.. relocated.Instructions]);
        foreach (var failure in relocated.Failures) references.Missing[failure.Slot] = failure.ToString();
        foreach (var reference in linked.References) references.Add(reference);
        return new()
        {
            Name = program.Name,
            Type = program.Type,
            Attach = program.Type is ProgramType.SchedCls or ProgramType.SchedAct ? null : program.AttachType,
            AttachTarget = program.Attach is AttachKind.StructOps ? MemberOf(program) : program.AttachTarget,
            Flags = program.Flags,
            License = _spec.License,
            Instructions = [.. references.Code],
            Maps = references.Maps.ToDictionary(),
            MapOffsets = references.Offsets.ToDictionary(),
            KernelCalls = references.Calls.ToDictionary(),
            KernelVariables = references.Variables.ToDictionary(),
            Missing = references.Missing.ToDictionary(),
            Types = _spec.Btf,
            Functions = linked.Functions,
            Lines = linked.Lines,
        };
    }

    private static bool IsConstant(MapSpec map) => map.DataSection is DataSectionKind.ReadOnlyData or DataSectionKind.Kconfig;

    private ProgramMap MapOf(MapSpec map, ImmutableArray<byte> given) => new()
    {
        Spec = IsConstant(map) ? map with { Flags = map.Flags | MapFlags.ReadOnlyProgram } : map,
        Types = _spec.Btf,
        Inner = map.Inner is { } inner ? MapOf(inner, []) : null,
        Constants = !given.IsEmpty ? given : map.DataSection is DataSectionKind.ReadOnlyData ? Padded(map) : [],
    };

    private static ImmutableArray<byte> Padded(MapSpec map)
    {
        byte[] contents = new byte[map.ValueSize];
        map.Contents.AsSpan()[..Math.Min(map.Contents.Length, contents.Length)].CopyTo(contents);
        return [.. contents];
    }

    // A program for a struct_ops map implements the member that the map fills with it.
    private string MemberOf(ProgramSpec program)
    {
        foreach (var map in _spec.Maps)
        {
            foreach (var slot in map.Slots)
            {
                if (map.StructOps is null || (slot.Target != program.Name && slot.Target != program.Entry.Name)) continue;
                foreach (var member in ((BtfType.Composite)_spec.Btf![_spec.Btf.Resolve(map.ValueType)]).Members)
                {
                    if (member.BitOffset == slot.Key * 8) return $"{map.StructOps.Split("___")[0]}:{member.Name.Split("___")[0]}";
                }
            }
        }

        return "";
    }

    private bool HasFunction(string name) => _kernel?.TryFind(BtfKind.Function, name, out _) == true;

    private static string FlavourlessName(string name) => name.Split("___")[0];

    private sealed class References(ProgramReader reader, Instruction[] code)
    {
        public Instruction[] Code { get; } = code;

        public Dictionary<int, ProgramMap> Maps { get; } = [];

        public Dictionary<int, int> Offsets { get; } = [];

        public Dictionary<int, string> Calls { get; } = [];

        public Dictionary<int, string> Variables { get; } = [];

        public Dictionary<int, string> Missing { get; } = [];

        public void Add(Reference reference)
        {
            int slot = reference.Slot;
            switch (reference)
            {
                case Reference.Map x:
                    if (reader._maps.TryGetValue(x.Name, out var map)) Maps[slot] = map;
                    else Missing[slot] = $"the object has no map '{x.Name}'";
                    break;
                case Reference.MapValue x:
                    if (reader._maps.TryGetValue(x.Name, out var data)) Maps[slot] = data;
                    else Missing[slot] = $"the object has no map '{x.Name}'";
                    Offsets[slot] = x.Offset;
                    break;
                case Reference.JumpTable x:
                    Maps[slot] = TableOf(x);
                    Offsets[slot] = 0;
                    break;
                case Reference.KernelCall x:
                    AddCall(slot, FlavourlessName(x.Name));
                    break;
                case Reference.KernelVariable x:
                    AddVariable(slot, FlavourlessName(x.Name));
                    break;
            }
        }

        // Made for the program when it is loaded: an instruction array, whose addresses the program may only read.
        private static ProgramMap TableOf(Reference.JumpTable table) => new()
        {
            Spec = new()
            {
                Name = table.Name,
                Type = MapType.InsnArray,
                KeySize = sizeof(uint),
                ValueSize = table.Targets.Length * sizeof(ulong),
                MaxEntries = (uint)table.Targets.Length,
                Flags = MapFlags.ReadOnlyProgram,
            },
            JumpTargets = table.Targets,
        };

        private void AddCall(int slot, string name)
        {
            if (!reader.HasFunction(name))
            {
                Missing[slot] = $"the kernel has no function '{name}', and the program calls it";
                Code[slot] = new(Opcodes.Call, Register.R0, (Register)CallKind.Helper, 0, MissingCall);
                return;
            }

            Code[slot] = Code[slot].WithSource((Register)CallKind.Kernel).WithImmediate(0).WithOffset(0);
            Calls[slot] = name;
        }

        private void AddVariable(int slot, string name)
        {
            bool isThere = reader._kernel is { } kernel && (kernel.TryFind(BtfKind.Variable, name, out _) || kernel.TryFind(BtfKind.Function, name, out _));
            bool isWeak = reader._spec.Externs.Any(e => FlavourlessName(e.Name) == name && e.IsWeak);
            if (isThere || !isWeak) Variables[slot] = name;
            else Code[slot] = Code[slot].WithSource((Register)WideSource.Value).WithImmediate(0);
        }
    }
}

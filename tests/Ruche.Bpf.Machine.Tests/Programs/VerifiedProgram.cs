// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using static Ruche.Bpf.Machine.Tests.Operations;

namespace Ruche.Bpf.Machine.Tests.Programs;

/// <summary>
/// An XDP program without sense that the kernel's verifier mostly takes: every register is set before it is read, every access lies within
/// the packet, the stack or a map's value, every loop ends. What it comes to is in the packet, two maps and the returned value. The same
/// seed gives the same program.
/// </summary>
internal sealed partial class VerifiedProgram
{
    /// <summary>The only value of the map <c>values</c>: what programs work on, then what they leave in the registers.</summary>
    public const int ValueSize = 128;

    /// <summary>How much of the packet programs touch.</summary>
    public const int PacketBytes = 64;

    /// <summary>How many keys the map <c>table</c> may hold; programs use twice as many.</summary>
    public const int TableSize = 4;

    private const int WorkBytes = 64;
    private const Register Packet = Register.R6;
    private const Register Value = Register.R7;
    private const Register Counter = Register.R8;

    private readonly Random _random;
    private readonly BtfBuilder _types = new();
    private readonly int _prototype;
    private readonly Dictionary<string, FunctionSpec> _functions = new();
    private List<Instruction> _code = [];
    private List<Reference> _references = [];
    private bool _hasPacket;
    private int _depth;
    private int _callers;
    private int _named;

    private VerifiedProgram(int seed)
    {
        _random = new(seed);
        _prototype = _types.Add(new BtfType.FunctionPrototype(_types.Add(new BtfType.Int(sizeof(ulong), IntEncoding.None, 0, 64) { Name = "u64" }), []));
    }

    public static ObjectSpec Generate(int seed)
    {
        VerifiedProgram program = new(seed);
        var entry = program.Function("main", program.Main);
        return new()
        {
            Name = "generated",
            ByteOrder = ByteOrder.Little,
            License = "Dual MIT/GPL",
            Btf = program._types.Build(),
            Maps =
            [
                new() { Name = "values", Type = MapType.Array, KeySize = sizeof(uint), ValueSize = ValueSize, MaxEntries = 1 },
                new() { Name = "table", Type = MapType.Hash, KeySize = sizeof(uint), ValueSize = sizeof(ulong), MaxEntries = TableSize },
            ],
            Programs = [new() { Name = "main", Section = "xdp", Entry = entry, Type = ProgramType.Xdp }],
            Functions = program._functions,
        };
    }

    private FunctionSpec Function(string name, Action body)
    {
        var (code, references, hasPacket) = (_code, _references, _hasPacket);
        (_code, _references, _hasPacket) = ([], [], false);
        body();
        FunctionSpec function = new()
        {
            Name = name,
            Section = name == "main" ? "xdp" : ".text",
            Instructions = [.. _code],
            References = [.. _references],
            Type = _types.Add(new BtfType.Function(_prototype, BtfLinkage.Static) { Name = name }),
        };
        (_code, _references, _hasPacket) = (code, references, hasPacket);
        _functions[name] = function;
        return function;
    }

    private void Main()
    {
        Add(Insn.Load(MemoryWidth.Word, Packet, Register.R1, 0), Insn.Load(MemoryWidth.Word, Register.R2, Register.R1, 4));
        Add(Insn.Mov64(Register.R3, Packet), Insn.Alu64(AluOperation.Add, Register.R3, PacketBytes));
        Add(Insn.Jump(JumpOperation.LessOrEqual, Register.R3, Register.R2, 2), Insn.Mov64(Register.R0, 1), Insn.Exit());
        _hasPacket = true;
        Begin(Register.R0);
        Steps(_random.Next(10, 60));
        Leave();
    }

    // A function of the program, with five numbers.
    private void Callee()
    {
        Begin(Register.R6);
        Steps(_random.Next(3, 15));
        Add(Insn.Exit());
    }

    // What bpf_loop calls: the verifier wants it to return zero or one.
    private void Callback()
    {
        Add(Insn.Mov64(Register.R2, Constant()));
        Begin(Register.R3);
        Steps(_random.Next(3, 12));
        Add(Insn.Alu64(AluOperation.And, Register.R0, 1), Insn.Exit());
    }

    // Sets what is not set yet: the pointer to the value, the stack, and the registers from one on.
    private void Begin(Register first)
    {
        LoadReference(Value, new Reference.MapValue(_code.Count, "values", 0));
        for (short at = -WorkBytes; at < 0; at += 8) Add(Insn.Store(MemoryWidth.Double, Register.R10, at, Constant()));
        for (var register = first; register < Register.R10; register++)
            if (IsNumber(register) || register is Counter || (register is Packet && !_hasPacket)) Number(register);
        if (first > Register.R0) Number(Register.R0);
    }

    private void Number(Register register)
    {
        if (_random.Next(4) != 0) Add(Insn.Mov64(register, Constant()));
        else if (_random.Next(2) == 0) Add(Insn.LoadWide(register, (ulong)_random.NextInt64(long.MinValue, long.MaxValue)));
        else Add(Insn.Load(Pick(Widths), register, Value, (short)_random.Next(WorkBytes - 8)));
    }

    // The registers behind what the program has worked on.
    private void Leave()
    {
        short at = WorkBytes;
        foreach (var register in Numbers)
        {
            Add(Insn.Store(MemoryWidth.Double, Value, at, register));
            at += sizeof(ulong);
        }

        Add(Insn.Exit());
    }

    private void LoadReference(Register register, Reference reference)
    {
        _references.Add(reference);
        Add(Insn.LoadWide(register, 0));
    }

    private void Add(params ReadOnlySpan<Instruction> instructions) => _code.AddRange(instructions);
}

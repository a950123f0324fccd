// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions;

public readonly partial record struct Instruction
{
    /// <summary>Whether the second operand is the source register rather than the immediate (arithmetic and jumps).</summary>
    public bool UsesRegister => (Opcode & Opcodes.RegisterBit) != 0;

    /// <summary>Whether this is 32- or 64-bit arithmetic.</summary>
    public bool IsAlu => Class is InstructionClass.Alu32 or InstructionClass.Alu64;

    /// <summary>Whether this is of one of the two jump classes, calls and exit included.</summary>
    public bool IsJumpClass => Class is InstructionClass.Jump or InstructionClass.Jump32;

    /// <summary>What an arithmetic instruction does.</summary>
    public AluOperation AluOperation => (AluOperation)(Opcode & Opcodes.OperationMask);

    /// <summary>What a jump instruction does.</summary>
    public JumpOperation JumpOperation => (JumpOperation)(Opcode & Opcodes.OperationMask);

    /// <summary>How a load or store addresses memory.</summary>
    public MemoryMode Mode => (MemoryMode)(Opcode & Opcodes.ModeMask);

    /// <summary>How much a load or store moves.</summary>
    public MemoryWidth Width => (MemoryWidth)(Opcode & Opcodes.WidthMask);

    /// <summary>The same in bytes.</summary>
    public int WidthBytes => Width switch
    {
        MemoryWidth.Byte => 1,
        MemoryWidth.Half => 2,
        MemoryWidth.Word => 4,
        _ => 8,
    };

    /// <summary>Whether this is one of the old loads from a packet, which R6 is the context of.</summary>
    public bool IsPacketLoad => Class is InstructionClass.Load && Mode is MemoryMode.Absolute or MemoryMode.Indirect;

    /// <summary>Whether this is an atomic operation, including load-acquire and store-release.</summary>
    public bool IsAtomic => Class is InstructionClass.StoreX && Mode is MemoryMode.Atomic;

    /// <summary>What an atomic instruction does.</summary>
    public AtomicOperation AtomicOperation => (AtomicOperation)Immediate;

    /// <summary>What a wide load means.</summary>
    public WideSource WideSource => (WideSource)Source;

    /// <summary>Whether this calls by immediate: a helper, a local function, or a kernel function.</summary>
    public bool IsCall => Opcode == Opcodes.Call;

    /// <summary>What a call calls.</summary>
    public CallKind CallKind => (CallKind)Source;

    /// <summary>Whether this calls a function of the program.</summary>
    public bool IsLocalCall => IsCall && CallKind is CallKind.Local;

    /// <summary>Whether this calls a kernel helper.</summary>
    public bool IsHelperCall => IsCall && CallKind is CallKind.Helper;

    /// <summary>Whether this calls a kernel function (kfunc).</summary>
    public bool IsKernelCall => IsCall && CallKind is CallKind.Kernel;

    /// <summary>Whether this is a wide load of the address of a function of the program.</summary>
    public bool IsFunctionAddress => IsWide && WideSource is WideSource.Function;

    /// <summary>Whether this returns from the function.</summary>
    public bool IsExit => Opcode == Opcodes.Exit;

    /// <summary>Whether control never reaches the next slot from here.</summary>
    public bool EndsFlow => Opcode is Opcodes.Exit or Opcodes.Goto or Opcodes.GotoLong or Opcodes.GotoRegister;

    /// <summary>The slots a direct jump skips, counted from the next slot; null when this is not a direct jump.</summary>
    public int? JumpDistance => Opcode switch
    {
        Opcodes.GotoLong => Immediate,
        Opcodes.GotoRegister => null,
        _ when !IsJumpClass || JumpOperation is JumpOperation.Call or JumpOperation.Exit => null,
        _ when (Opcode & Opcodes.OperationMask) == 0xf0 => null,
        _ => Offset,
    };

    /// <summary>The value of a wide load, from this slot and the one after it.</summary>
    public ulong WideValue(Instruction second) => (uint)Immediate | ((ulong)(uint)second.Immediate << 32);

    /// <summary>The text of this slot alone; the upper half of a wide load is in the next slot and reads as zero.</summary>
    public override string ToString() => Disassembler.Format(this);
}

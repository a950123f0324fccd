// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>Loads, stores and atomic operations, by what the pointer points to.</summary>
internal sealed class MemoryAccess(Walk walk)
{
    private const int MaxPacketOffset = 0xffff;

    private readonly StackAccess _stack = new(walk);
    private readonly ContextAccess _context = new(walk);
    private readonly ObjectAccess _objects = new(walk);

    /// <summary>The stack's part of the work, for calls.</summary>
    public StackAccess Stack => _stack;

    /// <summary>A load into a register.</summary>
    public void Load(Instruction x)
    {
        var pointer = walk.Read(x.Source);
        bool isSigned = x.Mode is MemoryMode.SignExtended;
        if (isSigned && pointer.Kind is ValueKind.Arena && !walk.Profile.Has(6, 18))
            Walk.Reject(VerifierRules.Feature, "loads with sign extension from an arena are known from Linux 6.18 on", pointer);
        var value = Access(pointer, x.Source, x.Offset, x.WidthBytes, isWrite: false, isSigned);
        if (value.IsScalar && x.WidthBytes < 8 && pointer.Kind is not ValueKind.Stack)
            value = value with { Range = isSigned ? value.Range.SignExtend(x.WidthBytes) : value.Range.Truncate(x.WidthBytes, walk.Profile.Reasoning) };
        if (pointer.Kind is ValueKind.Stack) value = _stack.Narrow(value, x.WidthBytes, isSigned);
        walk.Write(x.Destination, value);
    }

    /// <summary>A store of a register; atomic operations too.</summary>
    public void Store(Instruction x)
    {
        if (x.IsAtomic)
        {
            Atomic(x);
            return;
        }

        var value = walk.Read(x.Source);
        var pointer = walk.Read(x.Destination);
        CheckLeak(pointer, value, x.Source);
        Access(pointer, x.Destination, x.Offset, x.WidthBytes, isWrite: true, stored: value, storedRegister: x.Source);
    }

    /// <summary>A store of a constant.</summary>
    public void StoreConstant(Instruction x)
    {
        var pointer = walk.Read(x.Destination);
        if (pointer.Kind is ValueKind.Context && walk.Program.Type is not (ProgramType.Syscall or ProgramType.StructOps) && !walk.Profile.Has(6, 7))
            Walk.Reject(VerifierRules.ContextAccess, "older kernels do not allow constants to be stored into the context", pointer);
        Access(pointer, x.Destination, x.Offset, x.WidthBytes, isWrite: true, stored: Value.Constant((ulong)x.Immediate, walk.Made(OriginKind.Constant)));
    }

    /// <summary>Checks that bytes from an offset of a pointer can be read or written by a callee; the size is the greatest it may be.</summary>
    public void CheckRegion(Value pointer, string name, long size, bool isWrite, bool isUninitialized, bool mayBeEmpty, bool isExact = true)
    {
        switch (pointer.Kind)
        {
            case ValueKind.Packet or ValueKind.PacketMeta:
                CheckPacket(pointer, name, 0, size, mayBeEmpty);
                break;
            case ValueKind.MapKey:
                if (isWrite) RejectWrite(pointer, name);
                CheckBounds(pointer, name, 0, size, pointer.Map!.Spec.KeySize, mayBeEmpty);
                break;
            case ValueKind.MapValue:
                CheckMapRights(pointer, name, isWrite);
                CheckMapValue(pointer, name, 0, size, mayBeEmpty, isByHelper: true);
                break;
            case ValueKind.Memory:
                if (isWrite && pointer.Has(ValueFlags.ReadOnly)) RejectWrite(pointer, name);
                CheckBounds(pointer, name, 0, size, pointer.Size, mayBeEmpty);
                break;
            case ValueKind.Buffer:
                if (isWrite && pointer.Has(ValueFlags.ReadOnly)) RejectWrite(pointer, name);
                CheckBuffer(pointer, name, 0);
                break;
            case ValueKind.Stack:
                _stack.CheckRegion(pointer, name, size, isWrite, isUninitialized && isExact, mayBeEmpty);
                break;
            case ValueKind.Btf:
                _objects.Access(pointer, name, 0, (int)size, isWrite);
                break;
            case ValueKind.Context when walk.Program.Type is ProgramType.Syscall:
                CheckBounds(pointer, name, 0, size, ushort.MaxValue, mayBeEmpty);
                break;
            default:
                if (mayBeEmpty && size == 0 && pointer.IsNull) break;
                Walk.Reject(pointer.MayBeNull ? VerifierRules.NullCheck : VerifierRules.Argument, $"{name} must point to memory, and is {Describe.Value(pointer)}", pointer);
                break;
        }
    }

    /// <summary>Checks an offset range against the size of the memory.</summary>
    public static void CheckBounds(Value pointer, string name, int offset, long size, long available, bool mayBeEmpty)
    {
        if (pointer.Range.IsConstant)
        {
            long at = offset + pointer.Offset + (long)pointer.Range.Bits.Value;
            CheckOffsets(pointer, name, at, at, size, available, mayBeEmpty);
            return;
        }

        if (pointer.Range.SignedLeast < 0
            && (pointer.Range.SignedLeast == long.MinValue || offset + pointer.Offset + pointer.Range.SignedLeast < 0))
        {
            Walk.Reject(VerifierRules.MemoryBounds,
                $"{name} may point {Describe.Range(pointer.Range)} bytes into {Words(pointer)}, and so before its start", pointer,
                "make the index unsigned, or test that it is not negative");
        }

        if (pointer.Range.Greatest >= PointerArithmetic.MaxOffset)
        {
            Walk.Reject(VerifierRules.MemoryBounds, $"the index into {Words(pointer)} has no upper bound", pointer);
        }

        CheckOffsets(pointer, name, offset + pointer.Offset + pointer.Range.SignedLeast, offset + pointer.Offset + (long)pointer.Range.Greatest, size, available, mayBeEmpty);
    }

    private Value Access(
        Value pointer, Register register, int offset, int size, bool isWrite, bool isSigned = false, Value? stored = null, Register? storedRegister = null, bool isAtomic = false)
    {
        string name = Describe.Name(register);
        CheckAlignment(pointer, offset, size);
        if (pointer.MayBeNull && pointer.IsPointer)
        {
            Walk.Reject(VerifierRules.NullCheck, $"{name} is {Describe.Value(pointer)}, and is {(isWrite ? "written" : "read")} through without a test", pointer);
        }

        switch (pointer.Kind)
        {
            case ValueKind.Stack:
                return isWrite ? _stack.Store(pointer, offset, size, stored!, storedRegister) : _stack.Load(pointer, offset, size);
            case ValueKind.MapValue:
                return AccessMapValue(pointer, name, offset, size, isWrite, stored, isAtomic);
            case ValueKind.MapKey:
                if (isWrite) RejectWrite(pointer, name);
                CheckBounds(pointer, name, offset, size, pointer.Map!.Spec.KeySize, mayBeEmpty: false);
                return Loaded(pointer);
            case ValueKind.Memory:
                if (isWrite && pointer.Has(ValueFlags.ReadOnly)) RejectWrite(pointer, name);
                if (!pointer.Has(ValueFlags.Untrusted)) CheckBounds(pointer, name, offset, size, pointer.Size, mayBeEmpty: false);
                return Loaded(pointer);
            case ValueKind.Context:
                return _context.Access(pointer, name, offset, size, isWrite, isSigned);
            case ValueKind.Packet or ValueKind.PacketMeta:
                if (isWrite && !PacketRights.MayWrite(walk.Program.Type)) RejectWrite(pointer, name);
                CheckPacket(pointer, name, offset, size, mayBeEmpty: false);
                return Loaded(pointer);
            case ValueKind.FlowKeys or ValueKind.Socket or ValueKind.SocketCommon or ValueKind.TcpSocket or ValueKind.XdpSocket:
                return _context.AccessSocket(pointer, name, offset, size, isWrite);
            case ValueKind.TracepointBuffer or ValueKind.Buffer:
                if (isWrite && pointer.Has(ValueFlags.ReadOnly)) RejectWrite(pointer, name);
                CheckBuffer(pointer, name, offset);
                return Loaded(pointer);
            case ValueKind.Btf:
                return _objects.Access(pointer, name, offset, size, isWrite);
            case ValueKind.Map:
                return _objects.AccessMap(pointer, name, offset, size, isWrite);
            case ValueKind.Arena:
                return Loaded(pointer);
            default:
                return RejectPointer(pointer, name, isWrite);
        }
    }

    private Value RejectPointer(Value pointer, string name, bool isWrite)
    {
        if (pointer.Origin?.End is { } end)
        {
            var place = walk.Program.SourceOf(end.Slot);
            string where = place is null ? $"at instruction {end.Slot}" : $"at line {place.Line}: `{place.Text}`";
            if (end.Kind is OriginKind.Released) Walk.Reject(VerifierRules.ReferenceMisuse, $"{name} was a pointer until its object was given back, {where}", pointer, "do not use it after it was released or submitted, or release it later");
            Walk.Reject(VerifierRules.PacketBounds, $"{name} was a pointer into the packet until a call that may move the packet, {where}", pointer, "read data and data_end again after the call, and compare again");
        }

        Walk.Reject(VerifierRules.NotAPointer, $"{name} is {Describe.Value(pointer)}, and the program {(isWrite ? "writes" : "reads")} through it", pointer);
        return pointer;
    }

    private static void RejectWrite(Value pointer, string name) =>
        Walk.Reject(VerifierRules.ReadOnlyMemory, $"{name} is {Describe.Value(pointer)}, which this program may only read", pointer);

    private Value Loaded(Value pointer) => Value.Unknown(walk.Made(OriginKind.Load, second: pointer));

    private void CheckLeak(Value pointer, Value stored, Register register)
    {
        if (walk.Profile.IsPrivileged || !stored.IsPointer || pointer.Kind is ValueKind.Stack) return;
        Walk.Reject(VerifierRules.PointerLeak, $"{Describe.Name(register)} is {Describe.Kind(stored)}, and is stored in {Describe.Kind(pointer)}", stored);
    }

    private void CheckAlignment(Value pointer, int offset, int size)
    {
        bool isStrict = (walk.Program.Flags & ProgramFlags.StrictAlignment) != 0;
        switch (pointer.Kind)
        {
            case ValueKind.Packet or ValueKind.PacketMeta:
                // Packets start two bytes off a word's border, so that the header behind Ethernet's is aligned.
                if (isStrict && !(pointer.Range.Bits + Tnum.Constant((ulong)(2 + pointer.Offset + offset))).IsAligned((ulong)size)) RejectAlignment(pointer, offset, size);
                return;
            case ValueKind.MapValue when !pointer.Map!.JumpTargets.IsEmpty:
            case ValueKind.Stack:
                isStrict = true;
                break;
            case ValueKind.Context or ValueKind.Map:
                return;
        }

        if (!isStrict || size == 1) return;
        if (!(pointer.Range.Bits + Tnum.Constant((ulong)(pointer.Offset + offset))).IsAligned((ulong)size)) RejectAlignment(pointer, offset, size);
    }

    private static void RejectAlignment(Value pointer, int offset, int size) =>
        Walk.Reject(VerifierRules.Alignment, $"an access of {size} bytes at {Describe.Value(pointer)} and {offset} more is not aligned", pointer);

    private static void CheckPacket(Value pointer, string name, int offset, long size, bool mayBeEmpty)
    {
        if (pointer.Range.SignedLeast < 0)
        {
            Walk.Reject(VerifierRules.PacketBounds, $"{name} may point {Describe.Range(pointer.Range)} bytes into the packet, and so before its start", pointer,
                "make the offset unsigned, or test that it is not negative");
        }

        long at = (long)pointer.Offset + offset;
        if (pointer.PacketRange > 0 && !IsOutside(at, size, pointer.PacketRange, mayBeEmpty))
        {
            if (at + (long)pointer.Range.Greatest + size - 1 > MaxPacketOffset && pointer.Range.Greatest > MaxPacketOffset)
                Walk.Reject(VerifierRules.PacketBounds, $"the offset {Describe.Range(pointer.Range)} of {name} may lie beyond any packet", pointer);
            return;
        }

        if (pointer.PacketRange == 0 && size == 0 && mayBeEmpty && at == 0) return;
        string known = pointer.PacketRange > 0 ? $"only {pointer.PacketRange} bytes are known to be there" : "nothing was compared with data_end";
        Walk.Reject(VerifierRules.PacketBounds, $"{Bytes(at, size)} of the packet, counted from where {name} started, {(size == 1 ? "is" : "are")} accessed, and {known}", pointer);
    }

    private static string Bytes(long at, long size) => size == 1 ? $"byte {at}" : $"bytes {at}..{at + size - 1}";

    private static bool IsOutside(long offset, long size, long available, bool mayBeEmpty) =>
        offset < 0 || size < 0 || (size == 0 && !mayBeEmpty) || offset + size > available;

    private static void CheckOffsets(Value pointer, string name, long least, long greatest, long size, long available, bool mayBeEmpty)
    {
        if (!IsOutside(least, size, available, mayBeEmpty) && !IsOutside(greatest, size, available, mayBeEmpty)) return;
        string place = least == greatest ? $"byte {least}" : $"byte {least}..{greatest}";
        string detail = size == 0
            ? $"{name} is used with size 0, which is not allowed here"
            : $"{(size == 1 ? "1 byte is" : $"{size} bytes are")} accessed from {place} on of {Words(pointer)}, which has {available} bytes";
        Walk.Reject(size == 0 ? VerifierRules.SizeArgument : VerifierRules.MemoryBounds, detail, pointer);
    }

    private static string Words(Value pointer) => pointer.Kind switch
    {
        ValueKind.MapValue => $"a value of map '{pointer.Map}'",
        ValueKind.MapKey => $"a key of map '{pointer.Map}'",
        ValueKind.Memory => "a block of memory",
        _ => Describe.Kind(pointer),
    };

    private static void CheckBuffer(Value pointer, string name, int offset)
    {
        if (offset + pointer.Offset < 0) Walk.Reject(VerifierRules.MemoryBounds, $"{name} points {offset + pointer.Offset} bytes into its buffer, and so before its start", pointer);
        if (!pointer.Range.IsConstant || pointer.Range.Bits.Value != 0) Walk.Reject(VerifierRules.MemoryBounds, $"the offset of {name} in its buffer must be known", pointer);
    }

    private static void CheckMapRights(Value pointer, string name, bool isWrite)
    {
        var flags = pointer.Map!.Spec.Flags;
        if (isWrite && ((flags & MapFlags.ReadOnlyProgram) != 0 || pointer.Has(ValueFlags.ReadOnly))) RejectWrite(pointer, name);
        if (!isWrite && (flags & MapFlags.WriteOnlyProgram) != 0) Walk.Reject(VerifierRules.ReadOnlyMemory, $"map '{pointer.Map}' may only be written by programs", pointer);
    }

    /// <summary>Checks that bytes of a map's value are there, and that the kernel keeps nothing in them.</summary>
    public static void CheckMapValue(Value pointer, string name, int offset, long size, bool mayBeEmpty, bool isByHelper)
    {
        CheckBounds(pointer, name, offset, size, pointer.Map!.Spec.ValueSize, mayBeEmpty);
        foreach (var field in pointer.Map.Fields)
        {
            long least = offset + pointer.Offset + pointer.Range.SignedLeast, greatest = offset + pointer.Offset + (long)pointer.Range.Greatest;
            if (greatest + size <= field.Offset || least >= field.Offset + field.Size) continue;
            if (!isByHelper && field.Kind is SpecialFieldKind.KernelPointer or SpecialFieldKind.UntrustedKernelPointer or SpecialFieldKind.PerCpuKernelPointer or SpecialFieldKind.UserPointer
                && pointer.Range.IsConstant && least == field.Offset && size == 8) continue;
            Walk.Reject(VerifierRules.SpecialFieldAccess, $"bytes {field.Offset}..{field.Offset + field.Size - 1} of a value of map '{pointer.Map}' are {Words(field.Kind)}", pointer);
        }
    }

    // To a release that does not know what the field is, it is a number.
    private bool IsKnown(SpecialFieldKind kind) => walk.Profile.Has(5, 19) && (kind is not SpecialFieldKind.UserPointer || walk.Profile.Has(6, 13));

    private static string Words(SpecialFieldKind kind) => kind switch
    {
        SpecialFieldKind.SpinLock or SpecialFieldKind.ResilientSpinLock => "a lock",
        SpecialFieldKind.Timer => "a timer",
        SpecialFieldKind.KernelPointer or SpecialFieldKind.UntrustedKernelPointer or SpecialFieldKind.PerCpuKernelPointer => "a kptr, which is accessed whole",
        _ => "kept by the kernel",
    };

    private Value AccessMapValue(Value pointer, string name, int offset, int size, bool isWrite, Value? stored, bool isAtomic)
    {
        var map = pointer.Map!;
        CheckMapRights(pointer, name, isWrite);
        CheckMapValue(pointer, name, offset, size, mayBeEmpty: false, isByHelper: isAtomic);
        if (!map.JumpTargets.IsEmpty)
        {
            if (size != sizeof(ulong)) Walk.Reject(VerifierRules.MemoryBounds, $"{size} bytes are read from jump table '{map}', whose entries have {sizeof(ulong)}", pointer);
            return pointer with { Kind = ValueKind.Instruction, Offset = pointer.Offset + offset, Origin = walk.Made(OriginKind.Load, second: pointer) };
        }

        if (pointer.Range.IsConstant)
        {
            int at = offset + pointer.Offset + (int)pointer.Range.Bits.Value;
            foreach (var field in map.Fields)
            {
                if (field.Offset == at && field.Type != 0 && IsKnown(field.Kind)) return _objects.AccessKernelPointer(pointer, field, isWrite, stored);
            }

            if (!isWrite && !map.Constants.IsEmpty && at + size <= map.Constants.Length)
                return Value.Constant(Constant(map.Constants.AsSpan(at, size)), walk.Made(OriginKind.Load));
        }

        return Loaded(pointer);
    }

    private static ulong Constant(ReadOnlySpan<byte> bytes)
    {
        Span<byte> whole = stackalloc byte[sizeof(ulong)];
        whole.Clear();
        bytes.CopyTo(whole);
        return BinaryPrimitives.ReadUInt64LittleEndian(whole);
    }

    private void Atomic(Instruction x)
    {
        var operation = x.AtomicOperation;
        var pointer = walk.Read(operation is AtomicOperation.LoadAcquire ? x.Source : x.Destination);
        var register = operation is AtomicOperation.LoadAcquire ? x.Source : x.Destination;
        if (pointer.Kind is ValueKind.Context || pointer.IsPacket || pointer.Kind is ValueKind.FlowKeys or ValueKind.Socket or ValueKind.SocketCommon or ValueKind.TcpSocket or ValueKind.XdpSocket)
            Walk.Reject(VerifierRules.Atomics, $"an atomic operation on {Describe.Kind(pointer)}", pointer);
        if (operation is AtomicOperation.LoadAcquire)
        {
            var loaded = Access(pointer, register, x.Offset, x.WidthBytes, isWrite: false);
            if (loaded.IsScalar && x.WidthBytes < 8) loaded = loaded with { Range = loaded.Range.Truncate(x.WidthBytes, walk.Profile.Reasoning) };
            walk.Write(x.Destination, loaded);
            return;
        }

        var value = walk.Read(x.Source);
        if (operation is AtomicOperation.StoreRelease)
        {
            CheckLeak(pointer, value, x.Source);
            Access(pointer, register, x.Offset, x.WidthBytes, isWrite: true, stored: value, storedRegister: x.Source);
            return;
        }

        CheckAtomicOperands(x, pointer, value, register);
        if (pointer.Kind is not ValueKind.Stack) CheckAtomicAlignment(x, pointer);
        var old = Access(pointer, register, x.Offset, x.WidthBytes, isWrite: false, isAtomic: true);
        if (old.IsPointer && !walk.Profile.IsPrivileged) Walk.Reject(VerifierRules.PointerLeak, $"{Describe.Kind(old)} that was saved on the stack takes part in an atomic operation", old);
        // What is fetched is there before the kernel looks at the store, also in the register that was the address.
        if (operation is AtomicOperation.CompareExchange) walk.Write(Register.R0, Fetched(old, x.WidthBytes));
        else if (((int)operation & 1) != 0) walk.Write(x.Source, Fetched(old, x.WidthBytes));
        Access(walk.Now[register], register, x.Offset, x.WidthBytes, isWrite: true, stored: walk.Unknown(OriginKind.Arithmetic), isAtomic: true);
    }

    private void CheckAtomicOperands(Instruction x, Value pointer, Value value, Register register)
    {
        if (x.WidthBytes < 4) Walk.Reject(VerifierRules.Atomics, $"an atomic operation on {x.WidthBytes} bytes", pointer);
        if (x.AtomicOperation is AtomicOperation.CompareExchange && walk.Read(Register.R0) is { IsPointer: true } expected && !walk.Profile.IsPrivileged)
            Walk.Reject(VerifierRules.PointerLeak, $"R0 is {Describe.Kind(expected)}", expected);
        if (value.IsPointer && !walk.Profile.IsPrivileged) Walk.Reject(VerifierRules.PointerLeak, $"{Describe.Name(x.Source)} is {Describe.Kind(value)}, and takes part in an atomic operation through {Describe.Name(register)}", value);
    }

    private static void CheckAtomicAlignment(Instruction x, Value pointer)
    {
        if (pointer.Kind is ValueKind.Arena || (pointer.Range.Bits + Tnum.Constant((ulong)(pointer.Offset + x.Offset))).IsAligned((ulong)x.WidthBytes)) return;
        Walk.Reject(VerifierRules.Atomics, $"an atomic operation on {x.WidthBytes} bytes at an address that is not aligned to them", pointer);
    }

    // What is fetched from a spilled number is known no more.
    private Value Fetched(Value old, int size) => old.IsScalar && old.IsConstant && size == 8
        ? old : Value.Scalar(ScalarRange.OfBytes(size), walk.Made(OriginKind.Load));
}

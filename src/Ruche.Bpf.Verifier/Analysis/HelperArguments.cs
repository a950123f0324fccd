// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.KernelTypes;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.Prototypes;
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.States;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>Arguments of helpers.</summary>
internal sealed class HelperArguments(Walk walk)
{
    private const long MaxSize = 1 << 29;

    private readonly DynamicPointers _dynamic = new(walk);
    private readonly Locks _locks = new(walk);

    /// <summary>Checks one argument, and notes what it tells.</summary>
    public void Check(HelperPrototype prototype, int index, CallFacts facts)
    {
        var argument = prototype.Arguments[index];
        var register = (Register)(index + 1);
        var value = walk.Read(register);
        string name = Describe.Name(register);
        if (argument.Kind is ArgumentKind.Anything)
        {
            if (value.IsPointer && !walk.Profile.IsPrivileged) Walk.Reject(VerifierRules.PointerLeak, $"{name} is {Describe.Value(value)}, and is given to a helper as a number", value);
            return;
        }

        if (value.IsPacket && !(prototype.TakesPacketMemory && PacketRights.MayRead(walk.Program.Type)))
            Walk.Reject(VerifierRules.Argument, $"{name} points into the packet, and {HelperCalls.NameOf(prototype.Id)} does not take packet memory", value, "copy the bytes to the stack first");
        argument = Resolve(argument, prototype, facts);
        bool isNull = value.IsNull && Has(argument, ArgumentFlags.MayBeNull);
        if (isNull)
        {
            Walk.NeedExactly(value);
        }
        else
        {
            CheckKind(prototype, argument, value, name);
            CheckOffset(argument, value, name);
        }

        if (Has(argument, ArgumentFlags.Releases) && argument.Kind is not ArgumentKind.DynamicPointer) NoteRelease(argument, value, name, facts);
        if (value.Reference != 0 && argument.Kind is not ArgumentKind.DynamicPointer)
        {
            if (facts.Reference != 0 && !walk.Profile.Has(6, 18)) Walk.Reject(VerifierRules.ReferenceMisuse, $"{name} is a second argument that the program has acquired, and kernels before 6.18 follow one", value);
            facts.Reference = value.Reference;
        }

        if (isNull && argument.Kind is not (ArgumentKind.Memory or ArgumentKind.Size or ArgumentKind.SizeOrZero)) return;
        CheckMeaning(prototype, argument, index, value, name, facts);
    }

    private static bool Has(HelperArgument argument, ArgumentFlags flags) => (argument.Flags & flags) == flags;

    // Socket maps take sockets as values, bloom filters are asked with a value.
    private static HelperArgument Resolve(HelperArgument argument, HelperPrototype prototype, CallFacts facts)
    {
        if (argument.Kind is not ArgumentKind.MapValue || facts.Map is not { } map) return argument;
        if (map.Spec.Type is MapType.SockMap or MapType.SockHash) return argument with { Kind = ArgumentKind.BtfSocketCommon };
        return map.Spec.Type is MapType.BloomFilter && prototype.Id is HelperId.MapPeekElem ? argument with { Flags = argument.Flags & ~(ArgumentFlags.Uninitialized | ArgumentFlags.Writes) } : argument;
    }

    private void CheckKind(HelperPrototype prototype, HelperArgument argument, Value value, string name)
    {
        if (value.MayBeNull && !MayBeNull(prototype, argument))
            Walk.Reject(VerifierRules.NullCheck, $"{name} is {Describe.Value(value)}, and {HelperCalls.NameOf(prototype.Id)} wants no null", value);
        bool isRight = argument.Kind switch
        {
            ArgumentKind.Map => value.Kind is ValueKind.Map,
            ArgumentKind.MapKey or ArgumentKind.MapValue or ArgumentKind.Memory => IsMemory(value, argument),
            ArgumentKind.Size or ArgumentKind.SizeOrZero or ArgumentKind.AllocationSize => value.IsScalar,
            ArgumentKind.Context => value.Kind is ValueKind.Context,
            ArgumentKind.SocketCommon => value.Kind is ValueKind.Socket or ValueKind.SocketCommon or ValueKind.TcpSocket or ValueKind.XdpSocket,
            ArgumentKind.Socket => value.Kind is ValueKind.Socket,
            ArgumentKind.BtfSocketCommon => value.Kind is ValueKind.Socket or ValueKind.SocketCommon or ValueKind.TcpSocket or ValueKind.XdpSocket
                || (value.Kind is ValueKind.Btf && IsPlainOrTrusted(value) && IsKernelType(value, "sock_common")),
            ArgumentKind.Btf => value.Kind is ValueKind.Btf && !value.Has(ValueFlags.Untrusted) && !value.Has(ValueFlags.PerCpu) || value.Kind is ValueKind.Btf && prototype.Id is HelperId.KptrXchg,
            ArgumentKind.PerCpuBtf => value.Kind is ValueKind.Btf && value.Has(ValueFlags.PerCpu),
            ArgumentKind.RingBufferRecord => value.Kind is ValueKind.Memory && value.Has(ValueFlags.RingBuffer),
            ArgumentKind.SpinLock => value.Kind is ValueKind.MapValue || value is { Kind: ValueKind.Btf, Flags: ValueFlags.Allocated },
            ArgumentKind.Timer or ArgumentKind.ConstantText => value.Kind is ValueKind.MapValue,
            ArgumentKind.KernelPointerField => value.Kind is ValueKind.MapValue || (value.Kind is ValueKind.Btf && value.Has(ValueFlags.Allocated)),
            ArgumentKind.Callback => value.Kind is ValueKind.Function,
            ArgumentKind.CallbackContext => value.Kind is ValueKind.Stack,
            ArgumentKind.DynamicPointer => value.Kind is ValueKind.Stack or ValueKind.DynamicPointer,
            _ => true,
        };
        if (!isRight) Walk.Reject(VerifierRules.Argument, $"{HelperCalls.NameOf(prototype.Id)} wants {Words(argument)} in {name}, and gets {Describe.Value(value)}", value);
        if (argument is { Kind: ArgumentKind.Btf, TypeName: { } type } && !IsKernelType(value, type))
            Walk.Reject(VerifierRules.Argument, $"{HelperCalls.NameOf(prototype.Id)} wants struct {type} in {name}, and gets {Describe.Value(value)}", value);
    }

    // Helpers that look after null themselves said so first in 6.4.
    private bool MayBeNull(HelperPrototype prototype, HelperArgument argument) => Has(argument, ArgumentFlags.MayBeNull)
        && (walk.Profile.Has(6, 4) || argument.Kind is not (ArgumentKind.Btf or ArgumentKind.BtfSocketCommon)
            || prototype.Id is not (HelperId.SkStorageGet or HelperId.SkStorageDelete or HelperId.InodeStorageGet or HelperId.InodeStorageDelete
                or HelperId.TaskStorageGet or HelperId.TaskStorageDelete or HelperId.GetSocketCookie));

    private static bool IsPlainOrTrusted(Value value) => !value.Has(ValueFlags.Untrusted) && !value.Has(ValueFlags.Rcu) && !value.Has(ValueFlags.User) && !value.Has(ValueFlags.PerCpu);

    private bool IsMemory(Value value, HelperArgument argument) => value.Kind switch
    {
        ValueKind.Stack or ValueKind.Packet or ValueKind.PacketMeta or ValueKind.MapKey or ValueKind.MapValue => true,
        _ when argument.Kind is ArgumentKind.MapKey or ArgumentKind.MapValue && !walk.Profile.Has(6, 2) => false,
        ValueKind.Context => walk.Profile.Has(6, 19),
        ValueKind.Memory => !value.Has(ValueFlags.Untrusted) && !(value.Has(ValueFlags.ReadOnly) && Has(argument, ArgumentFlags.Writes)),
        ValueKind.Buffer => !(value.Has(ValueFlags.ReadOnly) && Has(argument, ArgumentFlags.Writes)),
        ValueKind.Btf => value.Flags is ValueFlags.Trusted,
        _ => false,
    };

    private bool IsKernelType(Value value, string name)
    {
        if (walk.Kernel is not { } kernel || !kernel.TryFind(BtfKind.Struct, name, out int id)) return value.Type.Name == name;
        return TypeMatch.Is(value.Type, new(kernel, id), value.Offset);
    }

    private void CheckOffset(HelperArgument argument, Value value, string name)
    {
        switch (value.Kind)
        {
            case ValueKind.Scalar or ValueKind.Packet or ValueKind.PacketMeta or ValueKind.MapKey or ValueKind.MapValue or ValueKind.Buffer:
                return;
            case ValueKind.Stack:
                if (argument.Kind is ArgumentKind.DynamicPointer && !value.Range.IsConstant) RejectOffset(value, name);
                return;
            case ValueKind.Memory when argument.Kind is not ArgumentKind.RingBufferRecord:
                return;
            case ValueKind.Btf:
                if (!value.Range.IsConstant || (Has(argument, ArgumentFlags.Releases) && value.Offset != 0)) RejectOffset(value, name);
                return;
            case ValueKind.Context when walk.Program.Type is ProgramType.Syscall && argument.Kind is ArgumentKind.Memory:
                return;
        }

        if (value.Offset != 0 || !value.Range.IsZero) RejectOffset(value, name);
    }

    private static void RejectOffset(Value value, string name) => Walk.Reject(VerifierRules.Argument, $"{name} must be the pointer itself, and is {Describe.Value(value)}", value);

    private static void NoteRelease(HelperArgument argument, Value value, string name, CallFacts facts)
    {
        if (value.Reference == 0 && !value.IsNull)
            Walk.Reject(VerifierRules.ReferenceMisuse, $"{name} is {Describe.Value(value)}, which the program has not acquired", value);
        facts.Released = value;
    }

    private void CheckMeaning(HelperPrototype prototype, HelperArgument argument, int index, Value value, string name, CallFacts facts)
    {
        bool writes = Has(argument, ArgumentFlags.Writes), isUninitialized = Has(argument, ArgumentFlags.Uninitialized);
        switch (argument.Kind)
        {
            case ArgumentKind.Map:
                if (facts.Map is not null && (!ReferenceEquals(facts.Map, value.Map) || facts.MapInstance != value.MapInstance))
                    Walk.Reject(VerifierRules.Argument, $"the timer is in a value of map '{facts.Map}', and {name} is {Describe.Value(value)}", value);
                facts.Map = value.Map;
                facts.MapInstance = value.MapInstance;
                break;
            case ArgumentKind.MapKey:
                walk.Memory.CheckRegion(value, name, facts.Map!.Spec.KeySize, isWrite: false, isUninitialized: false, mayBeEmpty: false);
                facts.Key = KeyOf(value, facts.Map);
                break;
            case ArgumentKind.MapValue:
                walk.Memory.CheckRegion(value, name, facts.Map!.Spec.ValueSize, writes, isUninitialized, mayBeEmpty: false);
                break;
            case ArgumentKind.Memory when argument.Size > 0:
                walk.Memory.CheckRegion(value, name, argument.Size, writes, isUninitialized, mayBeEmpty: false);
                if (Has(argument, ArgumentFlags.Aligned)) CheckAligned(value, argument.Size, name);
                break;
            case ArgumentKind.Size or ArgumentKind.SizeOrZero:
                CheckSize(prototype, argument, index, value, name, facts);
                break;
            case ArgumentKind.AllocationSize:
                if (!value.IsConstant) Walk.Reject(VerifierRules.SizeArgument, $"{name} must be a constant, and is {Describe.Value(value)}", value, "pass sizeof() or another constant, and check a variable size against it before");
                Walk.NeedExactly(value);
                facts.AllocationSize = (long)value.Range.Bits.Value;
                break;
            case ArgumentKind.SpinLock:
                if (prototype.Id is HelperId.SpinLock) _locks.Take(value, name, ReferenceKind.SpinLock);
                else _locks.GiveBack(value, name, ReferenceKind.SpinLock);
                break;
            case ArgumentKind.Timer:
                CheckTimer(value, name, facts);
                break;
            case ArgumentKind.KernelPointerField:
                facts.Field = KernelPointers.FieldOf(walk, value, name);
                facts.FieldOwner = value;
                break;
            case ArgumentKind.Btf when prototype.Id is HelperId.KptrXchg:
                var type = KernelPointers.TypeOf(walk, facts.FieldOwner!, facts.Field!);
                if (!TypeMatch.Is(value.Type, type)) Walk.Reject(VerifierRules.Argument, $"the kptr holds struct {type.Name}, and {name} is {Describe.Value(value)}", value);
                break;
            case ArgumentKind.PerCpuBtf:
                facts.PerCpu = value;
                break;
            case ArgumentKind.Callback:
                facts.Callback = value.Function;
                break;
            case ArgumentKind.ConstantText:
                CheckText(value, name);
                break;
            case ArgumentKind.DynamicPointer:
                _dynamic.CheckHelperArgument(prototype, argument, value, name, facts);
                break;
        }
    }

    private void CheckSize(HelperPrototype prototype, HelperArgument argument, int index, Value size, string name, CallFacts facts)
    {
        var memory = prototype.Arguments[index - 1];
        var pointer = walk.Now[(Register)index];
        string pointerName = Describe.Name((Register)index);
        facts.GreatestSize = (long)Math.Min(size.Range.Greatest, int.MaxValue);
        if (size.Range.SignedLeast < 0)
            Walk.Reject(VerifierRules.SizeArgument, $"the size in {name} may be negative: {Describe.Range(size.Range)}", size, "use an unsigned variable, or test that it is not negative");
        bool mayBeEmpty = argument.Kind is ArgumentKind.SizeOrZero;
        if (size.Range.Least == 0 && !mayBeEmpty)
            Walk.Reject(VerifierRules.SizeArgument, $"the size in {name} may be 0, which {HelperCalls.NameOf(prototype.Id)} does not take", size, "test that the size is not 0 before the call");
        if (size.Range.Greatest >= (ulong)MaxSize)
            Walk.Reject(VerifierRules.SizeArgument, $"the size in {name} has no upper bound: {Describe.Range(size.Range)}", size);
        walk.Memory.CheckRegion(
            pointer, pointerName, (long)size.Range.Greatest, Has(memory, ArgumentFlags.Writes), Has(memory, ArgumentFlags.Uninitialized), mayBeEmpty, isExact: size.IsConstant);
        Walk.NeedExactly(size);
    }

    private static void CheckAligned(Value value, int size, string name)
    {
        if (value.Kind is ValueKind.Packet or ValueKind.Btf) return;
        if (!(value.Range.Bits + Tnum.Constant((ulong)value.Offset)).IsAligned((ulong)size))
            Walk.Reject(VerifierRules.Alignment, $"{name} must be aligned to {size} bytes, and is {Describe.Value(value)}", value);
    }

    private static void CheckTimer(Value value, string name, CallFacts facts)
    {
        if (!value.Range.IsConstant) Walk.Reject(VerifierRules.SpecialFieldAccess, $"{name} points to a timer with an offset that is not known", value);
        int at = value.Offset + (int)value.Range.Bits.Value;
        if (!value.Map!.Fields.Any(f => f.Kind is SpecialFieldKind.Timer && f.Offset == at))
            Walk.Reject(VerifierRules.SpecialFieldAccess, $"{name} is {Describe.Value(value)}, where there is no struct bpf_timer", value);
        facts.Map = value.Map;
        facts.MapInstance = value.MapInstance;
        facts.FieldOwner = value;
    }

    private static void CheckText(Value value, string name)
    {
        var map = value.Map!;
        if (map.Constants.IsEmpty && (map.Spec.Flags & MapFlags.ReadOnlyProgram) == 0) Walk.Reject(VerifierRules.Argument, $"{name} must be a constant text, and map '{map}' is not read-only", value);
        if (!value.Range.IsConstant) Walk.Reject(VerifierRules.Argument, $"{name} must be a constant text, and its place is not known", value);
        int start = value.Offset + (int)value.Range.Bits.Value;
        if (start < 0 || start >= map.Spec.ValueSize) Walk.Reject(VerifierRules.MemoryBounds, $"{name} is {Describe.Value(value)}, outside of the value", value);
        if (!map.Constants.IsEmpty && map.Constants.AsSpan()[start..].IndexOf((byte)0) < 0) Walk.Reject(VerifierRules.Argument, $"the text in {name} does not end with zero", value);
    }

    // The key of an array map on the stack, when it is a constant: such lookups cannot miss.
    private long? KeyOf(Value pointer, ProgramMap map)
    {
        if (map.Spec.Type is not (MapType.Array or MapType.PerCpuArray) || map.Spec.KeySize != 4) return null;
        if (pointer.Kind is not ValueKind.Stack || !pointer.Range.IsConstant) return null;
        var frame = walk.Now.Frames[pointer.Frame];
        int place = StackAccess.Place(pointer, 0);
        var slot = frame.SlotAt(StackPlace.SlotOf(place));
        int first = StackPlace.ByteOf(place);
        if (first > 4) return null;
        bool isZero = true;
        for (int i = 0; i < 4; i++) isZero &= slot[first + i] is SlotByte.Zero;
        if (isZero) return 0;
        if (first != 0 || !slot.IsScalarSpill || slot.Spilled is not { IsConstant: true } spilled) return null;
        if (slot[3] is not SlotByte.Spill || slot[4] is SlotByte.Spill) return null;
        Walk.NeedExactly(spilled);
        return (long)spilled.Range.Bits.Value;
    }

    private static string Words(HelperArgument argument) => argument.Kind switch
    {
        ArgumentKind.Map => "a map",
        ArgumentKind.MapKey => "a pointer to a key",
        ArgumentKind.MapValue => "a pointer to a value",
        ArgumentKind.Memory => "a pointer to memory",
        ArgumentKind.Size or ArgumentKind.SizeOrZero or ArgumentKind.AllocationSize => "a size",
        ArgumentKind.Context => "the context",
        ArgumentKind.SocketCommon or ArgumentKind.Socket or ArgumentKind.BtfSocketCommon => "a socket",
        ArgumentKind.Btf => argument.TypeName is { } type ? $"struct {type}" : "an object of the kernel",
        ArgumentKind.PerCpuBtf => "a per-CPU variable",
        ArgumentKind.RingBufferRecord => "a record reserved in a ring buffer",
        ArgumentKind.SpinLock => "a lock in a map value",
        ArgumentKind.Timer => "a timer in a map value",
        ArgumentKind.KernelPointerField => "a kptr in a map value",
        ArgumentKind.Callback => "a function of the program",
        ArgumentKind.CallbackContext => "a pointer to the stack, or null,",
        ArgumentKind.ConstantText => "a constant text",
        ArgumentKind.DynamicPointer => "a dynptr",
        _ => "another value",
    };
}

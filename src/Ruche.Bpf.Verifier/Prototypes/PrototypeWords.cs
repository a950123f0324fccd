// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Profiles;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Prototypes;

/// <summary>The words the tables of helpers are written in.</summary>
internal static class PrototypeWords
{
    private const ArgumentFlags Filled = ArgumentFlags.Uninitialized | ArgumentFlags.Writes;

    public static HelperArgument Any => new(ArgumentKind.Anything);

    public static HelperArgument Map => new(ArgumentKind.Map);

    public static HelperArgument Key => new(ArgumentKind.MapKey);

    public static HelperArgument Value => new(ArgumentKind.MapValue);

    public static HelperArgument ValueOrNull => OrNull(Value);

    public static HelperArgument ValueOut => new(ArgumentKind.MapValue, Filled);

    /// <summary>Memory that is read.</summary>
    public static HelperArgument In => new(ArgumentKind.Memory);

    public static HelperArgument InOrNull => OrNull(In);

    /// <summary>Memory that is filled.</summary>
    public static HelperArgument Out => new(ArgumentKind.Memory, Filled);

    /// <summary>Memory that is written and must be initialized nevertheless.</summary>
    public static HelperArgument InOut => new(ArgumentKind.Memory, ArgumentFlags.Writes);

    public static HelperArgument InOutOrNull => OrNull(InOut);

    public static HelperArgument Size => new(ArgumentKind.Size);

    public static HelperArgument SizeOrZero => new(ArgumentKind.SizeOrZero);

    public static HelperArgument Allocation => new(ArgumentKind.AllocationSize);

    public static HelperArgument Context => new(ArgumentKind.Context);

    public static HelperArgument ContextOrNull => OrNull(Context);

    public static HelperArgument CommonSocket => new(ArgumentKind.SocketCommon);

    public static HelperArgument FullSocket => new(ArgumentKind.Socket);

    public static HelperArgument AnySocket => new(ArgumentKind.BtfSocketCommon);

    /// <summary>An object of the type of the kptr field that goes with it.</summary>
    public static HelperArgument AnyObject => new(ArgumentKind.Btf);

    public static HelperArgument PerCpuVariable => new(ArgumentKind.PerCpuBtf);

    public static HelperArgument Record => new(ArgumentKind.RingBufferRecord);

    public static HelperArgument LockField => new(ArgumentKind.SpinLock);

    public static HelperArgument TimerField => new(ArgumentKind.Timer);

    public static HelperArgument PointerField => new(ArgumentKind.KernelPointerField);

    public static HelperArgument Callback => new(ArgumentKind.Callback);

    public static HelperArgument CallbackContext => new(ArgumentKind.CallbackContext, ArgumentFlags.MayBeNull);

    public static HelperArgument Text => new(ArgumentKind.ConstantText);

    public static HelperArgument Dynptr => new(ArgumentKind.DynamicPointer);

    public static HelperArgument OrNull(HelperArgument argument) => argument with { Flags = argument.Flags | ArgumentFlags.MayBeNull };

    public static HelperArgument Released(HelperArgument argument) => argument with { Flags = argument.Flags | ArgumentFlags.Releases };

    /// <summary>Memory of so many bytes that is read.</summary>
    public static HelperArgument InOf(int size) => In with { Size = size };

    /// <summary>A number of so many bytes, aligned, that is filled.</summary>
    public static HelperArgument NumberOut(int size) => new(ArgumentKind.Memory, Filled | ArgumentFlags.Aligned, size);

    /// <summary>A number of so many bytes, aligned, that is read and written.</summary>
    public static HelperArgument NumberInOut(int size) => new(ArgumentKind.Memory, ArgumentFlags.Writes | ArgumentFlags.Aligned, size);

    public static HelperArgument ObjectOf(string type) => new(ArgumentKind.Btf, TypeName: type);

    public static HelperArgument DynptrOf(string kind) => new(ArgumentKind.DynamicPointer, ArgumentFlags.OfKind, TypeName: kind);

    public static HelperArgument NewDynptr(string kind) => new(ArgumentKind.DynamicPointer, Filled | ArgumentFlags.OfKind, TypeName: kind);

    public static HelperPrototype Of(HelperId id, int major, int minor) => new() { Id = id, Since = new KernelRelease(major, minor) };

    public static HelperPrototype Takes(this HelperPrototype prototype, params ReadOnlySpan<HelperArgument> arguments) =>
        prototype with { Arguments = [.. arguments] };

    public static HelperPrototype Returns(this HelperPrototype prototype, ResultKind kind, ValueFlags flags = ValueFlags.None, string? type = null) =>
        prototype with { Result = kind, ResultFlags = flags, ResultTypeName = type };

    public static HelperPrototype ReturnsNothing(this HelperPrototype prototype) => prototype with { Result = ResultKind.Void };

    public static HelperPrototype GplOnly(this HelperPrototype prototype) => prototype with { IsGplOnly = true };

    public static HelperPrototype OnPackets(this HelperPrototype prototype) => prototype with { TakesPacketMemory = true };

    public static HelperPrototype Sleeps(this HelperPrototype prototype) => prototype with { MaySleep = true };

    public static HelperPrototype MovesPacket(this HelperPrototype prototype) => prototype with { ChangesPacket = true };

    public static HelperPrototype Acquiring(this HelperPrototype prototype) => prototype with { Acquires = true };

    public static HelperPrototype KeepingRegisters(this HelperPrototype prototype) => prototype with { KeepsRegisters = true };
}

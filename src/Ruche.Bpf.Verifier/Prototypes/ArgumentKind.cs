// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Prototypes;

/// <summary>What a helper wants in an argument.</summary>
public enum ArgumentKind : byte
{
    /// <summary>The helper has no such argument.</summary>
    None,

    /// <summary>Any initialized value.</summary>
    Anything,

    /// <summary>A map itself.</summary>
    Map,

    /// <summary>Memory with a key of the map before it.</summary>
    MapKey,

    /// <summary>Memory with a value of the map before it.</summary>
    MapValue,

    /// <summary>Memory whose size the next argument gives, or which has <see cref="HelperArgument.Size"/> bytes.</summary>
    Memory,

    /// <summary>The size, above zero, of the memory before it.</summary>
    Size,

    /// <summary>The size of the memory before it; may be zero.</summary>
    SizeOrZero,

    /// <summary>The constant size of the memory that the helper returns.</summary>
    AllocationSize,

    /// <summary>The program's context.</summary>
    Context,

    /// <summary>Any socket: the fields all of them have are enough.</summary>
    SocketCommon,

    /// <summary>A full socket.</summary>
    Socket,

    /// <summary>Any socket, of the kernel's own types too.</summary>
    BtfSocketCommon,

    /// <summary>An object of the kernel of the type <see cref="HelperArgument.TypeName"/>.</summary>
    Btf,

    /// <summary>A per-CPU variable of the kernel.</summary>
    PerCpuBtf,

    /// <summary>A record reserved in a ring buffer.</summary>
    RingBufferRecord,

    /// <summary>A <c>struct bpf_spin_lock</c> in a map value or object.</summary>
    SpinLock,

    /// <summary>A <c>struct bpf_timer</c> in a map value.</summary>
    Timer,

    /// <summary>A kptr field in a map value.</summary>
    KernelPointerField,

    /// <summary>A function of the program that the helper calls.</summary>
    Callback,

    /// <summary>A stack pointer or null, handed to the callback.</summary>
    CallbackContext,

    /// <summary>A text in a read-only map that ends with zero.</summary>
    ConstantText,

    /// <summary>A dynptr.</summary>
    DynamicPointer,
}

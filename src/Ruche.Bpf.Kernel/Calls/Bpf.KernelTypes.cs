// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>What the kernel that runs has. The loader puts the answers in, so that what is not there is not even verified.</content>
public static unsafe partial class Bpf
{
    /// <summary>Whether the kernel's type has the field: <c>Bpf.FieldExists(in task.loginuid)</c>.</summary>
    [Intrinsic]
    public static bool FieldExists<T>(ref readonly T field) => throw KernelOnly.Call;

    /// <summary>Where the field begins in the kernel's type, in bytes.</summary>
    [Intrinsic]
    public static uint FieldOffset<T>(ref readonly T field) => throw KernelOnly.Call;

    /// <summary>How many bytes the field has in the kernel.</summary>
    [Intrinsic]
    public static uint FieldSize<T>(ref readonly T field) => throw KernelOnly.Call;

    /// <summary>Whether the kernel's type has the field, which may be a pointer: <c>Bpf.FieldExists&lt;task_struct&gt;(nameof(task_struct.mm))</c>.</summary>
    [Intrinsic]
    public static bool FieldExists<T>(string field)
        where T : unmanaged => throw KernelOnly.Call;

    /// <summary>Where the field of that name begins in the kernel's type, in bytes.</summary>
    [Intrinsic]
    public static uint FieldOffset<T>(string field)
        where T : unmanaged => throw KernelOnly.Call;

    /// <summary>How many bytes the field of that name has in the kernel.</summary>
    [Intrinsic]
    public static uint FieldSize<T>(string field)
        where T : unmanaged => throw KernelOnly.Call;

    /// <summary>Whether the kernel has the type.</summary>
    [Intrinsic]
    public static bool TypeExists<T>()
        where T : unmanaged => throw KernelOnly.Call;

    /// <summary>Whether the kernel has the type, with fields as they are here.</summary>
    [Intrinsic]
    public static bool TypeMatches<T>()
        where T : unmanaged => throw KernelOnly.Call;

    /// <summary>How many bytes the type has in the kernel.</summary>
    [Intrinsic]
    public static uint TypeSize<T>()
        where T : unmanaged => throw KernelOnly.Call;

    /// <summary>The type's id in the kernel's type information.</summary>
    [Intrinsic]
    public static uint KernelTypeId<T>()
        where T : unmanaged => throw KernelOnly.Call;

    /// <summary>The type's id in the object's own type information.</summary>
    [Intrinsic]
    public static uint LocalTypeId<T>()
        where T : unmanaged => throw KernelOnly.Call;

    /// <summary>The number behind a name in the kernel's enumeration: <c>Bpf.EnumValue&lt;pid_type&gt;(nameof(pid_type.PIDTYPE_PGID))</c>.</summary>
    [Intrinsic]
    public static ulong EnumValue<TEnum>(string name)
        where TEnum : unmanaged, Enum => throw KernelOnly.Call;

    /// <summary>Whether the kernel's enumeration has the name.</summary>
    [Intrinsic]
    public static bool EnumValueExists<TEnum>(string name)
        where TEnum : unmanaged, Enum => throw KernelOnly.Call;
}

// SPDX-License-Identifier: MIT
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel.Tests.Layout;

/// <summary>Where the runtime puts the fields of a struct, which the compiler of kernel programs does alike.</summary>
internal static class StructLayout
{
    public static int SizeOf(Type type) => (int)Call(nameof(Size), Closed(type), null)!;

    public static IEnumerable<(FieldInfo Field, int Offset)> Fields(Type type)
    {
        type = Closed(type);
        return type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(f => (f, (int)Call(nameof(Offset), type, f)!));
    }

    public static Type Closed(Type type) =>
        type.IsGenericTypeDefinition ? type.MakeGenericType([.. type.GetGenericArguments().Select(_ => typeof(ulong))]) : type;

    private static object? Call(string method, Type type, FieldInfo? field) =>
        typeof(StructLayout).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type).Invoke(null, field is null ? [] : [field]);

    private static int Size<T>()
        where T : unmanaged => Unsafe.SizeOf<T>();

    private static int Offset<T>(FieldInfo field)
        where T : unmanaged
    {
        object boxed = default(T);
        field.SetValue(boxed, Call(nameof(Ones), field.FieldType, null));
        T value = (T)boxed;
        return MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)).IndexOf((byte)0xff);
    }

    private static object Ones<T>()
        where T : unmanaged
    {
        T value = default;
        MemoryMarshal.AsBytes(new Span<T>(ref value)).Fill(0xff);
        return value;
    }
}

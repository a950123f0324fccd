// SPDX-License-Identifier: MIT
using System.Reflection;
using System.Reflection.Emit;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel.Tests.Programs;

/// <summary>The library's methods, and the samples, are made of what kernel programs can do: no heap, no text, no virtual calls, no exceptions.</summary>
public sealed class CompilableTests
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly HashSet<OpCode> Impossible =
    [
        OpCodes.Box, OpCodes.Unbox, OpCodes.Unbox_Any, OpCodes.Castclass, OpCodes.Isinst, OpCodes.Newarr, OpCodes.Throw, OpCodes.Rethrow, OpCodes.Ldvirtftn,
        OpCodes.Ldc_R4, OpCodes.Ldc_R8, OpCodes.Conv_R4, OpCodes.Conv_R8, OpCodes.Calli, OpCodes.Localloc,
    ];

    // What the compiler knows of the base library. Text is an argument of methods that it knows by name.
    private static readonly HashSet<string> Known =
    [
        "Unsafe", "BinaryPrimitives", "Interlocked", "Math", "Span`1", "ReadOnlySpan`1", "MemoryMarshal", "BitOperations",
    ];

    public static TheoryData<string> Types =>
        [.. typeof(Bpf).Assembly.GetTypes().Concat([typeof(TracingSamples), typeof(NetworkSamples)]).Where(IsForPrograms).Select(t => t.FullName!).Order()];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_method_needs_nothing_that_programs_do_not_have(string name)
    {
        Type type = typeof(Bpf).Assembly.GetType(name) ?? typeof(CompilableTests).Assembly.GetType(name)!;

        foreach (MethodBase method in type.GetMethods(Everything).Cast<MethodBase>().Concat(type.GetConstructors(Everything)).Where(IsForPrograms))
        {
            foreach (var (code, member) in InstructionReader.Read(method))
            {
                Assert.False(Impossible.Contains(code), $"{method} has {code}");
                Assert.True(code != OpCodes.Ldstr || type == typeof(TracingSamples), $"{method} has text");
                if (member is MethodBase called) Assert.True(IsKnown(called, code), $"{method} calls {called.DeclaringType}.{called.Name} by {code}");
            }
        }
    }

    private static bool IsForPrograms(Type type) =>
        (type.IsValueType || (type.IsAbstract && type.IsSealed)) && !type.IsEnum && type != typeof(KernelOnly) && type.Namespace == typeof(Bpf).Namespace
        || type == typeof(TracingSamples) || type == typeof(NetworkSamples);

    // What runs in a process only: comparing boxes, and methods that stand for calls.
    private static bool IsForPrograms(MethodBase method) =>
        method.Name is not (nameof(GetHashCode) or nameof(Equals)) && !IsCallOfKernel(method) && !HasObjects(method);

    // Text and addresses of the class library are for the other side, which is handed the same structs.
    private static bool HasObjects(MethodBase method) =>
        (method as MethodInfo)?.ReturnType is { IsValueType: false, IsByRef: false, IsPointer: false } returned && (returned == typeof(string) || returned == typeof(System.Net.IPAddress))
        || method.GetParameters().Any(p => p.ParameterType == typeof(System.Net.IPAddress));

    private static bool IsCallOfKernel(MethodBase method) =>
        method.GetCustomAttribute<HelperAttribute>() is not null || method.GetCustomAttribute<KfuncAttribute>() is not null
        || method.GetCustomAttribute<AddressInAttribute>() is not null || method.GetCustomAttribute<IntrinsicAttribute>() is not null;

    private static bool IsKnown(MethodBase called, OpCode code)
    {
        if (code == OpCodes.Callvirt) return false;
        Type owner = called.DeclaringType!;
        if (code == OpCodes.Newobj && !owner.IsValueType) return false;
        return owner.Assembly == typeof(Bpf).Assembly || owner.Assembly == typeof(CompilableTests).Assembly || Known.Contains(owner.Name);
    }
}

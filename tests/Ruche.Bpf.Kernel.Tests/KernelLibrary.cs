// SPDX-License-Identifier: MIT
using System.Reflection;

namespace Ruche.Bpf.Kernel.Tests;

/// <summary>Everything that the library has, whoever may see it.</summary>
internal static class KernelLibrary
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static IEnumerable<Type> Types => typeof(Bpf).Assembly.GetTypes();

    public static IEnumerable<MethodInfo> Methods => Types.SelectMany(t => t.GetMethods(Everything));

    public static IEnumerable<(MethodInfo Method, TAttribute Attribute)> MethodsWith<TAttribute>()
        where TAttribute : Attribute =>
        from method in Methods
        let attribute = method.GetCustomAttribute<TAttribute>()
        where attribute is not null
        select (method, attribute);

    public static IEnumerable<(Type Type, TAttribute Attribute)> TypesWith<TAttribute>()
        where TAttribute : Attribute =>
        from type in Types
        let attribute = type.GetCustomAttribute<TAttribute>(inherit: false)
        where attribute is not null
        select (type, attribute);
}

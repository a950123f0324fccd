// SPDX-License-Identifier: MIT
using System.Reflection;
using System.Text;

namespace Ruche.Architecture.Tests.Api;

/// <summary>Writes an assembly's public types and members, one a line, in an order that does not depend on the source.</summary>
internal static class ApiText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        StringBuilder text = new();
        text.AppendLine($"# The public API of {assembly.GetName().Name}. eng/docs rewrites this file.");
        foreach (var type in assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.AppendLine().AppendLine(TypeText.Declaration(type));
            foreach (string member in Members(type)) text.AppendLine($"    {member}");
        }

        return text.ToString();
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum) return EnumText(type);
        if (typeof(Delegate).IsAssignableFrom(type)) return [];
        return
        [
            .. Sorted(type.GetFields(Declared).Where(IsVisible), MemberText.Field),
            .. Sorted(type.GetConstructors(Declared).Where(IsVisible), MemberText.Constructor),
            .. Sorted(type.GetProperties(Declared).Where(p => p.GetAccessors(true).Any(IsVisible)), MemberText.Property),
            .. Sorted(type.GetEvents(Declared).Where(e => IsVisible(e.AddMethod!)), MemberText.Event),
            .. Sorted(type.GetMethods(Declared).Where(IsWrittenMethod), MemberText.Method),
        ];
    }

    private static IEnumerable<string> EnumText(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (f.Name, Value: Convert.ToDecimal(f.GetRawConstantValue(), null)))
        .OrderBy(f => f.Value).ThenBy(f => f.Name, StringComparer.Ordinal)
        .Select(f => $"{f.Name} = {f.Value}");

    private static IEnumerable<string> Sorted<T>(IEnumerable<T> members, Func<T, string> write) where T : MemberInfo =>
        members.Select(m => (m.Name, Text: write(m)))
            .OrderBy(m => m.Name, StringComparer.Ordinal).ThenBy(m => m.Text, StringComparer.Ordinal)
            .Select(m => m.Text);

    private static bool IsVisible(FieldInfo field) => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly;

    // What the compiler adds to records is not written by anyone.
    private static bool IsVisible(MethodBase method) =>
        (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly)
        && !method.Name.Contains('<', StringComparison.Ordinal)
        && method.Name != "get_EqualityContract"
        && (method.IsSpecialName || !MemberText.Has(method, "CompilerGeneratedAttribute"))
        && !IsRecordCopy(method);

    private static bool IsRecordCopy(MethodBase method) =>
        method.IsConstructor && method.GetParameters() is [{ } only] && only.ParameterType == method.DeclaringType
        && MemberText.Has(method, "CompilerGeneratedAttribute");

    private static bool IsWrittenMethod(MethodInfo method) =>
        IsVisible(method)
        && (!method.IsSpecialName || IsWrittenOperator(method));

    private static bool IsWrittenOperator(MethodInfo method) =>
        method.Name.StartsWith("op_", StringComparison.Ordinal) && !MemberText.Has(method, "CompilerGeneratedAttribute");
}

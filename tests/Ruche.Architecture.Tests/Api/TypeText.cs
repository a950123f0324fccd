// SPDX-License-Identifier: MIT
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Ruche.Architecture.Tests.Api;

/// <summary>Writes types as C# does: keywords, <c>?</c>, tuples, generic arguments and constraints.</summary>
internal static class TypeText
{
    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(sbyte)] = "sbyte",
        [typeof(byte)] = "byte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(nint)] = "nint",
        [typeof(nuint)] = "nuint",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    public static string Of(FieldInfo field) => Write(field.FieldType, Nullability.Create(field));

    public static string Of(PropertyInfo property) =>
        RefWord(property.PropertyType, property.GetRequiredCustomModifiers()) + Write(property.PropertyType, Nullability.Create(property));

    public static string Of(ParameterInfo parameter)
    {
        string word = !parameter.ParameterType.IsByRef ? ""
            : parameter.Position < 0 ? RefWord(parameter.ParameterType, parameter.GetRequiredCustomModifiers())
            : parameter.IsOut ? "out "
            : parameter.IsIn ? "in "
            : "ref ";
        return word + Write(parameter.ParameterType, Nullability.Create(parameter));
    }

    public static string Of(Type type) => Write(type, null);

    public static string Declaration(Type type)
    {
        var bases = type.IsEnum ? [type.GetEnumUnderlyingType()] : Bases(type).ToArray();
        string flags = type.IsDefined(typeof(FlagsAttribute), false) ? "[Flags] " : "";
        string parents = bases.Length == 0 ? "" : $" : {string.Join(", ", bases.Select(Of))}";
        string name = $"{(type.IsNested ? $"{Full(type.DeclaringType!)}." : $"{type.Namespace}.")}{Name(type.Name, type.GetGenericArguments())}";
        if (typeof(Delegate).IsAssignableFrom(type) && type.GetMethod("Invoke") is { } invoke)
            return $"delegate {Of(invoke.ReturnParameter)} {name}({MemberText.Parameters(invoke)}){Constraints(type.GetGenericArguments())}";
        return $"{flags}{Kind(type)} {name}{parents}{Constraints(type.GetGenericArguments())}";
    }

    public static string Name(string name, Type[] arguments)
    {
        int tick = name.IndexOf('`', StringComparison.Ordinal);
        string plain = tick < 0 ? name : name[..tick];
        return arguments.Length == 0 ? plain : $"{plain}<{string.Join(", ", arguments.Select(Of))}>";
    }

    public static string Constraints(Type[] arguments) => string.Concat(arguments
        .Where(a => a.IsGenericParameter)
        .Select(a => (a.Name, Rules: Rules(a).ToArray()))
        .Where(a => a.Rules.Length > 0)
        .Select(a => $" where {a.Name} : {string.Join(", ", a.Rules)}"));

    private static IEnumerable<string> Rules(Type argument)
    {
        var attributes = argument.GenericParameterAttributes;
        bool isStruct = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        if (MemberText.Has(argument, "IsUnmanagedAttribute")) yield return "unmanaged";
        else if (isStruct) yield return "struct";
        if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint)) yield return "class";
        foreach (var constraint in argument.GetGenericParameterConstraints().Where(c => c != typeof(ValueType))) yield return Of(constraint);
        if (!isStruct && attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint)) yield return "new()";
        if (attributes.HasFlag(GenericParameterAttributes.AllowByRefLike)) yield return "allows ref struct";
    }

    private static string Kind(Type type)
    {
        if (type.IsEnum) return "enum";
        if (type.IsInterface) return "interface";
        string record = type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance) is null ? "" : "record ";
        if (type.IsValueType)
        {
            string readOnly = MemberText.Has(type, "IsReadOnlyAttribute") ? "readonly " : "";
            return $"{readOnly}{(type.IsByRefLike ? "ref " : "")}{record}struct";
        }

        string modifier = type.IsAbstract && type.IsSealed ? "static " : type.IsSealed ? "sealed " : type.IsAbstract ? "abstract " : "";
        return $"{modifier}{(record.Length == 0 ? "class" : "record")}";
    }

    private static IEnumerable<Type> Bases(Type type)
    {
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType)) yield return parent;
        var inherited = type.BaseType?.GetInterfaces() ?? [];
        var own = type.GetInterfaces().Except(inherited).Where(i => !IsRecordEquality(type, i)).ToArray();
        foreach (var one in own.Except(own.SelectMany(i => i.GetInterfaces())).OrderBy(Of, StringComparer.Ordinal)) yield return one;
    }

    private static bool IsRecordEquality(Type type, Type implemented) =>
        implemented == typeof(IEquatable<>).MakeGenericType(type) && Kind(type).Contains("record", StringComparison.Ordinal);

    private static string RefWord(Type type, Type[] modifiers) =>
        !type.IsByRef ? "" : modifiers.Any(m => m.Name == "InAttribute") ? "ref readonly " : "ref ";

    private static string Write(Type type, NullabilityInfo? nullability)
    {
        if (type.IsByRef) return Write(type.GetElementType()!, nullability);
        if (type.IsPointer) return $"{Write(type.GetElementType()!, null)}*";
        if (Nullable.GetUnderlyingType(type) is { } underlying) return $"{Write(underlying, nullability?.GenericTypeArguments.FirstOrDefault())}?";
        string mark = !type.IsValueType && !type.IsGenericParameter && nullability?.ReadState is NullabilityState.Nullable ? "?" : "";
        if (type.IsArray) return $"{Write(type.GetElementType()!, nullability?.ElementType)}[{new string(',', type.GetArrayRank() - 1)}]{mark}";
        if (Keywords.TryGetValue(type, out string? keyword)) return keyword + mark;
        var arguments = type.GetGenericArguments();
        string[] written = [.. arguments.Select((a, i) => Write(a, nullability?.GenericTypeArguments.ElementAtOrDefault(i)))];
        if (type.IsAssignableTo(typeof(ITuple)) && type.IsValueType) return $"({string.Join(", ", written)})";
        return $"{Plain(type)}{(written.Length == 0 ? "" : $"<{string.Join(", ", written)}>")}{mark}";
    }

    // Namespaces of this repository's own types are short enough to be guessed; a name alone reads better.
    private static string Plain(Type type)
    {
        string name = Name(type.Name, []);
        return type.IsNested && !type.IsGenericParameter ? $"{Plain(type.DeclaringType!)}.{name}" : name;
    }

    private static string Full(Type type) => $"{type.Namespace}.{Plain(type)}";
}

// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Reflection;

namespace Ruche.Architecture.Tests.Api;

/// <summary>Writes members as C# declares them, without bodies.</summary>
internal static class MemberText
{
    public static bool Has(ICustomAttributeProvider provider, string attribute) =>
        provider.GetCustomAttributes(false).Any(a => a.GetType().Name == attribute);

    public static string Field(FieldInfo field)
    {
        string kind = field.IsLiteral ? "const " : $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}";
        string value = field.IsLiteral ? $" = {Constant(field.GetRawConstantValue(), field.FieldType)}" : "";
        return $"{Protected(field.IsPublic)}{Required(field)}{kind}{TypeText.Of(field)} {field.Name}{value}";
    }

    public static string Constructor(ConstructorInfo constructor) =>
        $"{Protected(constructor.IsPublic)}{(constructor.IsStatic ? "static " : "")}new({Parameters(constructor)})";

    public static string Property(PropertyInfo property)
    {
        var accessor = property.GetAccessors(true).First(a => a.IsPublic || a.IsFamily || a.IsFamilyOrAssembly);
        var index = property.GetIndexParameters();
        string name = index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(Parameter))}]";
        string get = property.GetMethod is { } getter && IsOpen(getter) ? $"{Narrower(getter, accessor)}get; " : "";
        string set = property.SetMethod is { } setter && IsOpen(setter) ? $"{Narrower(setter, accessor)}{SetWord(setter)}; " : "";
        return $"{Modifiers(accessor)}{Required(property)}{TypeText.Of(property)} {name} {{ {get}{set}}}";
    }

    public static string Event(EventInfo member) =>
        $"{Modifiers(member.AddMethod!)}event {TypeText.Of(member.EventHandlerType!)} {member.Name}";

    public static string Method(MethodInfo method)
    {
        string name = TypeText.Name(method.Name, method.GetGenericArguments());
        string where = TypeText.Constraints(method.GetGenericArguments());
        return $"{Modifiers(method)}{TypeText.Of(method.ReturnParameter)} {name}({Parameters(method)}){where}";
    }

    public static string Parameters(MethodBase method)
    {
        string first = Has(method, "ExtensionAttribute") ? "this " : "";
        return first + string.Join(", ", method.GetParameters().Select(Parameter));
    }

    private static string Parameter(ParameterInfo parameter)
    {
        string many = Has(parameter, "ParamArrayAttribute") || Has(parameter, "ParamCollectionAttribute") ? "params " : "";
        string otherwise = parameter.HasDefaultValue ? $" = {Constant(parameter.RawDefaultValue, parameter.ParameterType)}" : "";
        return $"{many}{TypeText.Of(parameter)} {parameter.Name}{otherwise}";
    }

    private static string Modifiers(MethodInfo method)
    {
        string kind = method.IsStatic && method.IsAbstract ? "static abstract "
            : method.IsStatic ? "static "
            : method.DeclaringType!.IsInterface ? ""
            : method.GetBaseDefinition() != method ? $"{(method.IsFinal ? "sealed " : "")}override "
            : method.IsAbstract ? "abstract "
            : method.IsVirtual && !method.IsFinal ? "virtual "
            : "";
        return Protected(method.IsPublic) + kind;
    }

    private static string Required(MemberInfo member) => Has(member, "RequiredMemberAttribute") ? "required " : "";

    private static string Protected(bool isPublic) => isPublic ? "" : "protected ";

    private static bool IsOpen(MethodInfo accessor) => accessor.IsPublic || accessor.IsFamily || accessor.IsFamilyOrAssembly;

    private static string Narrower(MethodInfo accessor, MethodInfo widest) => widest.IsPublic && !accessor.IsPublic ? "protected " : "";

    private static string SetWord(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Any(m => m.Name == "IsExternalInit") ? "init" : "set";

    private static string Constant(object? value, Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return value switch
        {
            null => type.IsValueType && plain == type ? "default" : "null",
            string text => $"\"{text}\"",
            bool truth => truth ? "true" : "false",
            char character => $"'{character}'",
            _ when plain.IsEnum => $"{plain.Name}.{Enum.ToObject(plain, value)}",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };
    }
}

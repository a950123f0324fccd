// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Metadata;

/// <summary>An attribute as it was written: the type, the arguments, and what was set by name.</summary>
internal sealed record AttributeMark(MetadataAssembly Assembly, EntityHandle Type, string Name, ImmutableArray<object?> Arguments, ImmutableDictionary<string, object?> Settings)
{
    public string? Text(string setting) => Settings.GetValueOrDefault(setting) as string;

    public long Number(string setting) => Settings.GetValueOrDefault(setting) is { } value ? System.Convert.ToInt64(value, null) : 0;

    public bool Is(string setting) => Settings.GetValueOrDefault(setting) is true;
}

/// <summary>Reads attributes.</summary>
internal static class AttributeMarks
{
    private const string Kernel = "Ruche.Bpf.Kernel.";

    public static IEnumerable<AttributeMark> Of(MetadataAssembly assembly, CustomAttributeHandleCollection handles)
    {
        foreach (var handle in handles)
        {
            var attribute = assembly.Reader.GetCustomAttribute(handle);
            var type = TypeOf(assembly, attribute);
            if (type.IsNil) continue;
            string name = NameOf(assembly, handle);
            if (!IsRead(name)) continue;
            var value = attribute.DecodeValue(new AttributeTypes(assembly));
            yield return new(assembly, type, name, [.. value.FixedArguments.Select(a => a.Value)], value.NamedArguments.ToImmutableDictionary(a => a.Name!, a => a.Value));
        }
    }

    /// <summary>The attribute of a type in the namespace <c>Ruche.Bpf.Kernel</c> or <c>System</c>, null when there is none.</summary>
    public static AttributeMark? Find(MetadataAssembly assembly, CustomAttributeHandleCollection handles, string name) => Of(assembly, handles).FirstOrDefault(a => a.Name == name);

    /// <summary>What the attribute's type is called.</summary>
    public static string NameOf(MetadataAssembly assembly, CustomAttributeHandle handle)
    {
        var type = TypeOf(assembly, assembly.Reader.GetCustomAttribute(handle));
        if (type.IsNil) return "";
        return type.Kind is HandleKind.TypeDefinition ? assembly.FullNameOf((TypeDefinitionHandle)type) : assembly.FullNameOf((TypeReferenceHandle)type);
    }

    // Others may have arguments that only their own assembly tells the size of.
    private static bool IsRead(string name) => name.StartsWith(Kernel, StringComparison.Ordinal)
        || name is "System.Runtime.CompilerServices.InlineArrayAttribute" or "System.Runtime.CompilerServices.FixedBufferAttribute" || !name.StartsWith("System.", StringComparison.Ordinal);

    private static EntityHandle TypeOf(MetadataAssembly assembly, CustomAttribute attribute)
    {
        var owner = attribute.Constructor.Kind is HandleKind.MethodDefinition
            ? assembly.Reader.GetMethodDefinition((MethodDefinitionHandle)attribute.Constructor).GetDeclaringType()
            : assembly.Reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        return owner.Kind is HandleKind.TypeDefinition or HandleKind.TypeReference ? owner : default;
    }
}

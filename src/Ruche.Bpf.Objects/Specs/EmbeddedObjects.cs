// SPDX-License-Identifier: MIT
using System.Reflection;
using System.Text;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Objects.Specs;

/// <summary>The objects that a build has put into an assembly: one resource, in which each has its name, its length and its bytes.</summary>
public static class EmbeddedObjects
{
    /// <summary>The name of the resource.</summary>
    public const string ResourceName = "Ruche.Bpf.Objects";

    /// <summary>Reads one of an assembly's objects.</summary>
    /// <exception cref="ArgumentException">The assembly has none of that name.</exception>
    /// <exception cref="InvalidObjectException">It is no usable object.</exception>
    public static ObjectSpec Read(Assembly assembly, string name)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        using var resource = assembly.GetManifestResourceStream(ResourceName);
        var objects = resource is null ? [] : Unpack(resource);
        foreach (var (found, image) in objects)
        {
            if (found == name) return ObjectSpec.Read(image, name);
        }

        string has = objects.Count == 0 ? "it has none; build its project with the package Ruche.Bpf.Build" : $"it has {string.Join(", ", objects.Select(o => $"'{o.Name}'"))}";
        throw new ArgumentException($"assembly '{assembly.GetName().Name}' has no object '{name}': {has}", nameof(name));
    }

    /// <summary>The resource with some objects.</summary>
    public static byte[] Pack(IEnumerable<(string Name, ReadOnlyMemory<byte> Image)> objects)
    {
        ArgumentNullException.ThrowIfNull(objects);
        using MemoryStream packed = new();
        using BinaryWriter writer = new(packed, Encoding.UTF8);
        foreach (var (name, image) in objects)
        {
            writer.Write(name);
            writer.Write(image.Length);
            writer.Write(image.Span);
        }

        writer.Flush();
        return packed.ToArray();
    }

    /// <summary>The objects of a resource.</summary>
    /// <exception cref="EndOfStreamException">It ends too early.</exception>
    public static IReadOnlyList<(string Name, ReadOnlyMemory<byte> Image)> Unpack(Stream resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        using BinaryReader reader = new(resource, Encoding.UTF8, leaveOpen: true);
        List<(string, ReadOnlyMemory<byte>)> objects = [];
        while (resource.Position < resource.Length)
        {
            string name = reader.ReadString();
            byte[] image = new byte[reader.ReadInt32()];
            resource.ReadExactly(image);
            objects.Add((name, image));
        }

        return objects;
    }
}

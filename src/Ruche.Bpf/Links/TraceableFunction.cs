// SPDX-License-Identifier: MIT
using System.Buffers.Text;

namespace Ruche.Bpf.Links;

/// <summary>A function that ftrace can patch.</summary>
/// <param name="Name">Its name; several functions may have the same.</param>
/// <param name="Module">The module it is of; null for the kernel itself.</param>
/// <param name="Address">Where it is patched; 0 when the kernel does not tell.</param>
public sealed record TraceableFunction(string Name, string? Module, ulong Address)
{
    /// <summary>The name in <c>name</c> or <c>address name</c>; behind it is the module's name for functions of modules.</summary>
    internal static ReadOnlySpan<byte> NameIn(ReadOnlySpan<byte> line, bool hasAddress)
    {
        if (hasAddress) line = line[(line.IndexOf((byte)' ') + 1)..];
        int end = line.IndexOfAny((byte)' ', (byte)'\t');
        return end < 0 ? line : line[..end];
    }

    /// <summary>What stands in brackets at the end of a line; empty for functions of the kernel itself.</summary>
    internal static ReadOnlySpan<byte> ModuleIn(ReadOnlySpan<byte> line)
    {
        line = line.TrimEnd((byte)' ');
        int start = line.LastIndexOf((byte)'[');
        return start >= 0 && line[^1] == ']' ? line[(start + 1)..^1] : [];
    }

    /// <summary>The address a line begins with; 0 when it begins with none.</summary>
    internal static ulong AddressIn(ReadOnlySpan<byte> line) => Utf8Parser.TryParse(line, out ulong address, out _, 'x') ? address : 0;
}

// SPDX-License-Identifier: MIT
using System.Buffers.Text;

namespace Ruche.Bpf.Links;

/// <summary>A function that ftrace can patch.</summary>
/// <param name="Name">Its name; several functions may have the same.</param>
/// <param name="Address">Where it is patched; 0 when the kernel does not tell.</param>
internal readonly record struct TraceableFunction(string Name, ulong Address)
{
    /// <summary>The name in <c>name</c> or <c>address name</c>; behind it is the module's name for functions of modules.</summary>
    public static ReadOnlySpan<byte> NameIn(ReadOnlySpan<byte> line, bool hasAddress)
    {
        if (hasAddress) line = line[(line.IndexOf((byte)' ') + 1)..];
        int end = line.IndexOfAny((byte)' ', (byte)'\t');
        return end < 0 ? line : line[..end];
    }

    /// <summary>The address a line begins with; 0 when it begins with none.</summary>
    public static ulong AddressIn(ReadOnlySpan<byte> line) => Utf8Parser.TryParse(line, out ulong address, out _, 'x') ? address : 0;
}

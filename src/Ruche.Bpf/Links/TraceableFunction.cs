// SPDX-License-Identifier: MIT
using System.Buffers.Text;

namespace Ruche.Bpf.Links;

/// <summary>A function that ftrace can patch.</summary>
/// <param name="Name">Its name; several functions may have the same.</param>
/// <param name="Address">Where it is patched; 0 when the kernel does not tell.</param>
internal readonly record struct TraceableFunction(string Name, ulong Address)
{
    /// <summary>Reads the name out of <c>name</c> or <c>address name</c>; behind it is the module's name for functions of modules.</summary>
    public static ReadOnlySpan<byte> Parse(ReadOnlySpan<byte> line, bool hasAddress, out ulong address)
    {
        address = 0;
        if (hasAddress)
        {
            if (!Utf8Parser.TryParse(line, out address, out int digits, 'x') || digits == line.Length) return [];
            line = line[(digits + 1)..];
        }

        int end = line.IndexOfAny((byte)' ', (byte)'\t');
        return end < 0 ? line : line[..end];
    }
}

// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Text;

namespace Ruche.Bpf.Kernel;

/// <summary>The kernel's name of a BPF object: up to 15 letters, digits, dots and underscores, then a zero.</summary>
[InlineArray(Size)]
internal struct ObjectName
{
    /// <summary>Bytes, the closing zero included.</summary>
    public const int Size = 16;

    private byte _first;

    /// <summary>Truncates to what the kernel keeps and replaces what it refuses with underscores.</summary>
    public static ObjectName From(string name)
    {
        ObjectName result = default;
        for (int i = 0; i < name.Length && i < Size - 1; i++)
            result[i] = char.IsAsciiLetterOrDigit(name[i]) || name[i] is '_' or '.' ? (byte)name[i] : (byte)'_';
        return result;
    }

    public override readonly string ToString()
    {
        ReadOnlySpan<byte> bytes = this;
        int end = bytes.IndexOf((byte)0);
        return Encoding.ASCII.GetString(end < 0 ? bytes : bytes[..end]);
    }
}

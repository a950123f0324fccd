// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Output.Maps;

/// <summary>Keys are the same when their bytes are, as for the kernel.</summary>
internal sealed class KeyEquality : IEqualityComparer<byte[]>
{
    public static KeyEquality Instance { get; } = new();

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(byte[] obj)
    {
        HashCode hash = new();
        hash.AddBytes(obj);
        return hash.ToHashCode();
    }
}

// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf.Rendering;

/// <summary>One of C's name spaces: whoever comes first gets the plain name, later ones a flavour of it.</summary>
internal sealed class CNameSpace
{
    private readonly BtfStringTable _taken = new([]);
    private readonly Dictionary<int, int> _times = [];

    /// <summary>A name space in which <paramref name="reserved"/> is taken.</summary>
    public CNameSpace(ReadOnlySpan<byte> reserved) => _taken.TryAdd(reserved, out _);

    /// <summary>A name nobody else has; the same memory when it is the plain one.</summary>
    public ReadOnlySpan<byte> Take(ReadOnlySpan<byte> name)
    {
        var valid = CSpelling.Valid(name);
        if (_taken.TryAdd(valid, out int offset)) return valid;
        while (true)
        {
            int times = _times[offset] = _times.GetValueOrDefault(offset, 1) + 1;
            Utf8Text flavoured = new();
            flavoured.Add(valid).Add("___"u8).Add(times);
            if (_taken.TryAdd(flavoured.Written, out _)) return flavoured.Written;
        }
    }
}

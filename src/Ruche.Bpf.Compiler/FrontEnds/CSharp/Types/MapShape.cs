// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;

/// <summary>What a map type says of its maps.</summary>
internal sealed record MapShape(MapType Type, int KeySize, int ValueSize, bool HasNoValues, bool HasInnerMap, uint Flags, ImmutableArray<ClrType> Arguments)
{
    /// <summary>The key's type; null when there is no key, or only its size is known.</summary>
    public ClrType? Key => KeySize == 0 && (Arguments.Length > 1 || (ValueSize > 0 && Arguments.Length == 1)) ? Arguments[0] : null;

    /// <summary>The value's type; null when there are no values.</summary>
    public ClrType? Value => HasNoValues || HasInnerMap || ValueSize > 0 || Arguments.IsEmpty ? null : Arguments[^1];

    /// <summary>The maps that are its values; null for other maps.</summary>
    public MapShape? Inner => HasInnerMap && Arguments is [.., ClrType.Map inner] ? inner.Shape : null;
}

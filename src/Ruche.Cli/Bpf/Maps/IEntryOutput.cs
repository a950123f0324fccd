// SPDX-License-Identifier: MIT
namespace Ruche.Cli.Bpf.Maps;

/// <summary>Where entries of a map are written, one after the other.</summary>
internal interface IEntryOutput : IDisposable
{
    /// <summary>Writes an entry. The value has <see cref="Ruche.Bpf.Maps.BpfMap.ValueBufferSize"/> bytes.</summary>
    void Write(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value);
}

// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Links;

/// <summary>Descriptions of arguments that one attachment uses, until it is disposed.</summary>
internal sealed class UsdtLease(UprobePlace[] places, Action release) : IDisposable
{
    public UprobePlace[] Places { get; } = places;

    public void Dispose() => release();
}
